"""A private channel for each case: what it is called, who is in it, and what both sides must want before there are any. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.cases import ParticipantState, Room
from bot.domain.matters import Matter
from bot.domain.people import Agency, Contact, Role, Side

MOST_NAME = 80
"""Characters of a channel's name in Slack, lower case, digits and dashes."""
PREFIX = "bindeled"
TRIES = 5
"""Names that are tried where somebody else's channel is called like that."""
MOST_LOOKED_AT = 40
"""People of both sides whose workspace is asked for (Slack: about a hundred such questions a minute)."""
BACK = "back-to-threads"
"""Why an unanswered wish ended: somebody went back to threads."""
PRESENT = frozenset({ParticipantState.ACCEPTED, ParticipantState.ASKED})


class Apart(StrEnum):
    """Why there can be no private channels: not everybody sits in one workspace, or nobody can say yes for a side."""

    SHARED = "shared"
    PERSON = "person"
    NOBODY = "nobody"
    NO_SIDE = "no-side"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stands against private channels; `name` is the person who sits elsewhere."""

    apart: Apart
    name: str = ""


@dataclass(frozen=True, slots=True)
class WishView:
    """The wish for a channel for each case as both coordinators see it; `room` is as it is now."""

    matter: Matter
    room: Room
    owner: Contact
    asker: Contact

    @property
    def country(self) -> str:
        """The country of the room."""
        return self.room.country

    @property
    def language(self) -> str:
        """The language of a reader whose own is not known."""
        return self.room.language

    @property
    def asked_by(self) -> str:
        """The coordinator who wished for it."""
        return self.matter.asker_id


def names(code: str) -> tuple[str, ...]:
    """What the channel of a case may be called, the first that is free: always the same for the same code."""
    base = f"{PREFIX}-{code.lower()}"[: MOST_NAME - 3]
    return (base, *(f"{base}-{number}" for number in range(2, TRIES + 1)))


def readers(
    places: Iterable[tuple[str, ParticipantState, str | None]],
    people: Mapping[str, Contact],
    everybody: Sequence[Contact],
    stand_ins: Mapping[str, str],
) -> list[str]:
    """The ids of all who are in a case's channel; `stand_ins` says who answers for somebody who is away.

    That is who takes part or is asked, who took a place for her, and their stand-ins; and every coordinator of an
    agency that has or had a place. In a private channel to read is to be a member: whoever is not named here is taken out again.
    """
    listed = list(places)
    there = [one for contact_id, state, by_id in listed if state in PRESENT for one in (contact_id, by_id) if one]
    there += [stand_ins[one] for one in list(there) if one in stand_ins]
    agencies = {people[contact_id].agency_id for contact_id, _, _ in listed if contact_id in people}
    there += [c.id for c in everybody if c.role is Role.COORDINATOR and c.agency_id in agencies]
    reached = {c.id for c in everybody if c.can_be_reached}
    return [one for one in dict.fromkeys(there) if one in reached]


def both_sides(everybody: Iterable[Contact], answering: Collection[str], municipality: str) -> list[Contact]:
    """Whose workspace is asked for: people in Slack of the agencies (ids) that answer for a place, coordinators first."""
    here = [
        c
        for c in everybody
        if c.slack_id and c.agency_id in answering and (c.role is Role.COORDINATOR or municipality in c.municipalities)
    ]
    return sorted(here, key=lambda c: c.role is not Role.COORDINATOR)[:MOST_LOOKED_AT]


def other_side(
    agency: Agency, answering: Iterable[Agency], everybody: Sequence[Contact]
) -> tuple[Contact | None, Apart | None]:
    """The coordinator who says yes for the other side, of the agencies that answer for a place; or why nobody can."""
    if agency.side not in {Side.MUNICIPALITY, Side.POLICE}:
        return None, Apart.NO_SIDE
    theirs = {one.id for one in answering if one.side is agency.side.opposite}
    staff = {one: sum(c.agency_id == one for c in everybody) for one in theirs}
    leading = [c for c in everybody if c.role is Role.COORDINATOR and c.agency_id in theirs and c.can_be_reached]
    # Where several agencies of a side answer for a place, the one with most people does.
    found = max(leading, key=lambda c: staff[c.agency_id], default=None)
    return found, None if found else Apart.NOBODY
