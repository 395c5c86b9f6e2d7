from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine, event

from bot.domain.deliveries import Delivery, DeliveryKind, DeliveryState
from bot.domain.ladders import Audience, Rung
from bot.domain.matters import DueClock, Matter, MatterKind, MatterState
from bot.domain.people import Side
from storage import deliveries, directory, sending
from storage.uow import UnitOfWork
from tests.world import ELSEWHERE, HOME, MONDAY, OFFICE

MATTER = Matter(
    id="matter", workspace_id=HOME, kind=MatterKind.FOLLOWUP, state=MatterState.AGREED, case_id="case",
    side=Side.POLICE, owner_id="owner", asker_id="asker", clock=DueClock.AGREED, created_at=MONDAY,
)  # fmt: skip


class Schedule:
    """The table of deliveries, its clock, and short ways to look at it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.now = MONDAY

    def work(self) -> UnitOfWork:
        """A unit of work at the present moment."""
        return UnitOfWork(self.engine, self.now, lambda _country, _side: OFFICE)

    def add(self, name: str, *, lane: str | None = None, after: str | None = None, **values: object) -> str:
        """A row, due now, in a lane of its own unless told otherwise; gives back its id."""
        row = Delivery(
            id=name, workspace_id=HOME, kind=DeliveryKind.HEADLINE, state=DeliveryState.DUE, due_at=self.now,
            lane=lane or name,
        )  # fmt: skip
        with self.work() as work:
            assert deliveries.add(work, replace(row, **values), dedupe=name, after_id=after)  # type: ignore[arg-type]  # fields of a delivery
            work.commit()
        return name

    def claim(self, limit: int = 20, workspace_id: str = HOME) -> set[str]:
        """What one process takes."""
        with self.work() as work:
            found = sending.claim(work, workspace_id, limit)
            work.commit()
        assert all(d.state is DeliveryState.CLAIMED for d in found)
        return {d.id for d in found}

    def move(self, name: str, held: DeliveryState, becomes: DeliveryState) -> bool:
        """One step of a row."""
        with self.work() as work:
            moved = sending.move(work, name, held, becomes)
            work.commit()
            return moved

    def state(self, name: str) -> DeliveryState:
        """Where a row stands."""
        with self.work().reading() as work:
            found = deliveries.delivery(work, name)
        assert found is not None
        return found.state

    def rungs(self, *states: DeliveryState) -> set[tuple[str, int]]:
        """Rung and revision of the nudges in these states."""
        table = deliveries.deliveries
        with self.work().reading() as work:
            rows = work.connection.execute(table.select().where(table.c.kind == DeliveryKind.NUDGE)).all()
        return {(row.rung, row.revision) for row in rows if row.state in states}

    def edits(self, name: str) -> list[DeliveryState]:
        """Where the edits of a row stand."""
        table = deliveries.deliveries
        with self.work().reading() as work:
            rows = work.connection.execute(table.select().where(table.c.edits_id == name)).all()
        return sorted(DeliveryState(row.state) for row in rows)


@pytest.fixture
def schedule(engine: Engine) -> Schedule:
    """An empty schedule on each database."""
    return Schedule(engine)


def rung(name: str, *, hours: float = 0, audience: Audience = Audience.OWNER) -> Rung:
    """A rung so many hours from Monday."""
    return Rung(name, MONDAY + timedelta(hours=hours), audience)


def test_only_what_is_due_is_claimed(schedule):
    """A row is taken at its moment, not before."""
    schedule.add("now")
    schedule.add("soon", due_at=MONDAY + timedelta(minutes=1))
    assert schedule.claim() == {"now"}
    schedule.now += timedelta(minutes=1)
    assert schedule.claim() == {"soon"}


def test_a_row_is_claimed_once(schedule):
    """What somebody has taken nobody else takes."""
    schedule.add("one")
    assert schedule.claim() == {"one"}
    assert schedule.claim() == set()


def test_no_more_than_asked_for_the_earliest_first(schedule):
    """The limit holds, and what waited longest comes first."""
    for age in (1, 3, 2):
        schedule.add(f"age {age}", due_at=MONDAY - timedelta(minutes=age))
    assert schedule.claim(limit=2) == {"age 3", "age 2"}


def test_at_most_one_per_lane_is_under_way(schedule):
    """Of a lane the earliest goes; the next one follows when it is decided, so that edits never overtake each other."""
    schedule.add("first", lane="lane", due_at=MONDAY - timedelta(minutes=1))
    schedule.add("second", lane="lane")
    schedule.add("elsewhere")
    assert schedule.claim() == {"first", "elsewhere"}
    for held, becomes in (
        (DeliveryState.CLAIMED, DeliveryState.SENDING),
        (DeliveryState.SENDING, DeliveryState.UNKNOWN),
    ):
        assert schedule.move("first", held, becomes)
        assert schedule.claim() == set()
    assert schedule.move("first", DeliveryState.UNKNOWN, DeliveryState.SENT)
    assert schedule.claim() == {"second"}


def test_of_two_due_at_the_same_moment_one_goes(schedule):
    """A lane lets one through also where two are due at the same instant."""
    schedule.add("a", lane="lane")
    schedule.add("b", lane="lane")
    assert len(schedule.claim()) == 1


def test_what_is_not_yet_due_holds_up_no_lane(schedule):
    """A lane is not blocked by a row of tomorrow."""
    schedule.add("tomorrow", lane="lane", due_at=MONDAY + timedelta(days=1))
    schedule.add("today", lane="lane")
    assert schedule.claim() == {"today"}


@pytest.mark.parametrize("end", [DeliveryState.SENT, DeliveryState.PARKED, DeliveryState.CANCELLED])
def test_a_row_waits_for_the_one_it_follows(schedule, end):
    """The request follows the headline it links to, until that is decided, in whatever way."""
    schedule.add("headline")
    schedule.add("request", after="headline")
    assert schedule.claim() == {"headline"}
    assert schedule.claim() == set()
    schedule.move("headline", DeliveryState.CLAIMED, end)
    assert schedule.claim() == {"request"}


def test_rows_of_another_workspace_are_left_to_its_own_bot(schedule):
    """Bots of two workspaces may share a database: none posts, looks up or waits for what is the other's."""
    schedule.add("theirs", workspace_id=ELSEWHERE)
    assert schedule.claim() == set()
    with schedule.work().reading() as work:
        assert sending.next_due(work, HOME) is None
        assert sending.next_due(work, ELSEWHERE) == MONDAY
    assert schedule.claim(workspace_id=ELSEWHERE) == {"theirs"}
    schedule.move("theirs", DeliveryState.CLAIMED, DeliveryState.UNKNOWN)
    with schedule.work() as work:
        assert sending.take_unknown(work, HOME, 20) == []
        assert [d.id for d in sending.take_unknown(work, ELSEWHERE, 20)] == ["theirs"]


