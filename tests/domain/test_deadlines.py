from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.deadlines import Amount, Deadline, Timeline, Unit, due, for_agencies
from bot.domain.ladders import Audience, plan_deadline
from bot.domain.matters import DueClock, Matter, MatterKind, MatterState
from bot.domain.people import Side
from tests.domain.test_working_time import OFFICES, moments, offices, worked
from tests.world import MONDAY, OFFICE

EVENT = "municipality.received"
units = st.sampled_from(Unit)


def deadline(length: int, unit: Unit, clock: DueClock = DueClock.STATUTORY) -> Deadline:
    """So much after a municipality has received a notification."""
    return Deadline("key", "v1", "name", "name", Amount(length, unit), (EVENT,), clock=clock)


def due_after(length: int, unit: Unit, start: datetime, office=OFFICES["DK"], clock=DueClock.STATUTORY) -> datetime:
    """When it is due."""
    found = due(deadline(length, unit, clock), {EVENT: start}, office)
    assert found is not None
    return found


def on_the_wall(moment: datetime, office) -> datetime:
    """What the clock on the wall shows."""
    return moment.astimezone(office.zone).replace(tzinfo=None)


@given(moments, st.integers(0, 100), offices)
def test_hours_of_the_law_are_elapsed_hours(start, length, office):
    """Nights, weekends, holidays and changes of the clocks count like every other hour."""
    assert due_after(length, Unit.HOURS, start, office) - start == timedelta(hours=length)


@given(moments, st.integers(0, 60), st.sampled_from([Unit.CALENDAR_DAYS, Unit.WEEKS]), offices)
def test_days_and_weeks_of_the_law_end_at_the_same_time_of_day(start, length, unit, office):
    """So many dates later the wall shows the same time, but for the hour that the clocks leave out."""
    found = due_after(length, unit, start, office)
    wanted = on_the_wall(start, office) + timedelta(days=length * (7 if unit is Unit.WEEKS else 1))
    assert on_the_wall(found, office) - wanted in {timedelta(), timedelta(hours=1)}
    assert found.tzinfo is UTC


@given(moments, st.integers(0, 24), offices)
def test_months_of_the_law_are_the_calendars(start, length, office):
    """So many months later on the same day of the month, or on its last where there is no such day."""
    local, found = on_the_wall(start, office), on_the_wall(due_after(length, Unit.MONTHS, start, office), office)
    assert (found.year * 12 + found.month) - (local.year * 12 + local.month) == length
    assert found.day == local.day or (found.day < local.day and (found + timedelta(days=1)).day == 1)


@given(moments, st.integers(1, 20), offices)
def test_working_days_of_the_law_are_monday_to_saturday_without_public_holidays(start, length, office):
    """Counted one by one, so many of them lie between; what offices do by custom does not count."""
    first = start.astimezone(office.zone).date()
    last = due_after(length, Unit.WORKING_DAYS, start, office).astimezone(office.zone).date()
    days = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    assert sum(office.is_weekday_by_law(day) for day in days) == length
    assert office.is_weekday_by_law(last)


@given(moments, st.integers(1, 60), units, offices)
def test_what_is_agreed_ends_in_working_time_and_is_never_dropped(start, length, unit, office):
    """Whatever the amount, there is a due moment, in working hours, not before it was meant."""
    found = due_after(length, unit, start, office, DueClock.AGREED)
    assert found == office.next_working_moment(found) or worked(office, found - timedelta(microseconds=1), found)
    assert found >= start
    if unit is not Unit.HOURS and unit is not Unit.WORKING_DAYS:
        assert not worked(office, due_after(length, unit, start, office), found)  # not later than the next working hour


@given(moments, st.integers(1, 60), units, offices, st.sampled_from(DueClock))
def test_what_is_due_before_an_event_is_never_after_it(start, length, unit, office, clock):
    """Put off, it would be too late: then it is the last working hour before."""
    assert due_after(-length, unit, start, office, clock) <= start


@given(moments, units, offices, st.sampled_from(DueClock))
def test_a_longer_amount_is_never_due_earlier(start, unit, office, clock):
    """More of the same unit lies later."""
    found = [due_after(length, unit, start, office, clock) for length in range(1, 8)]
    assert all(earlier <= later for earlier, later in pairwise(found))


