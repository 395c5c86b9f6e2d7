"""On which days offices are closed in each country."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

CATEGORIES = {"DK": ("public", "optional"), "NO": ("public",), "SE": ("public", "de_facto")}
"""What the library calls them: Denmark's offices also close on 1 May, 5 June, 24 and 31 December, Sweden's on the eves."""


@cache
def closed_on(country: str) -> Callable[[date], bool]:
    """A function that says whether offices of a country (`DK`, `NO`, `SE`) are closed on a date, weekends aside."""
    import holidays

    calendar = holidays.country_holidays(country, categories=CATEGORIES[country], language="en_US")
    return lambda day: day in calendar
