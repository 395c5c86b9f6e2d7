"""Children's houses (børnehus, barnehus) with their satellites and what they cover. None are bundled for Sweden."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from bot.data.municipalities import municipality
from bot.data.reading import parts, rows, yes

Type = Literal["house", "satellite", "visiting-team", "unit"]
Basis = Literal["law", "default", ""]


@dataclass(frozen=True)
class ChildrensHouse:
    """A house, or a satellite, visiting team or unit of one."""

    key: str
    country: str
    name: str
    type: Type
    parent: str | None
    """The key of the house a satellite belongs to."""
    seat: str
    coverage_by: Basis
    """`law`: one house per region (Denmark); `default`: our own, by police district (Norway); empty: no area of its own."""
    districts: tuple[str, ...]
    municipalities: tuple[str, ...]
    """Codes in the house's country; empty where the area is given by district."""
    sure: bool
    """False: neither looked up nor confirmed, so not shown as a fact."""
    note: str


@cache
def _all() -> dict[str, ChildrensHouse]:
    return {
        row["key"]: ChildrensHouse(
            key=row["key"],
            country=row["country"],
            name=row["name"],
            type=cast("Type", row["type"]),
            parent=row["parent"] or None,
            seat=row["seat"],
            coverage_by=cast("Basis", row["coverage_by"]),
            districts=parts(row["districts"]),
            municipalities=parts(row["municipalities"]),
            sure=yes(row["sure"]),
            note=row["note"],
        )
        for row in rows("childrens_houses")
    }


def childrens_houses(country: str) -> tuple[ChildrensHouse, ...]:
    """The houses of a country, without their satellites."""
    return tuple(h for h in _all().values() if h.country == country and h.type == "house")


def satellites(house: str) -> tuple[ChildrensHouse, ...]:
    """The satellites, visiting teams and units of a house."""
    return tuple(h for h in _all().values() if h.parent == house)


def childrens_house(key: str) -> ChildrensHouse | None:
    """The house or satellite of a key, or None."""
    return _all().get(key)


def house_for(country: str, code: str) -> ChildrensHouse | None:
    """The house that covers a municipality; look at `sure` and `coverage_by` before showing it as a fact."""
    place = municipality(country, code)
    if place is None:
        return None
    for house in childrens_houses(country):
        if code in house.municipalities or (not house.municipalities and place.district in house.districts):
            return house
    return None
