from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from bot.domain.cases import Case
from bot.domain.deadlines import Amount, CaseDeadline, Timeline, Unit
from bot.domain.deliveries import DeliveryKind, DeliveryState
from bot.domain.errors import BadInput, NotAllowed, NotFound, Repeated, Settled
from bot.domain.matters import DueClock, Matter, MatterState
from bot.domain.opening import NewCase
from bot.domain.people import Role
from bot.domain.urgency import Urgency
from bot.timelines import bundled
from bot.usecases import cases, closing, deadlines, directory, opening, reminders
from bot.usecases.tasks import mine
from storage import cases as case_rows
from storage import deadlines as kept
from storage.uow import UnitOfWork
from tests.usecases.test_closing import DONE
from tests.world import HOME, MONDAY, OFFICE, World, everybody, person

RECEIVED, ASSESSED, INVESTIGATING = "municipality.received", "municipality.assessed", "municipality.investigating"
REPORTED, HELD = "police.report-received", "police.interview-held"
DAY = "dk-underretning-24-timer"
WAITING = {DAY, "dk-underretning-kvittering", "dk-videoafhoering"}
PENDING = (DeliveryState.DUE, DeliveryState.CLAIMED)


@dataclass
class Timed(World):
    """The same world, with the bundled timelines of a country for everybody."""

    country: str = "DK"
    own: tuple[Timeline, ...] = field(default=())

    def work(self) -> UnitOfWork:
        """A unit of work that knows the timelines."""
        rows = (*self.own, *(t for t in bundled() if t.country == self.country))
        return UnitOfWork(self.engine, self.now, lambda _country, _side: OFFICE, lambda _country: rows)

    def attach(self, case: Case, **events: datetime) -> list[Matter]:
        """The events of a case are these, with `_` for the dot and the dash."""
        names = {name: moment for key, moment in events.items() for name in (EVENTS[key],)}
        with self.work() as work:
            found = case_rows.case(work, HOME, case.id)
            assert found is not None
            changed = kept.attach(work, found, names)
            work.commit()
        return changed

    def held(self, case: Case) -> dict[str, CaseDeadline]:
        """The deadlines of a case, by key."""
        return {item.deadline.timeline: item for item in self.view(case).deadlines}

    def told(self) -> list[tuple[str, str]]:
        """Who is reminded of a deadline now, and by which step."""
        return sorted(
            (item.recipient.key, item.delivery.rung or "")
            for item in self.deliver()
            if item.delivery.kind is DeliveryKind.NUDGE
            and item.recipient
            and item.matter
            and item.matter.kind == "deadline"
        )


EVENTS = {
    "received": RECEIVED, "assessed": ASSESSED, "investigating": INVESTIGATING, "closed": "municipality.closed",
    "reported": REPORTED, "held": HELD, "ended": "police.ended",
}  # fmt: skip


@pytest.fixture
def timed(sqlite) -> Timed:
    """A world with Danish timelines."""
    return Timed(sqlite)


@pytest.fixture
def both_timed(engine) -> Timed:
    """The same on both databases."""
    return Timed(engine)


@pytest.fixture
def norway(sqlite) -> Timed:
    """A world with Norwegian timelines."""
    return Timed(sqlite, country="NO")


def test_a_case_has_its_deadlines_from_the_opening_and_they_wait_for_their_events(both_timed):
    """Nothing is due before its event is known; nobody is reminded, nobody is asked to accept it."""
    case = both_timed.accepted_case()
    held = both_timed.held(case)
    assert set(held) == WAITING
    assert {item.matter.due_at for item in held.values()} == {None}
    assert {item.matter.state for item in held.values()} == {MatterState.AGREED}
    assert held[DAY].owner.key == "m-worker"
    assert held["dk-videoafhoering"].owner.key == "p-worker"
    both_timed.later(days=60)
    assert both_timed.told() == []
    assert both_timed.do(mine, both_timed.actor("m-worker")).on_me == ()


