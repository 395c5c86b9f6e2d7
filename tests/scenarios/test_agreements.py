"""What is agreed, over the wire: typed words, the shortcut, the mention, another date, what may be said, the next news."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.demo.person import Person, Seen, written
from tests import acts
from tests.handlers.test_external import petra_takes_part
from tests.stage import EXTERNAL_ROOM, World


def element(seen: Seen, action_id: str) -> Seen:
    """A button or a list of a message or a form, as its element."""
    inside = [
        e for b in seen["blocks"] for e in (*b.get("elements", ()), b.get("accessory") or {}, b.get("element") or {})
    ]
    return next(e for e in inside if e.get("action_id") == action_id)


async def chooses(who: Person, message: Seen, action_id: str, ends: str) -> Seen:
    """She chooses an entry of a list in a message, by how its value ends."""
    value = next(o["value"] for o in element(message, action_id)["options"] if o["value"].endswith(ends))
    where = {"channel": message["channel"], "ts": message["ts"]}
    return await who.act("click", **where, action_id=action_id, value=value)


async def submits(who: Person, form: Seen, **values: Any) -> Seen:
    """She fills in a form by field and sends it; what was chosen beforehand stays."""
    made: dict[str, dict[str, Any]] = {}
    for block in form["blocks"]:
        if block["type"] != "input":
            continue
        one = block["element"]
        value = values.get(block["block_id"], beforehand(one))
        if value is not None:
            made[block["block_id"]] = {one["action_id"]: value}
    return await who.act("submit", view_id=form["id"], values=made)


def beforehand(one: Seen) -> object:
    """What stands in a field before anybody touches it."""
    chosen = one.get("initial_option")
    return chosen["value"] if chosen else one.get("initial_date_time")


def owner(form: Seen, name: str) -> str:
    """The value behind a name in the list of owners."""
    return acts.choice(form, "owner", name)


async def test_words_after_the_command_fill_the_form_and_are_read_back(world: World) -> None:
    """`/aftale ring tilbage på fredag`: no hour was said, so the moment is shown; one confirm proposes it."""
    await acts.accepted(world)
    sanne = world.person("case1")
    await sanne.act("command", channel="alle", command="/aftale", text="ring tilbage på fredag")
    form = await sanne.view("followup.propose")
    assert "Vi læste" in str(form["blocks"])
    assert element(form, "followup.what")["initial_option"]["value"] == "call-back-with-news"
    read = datetime.fromtimestamp(element(form, "followup.due")["initial_date_time"]).astimezone()
    assert read.weekday() == 4
    await submits(sanne, form, owner=owner(form, "Palle"))
    await world.person("police1").message("the proposal", "foreslår en opfølgning", "Ring tilbage med nyt")
    await sanne.message("her receipt", "Du har foreslået", "Venter på svar", "followup.withdraw")


async def test_a_moment_in_words_that_leaves_something_open_is_shown_once_more(world: World) -> None:
    """In the form: "på fredag" comes back as a date; sent again it counts. Words that say nothing are told so."""
    sanne = world.person("case1")
    await sanne.click(await acts.accepted(world), "followup.propose")
    form = await sanne.view("followup.propose")
    chosen = {"what": "agree-on-meeting", "owner": owner(form, "Palle")}
    refused = await submits(sanne, form, **chosen, words="når vi har tid")
    assert "words" in refused["ack"]["errors"]
    await submits(sanne, form, **chosen, words="på fredag")
    form = await sanne.sees(
        "it read back", lambda s: next((v for v in s["views"] if "Vi læste" in str(v["blocks"])), None)
    )
    assert await world.seen_by("police1", "foreslår en opfølgning") == []
    await submits(sanne, form)
    await world.person("police1").message("the proposal", "foreslår en opfølgning", "Aftal et møde")


async def test_a_deadline_after_an_event_is_shown_as_such(world: World) -> None:
    """Two working days after the interview: agreed without a date, and everybody reads when it begins."""
    sanne = world.person("case1")
    await sanne.click(await acts.accepted(world), "followup.propose")
    form = await sanne.view("followup.propose")
    words = "2 arbejdsdage efter videoafhøringen"
    await submits(sanne, form, what="talk-with-parents", owner=owner(form, "Politikontakten"), words=words)
    proposal = await world.person("police1").message("the proposal", words, "datoen er ikke kendt endnu")
    await world.person("police1").click(proposal, "followup.agree")
    await acts.headline(world, "case1", "Aftalt: Politikontakten (Palle", words)


async def test_a_mention_in_the_thread_offers_what_was_understood(world: World) -> None:
    """A mention that begins with "aftale:" in a case's thread: read back to her alone, one tap to the form, one to propose it."""
    headline = await acts.accepted(world)
    palle = world.person("police1")
    text = "@bindeled aftale: giv skolen besked fredag kl. 12"
    await palle.act("message", channel=headline["channel"], thread_ts=headline["ts"], text=text)
    offer = await palle.message("what was understood", "Vi læste", "Giv skolen besked", "followup.propose")
    assert (offer["ephemeral_to"] is not None, offer["thread_ts"]) == (True, headline["ts"])
    await palle.click(offer, "followup.propose")
    form = await palle.view("followup.propose")
    await submits(palle, form, owner=owner(form, "Sanne"))
    await world.person("case1").message("the proposal", "foreslår en opfølgning", "Giv skolen besked", "12.00")


