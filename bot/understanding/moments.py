"""Text → moment: "fredag kl. 12", "om 3 arbejdsdage", "1.–5. december", "i morgen", "next Tuesday 9am", "12/12 kl 10", ISO.

Nothing is guessed silently: `sure` is False where the text leaves open what was meant (no hour, no year that fits, a numeric
date). Working days are counted by whoever knows the calendar; here they are only a number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.understanding.moment_words import (
    AFTER,
    AMOUNT,
    DAYS_FROM_NOW,
    MONTHS,
    NEXT,
    NUMBERS,
    PARTS_OF_DAY,
    UNITS,
    WEEKDAYS,
    WEEKS,
)
from bot.understanding.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})(?=\b|t)")
_NUMERIC = re.compile(r"\b(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))?(?![\d:])")
_DAY_MONTH = re.compile(
    rf"\b(?:(\d{{1,2}})\.?\s*(?:til|till|to|-|–)\s*)?(?:den\s+)?(\d{{1,2}})(?:\.|:?e|:?a|st|nd|rd|th)?\s+(?:of\s+)?({MONTHS.pattern})\b(?:\s+(\d{{4}}))?"
)
_MONTH_DAY = re.compile(rf"\b({MONTHS.pattern})\s+(\d{{1,2}})(?:st|nd|rd|th)?(?:\s*(?:to|-|–)\s*(\d{{1,2}}))?\b")
_RELATIVE = re.compile(rf"\b(?:{AFTER})\s+({AMOUNT})\s+({UNITS.pattern})\b")
_WEEK = re.compile(rf"\b(?:{WEEKS})\s+(\d{{1,2}})\b")
_WEEKDAY = re.compile(rf"\b(?:({NEXT})\s+)?({WEEKDAYS.pattern})\b")
_DAYS = re.compile(rf"\b({DAYS_FROM_NOW.pattern})\b")
_CLOCK = re.compile(r"\b(?:kl|klokken|klokka|klockan|at)\.?\s*(\d{1,2})(?:[.:](\d{2}))?\s*(am|pm)?\b")
_BARE_CLOCK = re.compile(r"(?:\b|(?<=\dt))(\d{1,2}):(\d{2})\b|\b(\d{1,2})(?:[.:](\d{2}))?\s*(am|pm)\b")
_PART = re.compile(rf"\b({PARTS_OF_DAY.pattern})\b")
_NOON, _LAST_HOUR, _CENTURY, _MONTHS_IN_A_YEAR, _WEEK_DAYS = 12, 23, 2000, 12, 7


@dataclass(frozen=True)
class Moment:
    """When something is. Exactly one of `at`, `day` and `working_days` is set."""

    at: datetime | None = None
    """A moment with a clock time, aware, in the zone that was given."""
    day: date | None = None
    """A whole day."""
    until: date | None = None
    """The last day of a span that begins on `day`, that day included."""
    working_days: int | None = None
    """So many working days from now; the calendar decides which day that is."""
    time_of_day: time | None = None
    """The clock time said beside working days."""
    sure: bool = True
    """False: shown to the person before it counts."""


def moment(text: str, *, now: datetime, zone: ZoneInfo) -> Moment | None:
    """The moment a text names, or None where it names none that exists.

    `now` is aware; the answer is in `zone`. A weekday is the next one to come, never today; a date without a year is the next
    one to come.
    """
    plain = fold(text)
    here = now.astimezone(zone)
    clock, vague, rest = _clock(plain)
    found = _relative(rest, here) or _date(rest, here.date())
    if found is None:
        if clock is None:
            return None
        day = here.date() + timedelta(days=int(clock <= here.time()))
        return Moment(at=datetime.combine(day, clock, zone), sure=False)
    if clock is None or found.at is not None or found.until is not None:
        return found
    if found.working_days is not None:
        return replace(found, time_of_day=clock, sure=found.sure and not vague)
    if found.day is None:
        return found
    at = datetime.combine(found.day, clock, zone)
    return Moment(at=at, sure=found.sure and not vague and at >= here and _on_the_clock(at))


def _clock(text: str) -> tuple[time | None, bool, str]:
    """The clock time in a text, whether it is only a part of the day, and the text without it."""
    for pattern in (_CLOCK, _BARE_CLOCK):
        if hit := pattern.search(text):
            groups = [group for group in hit.groups() if group is not None]
            half = groups.pop() if groups[-1] in {"am", "pm"} else None
            hour, minute = int(groups[0]), int(groups[1]) if len(groups) > 1 else 0
            if half is not None and hour <= _NOON:
                hour = hour % _NOON + (_NOON if half == "pm" else 0)
            if hour <= _LAST_HOUR and minute < 60:  # noqa: PLR2004 -- minutes of an hour
                return time(hour, minute), False, text[: hit.start()] + " " + text[hit.end() :]
    if hit := _PART.search(text):
        return time(PARTS_OF_DAY.meaning(hit.group(1))), True, text
    return None, False, text


def _relative(text: str, here: datetime) -> Moment | None:
    """A span from now: "om 3 dage", "in two weeks", "om 3 arbejdsdage"."""
    hit = _RELATIVE.search(text)
    if hit is None:
        return None
    amount = int(hit.group(1)) if hit.group(1).isdigit() else NUMBERS[hit.group(1)]
    unit = UNITS.meaning(hit.group(2))
    if unit == "working_days":
        return Moment(working_days=amount)
    if unit in {"minutes", "hours"}:
        return Moment(at=_later(here, timedelta(**{unit: amount})))
    if unit == "months":
        return _some_months_on(here.date(), amount)
    return Moment(day=here.date() + timedelta(**{unit: amount}))


def _on_the_clock(at: datetime) -> bool:
    """Whether a clock shows this time, and shows it once: not where it is put forward or back."""
    return (
        at.astimezone(UTC).astimezone(at.tzinfo) == at.replace(fold=0)
        and at.utcoffset() == at.replace(fold=1).utcoffset()
    )


def _later(here: datetime, span: timedelta) -> datetime:
    """Wall-clock time that has really passed, also across a change of the clocks."""
    zone = here.tzinfo
    return (here.astimezone(UTC) + span).astimezone(zone)


def _some_months_on(today: date, months: int) -> Moment:
    """The same day of a later month; where it lacks that day, its last day, and not sure."""
    month = today.month - 1 + months
    year, month = today.year + month // _MONTHS_IN_A_YEAR, month % _MONTHS_IN_A_YEAR + 1
    day = today.day
    while (found := _exists(year, month, day)) is None:
        day -= 1
    return Moment(day=found, sure=day == today.day)


def _exists(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _coming(today: date, month: int, day: int, year: int | None) -> date | None:
    """The date in its year, or the next such date from today on."""
    if year is not None:
        return _exists(year if year > 99 else _CENTURY + year, month, day)  # noqa: PLR2004 -- two digits or four
    this_year = _exists(today.year, month, day)
    return this_year if this_year is not None and this_year >= today else _exists(today.year + 1, month, day)


def _date(text: str, today: date) -> Moment | None:
    """The day or the span of days a text names: the most exact way of saying it that is found."""
    for pattern, means in _WAYS:
        if hit := pattern.search(text):
            found = means(hit, today)
            named = _WEEKDAY.search(text)
            if found and found.day and named and found.day.weekday() != WEEKDAYS.meaning(named.group(2)):
                return replace(found, sure=False)
            return found
    return None


def _iso(hit: re.Match[str], _today: date) -> Moment | None:
    found = _exists(*(int(part) for part in hit.groups()[:3]))
    return Moment(day=found) if found else None


def _day_month(hit: re.Match[str], today: date) -> Moment | None:
    first, last, month, year = hit.groups()
    return _span(today, MONTHS.meaning(month), first or last, last if first else None, year)


def _month_day(hit: re.Match[str], today: date) -> Moment | None:
    month, first, last = hit.groups()
    return _span(today, MONTHS.meaning(month), first, last, None)


def _numeric(hit: re.Match[str], today: date) -> Moment | None:
    """Read the day before the month, as all five languages here write it; not sure where the other order would be a date too."""
    day, month = int(hit.group(1)), int(hit.group(2))
    found = _coming(today, month, day, int(hit.group(3)) if hit.group(3) else None)
    one_way = day > _MONTHS_IN_A_YEAR or day == month
    return Moment(day=found, sure=one_way and found >= today) if found else None


def _days(hit: re.Match[str], today: date) -> Moment:
    return Moment(day=today + timedelta(days=DAYS_FROM_NOW.meaning(hit.group(1))))


def _weekday(hit: re.Match[str], today: date) -> Moment:
    """The next such day to come; "next Friday" may mean the one after it, so it is not sure."""
    ahead = (WEEKDAYS.meaning(hit.group(2)) - today.weekday() - 1) % _WEEK_DAYS + 1
    return Moment(day=today + timedelta(days=ahead), sure=hit.group(1) is None)


def _span(today: date, month: int, first: str, last: str | None, year: str | None) -> Moment | None:
    """A day of a month, or the days from one to another."""
    begins = _coming(today, month, int(first), int(year) if year else None)
    if begins is None:
        return None
    if last is None:
        return Moment(day=begins, sure=begins >= today)
    ends = _exists(begins.year, month, int(last))
    return Moment(day=begins, until=ends, sure=begins >= today) if ends and ends >= begins else None


def _week(hit: re.Match[str], today: date) -> Moment | None:
    """Monday to Friday of the next week with this number."""
    for year in (today.year, today.year + 1):
        try:
            monday = date.fromisocalendar(year, int(hit.group(1)), 1)
        except ValueError:
            continue
        if monday + timedelta(days=_WEEK_DAYS) > today:
            return Moment(day=monday, until=monday + timedelta(days=4))
    return None


_WAYS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Moment | None]], ...] = (
    (_ISO, _iso),
    (_DAY_MONTH, _day_month),
    (_MONTH_DAY, _month_day),
    (_NUMERIC, _numeric),
    (_WEEK, _week),
    (_DAYS, _days),
    (_WEEKDAY, _weekday),
)