@pytest.mark.parametrize("opener", ["m-worker", "p-worker"])
def test_whose_deadline_it_is_does_not_depend_on_who_opened(timed, opener):
    """The municipality's is the municipality's, and the police's the police's."""
    case = timed.accepted_case(opener, {"m": "p", "p": "m"}[opener[0]] + "-worker")
    assert {key: item.owner.key for key, item in timed.held(case).items()} == {
        DAY: "m-worker", "dk-underretning-kvittering": "m-worker", "dk-videoafhoering": "p-worker",
    }  # fmt: skip


def test_until_somebody_takes_part_it_is_her_agencys_coordinators(timed):
    """Nobody's deadline is nowhere; whoever takes the place takes it over."""
    case = timed.open_case()
    assert timed.held(case)["dk-videoafhoering"].owner.key == "p-coordinator"
    timed.do(cases.accept, timed.actor("p-worker"), matter_id=timed.request(case).id, key=timed.key())
    assert timed.held(case)["dk-videoafhoering"].owner.key == "p-worker"


def test_from_its_event_on_a_deadline_runs(both_timed):
    """24 elapsed hours, and six weekdays; told twice, it is still one."""
    case = both_timed.accepted_case()
    for _ in range(2):
        both_timed.attach(case, received=MONDAY)
    held = both_timed.held(case)
    assert set(held) == WAITING
    assert held[DAY].matter.due_at == MONDAY + timedelta(hours=24)
    assert held["dk-underretning-kvittering"].matter.due_at == MONDAY + timedelta(days=7)
    assert held[DAY].matter.clock is DueClock.STATUTORY
    assert held[DAY].matter.basis == "barnets lov"
    assert both_timed.rungs(held[DAY].matter, *PENDING) == [
        "hours-12",
        "hours-4",
        "hours-1",
        "due",
        "overdue-1",
        "overdue-3",
    ]


def test_a_corrected_event_moves_the_deadline_and_one_that_is_gone_lets_it_wait(both_timed):
    """The old rungs end with the old moment."""
    case = both_timed.accepted_case()
    both_timed.attach(case, received=MONDAY)
    before = both_timed.held(case)[DAY].matter
    both_timed.attach(case, received=MONDAY - timedelta(hours=2))
    moved = both_timed.held(case)[DAY].matter
    assert moved.due_at == MONDAY + timedelta(hours=22)
    assert moved.revision > before.revision
    due = {d.due_at for d in both_timed.deliveries(*PENDING) if d.matter_id == moved.id and d.rung == "due"}
    assert due == {moved.due_at}
    both_timed.attach(case)
    assert both_timed.held(case)[DAY].matter.due_at is None
    assert both_timed.rungs(moved, *PENDING) == []


def test_what_ends_a_deadline_settles_it(both_timed):
    """Once the notification is assessed nobody is reminded to assess it."""
    case = both_timed.accepted_case()
    both_timed.attach(case, received=MONDAY)
    both_timed.attach(case, received=MONDAY, assessed=MONDAY + timedelta(hours=1))
    settled = both_timed.held(case)[DAY].matter
    assert (settled.state, settled.reason) == (MatterState.DONE, "event")
    both_timed.later(days=2)
    assert (("m-worker", "due")) not in both_timed.told()


def test_an_end_that_was_a_mistake_brings_the_deadline_back(both_timed):
    """A step taken back: it is owed again, with its reminders; what a person has said done stays done."""
    case = both_timed.accepted_case()
    both_timed.attach(case, received=MONDAY)
    both_timed.answer(deadlines.done, "m-worker", both_timed.held(case)["dk-underretning-kvittering"].matter)
    both_timed.attach(case, received=MONDAY, closed=MONDAY)
    both_timed.attach(case, received=MONDAY)
    held = both_timed.held(case)
    assert (held[DAY].matter.state, held[DAY].matter.settled_at) == (MatterState.AGREED, None)
    assert both_timed.rungs(held[DAY].matter, *PENDING)[:2] == ["hours-12", "hours-4"]
    assert held["dk-underretning-kvittering"].matter.state is MatterState.DONE


