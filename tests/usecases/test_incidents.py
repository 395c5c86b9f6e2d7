"""Incidents on a real database, from either side: noticed once, waited for, over, recorded, forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.errors import NotAllowed, NotFound, Refused, Repeated, Settled
from bot.domain.incidents import AGAIN, KEEP, NOTICE, TOLD, Cause, Ending, Looked, Place
from bot.domain.intake import Typed
from bot.domain.matters import Matter, MatterKind, MatterState
from bot.guard import Outcome
from bot.lexicons import guard
from bot.usecases import absences, delivery, incidents, watching
from bot.usecases.incidents import Noticed
from bot.usecases.watching import Message, Watch
from storage import closing
from storage import matters as matter_rows
from storage import rooms as room_rows
from storage.incidents import incidents as table
from tests.world import HOME, OTHER, ROOM, World

PLACE = Place(ROOM, "7.1", "1.1")
FOUND = (Cause("NATIONAL_ID", "guard.id.number"),)
WATCH = Watch(guard())


@pytest.fixture(params=["m", "p"])
def side(request: pytest.FixtureRequest) -> str:
    """Either side types; everything holds for both (promise 5)."""
    found: str = request.param
    return found


def looked(world: World, place: Place = PLACE, *, fresh: bool = True, elsewhere: bool = False) -> Looked:
    """What the guard saw in a message."""
    with world.work().reading() as work:
        room = room_rows.room_at(work, HOME, ROOM)
    assert room is not None
    return Looked(place, room, FOUND, fresh, elsewhere)


def notice(world: World, who: str, place: Place = PLACE, **more: bool) -> Noticed | None:
    """Somebody typed it."""
    return world.do(incidents.notice, world.actor(who), looked(world, place, **more), key=world.key())


def matter(world: World, noticed: Noticed | None) -> Matter:
    """The matter behind an incident, as it is now."""
    assert noticed is not None
    with world.work().reading() as work:
        found = matter_rows.matter(work, HOME, noticed.matter_id or "")
    assert found is not None
    return found


def settle(world: World, ending: Ending = Ending.DELETED, place: Place = PLACE) -> bool:
    """The message is gone."""
    return world.do(incidents.settle, place, ending, workspace_id=HOME, key=world.key())


def sent(world: World) -> list[tuple[str | None, str]]:
    """What goes out now about incidents: rung and reader."""
    return [
        (i.delivery.rung or "edit", i.recipient.key if i.recipient else "")
        for i in world.deliver()
        if i.matter and i.matter.kind is MatterKind.INCIDENT
    ]


def test_author_author_coordinator_and_no_more(both_worlds: World, side: str) -> None:
    """Told, reminded once, then the coordinator of her own agency; a week later nothing more."""
    author = f"{side}-worker"
    notice(both_worlds, author)
    both_worlds.later(seconds=3)
    assert sent(both_worlds) == [(NOTICE, author)]
    both_worlds.later(minutes=30)
    assert sent(both_worlds) == [(AGAIN, author)]
    both_worlds.later(minutes=91)
    assert sent(both_worlds) == [(TOLD, f"{side}-coordinator")]
    both_worlds.later(days=7)
    assert sent(both_worlds) == []


def test_it_is_hers_alone_also_while_she_is_away(world: World, side: str) -> None:
    """No substitute reads what she wrote: she was there a moment ago."""
    author = f"{side}-worker"
    gone = absences.NewAbsence(world.now.date(), world.now.date())
    world.do(absences.set_absence, world.actor(author), gone, key=world.key())
    notice(world, author)
    world.later(seconds=3)
    assert sent(world) == [(NOTICE, author)]


def test_gone_before_the_reminder_nobody_is_reminded_and_she_is_thanked(both_worlds: World, side: str) -> None:
    """Every message about it is edited, nothing that waited goes out, and how long it stood is kept."""
    noticed = notice(both_worlds, f"{side}-worker")
    both_worlds.later(seconds=3)
    sent(both_worlds)
    both_worlds.later(minutes=4)
    assert settle(both_worlds)
    both_worlds.later(seconds=2)
    assert sent(both_worlds) == [("edit", f"{side}-worker")]
    both_worlds.later(days=1)
    assert sent(both_worlds) == []
    over = matter(both_worlds, noticed)
    assert (over.state, over.reason) == (MatterState.DONE, Ending.DELETED)
    (one,) = both_worlds.do(incidents.record, both_worlds.actor(f"{side}-coordinator")).incidents
    assert timedelta(minutes=4) <= one.stood < timedelta(minutes=5)
    assert one.ending is Ending.DELETED
    assert both_worlds.verbs(over.id) == ["incident.notice", "incident.deleted"]


def test_the_coordinator_who_was_told_reads_that_it_is_over(world: World, side: str) -> None:
    """Her notice is edited, too."""
    notice(world, f"{side}-worker")
    for step in (3, 1800, 5400):
        world.later(seconds=step)
        sent(world)
    settle(world, Ending.EDITED)
    world.later(seconds=2)
    assert sorted(sent(world)) == [
        ("edit", f"{side}-coordinator"), ("edit", f"{side}-worker"), ("edit", f"{side}-worker"),
    ]  # fmt: skip


def test_an_event_delivered_twice_does_nothing_twice(both_worlds: World, side: str) -> None:
    """The same event again, or another event about a message that is open already: no row is written."""
    author, seen = both_worlds.actor(f"{side}-worker"), looked(both_worlds)
    both_worlds.do(incidents.notice, author, seen, key="event:1")
    before = both_worlds.snapshot()
    assert both_worlds.do(incidents.notice, author, seen, key="event:1") is None
    assert both_worlds.do(incidents.notice, author, seen, key="event:2") is None
    assert both_worlds.snapshot() == before
    both_worlds.do(incidents.settle, PLACE, Ending.DELETED, workspace_id=HOME, key="event:3")
    before = both_worlds.snapshot()
    assert not both_worlds.do(incidents.settle, PLACE, Ending.DELETED, workspace_id=HOME, key="event:3")
    with pytest.raises(Repeated):
        both_worlds.do(incidents.notice, author, seen, key="event:1")
    assert both_worlds.snapshot() == before


def test_a_false_alarm_holds_until_something_else_is_typed(world: World, side: str) -> None:
    """What she said of these words is believed; an edit that adds others begins anew."""
    first = matter(world, notice(world, f"{side}-worker"))
    world.answer(incidents.false_alarm, f"{side}-worker", first)
    assert notice(world, f"{side}-worker", fresh=False) is None
    again = notice(world, f"{side}-worker")
    assert matter(world, again).id != first.id
    world.later(days=1)
    assert (TOLD, f"{side}-coordinator") in sent(world)


def test_only_the_author_answers(world: World, side: str) -> None:
    """Not her substitute, not her coordinator, not the other side; strangers see nothing; what is over is over."""
    about = matter(world, notice(world, f"{side}-worker"))
    before = world.snapshot()
    for other in (f"{side}-substitute", f"{side}-coordinator", f"{OTHER[side]}-worker"):
        with pytest.raises(NotAllowed):
            world.answer(incidents.false_alarm, other, about)
        with pytest.raises(NotAllowed):
            world.do(incidents.place_of, world.actor(other), matter_id=about.id)
    with pytest.raises(NotFound):
        world.answer(incidents.false_alarm, "nobody", about)
    with pytest.raises(Refused, match="still_there"):
        world.answer(incidents.gone, f"{side}-worker", about, standing=True)
    assert world.snapshot() == before
    world.answer(incidents.gone, f"{side}-worker", about, standing=False)
    with pytest.raises(Settled):
        world.answer(incidents.false_alarm, f"{side}-worker", about)


def test_of_another_organisations_people_only_the_coordinator_hears(world: World, side: str) -> None:
    """The bot cannot write to her: nothing is sent to her, her coordinator hears after two hours."""
    noticed = notice(world, f"{side}-worker", elsewhere=True)
    assert noticed is not None
    assert (noticed.direct, noticed.answers) == (False, True)
    world.later(hours=2, seconds=1)
    assert sent(world) == [(TOLD, f"{side}-coordinator")]


def test_of_a_stranger_the_rooms_coordinator_hears(world: World) -> None:
    """No agency knows her: she has no buttons, and it stands in the record of the coordinator's agency as from outside."""
    noticed = notice(world, "nobody")
    assert noticed is not None
    assert (noticed.direct, noticed.answers, noticed.language) == (False, False, "da")
    assert noticed.helper is not None
    world.later(hours=2, seconds=1)
    assert sent(world) == [(TOLD, noticed.helper.key)]
    with world.work().reading() as work:
        assert work.connection.execute(select(table.c.outside)).scalar_one()


