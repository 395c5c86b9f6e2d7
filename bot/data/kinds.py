"""Kinds of case: names, everyday words, and which unit takes them by default.

Every default is "not agreed locally": which cases go to the local station and which to the central unit is what
municipalities said was unclear (seed 1, slide 8).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.data.reading import names, parts, rows

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Kind:
    """One kind of case."""

    key: str
    names: Mapping[str, str]
    """By language: da, nb, nn, sv, en."""
    default_units: Mapping[str, str]
    """By country: a key of `bot.data.units`."""
    default_urgency: str
    """`now`, `same-day`, `next-day` or `routine`."""
    terms: tuple[str, ...]
    note: str


@cache
def _all() -> dict[str, Kind]:
    return {
        row["key"]: Kind(
            key=row["key"],
            names=names(row),
            default_units=MappingProxyType({"DK": row["unit_dk"], "NO": row["unit_no"], "SE": row["unit_se"]}),
            default_urgency=row["urgency"],
            terms=parts(row["terms"]),
            note=row["note"],
        )
        for row in rows("kinds")
    }


def kind(key: str) -> Kind | None:
    """The kind of case of a key, or None."""
    return _all().get(key)


def kinds() -> tuple[Kind, ...]:
    """Every kind of case, in the order of the table."""
    return tuple(_all().values())
