"""Moments as each language writes them: "tirsdag 14. april kl. 15.00"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

PATTERNS = {
    "da": "EEEE d. MMMM 'kl.' HH.mm",
    "nb": "EEEE d. MMMM 'kl.' HH.mm",
    "nn": "EEEE d. MMMM 'kl.' HH.mm",
    "sv": "EEEE 'den' d MMMM 'kl.' HH.mm",
    "en": "EEEE d MMMM 'at' HH:mm",
}


DAYS = {"da": "d. MMMM y", "nb": "d. MMMM y", "nn": "d. MMMM y", "sv": "'den' d MMMM y", "en": "d MMMM y"}


def day(moment: datetime, zone: ZoneInfo, language: str) -> str:
    """The local date of an aware moment, with its year."""
    return _day_written(moment.astimezone(zone).date(), language)


@lru_cache(maxsize=1024)
def _day_written(local: date, language: str) -> str:
    from babel.dates import format_date

    return format_date(local, DAYS[language], locale=language)


def when(moment: datetime, zone: ZoneInfo, language: str) -> str:
    """An aware moment as a person in `zone` reads it; the year stands elsewhere (deadlines are near)."""
    return _written(moment.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0), language)


@lru_cache(maxsize=1024)
def _written(local: datetime, language: str) -> str:
    from babel.dates import format_datetime

    return format_datetime(local, PATTERNS[language], locale=language)


def clock(at: time, language: str) -> str:
    """A local time of day: "kl. 16.00", "16:00"."""
    return _clock(at, language) if language == "en" else f"kl. {_clock(at, language)}"


def clocks(starts: time, ends: time, language: str) -> str:
    """From one local time to another: "kl. 16.00–08.00", "16:00–08:00"."""
    return f"{clock(starts, language)}–{_clock(ends, language)}"


def weekday(number: int, language: str) -> str:
    """The name of a weekday (0 = Monday), as it begins a line."""
    return _weekday(number, language).capitalize()


def weekdays(days: Iterable[int], language: str) -> str:
    """Some weekdays: "mandag–torsdag", "mandag, onsdag, fredag"; those in a row from first to last."""
    rows: list[list[int]] = []
    for number in sorted(days):
        if rows and rows[-1][-1] == number - 1:
            rows[-1].append(number)
        else:
            rows.append([number])
    return ", ".join(_row([_weekday(number, language) for number in row]) for row in rows)


def _row(names: list[str]) -> str:
    return f"{names[0]}–{names[-1]}" if len(names) > 2 else ", ".join(names)  # noqa: PLR2004 - two are no row


def _clock(at: time, language: str) -> str:
    return f"{at:%H:%M}" if language == "en" else f"{at:%H.%M}"


def _weekday(number: int, language: str) -> str:
    from babel.dates import get_day_names

    return str(get_day_names("wide", locale=language)[number])
