"""Who may change an agency's part of the directory: its coordinators, and nobody else."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.errors import NotAllowed, NotFound
from bot.domain.people import Actor, Agency, Contact, Role


def check_coordinator(actor: Actor, everybody: Iterable[Contact]) -> tuple[Agency, Contact]:
    """The coordinator behind a request and her agency; for others of an agency `NotAllowed`, naming who may.

    Raises `NotFound` for a stranger: she learns nothing.
    """
    if actor.agency is None or actor.contact is None:
        raise NotFound("refused.stranger")
    if actor.is_coordinator:
        return actor.agency, actor.contact
    theirs = [c.name for c in everybody if c.role is Role.COORDINATOR and c.agency_id == actor.agency.id]
    if not theirs:
        raise NotAllowed("refused.no_coordinator", agency=actor.agency.name)
    raise NotAllowed("refused.not_coordinator", names=", ".join(theirs))
