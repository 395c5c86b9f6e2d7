"""Call-backs over the wire, as the demo people live them: asked, moved on, promised, done, with the clock moving."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.demo.person import NotSeenError, Seen, written
from tests import acts
from tests.stage import World
from tests.wire import POSTING

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
HOUR = 3600
ROOM = "samarbejde-koege"


@pytest.fixture
async def monday(world: World) -> World:
    """The demo world on a Monday, half past nine in Copenhagen."""
    now = await _now(world)
    local = now.astimezone(COPENHAGEN)
    morning = (local + timedelta(days=7 - local.weekday())).replace(hour=9, minute=30, second=0)
    await world.advance((morning.astimezone(UTC) - now).total_seconds())
    return world


async def test_asked_accepted_and_done(monday: World) -> None:
    """One tap asks, one tap accepts, one tap ends it; the asker reads all of it in one message."""
    sanne, palle = monday.person("case1"), monday.person("police1")
    await sanne.click(await acts.asks(sanne), "callback.ask")
    wish = await palle.message("the wish", "Sanne Sagsbehandler", "+45 00 00 01 01", "callback.accept", "callback.pass")
    receipt = await sanne.message(
        "her receipt", "bedt", "Palle Politi", "spurgt", "+45 00 00 02 01", "114", "callback.withdraw"
    )
    await palle.click(wish, "callback.accept")
    taken = await sanne.message("that he rings", "ringer nu", "callback.withdraw")
    assert taken["ts"] == receipt["ts"]
    mine = await palle.message("his own", "ringer nu", "callback.done", without=("callback.accept",))
    await palle.click(mine, "callback.done")
    done = await sanne.message("that they talked", "Ringet", "bedt", without=("callback.withdraw", "case.open"))
    assert done["ts"] == receipt["ts"]
    await palle.message("the end", "Ringet", without=("callback.done",))
    await monday.advance(3 * 24 * HOUR)
    assert len(await _about(monday, "police1")) == 1


async def test_unanswered_it_moves_down_the_chain_also_over_a_restart(monday: World) -> None:
    """After a working hour the substitute is asked, after two the coordinator; she reads where it is."""
    sanne, benny = monday.person("case1"), monday.person("police2")
    await sanne.click(await acts.asks(sanne), "callback.ask")
    receipt = await sanne.message("her receipt", "Uden svar spørger jeg Benny", "Venter på svar", "callback.withdraw")
    await monday.restart()
    await monday.advance(HOUR)
    wish = await benny.message("his turn", "Palle Politi", "som du er stedfortræder for", "callback.accept")
    second = await sanne.message("where it is", "• Benny Betjent", "spurgt", "+45 00 00 02 02", "Vera")
    assert second["ts"] == receipt["ts"]
    await monday.restart()
    await monday.advance(HOUR)
    await monday.person("coord-p").message("her turn", "har ikke fået svar", "callback.accept")
    await benny.click(wish, "callback.accept")
    await sanne.message("that he rings", "Benny Betjent (demo) ringer nu", "callback.withdraw")
    await monday.person("police1").message(
        "that it is taken", "Benny Betjent (demo) ringer nu", without=("callback.accept",)
    )


async def test_a_promised_moment_is_reminded_of_and_goes_on_when_it_passes(monday: World) -> None:
    """Put off with a form; a reminder at the moment; overdue the substitute is asked, also after a restart."""
    sanne, palle = monday.person("case1"), monday.person("police1")
    await sanne.click(await acts.asks(sanne), "callback.ask")
    await palle.click(await palle.message("the wish", "callback.later"), "callback.later")
    form = await palle.view("callback.later")
    due = int((await _now(monday) + timedelta(hours=3)).timestamp())
    await palle.act("submit", view_id=form["id"], values={"due": {"callback.due": due}})
    said = datetime.fromtimestamp(due, COPENHAGEN).strftime("kl. %H.%M")
    await sanne.message("when he rings", "ringer mandag", said, "callback.withdraw")
    await monday.restart()
    await monday.advance(3 * HOUR)
    await palle.message("the reminder", "venter på dit opkald nu", "callback.done")
    await monday.advance(HOUR)
    benny = monday.person("police2")
    late = await benny.message("his turn", "venter stadig", "callback.accept")
    await sanne.message("that it is late", "Tidspunktet er passeret", "callback.withdraw")
    await benny.click(late, "callback.accept")
    await sanne.message("that he rings", "Benny Betjent (demo) ringer nu", "callback.withdraw")


async def test_it_is_passed_on(monday: World) -> None:
    """A form offers the own agency's people in Slack; the one chosen is asked, the asker sees it."""
    sanne, palle, vera = monday.person("case1"), monday.person("police1"), monday.person("coord-p")
    await sanne.click(await acts.asks(sanne), "callback.ask")
    await palle.click(await palle.message("the wish", "callback.pass"), "callback.pass")
    form = await palle.view("callback.pass")
    offered = {o["text"]["text"]: o["value"] for o in form["blocks"][0]["element"]["options"]}
    assert sorted(name.split(" ")[0] for name in offered) == ["Benny", "Vera"]
    chosen = next(value for name, value in offered.items() if name.startswith("Vera"))
    await palle.act("submit", view_id=form["id"], values={"receiver": {"callback.receiver": chosen}})
    await vera.message("her wish", "Sanne Sagsbehandler", "callback.accept")
    await palle.message("that it has gone on", "gået videre til Vera", without=("callback.accept",))
    await sanne.message("where it is", "• Vera Vicepolitikommissær", "callback.withdraw")


