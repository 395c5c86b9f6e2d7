"""Call-backs: a wish that a contact rings, and where it goes while nobody answers.

    PROPOSED ──accept, later──► AGREED ──done──► DONE
       ▲  └────────done──────────┼───────────────▲
       └───────────pass on───────┘     withdrawn by the asker at any time before: WITHDRAWN

Acknowledged is not done: it stops the ladder until the promised moment, no longer. *Sparring* is the same wish before
a decision; of it only a count and its times stay (DESIGN.md section 2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.ladders import PATIENCE_NOW, Audience, Rung, for_others, is_desk_of, stand_in
from bot.domain.matters import Matter, MatterState, check_answerer
from bot.domain.people import Actor, Contact, Role
from bot.domain.urgency import Urgency
from bot.domain.working_time import WorkingTime

PATIENCE = timedelta(hours=1)
"""Working time one link of the chain has for an answer before the next is asked too."""
LINE = (Audience.SUBSTITUTE, Audience.DESK, Audience.COORDINATOR)
"""In which order the wish moves down."""
LATE = "late-"
"""How the rungs are called that come after a promised moment."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a call-back is about: the details beside its matter, all from closed lists."""

    municipality: str
    kind: str | None = None
    urgency: Urgency | None = None
    sparring: bool = False


class Reach(StrEnum):
    """What became of asking one person."""

    ASKED = "asked"
    UNREACHABLE = "unreachable"
    """Slack does not know her: she has to be rung."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One person who was asked, or reminded, and when (UTC)."""

    contact: Contact
    at: datetime
    reach: Reach = Reach.ASKED


@dataclass(frozen=True, slots=True)
class CallbackView:
    """A call-back as it is shown to both. `asked` is in order of time; `upcoming` is asked next unless somebody answers."""

    matter: Matter
    wish: Wish
    asker: Contact
    owner: Contact
    country: str
    language: str
    asked: tuple[Asked, ...] = ()
    upcoming: Asked | None = None
    late: bool = False
    """The promised moment has passed and somebody else was asked."""

    @property
    def asked_by(self) -> str:
        """The contact who gets the receipt."""
        return self.asker.id

    def may_be_answered_by(self, reader: Contact) -> bool:
        """Whether the buttons are for this reader: what somebody else has promised is hers until she is late."""
        if not self.matter.state.is_open or not answers_for(reader, self.owner):
            return False
        return self.matter.state is MatterState.PROPOSED or reader.id == self.owner.id or self.late


def answers_for(contact: Contact, owner: Contact) -> bool:
    """Whether a person answers for the owner: herself, her substitute, her unit's desk, her agency's coordinator."""
    return (
        contact.id == owner.id
        or contact.key == owner.substitute_key
        or is_desk_of(contact, owner)
        or (contact.role is Role.COORDINATOR and contact.agency_id == owner.agency_id)
    )


def check_may_answer(actor: Actor, owner: Contact, *, stand_in_id: str | None = None) -> Contact:
    """The person who answers a call-back for `owner`: as for every matter, and the desk of her unit.

    Raises `NotAllowed`, naming who may, for everybody else.
    """
    if actor.contact is not None and is_desk_of(actor.contact, owner):
        return actor.contact
    return check_answerer(actor, owner, stand_in_id=stand_in_id)


def line(owner: Contact, everybody: Sequence[Contact], *, asker_id: str) -> tuple[tuple[Audience, Contact], ...]:
    """Who is asked after the owner, in order: only people a message can reach, each of them once, never the asker."""
    found: list[tuple[Audience, Contact]] = []
    for audience in LINE:
        contact = stand_in(audience, owner, everybody)
        taken = {owner.id, asker_id, *(c.id for _, c in found)}
        if contact is not None and contact.can_be_reached and contact.id not in taken:
            found.append((audience, contact))
    return tuple(found)


def receivers(owner: Contact, passer: Contact, everybody: Sequence[Contact], *, asker_id: str) -> tuple[Contact, ...]:
    """To whom a call-back can be passed on: the owner's substitute, and the desks and coordinators of her agency.

    Whoever passes it on, the owner and the asker are left out, and whoever no message can reach.
    """
    left_out = {owner.id, passer.id, asker_id}
    return tuple(
        c
        for c in everybody
        if c.can_be_reached
        and c.id not in left_out
        and (
            (c.key == owner.substitute_key)
            or (c.agency_id == owner.agency_id and c.role in {Role.DESK, Role.COORDINATOR})
        )
    )


def plan(
    matter: Matter,
    urgency: Urgency | None,
    audiences: Sequence[Audience],
    working_time: WorkingTime,
    *,
    now: datetime,
) -> tuple[Rung, ...]:
    """The rungs a call-back starts with now; `audiences` is the line behind its owner, `working_time` is the owner's.

    Asked: the owner at once, then one more of the line each time its patience has run out. Accepted: the owner at the
    promised moment, which without a promise is one patience away, then the line. Settled: none.
    """
    if matter.state is MatterState.PROPOSED:
        first, prefix = Rung("ask", now, Audience.OWNER), ""
    elif matter.state is MatterState.AGREED:
        first, prefix = Rung("due", matter.due_at or wait(now, 1, urgency, working_time), Audience.OWNER), LATE
    else:
        return ()
    return (
        first,
        *(
            Rung(
                f"{prefix}{audience}",
                wait(first.at, place, urgency, for_others(working_time, urgency, audience)),
                audience,
            )
            for place, audience in enumerate(audiences, start=1)
        ),
    )


def wait(moment: datetime, times: int, urgency: Urgency | None, working_time: WorkingTime) -> datetime:
    """The moment at which one link's patience has run out so many times since `moment` (UTC)."""
    if urgency is Urgency.NOW:
        return moment + times * PATIENCE_NOW
    return working_time.plus_hours(moment, times * PATIENCE / timedelta(hours=1))
