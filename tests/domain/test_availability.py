from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.availability import reachable_at
from bot.domain.hours import parse_hours
from bot.domain.working_time import WorkingTime

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
CHRISTMAS = {datetime(2026, 12, day, tzinfo=UTC).date() for day in (24, 25, 26)}
OFFICE = WorkingTime(COPENHAGEN, time(8), time(15), lambda day: day in CHRISTMAS)


def local(text: str) -> datetime:
    """A Danish wall-clock moment."""
    return datetime.fromisoformat(text).replace(tzinfo=COPENHAGEN)


@pytest.mark.parametrize(
    ("hours", "now", "expected"),
    [
        ("man-fre 8-15", "2026-11-23 10:00", "2026-11-23 10:00"),
        ("man-fre 8-15", "2026-11-23 07:59", "2026-11-23 08:00"),
        ("man-fre 8-15", "2026-11-23 15:00", "2026-11-24 08:00"),
        ("man-fre 8-15", "2026-11-27 16:00", "2026-11-30 08:00"),
        ("tor 12-17", "2026-11-23 10:00", "2026-11-26 12:00"),
        ("man-fre 8-12 13-15", "2026-11-23 12:30", "2026-11-23 13:00"),
        ("man-fre 8-15", "2026-12-23 16:00", "2026-12-28 08:00"),
        ("24/7", "2026-12-25 03:00", "2026-12-25 03:00"),
        ("", "2026-11-21 12:00", "2026-11-23 08:00"),
        ("når jeg kan", "2026-11-21 12:00", "2026-11-23 08:00"),
    ],
)
def test_somebody_is_reached_now_or_when_she_opens_next(hours: str, now: str, expected: str) -> None:
    """Her own hours and her country's holidays decide; hours nobody can read are her agency's."""
    assert reachable_at(hours, OFFICE, local(now)) == local(expected).astimezone(UTC)


@given(st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31)).map(lambda moment: moment.replace(tzinfo=UTC)))  # noqa: DTZ001 - hypothesis wants bounds without a zone
def test_the_moment_lies_in_her_hours_and_never_before_now(now: datetime) -> None:
    """Through every year, weekend and clock change."""
    hours = "man-tor 8-15, fre 8-13"
    found = reachable_at(hours, OFFICE, now)
    assert found is not None
    assert now <= found <= now + timedelta(days=7)
    assert parse_hours(hours).is_open(found.astimezone(COPENHAGEN))
