"""What a delivery is about, read in one go: a case, or whatever else a matter can be about."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.domain.absences import AbsenceView
from bot.domain.deliveries import Subject
from bot.domain.holes import Lists
from bot.domain.matters import Matter, MatterKind
from storage import (
    absences,
    callbacks,
    cases,
    channels,
    confirmations,
    corrections,
    deadlines,
    drafts,
    handovers,
    incidents,
    memberships,
    setup,
    upkeep,
)
from storage.uow import UnitOfWork


def subject(
    work: UnitOfWork, workspace_id: str, *, case_id: str | None, matter: Matter | None, lists: Callable[[], Lists]
) -> Subject | None:
    """What lies behind a delivery's case or matter, or None where it is gone. `lists` is what holes are found with."""
    if matter is not None and matter.kind is MatterKind.UPKEEP:
        return upkeep.view(work, matter, lists())
    if matter is not None and matter.kind in VIEWS:
        return VIEWS[matter.kind](work, matter)
    of_case = case_id or (matter.case_id if matter else None)
    return cases.view(work, workspace_id, of_case, with_matter=matter.id if matter else None) if of_case else None


def _absence(work: UnitOfWork, matter: Matter) -> AbsenceView | None:
    absence = absences.of_matter(work, matter.workspace_id, matter.id)
    return absences.views(work, matter.workspace_id, [absence])[0] if absence else None


VIEWS: Mapping[MatterKind, Callable[[UnitOfWork, Matter], Subject | None]] = {
    MatterKind.CONFIRMATION: confirmations.view,
    MatterKind.CHANNEL: channels.wish,
    MatterKind.SETUP: setup.view,
    MatterKind.SUBSTITUTION: _absence,
    MatterKind.CALLBACK: lambda work, matter: callbacks.view(work, matter.workspace_id, matter.id),
    MatterKind.DEADLINE: deadlines.view_of,
    MatterKind.CORRECTION: lambda work, matter: corrections.view(work, matter.workspace_id, matter.id),
    MatterKind.ROOM: lambda work, matter: drafts.view(work, matter.workspace_id, matter.id),
    MatterKind.INCIDENT: incidents.view,
    MatterKind.MEMBERSHIP: lambda work, matter: memberships.view(work, matter.workspace_id, matter.id),
    MatterKind.HANDOVER: lambda work, matter: handovers.view(work, matter.workspace_id, matter.id),
    MatterKind.SUCCESSION: lambda work, matter: handovers.view(work, matter.workspace_id, matter.id),
}
"""What each kind of matter is about that is not its case alone; a further kind is a further line."""
