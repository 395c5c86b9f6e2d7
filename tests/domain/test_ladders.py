from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ladders import Audience, Rung, plan, stand_in, superseded
from bot.domain.matters import DueClock, Matter, MatterKind, MatterState
from bot.domain.people import Role, Side
from bot.domain.urgency import Urgency
from bot.domain.working_time import WorkingTime
from tests.domain.people import contact
from tests.world import COPENHAGEN, MONDAY, OFFICE

MATTER = Matter(
    id="m", workspace_id="T", kind=MatterKind.FOLLOWUP, state=MatterState.PROPOSED, case_id="c", side=Side.POLICE,
    owner_id="o", asker_id="a", clock=DueClock.AGREED, created_at=MONDAY,
)  # fmt: skip
moments = st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants naive bounds
hours = st.sampled_from([(8, 16), (9, 14), (7, 15)])
offices = hours.map(lambda open_: WorkingTime(COPENHAGEN, time(open_[0]), time(open_[1]), lambda _: False))


def agreed(due: datetime) -> Matter:
    """An agreement with a due moment."""
    return replace(MATTER, state=MatterState.AGREED, due_at=due)


def local(moment: datetime) -> str:
    """A moment as the owner reads it."""
    return moment.astimezone(COPENHAGEN).strftime("%a %H:%M")


@given(moments, offices)
def test_a_request_is_asked_at_once_and_again_in_working_time(now, office):
    """The first question is at once; after 4 hours each the person again, her substitute, then desk and coordinator."""
    first, *later = plan(MATTER, office, now=now)
    assert (first.name, first.at, first.audience) == ("ask", now, Audience.OWNER)
    assert [(r.name, r.audience) for r in later] == [
        ("again", Audience.OWNER), ("substitute", Audience.SUBSTITUTE),
        ("coordinator", Audience.DESK), ("coordinator", Audience.COORDINATOR),
    ]  # fmt: skip
    assert [r.at for r in later] == [office.plus_hours(now, hours) for hours in (4, 8, 12, 12)]
    assert all(office.opens <= r.at.astimezone(COPENHAGEN).time() <= office.closes for r in later)