def test_a_coordinator_who_types_it_herself_is_reminded_and_nobody_else_told(world: World, side: str) -> None:
    """There is no second coordinator: two messages to her and no more."""
    notice(world, f"{side}-coordinator")
    reached = []
    for step in (3, 1800, 6000):
        world.later(seconds=step)
        reached += sent(world)
    assert reached == [(NOTICE, f"{side}-coordinator"), (AGAIN, f"{side}-coordinator")]


def test_the_record_is_for_coordinators_of_that_agency_alone(world: World, side: str) -> None:
    """Her own agency's and no other's; whoever does not coordinate reads who does."""
    notice(world, f"{side}-worker")
    assert len(world.do(incidents.record, world.actor(f"{side}-coordinator")).incidents) == 1
    assert world.do(incidents.record, world.actor(f"{OTHER[side]}-coordinator")).incidents == ()
    with pytest.raises(NotAllowed):
        world.do(incidents.record, world.actor(f"{side}-worker"))
    with pytest.raises(NotFound):
        world.do(incidents.record, world.actor("nobody"))


def test_after_thirty_days_nothing_of_it_is_left(both_worlds: World, side: str) -> None:
    """Record, matter and what was sent are deleted, open or not; younger ones stay."""
    notice(both_worlds, f"{side}-worker")
    both_worlds.later(seconds=3)
    sent(both_worlds)
    both_worlds.later(days=1)
    young = matter(both_worlds, notice(both_worlds, f"{side}-colleague", Place(ROOM, "8.1")))
    both_worlds.now += KEEP - timedelta(hours=23)
    both_worlds.do(delivery.tidy)
    rows = both_worlds.snapshot()
    assert [row[0] for row in rows["incidents"]] == [young.id]
    assert {d.matter_id for d in both_worlds.deliveries()} == {young.id}
    assert [row[0] for row in rows["matters"]] == [young.id]


