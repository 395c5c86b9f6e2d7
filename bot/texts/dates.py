"""Moments as each language writes them: "tirsdag 14. april kl. 15.00"."""

from __future__ import annotations

from datetime import date, datetime
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