async def test_the_asker_withdraws(monday: World) -> None:
    """One tap on the receipt; the contact's message loses its buttons, nobody is asked any more."""
    sanne, palle = monday.person("case1"), monday.person("police1")
    await sanne.click(await acts.asks(sanne), "callback.ask")
    await palle.message("the wish", "callback.accept")
    await sanne.click(await sanne.message("her receipt", "callback.withdraw"), "callback.withdraw")
    await palle.message("that it is over", "Ikke nødvendigt mere", without=("callback.accept",))
    await sanne.message("her own", "Ikke nødvendigt mere", without=("callback.withdraw",))
    await monday.advance(2 * 24 * HOUR)
    assert await _about(monday, "police2") == []


async def test_sparring_may_become_a_case_and_leaves_nothing_else(monday: World) -> None:
    """Talked over before deciding; the receipt then opens a case with the same contact in one tap."""
    sanne, palle = monday.person("case1"), monday.person("police1")
    await sanne.click(await acts.asks(sanne), "sparring.ask")
    wish = await palle.message("the wish", "før der besluttes", "callback.accept")
    await palle.click(wish, "callback.accept")
    await palle.click(await palle.message("his own", "callback.done"), "callback.done")
    over = await sanne.message(
        "that they talked", "Ringet", "før du beslutter", "case.open", without=("callback.withdraw",)
    )
    await monday.advance(60)
    await sanne.click(over, "case.open")
    form = await sanne.view("case.open")
    assert "Palle Politi" in str(form["blocks"])


async def test_the_police_ask_and_the_municipality_rings(monday: World) -> None:
    """Promise 5: the same from the other side."""
    palle, rita = monday.person("police1"), monday.person("case2")
    await palle.click(await acts.asks(palle), "callback.ask")
    wish = await rita.message("the wish", "Palle Politi", "+45 00 00 02 01", "callback.accept")
    await monday.advance(HOUR)
    await monday.person("case1").message("her turn", "Rita Rådgiver", "som du er stedfortræder for", "callback.accept")
    await rita.click(wish, "callback.accept")
    await palle.message("that she rings", "Rita Rådgiver (demo) ringer nu", "callback.withdraw")


async def test_a_stranger_to_it_cannot_answer(monday: World) -> None:
    """The other side's people see no wish; a tap of the asker on what is not hers is refused by the stand-in itself."""
    sanne = monday.person("case1")
    await sanne.click(await acts.asks(sanne), "callback.ask")
    wish = await monday.person("police1").message("the wish", "callback.accept")
    with pytest.raises(NotSeenError):
        await sanne.click(wish, "callback.accept")
    assert await _about(monday, "case3") == []


async def test_a_lost_answer_of_slack_asks_nobody_twice(monday: World) -> None:
    """Slack took the wish and its answer was lost: it is found again; one wish, one receipt."""
    sanne, palle = monday.person("case1"), monday.person("police1")
    answer = await acts.asks(sanne)
    await monday.fault("lost", "chat.postMessage", count=1)
    await sanne.click(answer, "callback.ask")
    await palle.message("the wish", "callback.accept")
    await monday.advance(10)
    await sanne.message("her receipt", "spurgt", "callback.withdraw")
    assert len(await _about(monday, "police1")) == 1
    assert len(await monday.seen_by("case1", "callback.withdraw")) == 1


async def test_a_wish_to_a_closed_account_goes_to_the_unit(monday: World) -> None:
    """Slack closed his account: he counts as away, his coordinator is asked at once, and told for whom."""
    sanne, vera = monday.person("case1"), monday.person("coord-p")
    answer = await acts.asks(sanne)
    await monday.person("police1").act("deactivate")
    await sanne.click(answer, "callback.ask")
    await vera.message("his wish", "callback.accept", "fordi Palle Politi (demo) er væk")


