"""What is typed into a room and must not stand there, over the wire: told, waited for, thanked for, recorded."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from prometheus_client import generate_latest

from bot.demo.person import NotSeenError, Seen, written
from tests import acts
from tests.stage import EXTERNAL_ROOM, World

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
ROOM = "samarbejde-koege"
NUMBER = "010190-9999"
"""Nobody's: a number of this year has no such last four digits."""
TYPED = f"cpr {NUMBER} er kontaktet"
CLEAN = "Vi ringer til hinanden i morgen"
MINUTE = 60


@pytest.fixture
async def morning(world: World) -> World:
    """The demo world on a Monday, half past nine in Copenhagen."""
    now = datetime.fromisoformat((await world.state())["now"])
    local = now.astimezone(COPENHAGEN)
    wanted = (local + timedelta(days=7 - local.weekday())).replace(hour=9, minute=30, second=0)
    await world.advance((wanted.astimezone(UTC) - now).total_seconds())
    return world


async def typed(world: World, who: str = "case1", text: str = TYPED) -> Seen:
    """Somebody types it into the thread of a new case; the case's headline."""
    headline = await acts.accepted(world)
    said = await world.person(who).act("message", channel=headline["channel"], thread_ts=headline["ts"], text=text)
    await world.person(who).message("the whisper", "hører hjemme her")
    await world.advance(3)  # the direct message is due
    return {**headline, "said": said["ts"]}


def incident(world: World) -> tuple[object, ...]:
    """The one record there is: found, state, reason, whether gone, readers."""
    query = """SELECT found, state, reason, gone_at IS NOT NULL, readers, round((julianday(gone_at) - julianday(noticed_at)) * 86400)
        FROM incidents JOIN matters ON matters.id = matter_id"""
    (found,) = world.rows(query)
    return found


async def test_told_alone_and_thanked_when_the_message_is_deleted(morning: World) -> None:
    """The author alone reads kind and reason in the thread and in a direct message that becomes a thank-you."""
    sanne = morning.person("case1")
    headline = await typed(morning)
    whisper = await sanne.message("the whisper", "hører hjemme her", "Personnummer", "Karen", "incident.false_alarm")
    assert (whisper["ephemeral_to"], whisper["thread_ts"]) == ("U0CASE1", headline["ts"])
    direct = await sanne.message("the direct message", "I <http", "Slet besked", "Telefon", "Karen", "incident.gone")
    assert headline["said"].replace(".", "") in direct["text"]
    await morning.advance(10 * MINUTE)
    await sanne.act("delete", channel=headline["channel"], ts=headline["said"])
    thanks = await sanne.message("thanks", "Tak. Beskeden er væk", "10 minutter", without=("incident.gone",))
    assert thanks["ts"] == direct["ts"]
    found, state, reason, gone, readers, seconds = incident(morning)
    assert (found, state, reason, gone) == ("NATIONAL_ID:guard.id.number", "done", "deleted", 1)
    assert readers == 9
    assert isinstance(seconds, float)
    assert 600 <= seconds < 620
    await morning.advance(26 * 60 * MINUTE)
    for other in ("police1", "coord-m", "coord-p"):
        assert not await morning.seen_by(other, "hører hjemme")


async def test_an_edit_until_it_is_clean_ends_it_and_an_edit_that_adds_begins_one(morning: World) -> None:
    """Edited clean: thanks. Edited so that it says more: noticed as if typed anew."""
    sanne = morning.person("case1")
    headline = await typed(morning)
    await sanne.message("the direct message", "Slet besked", "incident.gone", "I <http")
    await sanne.act("edit", channel=headline["channel"], ts=headline["said"], text=CLEAN)
    await sanne.message("thanks", "Tak. Beskeden er rettet", without=("incident.gone",))
    assert incident(morning)[1:4] == ("done", "edited", 1)
    await sanne.act("edit", channel=headline["channel"], ts=headline["said"], text=f"{CLEAN}, {NUMBER}")
    await morning.until("it is noticed", lambda: morning.count("incidents") == 2)
    await morning.advance(3)
    await sanne.message("another", "Slet besked", "incident.gone", "I <http")
    assert morning.count("incidents") == 2


