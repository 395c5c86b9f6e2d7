"""On which days offices are closed in each country, by law or by custom, and on which they close at noon.

Public holidays come from the library `holidays`, year by year: Denmark's great prayer day ended with 2023. What offices do
by custom is not in any law, and an agency may do otherwise; it only decides when somebody is reminded of an agreement.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase

CATEGORIES = {"DK": ("public", "optional"), "NO": ("public",), "SE": ("public", "de_facto")}
"""What the library calls them: Denmark's offices also close on 1 May and 24 December, Sweden's on the eves."""
HALF_DAYS = {"DK": ((6, 5), (12, 31)), "NO": ((12, 24), (12, 31)), "SE": ((1, 5), (4, 30))}
"""Month and day on which offices close at noon: Constitution Day and the last of the year in Denmark, Christmas Eve and
the last of the year in Norway, the eve of Epiphany and Walpurgis in Sweden."""
BEFORE_EASTER = {"NO": 4, "SE": 3}
"""Days before Easter Sunday with a half day: Norway's Wednesday before Maundy Thursday, Sweden's Maundy Thursday."""
NOON = time(12)


@cache
def closed_on(country: str) -> Callable[[date], bool]:
    """A function that says whether offices of a country (`DK`, `NO`, `SE`) are closed all day on a date, weekends aside."""
    calendar = _calendar(country, CATEGORIES[country])
    half = HALF_DAYS[country]
    return lambda day: (day.month, day.day) not in half and day in calendar


@cache
def public_holiday(country: str) -> Callable[[date], bool]:
    """A function that says whether a date is a holiday by the law of a country, Sundays aside."""
    calendar = _calendar(country, ("public",))
    return lambda day: day in calendar


@cache
def closes_early_on(country: str) -> Callable[[date], time | None]:
    """A function that says when offices of a country close on a half day; None for every other day."""
    fixed, before_easter = HALF_DAYS[country], BEFORE_EASTER.get(country)
    calendar = _calendar(country, ("public",))

    def early(day: date) -> time | None:
        if (day.month, day.day) in fixed:
            return NOON
        if before_easter and "Easter Sunday" in calendar.get(day + timedelta(days=before_easter), ""):
            return NOON
        return None

    return early


def _calendar(country: str, categories: tuple[str, ...]) -> HolidayBase:
    import holidays

    return holidays.country_holidays(country, categories=categories, language="en_US")