def test_a_case_that_is_forgotten_takes_its_incidents_along(both_worlds: World, side: str) -> None:
    """Where a case is deleted before the thirty days are over, nothing that points to it stays."""
    case = both_worlds.accepted_case()
    both_worlds.deliver()
    thread = both_worlds.view(case).case.thread_ts
    about = matter(both_worlds, notice(both_worlds, f"{side}-worker", Place(ROOM, "9.1", thread)))
    both_worlds.later(seconds=3)
    assert sent(both_worlds) == [(NOTICE, f"{side}-worker")]
    with both_worlds.work() as work:
        closing.forget(work, both_worlds.view(case).case)
        work.commit()
    rows = both_worlds.snapshot()
    assert rows["incidents"] == []
    assert about.id not in repr([rows[name] for name in ("matters", "deliveries", "incidents")])


def test_what_slack_tells_later_is_kept_and_shown(both_worlds: World, side: str) -> None:
    """How many could read it, and the message's address; an address nobody could keep is left out."""
    about = matter(both_worlds, notice(both_worlds, f"{side}-worker"))
    both_worlds.do(incidents.learn, about.id, readers=9, permalink="https://slack.example/x")
    both_worlds.later(seconds=3)
    (item,) = [i for i in both_worlds.deliver() if i.matter]
    assert (item.incident.link, item.incident.incident.readers) == ("https://slack.example/x", 9)
    both_worlds.do(incidents.learn, about.id, readers=None, permalink="https://slack.example/" + "x" * 300)
    (edit,) = [i for i in both_worlds.deliver() if i.matter]
    assert edit.incident.link is None


def test_only_rooms_are_looked_at_and_only_blocks_speak(world: World, side: str) -> None:
    """The guard's doubts are not for threads; a case's thread lets those who take part be called by first name."""
    author = world.contact(f"{side}-worker").slack_id or ""

    def look(text: str, place: Place = PLACE, before: str | None = None) -> Looked | None:
        message = Message(place, author, Typed(text), Typed(before) if before else None)
        return world.do(watching.look, WATCH, message, workspace_id=HOME)

    assert look("cpr 010190-9999", Place("C-OTHER", "1.1")) is None
    seen = look("cpr 010190-9999, mor til Signe")
    assert seen is not None
    assert {one.kind for one in seen.found} == {"NATIONAL_ID", "NAME"}
    doubt = "drengen på 12 år på Hastrup Skole"
    assert [one.outcome for one in guard().look(doubt, lang="da")] == [Outcome.ASK]
    for clean in (doubt, "Vi tales ved i morgen kl. 10"):
        seen = look(clean)
        assert seen is not None
        assert seen.found == ()
    same, more = look("010190-9999 i dag", before="cpr 010190-9999"), look("mor til Signe", before="010190-9999")
    assert same is not None
    assert more is not None
    assert (same.fresh, more.fresh) == (False, True)


def test_a_message_that_is_read_once_is_not_shown_where_it_might_be_logged(world: World) -> None:
    """What was typed is in no representation of the values that carry it."""
    message = Message(PLACE, "U1", Typed("mor til Signe"), Typed("far til Bo"))
    assert "Signe" not in repr(message)
    assert "Bo" not in repr(message)
    seen = world.do(watching.look, WATCH, message, workspace_id=HOME)
    assert "Signe" not in repr(replace(seen) if seen else seen)