async def test_not_removed_one_reminder_then_the_coordinator_also_over_a_restart(morning: World) -> None:
    """After half an hour the author once more, after two hours her coordinator: kind, place, how long. Then no more."""
    sanne, karen = morning.person("case1"), morning.person("coord-m")
    headline = await typed(morning)
    await sanne.message("the direct message", "Slet besked", "incident.gone", "I <http")
    await morning.restart()
    await morning.advance(31 * MINUTE)
    await sanne.message("the reminder", "Påmindelse", "står der stadig", "Personnummer", "incident.gone")
    assert not await morning.seen_by("coord-m", "Personnummer")
    await morning.restart()
    await morning.advance(90 * MINUTE)
    told = await karen.message("her turn", "Personnummer", "Det har stået der i 2 timer", "i tråden til sag")
    assert "incident." not in written(told), "nobody but the author can say anything to it"
    await morning.advance(48 * 60 * MINUTE)
    assert len(await morning.seen_by("coord-m", "Personnummer")) == 1
    assert len(await morning.seen_by("case1", "Påmindelse")) == 1
    assert not await morning.seen_by("coord-p", "Personnummer")
    await sanne.act("delete", channel=headline["channel"], ts=headline["said"])
    over = await karen.message("that it is gone", "Beskeden er væk", "Personnummer")
    assert over["ts"] == told["ts"]
    await morning.advance(3)
    assert len(await morning.seen_by("case1", "Tak. Beskeden er væk")) == 2


async def test_what_went_while_the_bot_was_away_is_not_reminded_of(morning: World) -> None:
    """Deleted while nobody listened: at the start it is looked, the author is thanked, nobody is reminded."""
    sanne = morning.person("case1")
    headline = await typed(morning)
    await sanne.message("the direct message", "Slet besked", "incident.gone", "I <http")
    await morning.stage.stop_bot()
    await sanne.act("delete", channel=headline["channel"], ts=headline["said"])
    await morning.stage.start_bot()
    await sanne.message("thanks", "Tak. Beskeden er væk")
    await morning.advance(3 * 60 * MINUTE)
    assert not await morning.seen_by("case1", "Påmindelse")
    assert not await morning.seen_by("coord-m", "Personnummer")


async def test_a_reminder_looks_first_whether_the_message_was_cleaned(morning: World) -> None:
    """The event of the edit was lost: just before the reminder the message is read again, and it is thanked for."""
    sanne = morning.person("case1")
    headline = await typed(morning)
    await sanne.message("the direct message", "Slet besked", "incident.gone", "I <http")
    await morning.stage.stop_bot()
    await sanne.act("edit", channel=headline["channel"], ts=headline["said"], text=CLEAN)
    await morning.advance(31 * MINUTE)
    await morning.stage.start_bot()
    await sanne.message("thanks", "Tak. Beskeden er rettet")
    await morning.advance(3 * 60 * MINUTE)
    assert not await morning.seen_by("case1", "Påmindelse")


async def test_where_slack_does_not_let_us_look_she_is_reminded_and_believed(morning: World) -> None:
    """Nobody can say whether the message still stands there: the reminder goes out, and her word counts."""
    sanne = morning.person("case1")
    await typed(morning)
    await sanne.message("the direct message", "Slet besked", "incident.gone", "I <http")
    await morning.fault("error", "conversations.replies", count=9)
    await morning.advance(31 * MINUTE)
    reminder = await sanne.message("the reminder", "Påmindelse", "incident.gone")
    await sanne.click(reminder, "incident.gone")
    await sanne.message("thanks", "Tak. Beskeden er væk", without=("incident.gone",))


