"""Moments as people write them in five languages."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.moments import Moment, moment

ZONE = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 11, 24, 10, 30, tzinfo=ZONE)
"""A Tuesday."""
MONTHS = {
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "nb": "januar februar mars april mai juni juli august september oktober november desember",
    "nn": "januar februar mars april mai juni juli august september oktober november desember",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "en": "January February March April May June July August September October November December",
}
WEEKDAYS = {
    "da": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    "nb": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    "nn": "måndag tysdag onsdag torsdag fredag laurdag søndag",
    "sv": "måndag tisdag onsdag torsdag fredag lördag söndag",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
}
moments_in_time = st.integers(0, 4_000 * 24 * 60).map(
    lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
languages = st.sampled_from(sorted(MONTHS))


def read(text: str, now: datetime = NOW) -> Moment | None:
    """What the text says to somebody in Copenhagen."""
    return moment(text, now=now, zone=ZONE)


def at(year: int, month: int, day: int, hour: int, minute: int) -> datetime:
    """A moment in Copenhagen."""
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fredag kl. 12", Moment(at=at(2026, 11, 27, 12, 0))),
        ("på fredag klokka 8.15", Moment(at=at(2026, 11, 27, 8, 15))),
        ("om 3 arbejdsdage", Moment(working_days=3)),
        ("om tre arbeidsdager kl 9", Moment(working_days=3, time_of_day=time(9))),
        ("inom två arbetsdagar", Moment(working_days=2)),
        ("within 5 working days", Moment(working_days=5)),
        ("1.–5. december", Moment(day=date(2026, 12, 1), until=date(2026, 12, 5))),
        ("fra 3. til 7. juni", Moment(day=date(2027, 6, 3), until=date(2027, 6, 7))),
        ("i morgen", Moment(day=date(2026, 11, 25))),
        ("i morgon kl. 10", Moment(at=at(2026, 11, 25, 10, 0))),
        ("overmorgen", Moment(day=date(2026, 11, 26))),
        ("December 3rd at 4pm", Moment(at=at(2026, 12, 3, 16, 0))),
        ("12/12 kl 10", Moment(at=at(2026, 12, 12, 10, 0))),
        ("31/1", Moment(day=date(2027, 1, 31))),
        ("om två veckor", Moment(day=date(2026, 12, 8))),
        ("in 2 hours", Moment(at=at(2026, 11, 24, 12, 30))),
        ("uke 50", Moment(day=date(2026, 12, 7), until=date(2026, 12, 11))),
        ("2026-12-01", Moment(day=date(2026, 12, 1))),
        ("2026-12-01T14:30", Moment(at=at(2026, 12, 1, 14, 30))),
        ("12am fredag", Moment(at=at(2026, 11, 27, 0, 0))),
    ],
)
def test_a_moment_is_read_as_people_write_it(text, expected):
    """Days, spans, clock times and working days, in the words of each language."""
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("next Tuesday 9am", at(2026, 12, 1, 9, 0)),
        ("fredag eftermiddag", at(2026, 11, 27, 14, 0)),
        ("kl 9", at(2026, 11, 25, 9, 0)),
        ("i dag kl. 8", at(2026, 11, 24, 8, 0)),
        ("3/4/2027 kl. 10", at(2027, 4, 3, 10, 0)),
    ],
)
def test_what_the_text_leaves_open_is_not_sure(text, expected):
    """Words such as "next Tuesday", "afternoon", an hour alone, an hour that has passed and 3/4 are shown to the person before they count."""
    found = read(text)
    assert found is not None
    assert (found.at, found.sure) == (expected, False)


@pytest.mark.parametrize(
    "text", ["", "hej", "hvem er politikontakten i Vejle?", "31. februar", "2026-13-01", "kl 31", "uge 77"]
)
def test_what_names_no_moment_is_none(text):
    """No moment is made up from a text without one, nor from a date that no calendar has."""
    assert read(text) is None


def test_a_weekday_that_contradicts_its_date_is_not_sure():
    """The 4th of December 2026 is a Friday: "torsdag den 4. december" may mean either."""
    found = read("torsdag den 4. december")
    assert found is not None
    assert not found.sure


def test_an_hour_the_clocks_skip_or_repeat_is_not_sure():
    """At 2:30 on the last Sunday of March there is no such time, in October there are two."""
    for text in ("2027-03-28 kl. 2.30", "2027-10-31 kl. 2.30"):
        found = read(text)
        assert found is not None
        assert not found.sure


def test_hours_from_now_are_hours_that_pass():
    """Two hours from half past one in the night the clocks go forward, it is half past four."""
    found = read("om 2 timer", datetime(2027, 3, 28, 1, 30, tzinfo=ZONE))
    assert found is not None
    assert found.at == at(2027, 3, 28, 4, 30)


@given(now=moments_in_time, language=languages, day=st.integers(1, 28), month=st.integers(1, 12))
def test_a_date_without_a_year_is_the_next_one_to_come(now, language, day, month):
    """Written in any language, it is never past and less than a year and a day ahead."""
    found = read(f"{day}. {MONTHS[language].split()[month - 1]}", now)
    today = now.astimezone(ZONE).date()
    assert found is not None
    assert found.day is not None
    assert (found.day.day, found.day.month) == (day, month)
    assert today <= found.day <= today + timedelta(days=366)


@given(now=moments_in_time, language=languages, weekday=st.integers(0, 6), hour=st.integers(0, 23))
def test_a_weekday_is_the_next_one_to_come(now, language, weekday, hour):
    """One to seven days ahead, at the hour that was said."""
    found = read(f"{WEEKDAYS[language].split()[weekday]} kl. {hour}", now)
    assert found is not None
    assert found.at is not None
    assert (found.at.weekday(), found.at.hour) == (weekday, hour)
    assert 1 <= (found.at.date() - now.astimezone(ZONE).date()).days <= 7


@given(now=moments_in_time, when=st.dates(date(2025, 1, 1), date(2040, 12, 31)))
def test_an_iso_date_is_itself(now, when):
    """Whatever day it is today."""
    found = read(f"Frist: {when.isoformat()}", now)
    assert found is not None
    assert found.day == when


@given(now=moments_in_time, amount=st.integers(1, 400))
def test_days_from_now_are_counted_from_today_in_the_zone(now, amount):
    """Also just before and after midnight UTC."""
    found = read(f"om {amount} dage", now)
    assert found is not None
    assert found.day == now.astimezone(ZONE).date() + timedelta(days=amount)


@given(st.text(max_size=80), moments_in_time)
def test_no_text_breaks_the_reading(text, now):
    """Any text gives a moment with exactly one of moment, day and working days, or none."""
    found = read(text, now)
    assert found is None or sum(x is not None for x in (found.at, found.day, found.working_days)) == 1