async def test_the_shortcut_takes_the_moment_of_a_message_and_nothing_else(world: World) -> None:
    """From the menu of a message in the thread: the form with its moment; outside a case, which case is meant."""
    headline = await acts.accepted(world)
    sanne, channel = world.person("case1"), headline["channel"]
    text = "vi spiser rabarberkage i skolen fredag kl. 9"
    written_ = await sanne.act("message", channel=channel, thread_ts=headline["ts"], text=text)
    await sanne.act("shortcut", callback_id="followup.message", channel=channel, ts=written_["ts"])
    form = await sanne.view("followup.propose")
    assert "initial_option" not in element(form, "followup.what")
    assert "Vi læste" in str(form["blocks"])
    assert "rabarberkage" not in str(form["blocks"])
    elsewhere = await sanne.act("message", channel=channel, text="hej")
    await sanne.act("shortcut", callback_id="followup.message", channel=channel, ts=elsewhere["ts"])
    await sanne.message("which case", "Hvilken sag", "followup.propose.0")


async def test_the_same_step_twice_is_pointed_out(world: World) -> None:
    """The form comes back and says who does it by when; sent again it is proposed all the same."""
    await acts.proposed(world)
    sanne = world.person("case1")
    await sanne.click(await acts.headline(world), "followup.propose")
    await acts.fills_in(sanne, "Palle")
    form = await sanne.sees(
        "the warning", lambda s: next((v for v in s["views"] if "allerede" in str(v["blocks"])), None)
    )
    assert len(await world.seen_by("police1", "foreslår en opfølgning")) == 1
    await submits(sanne, form)
    await world.until("both are there", lambda: world.count("followups") == 2)


@pytest.mark.parametrize(("owes", "asks"), [("police1", "case1"), ("case1", "police1")])
async def test_another_date_is_proposed_and_accepted(world: World, owes: str, asks: str) -> None:
    """Whichever side owes it: the other one is asked, the old date stands until her yes, and both read it."""
    headline = await acts.accepted(world)
    asker, debtor = world.person(asks), world.person(owes)
    await asker.click(headline, "followup.propose")
    await acts.fills_in(asker, "Palle" if owes == "police1" else "Sanne")
    proposal = await debtor.message("the proposal", "foreslår en opfølgning", "followup.counter")
    await debtor.click(proposal, "followup.counter")
    form = await debtor.view("followup.redate")
    later = element(form, "followup.due")["initial_date_time"] + 7 * 86400
    await submits(debtor, form, due=later, reason="no-time")
    question = await asker.message("the question", "foreslår noget andet", "kan ikke nås", "counter.agree")
    await debtor.message("where it is", "Du har foreslået noget andet", "Venter på svar", "counter.withdraw")
    await acts.headline(world, asks, "Andet foreslået")
    await asker.click(question, "counter.agree")
    await acts.headline(world, asks, "Aftalt: ")
    await asker.message("her answer", "foreslår noget andet", "Sagt ja", without=("counter.agree",))
    assert world.rows("SELECT state FROM matters WHERE kind = 'followup'") == [("agreed",)]


async def test_a_no_carries_its_reason_in_one_tap_and_is_undone_in_one(world: World) -> None:
    """The reason is chosen in the message; the asker reads it, and ten minutes long it is taken back."""
    proposal = await acts.proposed(world)
    palle, sanne = world.person("police1"), world.person("case1")
    await chooses(palle, proposal, "followup.decline", ":too-early")
    await sanne.message("the no", "har sagt nej", "for tidligt", "followup.reopen")
    declined = await palle.message("his no", "foreslår en opfølgning", "Afvist", "followup.undo")
    await palle.click(declined, "followup.undo")
    again = await palle.message("the question again", "foreslår en opfølgning", "followup.agree", without=("Afvist",))
    await palle.click(again, "followup.agree")
    await acts.headline(world, "case1", "Aftalt: Palle")