async def test_her_answers(morning: World) -> None:
    """Who says that it is deleted while it stands there is told so; who says it is nothing private is believed."""
    sanne = morning.person("case1")
    await typed(morning)
    direct = await sanne.message("the direct message", "Slet besked", "incident.gone", "I <http")
    await sanne.click(direct, "incident.gone")
    await sanne.message("that it stands there", "Beskeden står der stadig")
    assert incident(morning)[1] == "proposed"
    await sanne.click(direct, "incident.false_alarm")
    await sanne.message("that it is noted", "falsk alarm", without=("incident.gone",))
    assert incident(morning)[1:3] == ("withdrawn", "false-alarm")
    await morning.advance(26 * 60 * MINUTE)
    assert not await morning.seen_by("coord-m", "Personnummer")
    with pytest.raises(NotSeenError):
        await morning.person("police1").click(direct, "incident.false_alarm")


async def test_delivered_twice_it_is_told_once(morning: World) -> None:
    """Slack repeats its events: one incident, one whisper, one direct message; one thank-you."""
    sanne = morning.person("case1")
    headline = await acts.accepted(morning)
    await morning.fault("twice", count=1)
    said = await sanne.act("message", channel=headline["channel"], thread_ts=headline["ts"], text=TYPED)
    await sanne.message("the whisper", "hører hjemme her")
    await morning.advance(3)
    await sanne.message("the direct message", "Slet besked", "incident.gone", "I <http")
    await morning.quiet()
    assert morning.count("incidents") == 1
    assert len(await morning.seen_by("case1", "Personnummer")) == 2  # the whisper and the direct message
    await morning.fault("twice", count=1)
    await sanne.act("delete", channel=headline["channel"], ts=said["ts"])
    await sanne.message("thanks", "Tak. Beskeden er væk")
    await morning.quiet()
    assert [verb for (verb,) in morning.rows("SELECT verb FROM audit WHERE verb LIKE 'incident.%' ORDER BY id")] == [
        "incident.notice",
        "incident.deleted",
    ]


async def test_outside_a_thread_it_is_looked_at_too_but_not_outside_our_rooms(morning: World) -> None:
    """A message in the room that is no reply counts; in a channel that is no room of ours nothing is looked at."""
    palle = morning.person("police1")
    await palle.act("message", channel=ROOM, text=TYPED)
    whisper = await palle.message("the whisper", "Personnummer", "Vera", "hører hjemme her")
    assert whisper["thread_ts"] is None
    await palle.act("message", channel="samarbejde-ekstern", text=TYPED)
    await morning.quiet()
    assert morning.count("incidents") == 1


async def test_what_only_may_be_a_person_and_who_takes_part_is_let_stand(morning: World) -> None:
    """In threads only what certainly must not stand there speaks: clean words and those who work there do not."""
    sanne = morning.person("case1")
    headline = await acts.accepted(morning)
    for text in (CLEAN, "Palle Politi ringer til Sanne i eftermiddag", "Jeg tager Palles sag", "Ring på 114 til mig"):
        await sanne.act("message", channel=headline["channel"], thread_ts=headline["ts"], text=text)
    await morning.quiet()
    assert morning.count("incidents") == 0
    await sanne.act("message", channel=headline["channel"], thread_ts=headline["ts"], text="mor til Signe ringede")
    await sanne.message("the whisper", "hører hjemme her", "Navn")


async def test_somebody_of_another_organisation_reads_the_whisper_alone_and_her_coordinator_is_told(
    morning: World,
) -> None:
    """The bot cannot write to her: the whisper with its buttons, and after two hours the coordinator of her agency."""
    await morning.change_directory(room=EXTERNAL_ROOM, slack_ids={"police3": "U0POLICE3"})
    petra = morning.person("police3")
    await petra.act("message", channel=EXTERNAL_ROOM, text=TYPED)
    whisper = await petra.message("the whisper", "Personnummer", "Vera", "incident.gone")
    assert whisper["ephemeral_to"] == "U0POLICE3"
    await morning.advance(121 * MINUTE)
    await morning.person("coord-p").message("her turn", "Personnummer", "Det har stået der i 2 timer")
    assert not [m for m in await morning.seen_by("police3", "Personnummer") if m["ephemeral_to"] is None]
    await petra.click(whisper, "incident.false_alarm")
    await morning.person("coord-p").message("what she said", "falsk alarm", "Personnummer")