def test_two_claimers_never_wait_for_each_other_nor_take_the_same(postgresql):
    """On PostgreSQL the second process takes what the first has not, while the first has not even committed."""
    schedule = Schedule(postgresql)
    for number in range(6):
        schedule.add(f"row {number}")
    with schedule.work() as first, schedule.work() as second:
        one = {d.id for d in sending.claim(first, HOME, 4)}
        other = {d.id for d in sending.claim(second, HOME, 4)}
        second.commit()
        first.commit()
    assert (len(one), len(other)) == (4, 2)
    assert not one & other


def test_many_claimers_at_once_take_every_row_once_and_one_per_lane(postgresql):
    """Four processes that claim at the same time never get the same row, nor two rows of one lane."""
    schedule = Schedule(postgresql)
    for number in range(40):
        schedule.add(f"row {number:02}", lane=f"lane {number % 8}")
    together = Barrier(4)

    def claimer(_number: int) -> set[str]:
        together.wait(10)
        return schedule.claim(limit=10)

    with ThreadPoolExecutor(4) as pool:
        for _ in range(3):
            taken = [name for names in pool.map(claimer, range(4)) for name in names]
            assert len(taken) == len(set(taken))
            lanes = [int(name[4:]) % 8 for name in taken]
            assert len(lanes) == len(set(lanes))
            assert taken
            for name in taken:
                assert schedule.move(name, DeliveryState.CLAIMED, DeliveryState.SENT)


def test_a_claim_whose_holder_died_is_due_again(schedule):
    """After the lease a claimed row goes to somebody else: it was not sent."""
    schedule.add("row")
    schedule.claim()
    schedule.now += sending.LEASE
    release(schedule)
    assert schedule.state("row") is DeliveryState.CLAIMED
    schedule.now += timedelta(seconds=1)
    release(schedule)
    assert schedule.claim() == {"row"}


