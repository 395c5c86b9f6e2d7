"""Kinds of police unit, with their names in five languages. Titles differ between districts; these are defaults."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from bot.data.reading import names, rows

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class UnitKind:
    """One kind of unit; the control room's number stands with the country, since it goes with the place, not the reader."""

    key: str
    names: Mapping[str, str]
    """By language: da, nb, nn, sv, en."""
    hours: Literal["always", "office"]
    use_for: str


@cache
def _all() -> dict[str, UnitKind]:
    return {
        row["key"]: UnitKind(
            key=row["key"],
            names=names(row),
            hours="always" if row["hours"] == "always" else "office",
            use_for=row["use_for"],
        )
        for row in rows("units")
    }


def unit_kind(key: str) -> UnitKind | None:
    """The kind of unit of a key, or None."""
    return _all().get(key)


def unit_kinds() -> tuple[UnitKind, ...]:
    """Every kind of unit, in the order of the table."""
    return tuple(_all().values())
