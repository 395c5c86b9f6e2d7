"""Statutory, targeted, agreed and recommended lengths of time. Shown as "usual deadline: …; check", never as a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from bot.data.reading import parts, rows, yes

Unit = Literal["hours", "calendar_days", "working_days", "weeks", "months", "none"]
Basis = Literal["statute", "target", "agreed", "recommended"]


@dataclass(frozen=True)
class Timeline:
    """How long something usually takes, from which event, and who must act."""

    key: str
    country: str
    name_local: str
    name_en: str
    trigger: str
    length: int | None
    """None: the source fixes no length."""
    unit: Unit
    starts: str
    who: str
    legal_basis: str
    basis: Basis
    basis_note: str
    sure: bool
    """False: from memory or of low confidence, so not shown as a fact."""
    note: str
    source: str


def _basis(text: str) -> tuple[Basis, str]:
    """`statute, at once` → (`statute`, `at once`)."""
    word = text.partition(",")[0].partition(" ")[0]
    return cast("Basis", word), text[len(word) :].lstrip(", ")


@dataclass(frozen=True)
class Attached:
    """Which timelines a case gets, whose they are, and the events they hang on; the lists are in order."""

    timeline: Timeline
    side: str
    events: tuple[str, ...]
    attach: str
    """The event with which it comes into question; empty: from the opening."""
    ends: tuple[str, ...]
    law: str
    """With its paragraph only where that is sure."""
    choice: str


@cache
def attached() -> tuple[Attached, ...]:
    """Every timeline that is given to cases. Nothing about arrest, custody, appeal or access to files is among them."""
    return tuple(
        Attached(
            _all()[row["key"]],
            row["side"],
            parts(row["event"]),
            row["attach"],
            parts(row["ends"]),
            row["law"],
            row["choice"],
        )
        for row in rows("deadlines")
    )


@cache
def _all() -> dict[str, Timeline]:
    found = {}
    for row in rows("timelines"):
        basis, note = _basis(row["kind"])
        found[row["key"]] = Timeline(
            key=row["key"],
            country=row["country"],
            name_local=row["name_local"],
            name_en=row["name_en"],
            trigger=row["trigger"],
            length=int(row["length"]) if row["length"] else None,
            unit=cast("Unit", row["unit"]),
            starts=row["starts"],
            who=row["who"],
            legal_basis=row["legal_basis"],
            basis=basis,
            basis_note=note,
            sure=yes(row["sure"]),
            note=row["note"],
            source=row["source"],
        )
    return found


def timeline(key: str) -> Timeline | None:
    """The timeline of a key, or None."""
    return _all().get(key)


def timelines(country: str) -> tuple[Timeline, ...]:
    """Every timeline of a country, in the order of the table."""
    return tuple(one for one in _all().values() if one.country == country)