async def test_done_in_the_thread_is_undone_there_and_late_it_takes_a_reason(world: World) -> None:
    """Whoever tapped in the thread gets *Fortryd* alone; after ten minutes the same tap asks for a reason."""
    proposal = await acts.proposed(world)
    palle = world.person("police1")
    await palle.click(proposal, "followup.agree")
    await palle.click(await acts.headline(world, "police1", "Aftalt: Palle"), "followup.done")
    back = await palle.message("the way back", "Udført", "followup.undo", without=("Deltagere", "foreslår"))
    assert back["ephemeral_to"] is not None
    await acts.headline(world, "case1", "Udført: Svar om samtale")
    await world.advance(601)
    await palle.click(back, "followup.undo")
    form = await palle.view("followup.reopen")
    assert "mere end ti minutter" in str(form["blocks"])
    await submits(palle, form, reason="not-finished")
    await acts.headline(world, "case1", "Aftalt: Palle")


@pytest.mark.parametrize(("asks", "accepts"), [("case1", "police1"), ("police1", "case1")])
async def test_what_may_be_said_is_proposed_accepted_and_runs_out_into_a_question(
    world: World, asks: str, accepts: str
) -> None:
    """Whichever side proposes it: both accept, the headline says it, and at its end both are asked what holds now."""
    headline = await acts.accepted(world)
    asker, other = world.person(asks), world.person(accepts)
    assert "Intet aftalt endnu" in written(headline)
    await asker.click(headline, "clearance.propose")
    form = await asker.view("clearance.propose")
    await submits(asker, form, towards="parents", level="practical", by="municipality")
    await asker.message("her receipt", "Du har foreslået", "Gælder ikke endnu", "clearance.withdraw")
    question = await other.message("the question", "hvad der må siges", "Over for forældrene", "clearance.agree")
    await other.click(question, "clearance.agree")
    await acts.headline(world, asks, "Over for forældrene: kun det praktiske", "Begge sider har sagt ja")
    await world.quiet()
    ((due,),) = world.rows("SELECT due_at FROM matters WHERE kind = 'clearance'")
    # Not a number of days: on some days and hours the reminder after it would be due, too, and take its place.
    await world.reach(datetime.fromisoformat(due).replace(tzinfo=UTC) + timedelta(minutes=1))
    for person in (asker, other):
        await person.message("the question what holds now", "er udløbet", "clearance.renew", "clearance.revoke")
    await acts.headline(world, asks, "Udløbet. Gælder ikke")


@pytest.mark.parametrize(("asks", "accepts"), [("case1", "police1"), ("police1", "case1")])
async def test_what_may_be_said_is_given_up_and_holds_again_with_one_tap_and_late_with_a_question(
    world: World, asks: str, accepts: str
) -> None:
    """*Fortryd* in the own message within ten minutes; later the same tap asks why, and the other side for its yes."""
    asker, other = world.person(asks), world.person(accepts)
    await asker.click(await acts.accepted(world), "clearance.propose")
    await submits(asker, await asker.view("clearance.propose"), towards="parents", level="practical", by="municipality")
    question = await other.message("the question", "hvad der må siges", "clearance.agree")
    await other.click(question, "clearance.agree")
    yes = await other.message("her yes", "Begge sider har sagt ja", "clearance.revoke", without=("Deltagere",))
    await other.click(yes, "clearance.revoke")
    over = await other.message("it is over", "Gælder ikke mere", "clearance.undo", without=("Deltagere",))
    await asker.message("told", "gælder ikke mere", "clearance.reopen")
    await other.click(over, "clearance.undo")
    await acts.headline(world, asks, "Begge sider har sagt ja")
    await asker.message("told again", "gælder alligevel fortsat")
    yes = await other.message("her yes", "Begge sider har sagt ja", "clearance.revoke", without=("Deltagere",))
    await other.click(yes, "clearance.revoke")
    over = await other.message("it is over", "Gælder ikke mere", "clearance.undo", without=("Deltagere",))
    await world.advance(601)
    await other.click(over, "clearance.undo")
    form = await other.view("clearance.reopen")
    assert "mere end ti minutter" in str(form["blocks"])
    await submits(other, form, reason="mistake")
    again = await asker.message("the question", "vil aftale med jer", "clearance.agree")
    await asker.click(again, "clearance.agree")
    await acts.headline(world, accepts, "Begge sider har sagt ja")


