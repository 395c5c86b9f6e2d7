from __future__ import annotations

from contextlib import suppress
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.hours import MINUTES, HoursError, Interval, WeeklyHours, parse_hours, write_hours

OFFICE = "mon 08:00-15:00, tue 08:00-15:00, wed 08:00-15:00, thu 08:00-15:00, fri 08:00-15:00"


@pytest.mark.parametrize(
    "text",
    [
        "man-fre 8-15", "mandag–fredag kl. 8 – 15", "Man.-fre. 08.00-15.00", "hverdage 8-15", "mån-fre 8:00-15:00",
        "vardagar 8 till 15", "måndag-fredag frå 8 til 15", "mon-fri 08:00-15:00", "ma-fr 8-15", "kvardagar 8-15",
        "man, tir og ons 8-15; tor 8-15; fre 8-15", "man-fre 8-12 12-15", "mon, tue, wed, thu & fri 8-15",
    ],
)  # fmt: skip
def test_the_same_hours_are_read_in_every_language(text):
    """Danish, Bokmål, Nynorsk, Swedish and English, shortened or not, mean the same week."""
    assert write_hours(parse_hours(text)) == OFFICE


def test_what_is_said_twice_is_said_once():
    """A longer Thursday beside a whole week stretches the Thursday."""
    assert parse_hours("man-fre 8-15, tor 8-17").on(3) == (Interval(3, 8 * 60, 17 * 60),)


def test_a_night_goes_on_into_the_next_day():
    """From Sunday evening to Monday morning."""
    assert write_hours(parse_hours("søn 22-06")) == "mon 00:00-06:00, sun 22:00-24:00"


def test_a_span_of_days_may_cross_the_weekend():
    """Friday to Monday are four days."""
    assert [interval.day for interval in parse_hours("fre-man 9-10").intervals] == [0, 4, 5, 6]


@pytest.mark.parametrize("text", ["døgnet rundt", "24/7", "dygnet runt", "Always", "heile døgnet"])
def test_round_the_clock(text):
    """All of the week."""
    assert sum(i.closes - i.opens for i in parse_hours(text).intervals) == 7 * MINUTES


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("efter aftale", "efter"), ("8-15", "8-15"), ("man", "man"), ("man 8-15 fre", "man 8-15 fre"),
        ("man 8-25", "8-25"), ("man 8-8", "8-8"), ("man 8:75-9", "8:75-9"), ("man-tir-ons 8-9", "man-tir-ons"),
        ("s 8-9", "s"), ("", ""), ("man 24-8", "24-8"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_named(text, part):
    """Nothing is guessed: the part that is no hours is named."""
    with pytest.raises(HoursError) as error:
        parse_hours(text)
    assert error.value.part == part


def test_open_from_the_first_minute_to_before_the_last():
    """At eight it is open, at fifteen it is closed, on Saturday it is closed."""
    hours = parse_hours("man-fre 8-15")
    assert [hours.is_open(datetime(2026, 3, 2, hour)) for hour in (7, 8, 14, 15)] == [False, True, True, False]  # noqa: DTZ001 - local
    assert not hours.is_open(datetime(2026, 3, 7, 9))  # noqa: DTZ001 - local


@st.composite
def weeks(draw: st.DrawFn) -> WeeklyHours:
    """Any week without overlaps."""
    intervals = []
    for day in draw(st.sets(st.integers(0, 6), min_size=1)):
        edges = sorted(draw(st.sets(st.integers(0, MINUTES), min_size=2, max_size=6)))
        intervals += [Interval(day, a, b) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    return WeeklyHours(tuple(sorted(intervals)))


@given(weeks())
def test_what_is_written_is_read_again(hours):
    """The plainest form means the same week."""
    assert parse_hours(write_hours(hours)) == hours


@given(st.text(max_size=30))
def test_no_text_does_any_harm(text):
    """Whatever stands in a cell is either read or refused."""
    with suppress(HoursError):
        assert parse_hours(text).intervals
