"""Ladders: who is reminded when, before, at and after a due moment. Planned as values; storage keeps the rungs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from bot.domain.matters import Matter, MatterState
from bot.domain.people import Contact, Role
from bot.domain.working_time import WorkingTime


class Audience(StrEnum):
    """To whom a rung goes; who that is at this moment is looked up when it is sent."""

    OWNER = "owner"
    SUBSTITUTE = "substitute"
    DESK = "desk"
    """The desk of the owner's unit."""
    COORDINATOR = "coordinator"
    ASKER = "asker"


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a ladder: a name, a moment (UTC) and an audience."""

    name: str
    at: datetime
    audience: Audience


def stand_in(audience: Audience, owner: Contact, everybody: Sequence[Contact]) -> Contact | None:
    """Who stands behind an owner as substitute, desk or coordinator of her own agency, or None where nobody does."""
    match audience:
        case Audience.SUBSTITUTE:
            return next((c for c in everybody if c.key == owner.substitute_key), None)
        case Audience.DESK:
            return next((c for c in everybody if is_desk_of(c, owner)), None)
        case Audience.COORDINATOR:
            return next((c for c in everybody if c.role is Role.COORDINATOR and c.agency_id == owner.agency_id), None)
        case _:
            return None


def is_desk_of(contact: Contact, owner: Contact) -> bool:
    """Whether this is the desk of the owner's unit."""
    return contact.role is Role.DESK and contact.agency_id == owner.agency_id and contact.unit == owner.unit


MORNING = time(9, 0)
ASK_AGAIN = (
    ("again", 4, Audience.OWNER),
    ("substitute", 8, Audience.SUBSTITUTE),
    ("coordinator", 12, Audience.COORDINATOR),
)
"""Working hours after which a request for acceptance is repeated, and to whom."""
OVERDUE = (("overdue-1", 1, Audience.OWNER), ("overdue-3", 3, Audience.COORDINATOR))
"""Working days after the due moment of an agreement, or after the working hour it was put off to."""


def plan(matter: Matter, working_time: WorkingTime, *, now: datetime) -> Sequence[Rung]:
    """The rungs an open matter starts with now: asked for acceptance where proposed, reminded of its due moment where agreed.

    `working_time` is the owner's. Rungs that would lie in the past are left out, except the first question, which is
    at once. A settled matter has none.
    """
    if matter.state is MatterState.PROPOSED:
        return (
            Rung("ask", now, Audience.OWNER),
            *(Rung(name, working_time.plus_hours(now, hours), audience) for name, hours, audience in ASK_AGAIN),
        )
    if matter.state is MatterState.AGREED and matter.due_at is not None:
        due = working_time.next_working_moment(matter.due_at)
        rungs = (
            Rung("day-before", working_time.plus_days(matter.due_at, -1, at=MORNING), Audience.OWNER),
            Rung("due", due, Audience.OWNER),
            *(Rung(name, working_time.plus_days(due, days), audience) for name, days, audience in OVERDUE),
        )
        return tuple(rung for rung in rungs if rung.at > now)
    return ()
