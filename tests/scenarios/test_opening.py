"""Every way to a case over the wire, from either side, and what happens where there is no room yet."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.demo.person import Person, Seen, written
from bot.domain.codes import ALPHABET, read_code
from tests import acts
from tests.stage import CODE, World

GREVE = "253"


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
    for action_id in ("case.stage", "followup.propose", "case.invite", "case.correct", "case.more"):
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
    """`/bindeled rum` with no channel: a private channel with the coordinator in it, and nobody else."""
    karen = world.person("coord-m")
    await karen.act("command", channel="alle", command="/bindeled", text="rum")
    form = await karen.view("room.choose")
    await karen.act("submit", view_id=form["id"], values={})
    await karen.sees("who can read it", lambda state: state if "1 person kan læse" in str(state["views"]) else None)
    made = next(c for c in (await world.state())["channels"] if c["name"] == "samarbejde-koege-2")
    assert made["is_private"]
    assert "U0COORDM" in made["members"]
    assert world.rows("SELECT channel FROM rooms WHERE municipality = '259'") == [(made["id"],)]


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
