"""What a delivery is about, read in one go: a case, or whatever else a matter can be about."""

from __future__ import annotations

from bot.domain.deliveries import Subject
from bot.domain.matters import Matter, MatterKind
from storage import absences, callbacks, cases, corrections
from storage.uow import UnitOfWork


def subject(work: UnitOfWork, workspace_id: str, *, case_id: str | None, matter: Matter | None) -> Subject | None:
    """What lies behind a delivery's case or matter, or None where it is gone."""
    if matter is not None and matter.kind is MatterKind.SUBSTITUTION:
        absence = absences.of_matter(work, workspace_id, matter.id)
        return absences.views(work, workspace_id, [absence])[0] if absence else None
    if matter is not None and matter.kind is MatterKind.CALLBACK:
        return callbacks.view(work, workspace_id, matter.id)
    if matter is not None and matter.kind is MatterKind.CORRECTION:
        return corrections.view(work, workspace_id, matter.id)
    of_case = case_id or (matter.case_id if matter else None)
    return cases.view(work, workspace_id, of_case) if of_case else None