@pytest.mark.parametrize(
    ("length", "unit", "start", "expected"),
    [
        (24, Unit.HOURS, "2026-03-28T20:00+01:00", "2026-03-29T21:00+02:00"),
        (24, Unit.HOURS, "2026-10-24T20:00+02:00", "2026-10-25T19:00+01:00"),
        (7, Unit.CALENDAR_DAYS, "2026-03-26T10:00+01:00", "2026-04-02T10:00+02:00"),
        (6, Unit.WORKING_DAYS, "2026-03-30T10:00+02:00", "2026-04-09T10:00+02:00"),  # Easter between
        (6, Unit.WORKING_DAYS, "2026-06-01T10:00+02:00", "2026-06-08T10:00+02:00"),  # Constitution Day counts
        (4, Unit.MONTHS, "2026-10-31T12:00+01:00", "2027-02-28T12:00+01:00"),
        (1, Unit.CALENDAR_DAYS, "2026-03-28T02:30+01:00", "2026-03-29T03:30+02:00"),
        (1, Unit.CALENDAR_DAYS, "2026-10-24T02:30+02:00", "2026-10-25T02:30+02:00"),
    ],
)
def test_deadlines_of_the_law_by_example(length, unit, start, expected):
    """Both changes of the clocks, Easter, a short month, an hour left out and one that comes twice."""
    assert due_after(length, unit, datetime.fromisoformat(start)) == datetime.fromisoformat(expected)


def test_what_hangs_on_an_event_not_yet_known_waits():
    """No event, no due moment; the first known one counts where several may."""
    several = Deadline("key", "v", "n", "n", Amount(1, Unit.HOURS), ("police.asked", EVENT))
    assert due(several, {}, OFFICE) is None
    assert due(several, {EVENT: MONDAY}, OFFICE) == MONDAY + timedelta(hours=1)
    both = {EVENT: MONDAY, "police.asked": MONDAY + timedelta(hours=5)}
    assert due(several, both, OFFICE) == MONDAY + timedelta(hours=6)


@given(st.integers(-2000, 2000), units)
def test_an_amount_is_read_as_it_was_written(length, unit):
    """What a case began with is kept as words."""
    assert Amount.read(str(Amount(length, unit))) == Amount(length, unit)


@given(moments, st.timedeltas(timedelta(), timedelta(hours=30)), offices)
def test_the_24_hour_rule_is_reminded_of_by_the_hour_at_any_hour(start, since, office):
    """12, 4 and 1 hours before; the last two to owner, substitute and desk; what was missed comes once, at once."""
    now, rule = start + since, deadline(24, Unit.HOURS)
    end = start + timedelta(hours=24)
    rungs = plan_deadline(_due_at(end), rule, office, now=now)
    assert all(rung.at >= now for rung in rungs)
    for hours in (12, 4, 1):
        mine = [rung for rung in rungs if rung.name == f"hours-{hours}"]
        wanted = [Audience.OWNER] if hours == 12 else [Audience.OWNER, Audience.SUBSTITUTE, Audience.DESK]
        if now < end - timedelta(hours=hours):
            assert [(r.at, r.audience) for r in mine] == [(end - timedelta(hours=hours), whom) for whom in wanted]
    assert len({rung.name for rung in rungs if rung.at == now}) <= 1


@given(
    moments,
    st.sampled_from([(6, Unit.WORKING_DAYS), (7, Unit.CALENDAR_DAYS), (3, Unit.WEEKS), (4, Unit.MONTHS)]),
    offices,
)
def test_longer_deadlines_are_reminded_of_ahead_at_the_moment_and_after(start, amount, office):
    """The working day before, weeks before the long ones, to the minute at the end, and one and three days later."""
    rule = deadline(*amount)
    end = due(rule, {EVENT: start}, office)
    assert end is not None
    rungs = plan_deadline(_due_at(end), rule, office, now=start)
    names = [rung.name for rung in rungs]
    assert ("weeks-before" in names) == (amount == (4, Unit.MONTHS))
    assert [r.at for r in rungs if r.name == "due"] == [end]
    assert [r.at for r in rungs] == sorted(r.at for r in rungs)
    assert {"overdue-1", "overdue-3"} <= set(names)


def _due_at(end: datetime) -> Matter:
    return Matter(
        id="m", workspace_id="T", kind=MatterKind.DEADLINE, state=MatterState.AGREED, case_id="c",
        side=Side.MUNICIPALITY, owner_id="o", asker_id="o", clock=DueClock.STATUTORY, created_at=MONDAY, due_at=end,
    )  # fmt: skip


def test_an_agency_has_its_own_timeline_in_place_of_everybodys():
    """Its own row counts for it alone; one that is off takes it away."""
    usual = Timeline(deadline(24, Unit.HOURS), "DK", Side.MUNICIPALITY)
    own = Timeline(deadline(12, Unit.HOURS), "DK", Side.MUNICIPALITY, agency="koege")
    off = Timeline(deadline(0, Unit.HOURS), "DK", Side.MUNICIPALITY, agency="greve", off=True)
    everything = (own, off, usual)
    assert for_agencies(everything, {Side.MUNICIPALITY: frozenset({"koege"})}) == (own,)
    assert for_agencies(everything, {Side.MUNICIPALITY: frozenset({"greve"})}) == ()
    assert for_agencies(everything, {Side.POLICE: frozenset({"koege"})}) == (usual,)
