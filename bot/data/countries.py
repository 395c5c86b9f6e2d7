"""The countries Bindeled serves: whom to ring at any hour, the language, the zone, the usual office hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from functools import cache
from zoneinfo import ZoneInfo

from bot.data.reading import parts, rows, yes


@dataclass(frozen=True)
class Country:
    """One country; numbers are as people read them, `control_room_dial` as a telephone takes them."""

    code: str
    language: str
    """The language where no preference is known."""
    languages: tuple[str, ...]
    zone: ZoneInfo
    emergency: str
    control_room_name: str
    """In the country's own language, without the number."""
    control_room: str
    control_room_dial: str
    child_welfare_at_night: str
    municipality_open: time
    municipality_close: time
    police_open: time
    police_close: time
    hours_sure: bool
    """False: the hours are a default from memory. Every office can set its own."""


@cache
def _all() -> dict[str, Country]:
    return {
        row["country"]: Country(
            code=row["country"],
            language=row["language"],
            languages=parts(row["languages"]),
            zone=ZoneInfo(row["zone"]),
            emergency=row["emergency"],
            control_room_name=row["control_room_name"],
            control_room=row["control_room"],
            control_room_dial=row["control_room_dial"],
            child_welfare_at_night=row["child_welfare_at_night"],
            municipality_open=time.fromisoformat(row["municipality_open"]),
            municipality_close=time.fromisoformat(row["municipality_close"]),
            police_open=time.fromisoformat(row["police_open"]),
            police_close=time.fromisoformat(row["police_close"]),
            hours_sure=yes(row["hours_sure"]),
        )
        for row in rows("countries")
    }


def country(code: str) -> Country:
    """The country of a code (`DK`, `NO`, `SE`).

    Raises:
        KeyError: no such country is bundled.
    """
    return _all()[code]


def countries() -> tuple[Country, ...]:
    """Every country, Denmark first."""
    return tuple(_all().values())