def test_a_sending_whose_holder_died_is_unknown(schedule):
    """After the lease nobody knows whether Slack took it: it is looked up, by one process at a time, not sent again."""
    schedule.add("row")
    schedule.claim()
    schedule.move("row", DeliveryState.CLAIMED, DeliveryState.SENDING)
    schedule.now += sending.LEASE + timedelta(seconds=1)
    release(schedule)
    assert schedule.claim() == set()
    for looker, found in (("first", ["row"]), ("second", [])):
        with schedule.work() as work:
            assert [d.id for d in sending.take_unknown(work, HOME, 20)] == found, looker
            work.commit()
    schedule.now += sending.LEASE
    with schedule.work() as work:
        assert [d.id for d in sending.take_unknown(work, HOME, 20)] == ["row"]


def release(schedule: Schedule) -> None:
    """Let a process look for rows whose holders died."""
    with schedule.work() as work:
        sending.release_expired(work)
        work.commit()


def test_a_step_is_taken_only_from_the_state_it_starts_in(schedule):
    """Of two who want to take the same step one does, and the other is told."""
    schedule.add("row")
    assert not schedule.move("row", DeliveryState.SENDING, DeliveryState.SENT)
    assert schedule.move("row", DeliveryState.DUE, DeliveryState.CLAIMED)
    assert not schedule.move("row", DeliveryState.DUE, DeliveryState.CLAIMED)
    assert schedule.state("row") is DeliveryState.CLAIMED


def test_the_same_delivery_is_added_once(schedule):
    """A second row with the same mark is not added, and the first stays as it is."""
    schedule.add("row")
    again = Delivery("other", HOME, DeliveryKind.HEADLINE, DeliveryState.DUE, MONDAY, "lane")
    with schedule.work() as work:
        assert not deliveries.add(work, again, dedupe="row")
        work.commit()
    assert schedule.claim() == {"row"}


def test_a_lane_is_paced(schedule):
    """After one message the lane rests; other lanes do not."""
    schedule.add("same", lane="lane")
    schedule.add("other")
    with schedule.work() as work:
        sending.pace(work, "lane", MONDAY + timedelta(seconds=1))
        work.commit()
    assert schedule.claim() == {"other"}
    schedule.now += timedelta(seconds=1)
    assert schedule.claim() == {"same"}


def test_the_next_due_moment_is_the_earliest_that_waits(schedule):
    """The ticker can see when it is needed next; what was sent does not count."""
    with schedule.work().reading() as work:
        assert sending.next_due(work, HOME) is None
    schedule.add("tomorrow", due_at=MONDAY + timedelta(days=1))
    schedule.add("today")
    with schedule.work().reading() as work:
        assert sending.next_due(work, HOME) == MONDAY
    schedule.claim()
    with schedule.work().reading() as work:
        assert sending.next_due(work, HOME) == MONDAY + timedelta(days=1)


def test_new_rungs_take_the_place_of_the_old(schedule):
    """A matter that changed is reminded of what it is now; what was sent before stays sent."""
    with schedule.work() as work:
        deliveries.replace_rungs(work, MATTER, [rung("day-before"), rung("due", hours=24)])
        work.commit()
    schedule.claim(limit=1)
    later = replace(MATTER, revision=2)
    with schedule.work() as work:
        deliveries.replace_rungs(work, later, [rung("due", hours=48)])
        work.commit()
    assert schedule.rungs(DeliveryState.DUE) == {("due", 2)}
    assert schedule.rungs(DeliveryState.CANCELLED) == {("day-before", 1), ("due", 1)}


def test_a_nudge_that_is_being_sent_is_not_called_back(schedule):
    """What may have reached Slack is not cancelled: its outcome decides, and an edit follows."""
    with schedule.work() as work:
        deliveries.add_rungs(work, MATTER, [rung("due")])
        work.commit()
    (name,) = schedule.claim()
    schedule.move(name, DeliveryState.CLAIMED, DeliveryState.SENDING)
    with schedule.work() as work:
        deliveries.cancel_rungs(work, MATTER)
        work.commit()
    assert schedule.state(name) is DeliveryState.SENDING


