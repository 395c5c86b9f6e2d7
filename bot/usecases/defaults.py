"""Whom to ask where nothing is agreed locally: the bundled defaults, down to the control room. Needs no database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.data.countries import country
from bot.data.kinds import kind as bundled_kind
from bot.data.units import unit_kind
from bot.domain.urgency import Urgency
from bot.domain.working_time import WorkingTime

EMERGENCY, CONTROL_ROOM = "emergency", "control-room"
PREFIXES = {"DK": "+45", "NO": "+47", "SE": "+46"}
"""Country codes: short numbers are given in E.164 too."""


@dataclass(frozen=True, slots=True)
class UnitLink:
    """One link of the default chain: a kind of unit, its number (E.164), since when it can be reached, and why (a key).

    `available` is True now, False where nobody knows, else the moment (UTC) at which it opens.
    """

    unit: str
    name: str
    phone: str
    available: bool | datetime
    why: str


def default_chain(
    land: str,
    *,
    kind: str | None,
    acute: bool,
    urgency: str | None,
    language: str,
    now: datetime,
    working_time: Callable[[], WorkingTime],
) -> Sequence[UnitLink]:
    """112 first where danger is now, then the kind's default unit, and always the control room last (promise 2).

    `working_time` gives the police's hours in that country, and is only asked where a unit has office hours.
    """
    found = country(land)
    units: list[str] = [EMERGENCY] if acute or urgency == Urgency.NOW else []
    bundled = bundled_kind(kind) if kind else None
    if bundled is not None and bundled.default_units[land] not in {*units, CONTROL_ROOM}:
        units.append(bundled.default_units[land])
    links = []
    for key in (*units, CONTROL_ROOM):
        unit = unit_kind(key)
        if unit is None:
            continue
        number = found.emergency if key == EMERGENCY else found.control_room_dial
        always = unit.hours == "always"
        opens = now if always else working_time().next_working_moment(now)
        why = f"why.default.{key}" if key in {EMERGENCY, CONTROL_ROOM} else "why.default"
        links.append(
            UnitLink(
                unit=key,
                name=unit.names.get(language, unit.names["en"]),
                phone=f"{PREFIXES[land]}{number}",
                available=opens <= now or opens,
                why=why,
            )
        )
    return links
