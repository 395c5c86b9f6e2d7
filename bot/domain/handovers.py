"""A place in a case passes from one person to another of the same agency: asked, accepted, and until then hers who has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from bot.domain.cases import CaseView, ParticipantState
from bot.domain.errors import BadInput, NotAllowed
from bot.domain.matters import Matter, MatterKind
from bot.domain.people import Actor, Contact

GONE = "somebody-took-over"
"""Why the question who takes over ended."""


@dataclass(frozen=True, slots=True)
class HandoverView:
    """What is asked: in which case, whose place, of whom; `matter` is a handover or the question who takes over."""

    matter: Matter
    view: CaseView
    holder: Contact
    """Whose place it is."""
    owner: Contact
    """Who is asked to take it, or, where nobody is yet, the coordinator who must find somebody."""
    asker: Contact

    @property
    def country(self) -> str:
        """Whose hours hold where a reader's own are not known."""
        return self.view.country

    @property
    def language(self) -> str:
        """The language of a reader whose own is not known."""
        return self.view.language

    @property
    def asked_by(self) -> str:
        """The contact who gets the receipt."""
        return self.matter.asker_id


def holders(view: CaseView, actor: Actor) -> list[Contact]:
    """Whose place this person may hand over: her own first, and as a coordinator those of her agency.

    Raises `NotAllowed`, naming who takes part, where there is none.
    """
    mine = actor.contact
    taking_part = [p.contact for p in view.participants if p.state is ParticipantState.ACCEPTED]
    found = [
        c
        for c in taking_part
        if mine is not None and (c.id == mine.id or (actor.is_coordinator and c.agency_id == mine.agency_id))
    ]
    if not found:
        raise NotAllowed("refused.not_participant", participants=", ".join(c.name for c in taking_part))
    return sorted(found, key=lambda c: mine is None or c.id != mine.id)


def check_receiver(holder: Contact, receiver: Contact | None) -> Contact:
    """Who can take over: somebody else of the holder's own agency; raises `BadInput`."""
    if receiver is None or receiver.id == holder.id or receiver.agency_id != holder.agency_id:
        raise BadInput("handover.error.receiver", field="receiver", agency=holder.agency_name)
    return receiver


def succession_id(case_id: str, contact_id: str) -> str:
    """The same for the same case and person, so that two processes ask only once who takes over."""
    return sha256(f"{MatterKind.SUCCESSION}:{case_id}:{contact_id}".encode()).hexdigest()[:24]


def coordinator_of(holder: Contact, coordinators: Sequence[Contact]) -> Contact | None:
    """Who finds somebody else for a person who left: a coordinator of her own agency who can be reached, or None."""
    theirs = [c for c in coordinators if c.agency_id == holder.agency_id and c.id != holder.id]
    return next((c for c in theirs if c.can_be_reached), None)
