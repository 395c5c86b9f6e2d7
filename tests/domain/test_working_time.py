from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.data.calendars import closed_on, closes_early_on, public_holiday
from bot.data.countries import countries
from bot.domain.working_time import WorkingTime

OFFICES = {
    land.code: WorkingTime(
        land.zone, land.municipality_open, land.municipality_close, closed_on(land.code),
        closes_early=closes_early_on(land.code), is_public_holiday=public_holiday(land.code),
    )
    for land in countries()
}  # fmt: skip
HOURS = ["", "man-tor 8-14", "tir 10-12 13-18, fre 8-12", "man-fre 22-06", "24/7", "whenever"]
"""Of an office, part-time, with a break, at night, always, and such as cannot be read."""
CLOCKS_CHANGE = [
    moment for year in range(2024, 2031) for moment in (datetime(year, 3, 24, tzinfo=UTC), datetime(year, 10, 24, tzinfo=UTC))
]  # fmt: skip
"""Both changes of a year lie in the week after."""

offices = st.builds(WorkingTime.kept_by, st.sampled_from(list(OFFICES.values())), st.sampled_from(HOURS))
plain = st.sampled_from([replace(office, closes_early=lambda _: None) for office in OFFICES.values()])
"""Offices that know no half days."""
any_time = st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants naive bounds
near_a_change = st.builds(
    lambda start, minutes: start + timedelta(minutes=minutes), st.sampled_from(CLOCKS_CHANGE), st.integers(0, 10 * 1440)
)
moments = any_time | near_a_change


def works_at(office: WorkingTime, moment: datetime, *, or_closes: bool = False) -> bool:
    """Whether somebody works at that moment; the last moment of a stretch counts where asked for."""
    return any(
        start <= moment < end or (or_closes and moment == end)
        for start, end in office.stretches(moment.astimezone(office.zone).date())
    ) or (or_closes and works_at(office, moment - timedelta(microseconds=1)))


def worked(office: WorkingTime, start: datetime, end: datetime) -> timedelta:
    """How much work is done between two moments, counted day by day: slow and plain."""
    total, day = timedelta(), start.astimezone(office.zone).date()
    while day <= end.astimezone(office.zone).date():
        total += sum(
            (max(timedelta(), min(closes, end) - max(opens, start)) for opens, closes in office.stretches(day)),
            timedelta(),
        )
        day += timedelta(days=1)
    return total


def working_days(office: WorkingTime, after: date, until: date) -> int:
    """The working days after one date, up to another."""
    return sum(office.is_working_day(after + timedelta(days=n)) for n in range(1, (until - after).days + 1))


@given(offices, moments)
def test_the_next_working_moment_is_the_first_one(office, moment):
    """What falls outside is put off to the next working hour, no further; what falls inside stays."""
    found = office.next_working_moment(moment)
    assert works_at(office, found)
    assert found >= moment
    assert worked(office, moment, found) == timedelta()
    assert (found == moment) == works_at(office, moment)
    assert found.tzinfo is UTC


@given(offices, moments, st.integers(0, 30))
def test_days_ahead_are_working_days(office, moment, days):
    """So many working days later lies in working hours, never before, and exactly so many working days away."""
    found = office.plus_days(moment, days)
    assert works_at(office, found)
    assert found >= moment
    # A time of day outside hours is put off, at the most into the next working day.
    away = working_days(office, moment.astimezone(office.zone).date(), found.astimezone(office.zone).date())
    assert away in {days, days + 1}


@given(plain, moments, st.integers(1, 10), st.sampled_from([time(9), time(12), time(14, 30)]))
def test_a_day_at_a_time_within_hours_is_that_day_at_that_time(office, moment, days, at):
    """A time of day that is asked for is the wall clock's, also across a change of the clocks."""
    local = office.plus_days(moment, days, at=at).astimezone(office.zone)
    assert local.time() == at
    assert working_days(office, moment.astimezone(office.zone).date(), local.date()) == days


@given(offices, moments, st.integers(1, 10))
def test_days_back_are_working_days_before(office, moment, days):
    """So many working days before, at nine or when she is there, lies before the day itself and in working hours."""
    found = office.plus_days(moment, -days, at=time(9))
    local = found.astimezone(office.zone)
    assert works_at(office, found, or_closes=True)
    assert local.date() < moment.astimezone(office.zone).date()
    assert working_days(office, local.date() - timedelta(days=1), moment.astimezone(office.zone).date()) in {
        days,
        days + 1,
    }


@given(offices, moments, st.floats(0, 60))
def test_hours_ahead_are_exactly_so_many_working_hours(office, moment, hours):
    """So many working hours later: neither nights nor weekends nor holidays nor a change of the clocks count."""
    found = office.plus_hours(moment, hours)
    assert works_at(office, found, or_closes=True)
    assert found >= moment
    assert abs(worked(office, moment, found) - timedelta(hours=hours)) <= timedelta(milliseconds=1)


