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


def when(moment: datetime, zone: ZoneInfo, language: str) -> str:
    """An aware moment as a person in `zone` reads it; the year stands elsewhere (deadlines are near)."""
    from babel.dates import format_datetime

    return format_datetime(moment, PATTERNS[language], tzinfo=zone, locale=language)
