"""Police districts (Denmark, Norway) and police regions (Sweden)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from bot.data.reading import rows, yes


@dataclass(frozen=True)
class District:
    """One police district or region; keys are unique across the countries and never reused."""

    key: str
    country: str
    name: str
    name_nn: str
    """The Nynorsk name in Norway, else the same as `name`."""
    seat: str
    seat_sure: bool
    """False: the town was not looked up and is not shown as a fact."""


@cache
def _all() -> dict[str, District]:
    return {
        row["key"]: District(
            key=row["key"],
            country=row["country"],
            name=row["name"],
            name_nn=row["name_nn"],
            seat=row["seat"],
            seat_sure=yes(row["seat_sure"]),
        )
        for row in rows("districts")
    }


def district(key: str) -> District | None:
    """The district of a key, or None."""
    return _all().get(key)


def districts(country: str) -> tuple[District, ...]:
    """Every district of a country, in the order of the table."""
    return tuple(d for d in _all().values() if d.country == country)
