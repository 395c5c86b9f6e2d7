from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ladders import Audience, plan
from bot.domain.matters import DueClock, Matter, MatterKind, MatterState
from bot.domain.people import Side
from bot.domain.working_time import WorkingTime
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
def test_a_proposal_is_asked_at_once_and_again_in_working_time(now, office):
    """The first question is at once, the later ones stand in order and in working time, and end with the coordinator."""
    first, *later = plan(MATTER, office, now=now)
    assert (first.name, first.at, first.audience) == ("ask", now, Audience.OWNER)
    assert [(r.name, r.audience) for r in later] == [
        ("again", Audience.OWNER), ("substitute", Audience.SUBSTITUTE), ("coordinator", Audience.COORDINATOR),
    ]  # fmt: skip
    assert now < later[0].at < later[1].at < later[2].at
    assert all(office.opens <= r.at.astimezone(COPENHAGEN).time() <= office.closes for r in later)


@given(moments, st.timedeltas(timedelta(days=-10), timedelta(days=30)), offices)
def test_an_agreement_is_reminded_in_order_and_never_in_the_past(now, ahead, office):
    """Rungs are ahead, each later than the one before, in working hours; none of a kind comes twice."""
    rungs = plan(agreed(now + ahead), office, now=now)
    moments_ = [r.at for r in rungs]
    assert moments_ == sorted(set(moments_))
    assert all(at > now for at in moments_)
    assert all(office.next_working_moment(at) == at for at in moments_)
    assert len({r.name for r in rungs}) == len(rungs)


@given(moments, st.timedeltas(timedelta(seconds=1), timedelta(days=30)), offices)
def test_an_agreement_ahead_always_has_its_due_moment_and_what_follows(now, ahead, office):
    """Whatever is agreed for later, its due moment and the two after it are never left out."""
    due = now + ahead
    by_name = {r.name: r for r in plan(agreed(due), office, now=now)}
    assert {"due", "overdue-1", "overdue-3"} <= set(by_name)
    assert by_name["due"].at == office.next_working_moment(due)
    assert by_name["overdue-3"].audience is Audience.COORDINATOR


def test_a_usual_agreement_reads_as_people_expect():
    """Agreed on Monday for Wednesday noon: the morning before, the moment, a day later, three days later."""
    rungs = plan(agreed(datetime(2026, 3, 4, 11, 0, tzinfo=UTC)), OFFICE, now=MONDAY)
    assert [(r.name, local(r.at)) for r in rungs] == [
        ("day-before", "Tue 09:00"), ("due", "Wed 12:00"), ("overdue-1", "Thu 12:00"), ("overdue-3", "Mon 12:00"),
    ]  # fmt: skip


def test_a_due_moment_in_the_weekend_is_put_off_and_what_follows_with_it():
    """Due on Saturday at dawn: reminded on Friday and on Monday, and overdue only a working day after that."""
    rungs = plan(agreed(datetime(2026, 3, 7, 4, 0, tzinfo=UTC)), OFFICE, now=MONDAY)
    assert [(r.name, local(r.at)) for r in rungs] == [
        ("day-before", "Fri 09:00"), ("due", "Mon 08:00"), ("overdue-1", "Tue 08:00"), ("overdue-3", "Thu 08:00"),
    ]  # fmt: skip


def test_of_an_agreement_for_today_the_day_before_is_left_out():
    """What would have come yesterday does not come now."""
    rungs = plan(agreed(MONDAY + timedelta(hours=2)), OFFICE, now=MONDAY)
    assert [r.name for r in rungs] == ["due", "overdue-1", "overdue-3"]


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