async def test_a_wrong_contact_reaches_the_coordinator(monday: World) -> None:
    """A closed reason in a form; the contact's own coordinator is told, and ends it with one tap."""
    sanne, vera = monday.person("case1"), monday.person("coord-p")
    await sanne.click(await acts.asks(sanne), "contact.wrong")
    form = await sanne.view("contact.wrong")
    assert [o["value"] for o in form["blocks"][1]["element"]["options"]] == [
        "moved",
        "municipality",
        "kind",
        "number",
        "other",
    ]
    await sanne.act("submit", view_id=form["id"], values={"wrong": {"contact.reason": "number"}})
    told = await sanne.view("told")
    assert "Vera Vicepolitikommissær" in str(told["blocks"])
    message = await vera.message("the mistake", "Palle Politi", "Forkert nummer", "Køge", "correction.done")
    await vera.click(message, "correction.done")
    await vera.message("that it is corrected", "Rettet", without=("correction.done",))


async def test_an_answer_that_vanishes_can_be_kept(monday: World) -> None:
    """By mention or by command, with kind and urgency: *Send mig det* puts the same answer into the direct message."""
    sanne = monday.person("case1")
    await sanne.act("message", channel=ROOM, text="<@U0BINDELED> hvem kontakter jeg om vold?")
    whispered = await sanne.message("the whispered answer", "contact.send", "Palle Politi")
    assert whispered["ephemeral_to"]
    await sanne.click(whispered, "contact.send")
    kept = await sanne.message("the answer kept", "Palle Politi", "callback.ask", without=("contact.send",))
    assert kept["ephemeral_to"] is None
    assert _values(kept) == _values(whispered)


async def test_an_answer_to_a_command_can_be_kept(monday: World) -> None:
    """The same by `/kontakt`; a second tap sends it again, a repeated delivery of the same tap does not."""
    sanne = monday.person("case1")
    await sanne.act("command", channel="alle", command="/kontakt")
    whispered = await sanne.message("the whispered answer", "contact.send", "Palle Politi")
    await monday.fault("twice", count=1)
    await sanne.click(whispered, "contact.send")
    await monday.quiet()
    kept = [m for m in await monday.seen_by("case1", "callback.ask", "Palle Politi") if m["ephemeral_to"] is None]
    assert len(kept) == 1


async def test_two_taps_at_once_ask_once(monday: World) -> None:
    """A double click on *Ring mig op*: one wish; the second tap is told where to look."""
    sanne = monday.person("case1")
    answer = await acts.asks(sanne)
    await sanne.click(answer, "callback.ask")
    await sanne.click(answer, "callback.ask")
    told = await sanne.message("that she has asked already", "allerede bedt Palle Politi")
    assert told["ephemeral_to"] == "U0CASE1"
    assert len(await _about(monday, "police1")) == 1


async def test_what_blocks_say_the_text_says_too(monday: World) -> None:
    """Screen readers read `text`: every sentence of what is sent about a call-back or a correction stands in it."""
    sanne, palle = monday.person("case1"), monday.person("police1")
    answer = await acts.asks(sanne)
    await sanne.click(answer, "callback.ask")
    await palle.click(await palle.message("the wish", "callback.accept"), "callback.accept")
    await sanne.message("that he rings", "ringer nu", "callback.withdraw")
    await sanne.click(answer, "contact.wrong")
    form = await sanne.view("contact.wrong")
    await sanne.act("submit", view_id=form["id"], values={"wrong": {"contact.reason": "moved"}})
    await monday.person("coord-p").message("the mistake", "Arbejder der ikke mere")
    await monday.quiet()
    for body in (line["body"] for line in await monday.wire(kind="api") if line["method"] in POSTING):
        for block in body["blocks"]:
            texts = [block["text"]["text"]] if block["type"] == "section" else []
            texts += [element["text"] for element in block["elements"]] if block["type"] == "context" else []
            for line in (line for text in texts for line in text.split("\n")):
                assert line.strip("_") in body["text"], line


async def test_an_answer_in_a_direct_message_need_not_be_sent(monday: World) -> None:
    """It stays where it is: the button would be in the way."""
    assert "contact.send" not in written(await acts.asks(monday.person("case1")))


def _values(message: Seen) -> dict[str, str]:
    return {
        element["action_id"]: element["value"]
        for block in message["blocks"]
        for element in block.get("elements", ())
        if element["type"] == "button" and element["action_id"] != "contact.send"
    }


async def _about(world: World, handle: str) -> list[Seen]:
    """The direct messages about call-backs that somebody sees, whatever has become of them."""
    await world.quiet()
    return [*await world.seen_by(handle, "i telefon"), *await world.seen_by(handle, "opkald")]


async def _now(world: World) -> datetime:
    return datetime.fromisoformat((await world.state())["now"])
