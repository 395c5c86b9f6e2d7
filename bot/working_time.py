"""Puts bundled office hours and public holidays together: when each side works."""

from __future__ import annotations

from functools import cache

from bot.data.calendars import closed_on, closes_early_on, public_holiday
from bot.data.countries import country
from bot.domain.people import Side
from bot.domain.working_time import WorkingTime


@cache
def calendar(land: str, side: str) -> WorkingTime:
    """When a side works in a country, by the bundled office hours; an agency's own come with the directory."""
    found = country(land)
    police = side == Side.POLICE
    return WorkingTime(
        zone=found.zone,
        opens=found.police_open if police else found.municipality_open,
        closes=found.police_close if police else found.municipality_close,
        is_holiday=closed_on(land),
        closes_early=closes_early_on(land),
        is_public_holiday=public_holiday(land),
    )
