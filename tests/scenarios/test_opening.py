"""Every way to a case over the wire, from either side, and what happens where there is no room yet."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.clock import SystemClock
from bot.demo.person import Person, Seen, written
from bot.domain.codes import ALPHABET, read_code
from bot.domain.routing import RoutingRule
from tests import acts
from tests.stage import CODE, World

GREVE = "253"
CONFIRMED = SystemClock().now()


class Counted(Person):
    """A person whose interactions are counted: what she writes, taps, calls and sends (a form's fields count with it)."""

    COUNTED = frozenset({"message", "command", "click", "shortcut", "submit", "home"})
    done = 0

    async def act(self, type_: str, **what: object) -> Seen:
        """Do something, and count it."""
        self.done += type_ in self.COUNTED
        return await super().act(type_, **what)


def counted(world: World, handle: str) -> Counted:
    """A demo person whose interactions are counted."""
    return Counted(world.session, world.control, handle)


async def sends(who: Person, **more: object) -> Seen:
    """The open form, filled in and sent."""
    form = await who.view("case.open")
    return await who.act("submit", view_id=form["id"], values={**acts.CASE, **more})


async def from_answer(who: Person) -> None:
    """From the answer to a question for her contact."""
    await who.click(await acts.asks(who), "case.open")


async def from_command(who: Person) -> None:
    """By command."""
    await who.act("command", channel="alle", command="/sag", text="")


async def from_shortcut(who: Person) -> None:
    """By the global shortcut."""
    await who.act("shortcut", callback_id="case.new")


async def from_home(who: Person) -> None:
    """From App Home."""
    await who.act("home")
    await who.sees("Home", lambda state: next((h for h in state["homes"] if "case.open" in str(h)), None))
    await who.act("click", home=True, action_id="case.open")


async def from_mention(who: Person) -> None:
    """By naming the bot in a channel."""
    bot = next(u["id"] for u in (await who.state())["users"] if u["is_bot"])
    await who.act("message", channel="samarbejde-koege", text=f"<@{bot}> åbn en sag")
    await who.click(await who.message("an answer with a way to the form", "case.open"), "case.open")


WAYS = (from_answer, from_command, from_shortcut, from_home, from_mention)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize(("handle", "asked"), [("case1", "police1"), ("police1", "case2")])
async def test_a_case_is_open_after_at_most_three_interactions(world: World, way, handle: str, asked: str) -> None:
    """From wherever either side comes: the form is filled in beforehand, and the other side is asked."""
    who = counted(world, handle)
    await way(who)
    await sends(who)
    assert who.done <= 3
    await world.person(asked).message("the request", "beder dig være med", "case.accept")
    shown = await acts.headline(world, handle)
    for words in ("Kommune", "Politi", "Ikke begyndt endnu", "I venter på", "Åbnet"):
        assert words in shown["text"], words
    for action_id in ("case.stage", "followup.propose", "case.invite", "case.correct", "agreement.more"):
        assert action_id in written(shown), action_id


async def test_before_anything_is_opened_the_form_says_what_holds(world: World) -> None:
    """What must never be written, the request for access, and that the child is named by phone or secure mail."""
    sanne = world.person("case1")
    await from_command(sanne)
    said = str((await sanne.view("case.open"))["blocks"])
    for words in (
        "Skriv aldrig noget om barnet",
        "telefon eller sikker mail, hvilket barn",
        "aktindsigt",
        "Palle Politi",
    ):
        assert words in said, words


async def test_what_was_chosen_stands_in_the_headline(world: World) -> None:
    """Subject, stages of both tracks side by side, when the notification came in, and everybody who is asked."""
    sanne = world.person("case1")
    await from_command(sanne)
    form = await sanne.view("case.open")
    offered = await sanne.act("options", view_id=form["id"], action_id="case.participants", query="")
    groups = {g["label"]["text"]: [o["text"]["text"] for o in g["options"]] for g in offered["ack"]["option_groups"]}
    assert [name.split(" (")[0] for name in groups["Foreslået"]] == [
        "Palle Politi", "Benny Betjent", "Lokalpolitiets vagt",
    ]  # fmt: skip
    everybody = {o["text"]["text"]: o["value"] for g in offered["ack"]["option_groups"] for o in g["options"]}
    chosen = [value for name, value in everybody.items() if name.startswith(("Palle", "Bodil"))]
    await sends(
        sanne,
        subject={"case.subject": "group"},
        stage_police={"case.stage_police": "investigating"},
        participants={"case.participants": chosen},
        received={"case.received": await _yesterday(world)},
    )
    shown = await acts.headline(world, "police1")
    for words in (
        "En gruppe",
        "Efterforsker",
        "oplyst af Sanne",
        "Underretning modtaget",
        "Bodil Børnehus",
        "Ikke inddraget",
    ):
        assert words in shown["text"], words
    fields = [block["fields"] for block in shown["blocks"] if block.get("fields")]
    assert [len(some) for some in fields] == [3]


def people_in(form: Seen) -> list[str]:
    """Who is chosen in the form before anybody touches its list."""
    block = next(b for b in form["blocks"] if b.get("block_id") == "participants")
    return [o["text"]["text"].split(" (")[0] for o in block["element"].get("initial_options", ())]


async def adds(who: Person, form: Seen, *names: str) -> None:
    """She chooses these people, and nobody else, in the open form."""
    field = next(b for b in form["blocks"] if b.get("block_id") == "participants")["element"]["action_id"]
    offered = await who.act("options", view_id=form["id"], action_id=field, query="")
    found = [o for g in offered["ack"]["option_groups"] for o in g["options"]]
    chosen = [o["value"] for o in found if o["text"]["text"].startswith(names)]
    await who.act("click", view_id=form["id"], action_id=field, value=chosen)


async def chooses(who: Person, form: Seen, action_id: str, value: str, *there: str) -> Seen:
    """She chooses a value; the form once these people stand in it."""
    await who.act("click", view_id=form["id"], action_id=action_id, value=value)
    return await who.sees(
        f"{there} in the form",
        lambda s: next((v for v in s["views"] if v["id"] == form["id"] and people_in(v) == list(there)), None),
    )


@pytest.mark.parametrize(
    ("handle", "usual", "of_kind", "other"),
    [
        ("case1", "Palle Politi", "Benny Betjent", "Petra Politi"),
        ("police1", "Rita Rådgiver", "Ulla Ungerådgiver", "Frede Familieafdeling"),
    ],
)
async def test_another_kind_proposes_whoever_answers_for_it_and_keeps_the_rest(
    world: World, handle: str, usual: str, of_kind: str, other: str
) -> None:
    """Whom she added stays, whom she took out stays out, and what she chose elsewhere in the form is not lost."""
    rule = RoutingRule(
        "koege-sexual-abuse", "DK", "case4", "fast kontakt i Ungeteamet", "kredsrådet (demo)", CONFIRMED,
        municipality="259", kind="sexual-abuse",
    )  # fmt: skip
    await world.change_directory(rules=[rule])
    who = world.person(handle)
    await from_command(who)
    form = await who.view("case.open")
    assert people_in(form) == [usual]
    await who.act("click", view_id=form["id"], action_id="case.urgency", value="same-day")
    await who.act("click", view_id=form["id"], action_id="case.subject", value="group")
    form = await chooses(who, form, "case.kind", "sexual-abuse", of_kind)
    await adds(who, form, of_kind, other)
    form = await chooses(who, form, "case.kind", "neglect", usual, other)
    await adds(who, form, other)
    form = await chooses(who, form, "case.kind", "physical-violence", other)
    await who.act("submit", view_id=form["id"], values={})
    shown = await acts.headline(world, handle, "Fysisk vold", "samme dag", "En gruppe", other)
    assert usual not in shown["text"]
    assert of_kind not in shown["text"]


async def test_another_municipality_in_the_open_form_proposes_its_contact(world: World) -> None:
    """The one of the first municipality goes, and the form need not ask who is meant; the room is said anew."""
    rule = RoutingRule(
        "greve-police", "DK", "police3", "fast kontakt for Greve", "kredsrådet (demo)", CONFIRMED, municipality=GREVE
    )
    await world.change_directory(rules=[rule])
    sanne = world.person("case1")
    await from_command(sanne)
    form = await sanne.view("case.open")
    await sanne.act("options", view_id=form["id"], action_id="case.municipality", query="greve")
    form = await chooses(sanne, form, "case.municipality", GREVE, "Petra Politi")
    assert "ikke noget rum til kommunen" in str(form["blocks"])
    answer = await sanne.act("submit", view_id=form["id"], values={"kind": {"case.kind": "neglect"}})
    assert answer["ack"]["response_action"] == "update"
    assert world.count("drafts") == 1


async def test_the_code_leads_to_the_thread_and_tells_others_nothing(world: World) -> None:
    """`/sag KODE`, the code in a direct message and in a mention; a colleague reads the same of it as of any other code."""
    await acts.accepted(world)
    found = CODE.search((await acts.headline(world))["text"])
    assert found is not None
    code = found.group()
    answer = await world.person("police1").act("command", channel="alle", command="/sag", text=code)
    assert "slack.com/archives" in answer["ack"]["text"] or "|Gå til tråden>" in answer["ack"]["text"]
    await world.person("case1").act("message", channel="@bindeled", text=f"hvor er {code.lower()}?")
    await world.person("case1").message("the way", f"Sag {code}", "Gå til tråden", "Haster")
    bot = next(u["id"] for u in (await world.state())["users"] if u["is_bot"])
    await world.person("coord-p").act("message", channel="samarbejde-koege", text=f"<@{bot}> {code}")
    told = await world.person("coord-p").message("the way", f"Sag {code}", "Gå til tråden", "Haster")
    assert told["ephemeral_to"] == "U0COORDP"
    frede = world.person("case3")
    said = [
        (await frede.act("command", channel="alle", command="/sag", text=typed))["ack"]["text"].replace(typed, "")
        for typed in (code, "H222-H22-" + _check("H222-H22-"))
    ]
    assert said[0] == said[1]
    assert "ingen sag" in said[0]
    wrong = code[:-1] + ("H" if code[-1] != "H" else "J")
    mistyped = await frede.act("command", channel="alle", command="/sag", text=wrong)
    assert "tastet forkert" in mistyped["ack"]["text"]


async def test_without_a_room_the_contact_is_shown_and_the_case_opens_when_there_is_one(world: World) -> None:
    """The coordinator gets *Vælg rum*, the bot joins the channel she chose and says who reads it; then the thread is there."""
    sanne, karen = world.person("case1"), world.person("coord-m")
    await _waits_for_room(world)
    await sanne.message("her receipt", "venter på et rum", "Karen Koordinator", "Palle Politi")
    request = await karen.message("the request", "vil åbne en sag", "room.choose")
    await karen.click(request, "room.choose")
    form = await karen.view("room.choose")
    await karen.act(
        "submit", view_id=form["id"], values={"channel": {"room.channel": await world.channel_id("samarbejde-ekstern")}}
    )
    await karen.sees("who can read it", lambda state: state if "kan læse rummet" in str(state["views"]) else None)
    said = str((await karen.state())["views"])
    for words in ("Greve", "6 personer", "Midt- og Vestsjællands Politi", "delt med en anden organisation", "er åbnet"):
        assert words in said, words
    await world.person("police1").message("the request", "beder dig være med", "case.accept")
    await sanne.message("her receipt, edited", "Rummet er valgt", "Gå til tråden")
    await karen.message("the request, settled", "Rummet er valgt", without=("room.choose",))
    channel = await world.channel_id("samarbejde-ekstern")
    assert [m["channel"] for m in await world.seen_by("police1", "Deltagere")] == [channel]


async def test_the_bot_makes_a_private_room_where_none_is_chosen(world: World) -> None:
    """`/bindeled rum` with no channel, for a municipality without a room: a private channel with the coordinator in it alone."""
    vera = world.person("coord-p")
    await vera.act("command", channel="alle", command="/bindeled", text="rum")
    form = await vera.view("room.choose")
    await vera.act("options", view_id=form["id"], action_id="case.municipality", query="greve")
    await vera.act("submit", view_id=form["id"], values={"municipality": {"case.municipality": GREVE}})
    await vera.sees("who can read it", lambda state: state if "1 person kan læse" in str(state["views"]) else None)
    made = next(c for c in (await world.state())["channels"] if c["name"] == "samarbejde-greve")
    assert made["is_private"]
    assert "U0COORDP" in made["members"]
    assert world.rows("SELECT channel FROM rooms WHERE municipality = '253'") == [(made["id"],)]


async def test_only_coordinators_choose_rooms(world: World) -> None:
    """Somebody else is told who may; a channel the bot cannot enter is told with what to do, and changes nothing."""
    answer = await world.person("case1").act("command", channel="alle", command="/bindeled", text="rum")
    assert "Karen Koordinator" in answer["ack"]["text"]
    before = world.rows("SELECT * FROM rooms")
    await world.call("conversations.leave", channel=await world.channel_id("samarbejde-koege"))
    karen = world.person("coord-m")
    await karen.act("command", channel="alle", command="/bindeled", text="rum")
    form = await karen.view("room.choose")
    channel = {"channel": {"room.channel": await world.channel_id("samarbejde-koege")}}
    await karen.act("submit", view_id=form["id"], values=channel)
    await karen.sees("what to do", lambda state: state if "/invite @Bindeled" in str(state["views"]) else None)
    assert world.rows("SELECT * FROM rooms") == before


async def _waits_for_room(world: World) -> None:
    """case1 opens a case in a municipality that has no room."""
    sanne = world.person("case1")
    await from_command(sanne)
    form = await sanne.view("case.open")
    await sanne.act("options", view_id=form["id"], action_id="case.municipality", query="greve")
    answer = await sends(sanne, municipality={"case.municipality": GREVE})
    assert answer["ack"]["response_action"] == "update"
    for words in ("Palle Politi", "+45 00 00 02 01", "Karen Koordinator", "14 dage"):
        assert words in str(answer["ack"]["view"]), words


async def _yesterday(world: World) -> int:
    state = await world.state()
    return int((datetime.fromisoformat(state["now"]) - timedelta(days=1)).timestamp())


def _check(body: str) -> str:
    return next(char for char in ALPHABET if read_code(body + char))
