"""Moments as each language writes them: "tirsdag 14. april kl. 15.00"."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

PATTERNS = {
    "da": "EEEE d. MMMM 'kl.' HH.mm",
    "nb": "EEEE d. MMMM 'kl.' HH.mm",
    "nn": "EEEE d. MMMM 'kl.' HH.mm",
    "sv": "EEEE d MMMM 'kl.' HH.mm",
    "en": "EEEE d MMMM 'at' HH:mm",
}


DAYS = {"da": "d. MMMM y", "nb": "d. MMMM y", "nn": "d. MMMM y", "sv": "d MMMM y", "en": "d MMMM y"}


def day(moment: datetime, zone: ZoneInfo, language: str) -> str:
    """The local date of an aware moment, with its year."""
    from babel.dates import format_date

    return format_date(moment.astimezone(zone).date(), DAYS[language], locale=language)


def when(moment: datetime, zone: ZoneInfo, language: str) -> str:
    """An aware moment as a person in `zone` reads it; the year stands elsewhere (deadlines are near)."""
    from babel.dates import format_datetime

    return format_datetime(moment, PATTERNS[language], tzinfo=zone, locale=language)