def test_a_rung_is_planned_once_per_revision(schedule):
    """Who plans the same rungs again changes nothing; another audience or revision is another rung."""
    for _ in range(2):
        with schedule.work() as work:
            deliveries.add_rungs(work, MATTER, [rung("help"), rung("help", audience=Audience.COORDINATOR)])
            work.commit()
    assert len(schedule.claim()) == 2
    with schedule.work() as work:
        deliveries.add_rungs(work, replace(MATTER, revision=2), [rung("help")])
        work.commit()
    assert schedule.rungs(DeliveryState.DUE) == {("help", 2)}


def test_nudges_to_one_person_share_her_lane(schedule):
    """Whatever is asked of one person comes one after the other, whichever matter it is about."""
    with schedule.work() as work:
        deliveries.add_rungs(work, MATTER, [rung("due")])
        deliveries.add_rungs(work, replace(MATTER, id="another"), [rung("due")])
        deliveries.add_rungs(work, replace(MATTER, id="third", owner_id="somebody else"), [rung("due")])
        work.commit()
    assert len(schedule.claim()) == 2


def refresh_headline(schedule: Schedule) -> str:
    """Something the headline says has changed."""
    with schedule.work() as work:
        found = deliveries.refresh_headline(work, HOME, "case", "C-ROOM")
        work.commit()
        return found


def test_one_waiting_headline_serves_every_change(schedule):
    """Three changes before it is sent make one headline; a change after it was taken makes another."""
    first = refresh_headline(schedule)
    assert refresh_headline(schedule) == first
    assert schedule.claim() == {first}
    second = refresh_headline(schedule)
    assert second != first
    assert schedule.claim() == set()
    schedule.move(first, DeliveryState.CLAIMED, DeliveryState.SENT)
    assert schedule.claim() == {second}


def test_nobody_takes_a_headline_while_somebody_changes_what_it_says(postgresql):
    """On PostgreSQL a waiting headline is held until the change it is to show is committed."""
    schedule = Schedule(postgresql)
    waiting = refresh_headline(schedule)
    with schedule.work() as work:
        assert deliveries.refresh_headline(work, HOME, "case", "C-ROOM") == waiting
        assert schedule.claim() == set()
        work.commit()
    assert schedule.claim() == {waiting}


@pytest.mark.parametrize("state", [*deliveries.ON_ITS_WAY])
def test_what_was_sent_or_is_on_its_way_is_edited_once(schedule, state):
    """A nudge somebody may see is brought up to date by one edit, however often things change before that."""
    name = schedule.add("nudge", kind=DeliveryKind.NUDGE, matter_id="matter", case_id="case", state=state)
    for _ in range(2):
        with schedule.work() as work:
            deliveries.refresh_sent(work, matter_id="matter")
            work.commit()
    assert schedule.edits(name) == [DeliveryState.DUE]


@pytest.mark.parametrize("state", [DeliveryState.DUE, DeliveryState.CANCELLED, DeliveryState.PARKED])
def test_what_nobody_can_have_seen_is_not_edited(schedule, state):
    """What was never sent needs no edit."""
    name = schedule.add("nudge", kind=DeliveryKind.NUDGE, matter_id="matter", case_id="case", state=state)
    with schedule.work() as work:
        deliveries.refresh_sent(work, matter_id="matter")
        work.commit()
    assert schedule.edits(name) == []


def test_a_change_while_an_edit_is_being_made_makes_another_edit(schedule):
    """An edit that somebody has taken may not know the latest: a further one follows in the same lane."""
    name = schedule.add("nudge", kind=DeliveryKind.NUDGE, matter_id="matter", case_id="case", state=DeliveryState.SENT)
    for _ in range(2):
        with schedule.work() as work:
            deliveries.refresh_sent(work, matter_id="matter")
            work.commit()
        schedule.claim()
    assert schedule.edits(name) == [DeliveryState.CLAIMED, DeliveryState.DUE]


def test_only_the_receipts_of_a_case_are_edited_for_the_case(schedule):
    """A change of who takes part reaches the receipt, not the nudges about other matters."""
    receipt = schedule.add("receipt", kind=DeliveryKind.RECEIPT, case_id="case", state=DeliveryState.SENT)
    other = schedule.add("other", kind=DeliveryKind.RECEIPT, case_id="another case", state=DeliveryState.SENT)
    nudge = schedule.add("nudge", kind=DeliveryKind.NUDGE, matter_id="m", case_id="case", state=DeliveryState.SENT)
    with schedule.work() as work:
        deliveries.refresh_sent(work, receipts_of_case="case")
        work.commit()
    assert [schedule.edits(name) for name in (receipt, other, nudge)] == [[DeliveryState.DUE], [], []]


