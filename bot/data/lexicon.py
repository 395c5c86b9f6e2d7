"""The names and keys a question is read against, as plain tuples that `bot.understanding.Lexicon.build` accepts.

Towns, landscapes and the list of names that are also everyday words are the project's own general knowledge, not looked up: they
help to understand what people type, and are never shown as facts.
"""

from __future__ import annotations

from functools import cache
from typing import TypedDict

from bot.data.countries import countries
from bot.data.districts import districts
from bot.data.guidance import topics
from bot.data.kinds import kinds
from bot.data.municipalities import Municipality, municipalities, municipalities_of_district
from bot.data.reading import parts, rows

Place = tuple[str, str, tuple[str, ...], str, bool]
"""Country, name, codes, sort (`municipality`, `town`, `region`, `district`), whether it is also an everyday word."""


class LexiconData(TypedDict):
    """The arguments of `Lexicon.build`."""

    places: tuple[Place, ...]
    kinds: tuple[str, ...]
    topics: tuple[tuple[str, str], ...]


@cache
def lexicon_from_data() -> LexiconData:
    """Everything bundled that the understanding needs to know."""
    return LexiconData(
        places=_places(),
        kinds=tuple(kind.key for kind in kinds()),
        topics=tuple((country.code, topic.key) for country in countries() for topic in topics(country.code)),
    )


def _places() -> tuple[Place, ...]:
    ordinary = {(row["country"], row["name"]) for row in rows("ordinary_names")}
    found: list[tuple[str, str, tuple[str, ...], str]] = []
    for country in countries():
        for place in municipalities(country.code):
            found += [(country.code, name, (place.code,), "municipality") for name in (place.name, *place.aliases)]
        for district in districts(country.code):
            codes = tuple(place.code for place in municipalities_of_district(district.key))
            names = dict.fromkeys((district.name, district.name_nn))
            found += [(country.code, name, codes, "district") for name in names]
    for row in rows("towns"):
        found += [(row["country"], name, (row["code"],), "town") for name in parts(row["names"])]
    for row in rows("areas"):
        inside = tuple(place.code for place in municipalities(row["country"]) if _lies_in(place, row))
        found += [(row["country"], name, inside, row["sort"]) for name in parts(row["names"])]
    return tuple((*place, (place[0], place[1]) in ordinary) for place in dict.fromkeys(found))


def _lies_in(place: Municipality, area: dict[str, str]) -> bool:
    """Whether a municipality belongs to an area given by district, by county or by codes."""
    if area["district"]:
        return place.district == area["district"]
    if area["county"]:
        return place.county == area["county"]
    return place.code in parts(area["codes"])