@given(offices, moments, st.floats(0.1, 60))
def test_hours_back_are_exactly_so_many_working_hours(office, moment, hours):
    """So many working hours before: counted forward again, nothing is missing."""
    found = office.plus_hours(moment, -hours)
    assert found < moment
    assert abs(worked(office, found, moment) - timedelta(hours=hours)) <= timedelta(milliseconds=1)


@given(offices, moments, st.integers(0, 20), st.integers(0, 20))
def test_more_hours_are_never_earlier(office, moment, fewer, more):
    """A ladder's rungs stand in order: more working hours lie later."""
    assert office.plus_hours(moment, fewer) <= office.plus_hours(moment, fewer + more)


@pytest.mark.parametrize(
    ("country", "moment", "opens"),
    [
        ("DK", "2026-04-01T14:30:00+00:00", "2026-04-07T06:00:00+00:00"),  # Easter: Thursday to Monday
        ("DK", "2026-06-05T10:30:00+00:00", "2026-06-08T06:00:00+00:00"),  # Constitution Day closes at noon
        ("DK", "2026-12-23T15:30:00+00:00", "2026-12-28T07:00:00+00:00"),  # Christmas Eve, and then a weekend
        ("NO", "2026-04-01T10:30:00+00:00", "2026-04-07T06:00:00+00:00"),  # the Wednesday before Easter closes at noon
        ("SE", "2026-04-02T10:30:00+00:00", "2026-04-07T06:00:00+00:00"),  # Maundy Thursday closes at noon
        ("NO", "2026-05-15T15:00:00+00:00", "2026-05-18T06:00:00+00:00"),  # the 17th is a Sunday
        ("SE", "2026-06-18T15:30:00+00:00", "2026-06-22T06:00:00+00:00"),  # Midsummer Eve closes offices
    ],
)
def test_holidays_of_each_country_are_kept(country, moment, opens):
    """An evening before holidays leads to the first morning after them."""
    office = OFFICES[country]
    found = office.next_working_moment(datetime.fromisoformat(moment)).astimezone(office.zone)
    expected = datetime.fromisoformat(opens).astimezone(office.zone)
    assert (found.date(), found.time()) == (expected.date(), office.opens)


@pytest.mark.parametrize("day", ["2026-03-27", "2026-10-23"])
def test_the_weekend_in_which_the_clocks_change_costs_no_hour(day):
    """Friday at eleven and Monday at eleven are a working day apart, though the weekend has 47 or 49 hours."""
    office = OFFICES["DK"]
    friday = datetime.combine(date.fromisoformat(day), time(11), office.zone)
    monday = office.plus_days(friday, 1).astimezone(office.zone)
    assert (monday.date() - friday.date(), monday.time()) == (timedelta(days=3), time(11))


@pytest.mark.parametrize(
    ("day", "works_at_noon_less_one"),
    [("2023-05-05", False), ("2024-04-26", True), ("2026-06-05", True), ("2026-12-24", False), ("2026-12-31", True)],
    ids=["great prayer day", "the year it was abolished", "Constitution Day", "Christmas Eve", "New Year's Eve"],
)
def test_danish_holidays_that_are_abolished_or_half(day, works_at_noon_less_one):
    """Great prayer day ended with 2023; half days have their morning and nothing after noon."""
    office, midnight = OFFICES["DK"], datetime.combine(date.fromisoformat(day), time(), OFFICES["DK"].zone)
    assert works_at(office, midnight + timedelta(hours=11)) == works_at_noon_less_one
    assert works_at(office, midnight + timedelta(hours=13)) == (day == "2024-04-26")


def test_part_time_days_are_hers():
    """Who works Tuesday and Thursday is reminded on these days, and her hours count alone."""
    hers = OFFICES["DK"].kept_by("tir 9-12, tor 9-12")
    monday = datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert hers.next_working_moment(monday) == datetime(2026, 3, 3, 8, tzinfo=UTC)
    assert hers.plus_hours(monday, 4) == datetime(2026, 3, 5, 9, tzinfo=UTC)
    assert hers.plus_days(monday, 1, at=time(9)) == datetime(2026, 3, 3, 8, tzinfo=UTC)


def test_who_is_there_round_the_clock_is_there_on_holidays():
    """A desk that never closes knows no Christmas."""
    christmas = datetime(2026, 12, 25, 3, tzinfo=UTC)
    assert OFFICES["DK"].kept_by("døgnet rundt").next_working_moment(christmas) == christmas


def test_a_calendar_without_working_days_is_a_mistake_that_is_said():
    """An office that never opens does not hang the bot."""
    never = WorkingTime(ZoneInfo("UTC"), time(8), time(16), lambda _: True)
    with pytest.raises(ValueError, match="no working day"):
        never.next_working_moment(datetime(2026, 3, 2, tzinfo=UTC))
