"""Hours as people write them ("man-fre 8-15, tor 8-17") → the intervals of a week.

One line, parts parted by commas or semicolons; each part names days and then one or more spans of time:

    man-fre 8-15 · mon-fri 08:00-15:00 · mån-tors 8.30-16, fre 8.30-14 · man, ons og fre 9-12 13-15 · hverdage 8-15
    fre-søn 22-06 · 24/7 · døgnet rundt

Days in Danish, Bokmål, Nynorsk, Swedish or English, in full or shortened to two letters or more; local time. A span
that ends before it begins goes on into the next day. What is said twice is said once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

MINUTES = 24 * 60
_NAMES = (
    ("mandag", "måndag", "monday"),
    ("tirsdag", "tysdag", "tisdag", "tuesday"),
    ("onsdag", "wednesday"),
    ("torsdag", "thursday"),
    ("fredag", "friday"),
    ("lørdag", "laurdag", "lördag", "saturday"),
    ("søndag", "sundag", "söndag", "sunday"),
)
_GROUPS = {
    **dict.fromkeys(("hverdage", "hverdager", "kvardagar", "vardagar", "weekdays"), range(5)),
    **dict.fromkeys(("weekend", "weekender", "helg", "helger", "weekends"), range(5, 7)),
    **dict.fromkeys(("daglig", "dagligt", "dagleg", "dagligen", "daily"), range(7)),
}
_ALWAYS = frozenset(
    {"24/7", "døgnet rundt", "hele døgnet", "heile døgnet", "døgnåpent", "dygnet runt", "altid", "alltid", "always"}
)
_FILLERS = frozenset({"kl", "kl.", "og", "och", "and", "&", "+", "fra", "frå", "från", "from"})
_SPAN = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?-(\d{1,2})(?:[:.](\d{2}))?")


class HoursError(ValueError):
    """These hours cannot be read; `part` is what is not understood."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """One stretch of a day (0 = Monday), in minutes after local midnight; `closes` may be 1440, the day's end."""

    day: int
    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """When somebody can be reached in any week, in order and without overlaps; local wall-clock time."""

    intervals: tuple[Interval, ...]

    def is_open(self, local: datetime) -> bool:
        """Whether a local moment lies in these hours."""
        minute = local.hour * 60 + local.minute
        return any(i.day == local.weekday() and i.opens <= minute < i.closes for i in self.intervals)

    def on(self, day: int) -> tuple[Interval, ...]:
        """The stretches of one weekday (0 = Monday), the earliest first."""
        return tuple(i for i in self.intervals if i.day == day)


@lru_cache(maxsize=4096)
def parse_hours(text: str) -> WeeklyHours:
    """The week these words describe; raises `HoursError` naming the part that is not understood."""
    said = " ".join(unicodedata.normalize("NFC", text).lower().split())
    if said in _ALWAYS:
        return WeeklyHours(tuple(Interval(day, 0, MINUTES) for day in range(7)))
    return WeeklyHours(_merged(_intervals(said)))


def write_hours(hours: WeeklyHours) -> str:
    """These hours in the plainest form `parse_hours` reads: "mon 08:00-15:00, tue 08:00-15:00"."""
    return ", ".join(f"{_NAMES[i.day][-1][:3]} {_clock(i.opens)}-{_clock(i.closes)}" for i in hours.intervals)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _shortened() -> dict[str, int]:
    meant: dict[str, set[int]] = {}
    for day, names in enumerate(_NAMES):
        for name in (form for n in names for form in (n, n.translate(str.maketrans("øöå", "ooa")))):
            for length in range(2, len(name) + 1):
                meant.setdefault(name[:length], set()).add(day)
    return {word: days.pop() for word, days in meant.items() if len(days) == 1}


_DAYS = _shortened()


def _intervals(said: str) -> Iterator[Interval]:
    tidied = re.sub(r"\s*(?:[-–—]|\btill?\b)\s*", "-", said)
    days: list[int] = []
    timed = False
    for word in re.split(r"[\s,;]+", tidied):
        if word in _FILLERS or not word:
            continue
        span = _SPAN.fullmatch(word)
        if span is None:
            days, timed = ([] if timed else days) + _named(word), False
            continue
        if not days:
            raise HoursError(word)
        timed = True
        yield from _spans(days, span)
    if not timed:
        raise HoursError(said)


def _named(word: str) -> list[int]:
    if word in _GROUPS:
        return list(_GROUPS[word])
    ends = [_DAYS.get(end.removesuffix(".")) for end in word.split("-")]
    if len(ends) > 2 or None in ends:  # noqa: PLR2004 - from and to
        raise HoursError(word)
    first, last = int(ends[0] or 0), int(ends[-1] or 0)
    return [(first + step) % 7 for step in range((last - first) % 7 + 1)]


def _spans(days: Iterable[int], span: re.Match[str]) -> Iterator[Interval]:
    hours, minutes, until, until_minutes = (int(part or 0) for part in span.groups())
    opens, closes = hours * 60 + minutes, until * 60 + until_minutes
    if max(opens, closes) > MINUTES or max(minutes, until_minutes) > 59 or opens in {closes, MINUTES}:  # noqa: PLR2004 - minutes of an hour
        raise HoursError(span.group())
    for day in days:
        if opens < closes:
            yield Interval(day, opens, closes)
            continue
        yield Interval(day, opens, MINUTES)
        if closes:
            yield Interval((day + 1) % 7, 0, closes)


def _merged(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    merged: list[Interval] = []
    for interval in sorted(intervals):
        last = merged[-1] if merged else None
        if last and last.day == interval.day and interval.opens <= last.closes:
            merged[-1] = Interval(last.day, last.opens, max(last.closes, interval.closes))
        else:
            merged.append(interval)
    return tuple(merged)