def test_what_comes_into_question_later_is_attached_then(timed):
    """Four months from the notification, once the municipality investigates; not before."""
    case = timed.accepted_case()
    timed.attach(case, received=MONDAY)
    assert "dk-boernefaglig-undersoegelse" not in timed.held(case)
    timed.attach(case, received=MONDAY, investigating=MONDAY + timedelta(days=3))
    found = timed.held(case)["dk-boernefaglig-undersoegelse"]
    assert found.matter.due_at == datetime.fromisoformat("2026-07-02T10:00+02:00")
    assert found.deadline.law == "barnets lov § 20 stk. 3"


def test_the_24_hour_rule_reaches_owner_substitute_and_desk_through_the_night(timed):
    """Received on Friday at 17: the steps come at 5, 13, 16 and 17 o'clock on Saturday."""
    agencies = [agency for agency in everybody().agencies if agency.key == "agency-m"]
    directory.put(timed.work(), HOME, directory.Entries(agencies, [person("m", "desk", Role.DESK)], [], []))
    case = timed.accepted_case()
    friday = datetime.fromisoformat("2026-03-06T16:00+00:00")
    timed.now = friday
    timed.attach(case, received=friday)
    together = ("m-desk", "m-substitute", "m-worker")
    for hours, wanted in (
        (12, [("m-worker", "hours-12")]),
        (20, [(who, "hours-4") for who in together]),
        (23, [(who, "hours-1") for who in together]),
        (24, [("m-coordinator", "due"), ("m-worker", "due")]),
    ):
        timed.now = friday + timedelta(hours=hours)
        assert timed.told() == wanted


def test_after_downtime_a_deadline_of_the_law_is_reminded_of_once_and_at_once(timed):
    """Three hours without the bot in the last hours: one step, to each of whom it goes to."""
    case = timed.accepted_case()
    timed.attach(case, received=MONDAY)
    timed.now = MONDAY + timedelta(hours=23, minutes=30)
    assert timed.told() == [("m-substitute", "hours-1"), ("m-worker", "hours-1")]


@pytest.mark.parametrize("who", ["m-worker", "m-substitute", "m-coordinator"])
def test_one_tap_says_done(both_timed, who):
    """Whoever answers for the owner; every pending reminder ends."""
    case = both_timed.accepted_case()
    both_timed.attach(case, received=MONDAY)
    matter = both_timed.held(case)[DAY].matter
    done = both_timed.answer(deadlines.done, who, matter)
    assert done.state is MatterState.DONE
    assert both_timed.rungs(matter, *PENDING) == []
    assert both_timed.verbs(matter.id) == ["deadline.done"]
    with pytest.raises(Settled):
        both_timed.answer(deadlines.done, who, matter)


@pytest.mark.parametrize("answer", [deadlines.done, reminders.ask_help])
def test_nobody_else_answers_and_a_repetition_does_nothing(timed, answer):
    """Neither the other side nor a colleague; strangers learn nothing."""
    case = timed.accepted_case()
    timed.attach(case, received=MONDAY)
    matter = timed.held(case)[DAY].matter
    for name in ("p-worker", "p-coordinator", "m-colleague"):
        with pytest.raises(NotAllowed):
            timed.answer(answer, name, matter)
    with pytest.raises(NotFound):
        timed.answer(answer, "nobody", matter)
    timed.do(answer, timed.actor("m-worker"), matter_id=matter.id, key="same")
    with pytest.raises(Repeated):
        timed.do(answer, timed.actor("m-worker"), matter_id=matter.id, key="same")


def test_a_closed_question_tells_which_deadline_applies(norway):
    """Norway's facilitated interview has one to three weeks: the police are asked, and choose in one tap."""
    case = norway.accepted_case()
    norway.attach(case, reported=MONDAY)
    asked = norway.held(case)["no-tilrettelagt-avhor"].matter
    assert (asked.state, asked.due_at) == (MatterState.PROPOSED, None)
    assert norway.told() == [("p-worker", "ask")]
    norway.answer(deadlines.choose, "p-worker", asked, timeline="no-tilrettelagt-avhor-2")
    chosen = norway.held(case)["no-tilrettelagt-avhor-2"].matter
    assert (chosen.id, chosen.state) == (asked.id, MatterState.AGREED)
    assert chosen.due_at == MONDAY + timedelta(days=14)
    norway.attach(case, reported=MONDAY)
    assert [key for key in norway.held(case) if "avhor" in key] == ["no-tilrettelagt-avhor-2"]
    norway.attach(case, reported=MONDAY, held=MONDAY + timedelta(days=3))
    assert norway.held(case)["no-tilrettelagt-avhor-2"].matter.state is MatterState.DONE