async def test_somebody_the_directory_does_not_know_learns_how_to_delete_and_nothing_else(morning: World) -> None:
    """A stranger in the room reads the whisper without buttons; the room's coordinator hears of it after two hours."""
    await morning.end_contact("case3")
    frede = morning.person("case3")
    await frede.act("message", channel=ROOM, text=TYPED)
    whisper = await frede.message("the whisper", "Personnummer", "Slet besked", without=("incident.gone",))
    assert whisper["ephemeral_to"] == "U0CASE3"
    await morning.advance(121 * MINUTE)
    await morning.person("coord-m").message("her turn", "Personnummer", "står ikke i kataloget", "incident.false_alarm")
    await frede.act("message", channel=ROOM, text=CLEAN)
    await morning.quiet()
    assert len(await morning.seen_by("case3")) == 1


async def test_the_record_shows_kinds_and_times_to_the_coordinator_of_that_agency(morning: World) -> None:
    """`/bindeled hændelser`: her own agency's, without author or word; the look is audited; others read who may."""
    sanne = morning.person("case1")
    headline = await typed(morning)
    await sanne.message("the direct message", "Slet besked", "incident.gone", "I <http")
    await sanne.act("delete", channel=headline["channel"], ts=headline["said"])
    await sanne.message("thanks", "Tak. Beskeden er væk")
    asked = {"channel": "@bindeled", "command": "/bindeled", "text": "hændelser"}
    text = (await morning.person("coord-m").act("command", **asked))["ack"]["text"]
    for words in ("1 hændelse", "Personnummer: 1", "Slettet efter", "9 i kanalen kunne læse det"):
        assert words in text
    assert "Sanne" not in text
    other = await morning.person("coord-p").act("command", **asked)
    assert "0 hændelser" in other["ack"]["text"]
    refused = await morning.person("case1").act("command", **asked)
    assert "Karen Koordinator" in refused["ack"]["text"]
    await morning.quiet()
    assert len(morning.rows("SELECT 1 FROM audit WHERE verb = 'incident.look'")) == 2


async def test_nothing_of_the_words_is_left_anywhere(morning: World) -> None:
    """After telling, reminding, telling the coordinator, an edit and the end: not in database, log, metrics or answers."""
    sanne = morning.person("case1")
    headline = await typed(morning)
    await sanne.message("the direct message", "Slet besked", "incident.gone", "I <http")
    await morning.advance(31 * MINUTE)
    await sanne.message("the reminder", "Påmindelse")
    await sanne.act("edit", channel=headline["channel"], ts=headline["said"], text=f"{NUMBER} okapikalv8")
    await morning.advance(100 * MINUTE)
    await morning.person("coord-m").message("her turn", "Personnummer")
    await sanne.act("delete", channel=headline["channel"], ts=headline["said"])
    await sanne.message("thanks", "Tak. Beskeden er væk")
    await morning.quiet()
    sent = [line["body"] for line in await morning.wire(kind="api")]
    kept = {path.name: path.read_bytes() for path in morning.data.rglob("*") if path.is_file()}
    assert "bindeled.db" in kept
    product = morning.stage._product  # noqa: SLF001 - the demo offers no address for its metrics
    assert product is not None
    kept["metrics"] = generate_latest(product.health.registry)
    assert b"bindeled_deliveries_total" in kept["metrics"]
    for mark in (NUMBER, NUMBER.replace("-", ""), "er kontaktet", "okapikalv8"):
        assert [name for name, data in kept.items() if mark.encode() in data] == []
        assert mark not in json.dumps(sent, ensure_ascii=False)
        assert mark not in str(morning.log)