@given(moments, offices)
def test_a_request_that_is_needed_now_waits_for_no_office_hours(now, office):
    """Every quarter of an hour the next one, at any hour of any day."""
    rungs = plan(MATTER, office, now=now, urgency=Urgency.NOW)
    assert [(r.at - now) // timedelta(minutes=15) for r in rungs] == [0, 1, 2, 3, 3]
    assert [r.audience for r in rungs] == [r.audience for r in plan(MATTER, office, now=now)]


def test_the_sooner_it_is_needed_the_sooner_it_is_asked_again():
    """On a working Monday: now, the same day, the next day, and whenever."""
    again = {u: plan(MATTER, OFFICE, now=MONDAY, urgency=u)[1].at - MONDAY for u in Urgency}
    assert again == {
        Urgency.NOW: timedelta(minutes=15), Urgency.SAME_DAY: timedelta(hours=1),
        Urgency.NEXT_DAY: timedelta(hours=4), Urgency.ROUTINE: timedelta(hours=4),
    }  # fmt: skip


@given(moments, st.timedeltas(timedelta(days=-10), timedelta(days=30)), offices)
def test_an_agreement_is_reminded_in_order_and_never_in_the_past(now, ahead, office):
    """Rungs are ahead, in order and in working hours; nobody gets two of one moment."""
    rungs = plan(agreed(now + ahead), office, now=now)
    assert [r.at for r in rungs] == sorted(r.at for r in rungs)
    assert all(r.at > now for r in rungs)
    assert all(office.next_working_moment(r.at) == r.at for r in rungs)
    assert len({(r.at, r.audience) for r in rungs}) == len(rungs)


@given(moments, st.timedeltas(timedelta(seconds=1), timedelta(days=30)), offices)
def test_an_agreement_ahead_always_has_its_due_moment_and_what_follows(now, ahead, office):
    """Whatever is agreed for later, its due moment and what comes after are never left out."""
    due = now + ahead
    rungs = {(r.name, r.audience): r.at for r in plan(agreed(due), office, now=now)}
    assert rungs["due", Audience.OWNER] == office.next_working_moment(due)
    assert {
        ("overdue-1", Audience.OWNER), ("overdue-1", Audience.SUBSTITUTE), ("overdue-3", Audience.LEADER),
    } <= set(rungs)  # fmt: skip


def test_a_usual_agreement_reads_as_people_expect():
    """Agreed on Monday for Wednesday noon: the morning before, the moment, a day later, three days later."""
    rungs = plan(agreed(datetime(2026, 3, 4, 11, 0, tzinfo=UTC)), OFFICE, now=MONDAY)
    assert [(r.name, r.audience, local(r.at)) for r in rungs] == [
        ("day-before", "owner", "Tue 08:00"), ("due", "owner", "Wed 12:00"), ("overdue-1", "owner", "Thu 12:00"),
        ("overdue-1", "substitute", "Thu 12:00"), ("overdue-3", "leader", "Mon 12:00"),
    ]  # fmt: skip


def test_a_due_moment_in_the_weekend_is_put_off_and_what_follows_with_it():
    """Due on Saturday at dawn: reminded on Friday and on Monday, and overdue only a working day after that."""
    rungs = plan(agreed(datetime(2026, 3, 7, 4, 0, tzinfo=UTC)), OFFICE, now=MONDAY)
    assert {r.name: local(r.at) for r in rungs} == {
        "day-before": "Fri 08:00", "due": "Mon 08:00", "overdue-1": "Tue 08:00", "overdue-3": "Thu 08:00",
    }  # fmt: skip


def test_of_an_agreement_for_today_the_day_before_is_left_out():
    """What would have come yesterday does not come now."""
    rungs = plan(agreed(MONDAY + timedelta(hours=2)), OFFICE, now=MONDAY)
    assert {r.name for r in rungs} == {"due", "overdue-1", "overdue-3"}


DUE, LATER, LEADER = (
    Rung(name, MONDAY + timedelta(hours=at), whom)
    for name, at, whom in (("due", 1, Audience.OWNER), ("overdue-1", 2, Audience.OWNER), ("overdue-3", 3, Audience.LEADER))
)  # fmt: skip


def test_of_what_was_missed_only_the_latest_goes():
    """After three days of downtime nobody gets three reminders of one matter; what lies ahead still comes."""
    now = LATER.at
    assert superseded(DUE, [LATER, LEADER], now=now)
    assert not superseded(LATER, [DUE, LEADER], now=now)
    assert superseded(LATER, [DUE, LEADER], now=LEADER.at)


def test_what_goes_out_together_stays_together():
    """Two rungs of one moment do not push each other out."""
    assert not superseded(DUE, [replace(DUE, audience=Audience.SUBSTITUTE)], now=LEADER.at)


def test_nobody_is_asked_over_her_head():
    """The first question goes out, however late; only a repetition to the same person takes its place."""
    ask = Rung("ask", MONDAY, Audience.OWNER)
    assert not superseded(ask, [LEADER], now=LEADER.at)
    assert not superseded(ask, [LATER, LEADER], now=LEADER.at)
    assert superseded(ask, [LATER, LEADER], now=LATER.at)


def test_a_leader_is_told_before_a_coordinator_and_each_only_of_her_own_agency():
    """Her own leader, else her agency's coordinator; a leader of another agency is none of hers."""
    owner = contact("owner", leader_key="boss")
    boss, coordinator = contact("boss", role=Role.LEADER), contact("coordinator", role=Role.COORDINATOR)
    foreign = replace(boss, agency_id="elsewhere")
    assert stand_in(Audience.LEADER, owner, [coordinator, boss]) == boss
    assert stand_in(Audience.LEADER, owner, [foreign, coordinator]) == coordinator
    assert stand_in(Audience.LEADER, replace(owner, leader_key=None), [boss, coordinator]) == coordinator


def test_an_agreement_long_past_is_not_reminded_again():
    """Rungs that lie in the past are gone for good."""
    assert plan(agreed(MONDAY - timedelta(days=30)), OFFICE, now=MONDAY) == ()


def test_an_agreement_without_a_due_moment_has_no_rungs():
    """Nothing to be late for, nothing to remind of."""
    assert plan(replace(MATTER, state=MatterState.AGREED), OFFICE, now=MONDAY) == ()


@pytest.mark.parametrize("state", [s for s in MatterState if not s.is_open])
def test_what_is_settled_has_no_rungs(state):
    """Nobody is reminded of what is settled."""
    assert plan(replace(MATTER, state=state, due_at=MONDAY + timedelta(days=2)), OFFICE, now=MONDAY) == ()