def test_none_of_them_is_an_answer_and_any_other_word_is_not(norway):
    """Where no interview is planned the question is over; a key that is no answer is refused."""
    case = norway.accepted_case()
    norway.attach(case, reported=MONDAY)
    asked = norway.held(case)["no-tilrettelagt-avhor"].matter
    found = norway.do(deadlines.prepare, norway.actor("p-worker"), matter_id=asked.id)
    assert [option.key for option in found.options] == [f"no-tilrettelagt-avhor-{n}" for n in (1, 2, 3)]
    with pytest.raises(BadInput):
        norway.answer(deadlines.choose, "p-worker", asked, timeline="no-melding-gjennomgang")
    assert norway.answer(deadlines.choose, "p-worker", asked, timeline=deadlines.NONE).state is MatterState.WITHDRAWN
    with pytest.raises(Settled):
        norway.do(deadlines.prepare, norway.actor("p-worker"), matter_id=asked.id)
    norway.attach(case, reported=MONDAY)
    assert [key for key in norway.held(case) if "avhor" in key] == ["no-tilrettelagt-avhor"]


def test_a_running_case_keeps_what_it_began_with(timed):
    """A later version of the table is for later cases."""
    usual = next(t for t in bundled() if t.key == DAY)
    case = timed.accepted_case()
    timed.own = (
        replace(
            usual, deadline=replace(usual.deadline, amount=Amount(12, Unit.HOURS), version="later"), agency="agency-m"
        ),
    )
    later = timed.accepted_case()
    for one in (case, later):
        timed.attach(one, received=MONDAY)
    assert timed.held(case)[DAY].matter.due_at == MONDAY + timedelta(hours=24)
    assert timed.held(later)[DAY].matter.due_at == MONDAY + timedelta(hours=12)
    assert timed.held(later)[DAY].deadline.version == "later"


@pytest.mark.parametrize("country", ["DK", "NO", "SE"])
def test_no_case_ever_gets_words_about_a_suspect(sqlite, country):
    """Nothing about arrest, custody, appeal or access to files is attached, whatever happens in a case."""
    world = Timed(sqlite, country=country)
    case = world.accepted_case()
    everything = dict.fromkeys(EVENTS, MONDAY)
    for left_out in EVENTS:
        world.attach(case, **{name: moment for name, moment in everything.items() if name != left_out})
    words = ("arrest", "custody", "appeal", "access", "suspect", "complaint", "charging", "hearing")
    assert world.held(case)
    for held in world.held(case).values():
        assert not [word for word in words if word in f"{held.deadline.timeline} {held.deadline.name_en}".lower()]


def test_a_closed_case_ends_its_deadlines(timed):
    """Nobody is asked what became of them or reminded of them, and no event gives the case another."""
    case = timed.accepted_case()
    timed.attach(case, received=MONDAY)
    timed.do(closing.close, timed.actor("m-worker"), case.id, DONE, key=timed.key())
    assert {item.matter.state for item in timed.held(case).values()} == {MatterState.WITHDRAWN}
    assert timed.attach(case, received=MONDAY, investigating=MONDAY) == []
    timed.later(days=3)
    assert timed.told() == []


def test_an_urgent_case_asks_its_closed_question_sooner(norway):
    """The question which deadline applies climbs as every request of that case does."""
    wanted = NewCase("acute-danger", Urgency.NOW, "259", norway.contact("p-worker").id)
    case = norway.do(opening.open_case, norway.actor("m-worker"), wanted, key=norway.key()).case
    norway.do(cases.accept, norway.actor("p-worker"), matter_id=norway.request(case).id, key=norway.key())
    norway.attach(case, reported=MONDAY)
    norway.deliver()
    norway.later(minutes=15)
    assert norway.told() == [("p-worker", "again")]
