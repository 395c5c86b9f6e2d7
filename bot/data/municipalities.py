"""Municipalities. A municipality is country + code: Norway and Sweden share codes, so a code alone is no key."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache

from bot.data.reading import parts, rows, yes


@dataclass(frozen=True)
class Municipality:
    """One municipality and the police district it lies in."""

    country: str
    code: str
    """The official number as text, leading zeros included."""
    name: str
    display_name: str
    """What a person is shown: the name, with the county where two municipalities of the country share the name."""
    county: str
    """Region in Denmark, fylke in Norway, län in Sweden."""
    district: str
    """A key of `bot.data.districts`."""
    aliases: tuple[str, ...]
    """Other spellings and the Sami and Kven names."""
    sure: bool
    """False: only one source gives the district, so it is not shown as a fact."""


@cache
def _by_key() -> dict[tuple[str, str], Municipality]:
    table = rows("municipalities")
    often = Counter((row["country"], row["name"]) for row in table)
    return {
        (row["country"], row["code"]): Municipality(
            country=row["country"],
            code=row["code"],
            name=row["name"],
            display_name=(
                row["name"] if often[row["country"], row["name"]] == 1 else f"{row['name']} ({row['county']})"
            ),
            county=row["county"],
            district=row["district"],
            aliases=parts(row["aliases"]),
            sure=yes(row["sure"]),
        )
        for row in table
    }


@cache
def _by_country() -> dict[str, tuple[Municipality, ...]]:
    found: dict[str, list[Municipality]] = {}
    for one in _by_key().values():
        found.setdefault(one.country, []).append(one)
    return {country: tuple(some) for country, some in found.items()}


def municipality(country: str, code: str) -> Municipality | None:
    """The municipality with this code in this country, or None."""
    return _by_key().get((country, code))


def municipalities(country: str) -> tuple[Municipality, ...]:
    """Every municipality of a country, by code; none for a country that is not bundled."""
    return _by_country().get(country, ())


def municipalities_of_district(key: str) -> tuple[Municipality, ...]:
    """Every municipality that lies in a police district, by code."""
    return tuple(one for one in _by_key().values() if one.district == key)