def test_a_look_for_work_reads_no_table(engine):
    """However many rows were sent or wait for next year: what every tick and every message asks goes by an index.

    The database says how it would answer; no time is taken.
    """
    year = MONDAY + timedelta(days=365)
    rows = [
        {
            "id": f"{n}", "workspace_id": HOME, "kind": "nudge", "state": "due" if n % 10 == 0 else "sent",
            "due_at": year, "next_attempt_at": year, "lane": f"person:{n % 500}", "revision": 1, "attempts": 0,
            "dedupe": f"{n}",
        }
        for n in range(5000)
    ]  # fmt: skip
    with engine.begin() as connection:
        connection.execute(deliveries.deliveries.insert(), rows)
        if engine.dialect.name == "postgresql":  # it does so by itself; nobody does it for an SQLite file
            connection.exec_driver_sql("ANALYZE")
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if "deliveries" in statement:
            asked.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    with UnitOfWork(engine, MONDAY, lambda _country, _side: OFFICE) as work:
        assert not sending.is_anything(work, HOME)
        sending.release_expired(work)
        assert sending.claim(work, HOME, 20) == []
        assert sending.take_unknown(work, HOME, 20) == []
        sending.pace(work, "person:7", MONDAY)
    event.remove(engine, "before_cursor_execute", note)
    assert len(asked) == 6
    how = "EXPLAIN" if engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    with engine.connect() as connection:
        for statement, parameters in asked:
            plan = [str(row[-1]) for row in connection.exec_driver_sql(f"{how} {statement}", parameters)]
            assert not [line for line in plan if "Seq Scan" in line or line.startswith("SCAN deliveries")], plan


def test_a_few_rows_are_taken_by_their_ids_however_many_there_are(engine):
    """Neither all that is due nor everybody in the directory is gone through for a batch: both databases go by the ids."""
    people = [
        {
            "id": f"c{n}", "workspace_id": HOME, "key": f"c{n}", "agency_id": "a", "name": "", "role": "contact",
            "unit": "", "unit_kind": "", "phone": "", "email": "", "hours": "", "municipalities": "", "kinds": "",
            "languages": "", "best_time": "", "confirmed_by": "",
        }
        for n in range(3000)
    ]  # fmt: skip
    agency = {"id": "a", "key": "a", "name": "A", "side": "police", "country": "DK", "language": "da"}
    due = [
        {
            "id": f"{n}", "workspace_id": HOME, "kind": "nudge", "state": "due", "due_at": MONDAY,
            "next_attempt_at": MONDAY, "lane": f"{n}", "revision": 1, "attempts": 0, "dedupe": f"{n}",
        }
        for n in range(3000)
    ]  # fmt: skip
    with engine.begin() as connection:
        connection.execute(directory.agencies.insert(), [{**agency, "workspace_id": HOME}])
        connection.execute(directory.contacts.insert(), people)
        connection.execute(deliveries.deliveries.insert(), due)
        if engine.dialect.name == "postgresql":  # it does so by itself; nobody does it for an SQLite file
            connection.exec_driver_sql("ANALYZE")
    asked: list[tuple[str, Any]] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _k, said, given, *_: asked.append((said, given)))
    with UnitOfWork(engine, MONDAY, lambda _country, _side: OFFICE) as work:
        assert len(directory.contacts_by_ids(work, HOME, [f"c{n}" for n in range(5)])) == 5
        assert len(sending.claim(work, HOME, 20)) == 20
    how = "EXPLAIN" if engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    by_ids = [(said, given) for said, given in asked if said.startswith(("UPDATE", "SELECT contacts"))]
    assert len(by_ids) == 2
    with engine.connect() as connection:
        for statement, parameters in by_ids:
            plan = " ".join(str(row[-1]) for row in connection.exec_driver_sql(f"{how} {statement}", parameters))
            assert "(id=?)" in plan or "id)::text = ANY" in plan, plan
            assert "state=?" not in plan
            assert "workspace_id=?" not in plan