async def test_done_without_its_clearance_says_whom_to_ask(world: World) -> None:
    """The form names what is missing and the other side's number; with a reason it is done and both are told."""
    headline = await acts.accepted(world)
    palle, sanne = world.person("police1"), world.person("case1")
    await palle.click(headline, "followup.propose")
    form = await palle.view("followup.propose")
    await submits(palle, form, what="talk-with-parents", owner=owner(form, "Sanne"))
    await sanne.click(await sanne.message("the proposal", "Tal med forældrene", "followup.agree"), "followup.agree")
    await sanne.click(await acts.headline(world, "case1", "Aftalt: Sanne", "followup.done"), "followup.done")
    form = await sanne.view("followup.done")
    assert "forældrene" in str(form["blocks"])
    assert "Palle Politi" in str(form["blocks"])
    await submits(sanne, form, reason="child-safety")
    for person in (sanne, palle):
        await person.message("what happened", "ikke havde aftalt på forhånd", "barnets sikkerhed")


async def test_nothing_new_yet_is_one_tap_and_a_date(world: World) -> None:
    """The debtor promises; when the moment comes, one tap and the prefilled date; whoever waits reads both."""
    headline = await acts.accepted(world)
    palle, sanne = world.person("police1"), world.person("case1")
    await palle.click(headline, "word.ask")
    form = await palle.view("word.ask")
    await submits(palle, form, owner=owner(form, "Palle"))
    headline = await acts.headline(world, "case1", "Næste besked", "fra Palle Politi", "word.nothing-new")
    await world.quiet()
    await world.advance(3 * 86400)
    await palle.click(headline, "word.nothing-new")
    form = await palle.view("word.nothing-new")
    await submits(palle, form)
    await sanne.message("nothing new yet", "Intet nyt endnu fra Palle", "word.given")
    await sanne.click(await acts.headline(world, "case1", "word.ask"), "agreement.more")
    more = await sanne.message("everything", "hvad du kan gøre", "word.given")
    await sanne.click(more, "word.given")
    await acts.headline(world, "case1", "Ingen har lovet besked")


async def test_a_tap_that_slack_delivers_twice_and_a_button_from_last_week_have_one_outcome(world: World) -> None:
    """Delivered twice a no is one no; the button of a week ago says how it stands, and changes nothing."""
    proposal = await acts.proposed(world)
    palle = world.person("police1")
    await world.fault("twice")
    await chooses(palle, proposal, "followup.decline", ":not-mine")
    await world.heal()
    await world.person("case1").message("the no", "har sagt nej")
    await world.quiet()
    await world.advance(7 * 86400)
    await acts.taps_old(palle, proposal, "followup.agree", acts.button(proposal, "followup.agree")["value"])
    await palle.message("how it stands", "allerede")
    assert world.rows("SELECT verb FROM audit WHERE verb LIKE 'followup.%' ORDER BY id") == [
        ("followup.propose",),
        ("followup.decline",),
    ]
    assert len(await world.seen_by("case1", "har sagt nej")) == 1


async def test_somebody_of_another_organisation_has_every_step_as_a_button(world: World) -> None:
    """In the shared channel: propose by mention, clear, answer, all without commands or shortcuts."""
    sanne, petra = world.person("case1"), world.person("police3")
    headline = await petra_takes_part(world)
    text = "@bindeled aftale: giv skolen besked om 3 arbejdsdage kl. 10"
    await petra.act("message", channel=EXTERNAL_ROOM, thread_ts=headline["ts"], text=text)
    await petra.click(
        await petra.message("what was understood", "Giv skolen besked", "followup.propose"), "followup.propose"
    )
    form = await petra.view("followup.propose")
    await submits(petra, form, owner=owner(form, "Sanne"))
    await sanne.click(await acts.headline(world, "case1", "Giv skolen besked", "followup.agree"), "followup.agree")
    await sanne.click(await acts.headline(world, "case1", "Aftalt: Sanne", "clearance.propose"), "clearance.propose")
    form = await sanne.view("clearance.propose")
    until = element(form, "clearance.until")["initial_date_time"] + timedelta(days=9).total_seconds()
    await submits(sanne, form, towards="school", level="practical", by="municipality", until=int(until))
    await petra.click(await acts.headline(world, "police3", "Over for skolen", "clearance.agree"), "clearance.agree")
    await acts.headline(world, "police3", "Over for skolen", "Begge sider har sagt ja")
    await sanne.click(await acts.headline(world, "case1", "Aftalt: Sanne", "followup.done"), "followup.done")
    await acts.headline(world, "police3", "Udført: Giv skolen besked")
