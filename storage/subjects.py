"""What a delivery is about, read in one go: a case, and later whatever else a matter can belong to."""

from __future__ import annotations

from bot.domain.deliveries import Subject
from bot.domain.matters import Matter
from storage import cases
from storage.uow import UnitOfWork


def subject(work: UnitOfWork, workspace_id: str, *, case_id: str | None, matter: Matter | None) -> Subject | None:
    """What lies behind a delivery's case or matter, or None where it is gone."""
    of_case = case_id or (matter.case_id if matter else None)
    return cases.view(work, workspace_id, of_case) if of_case else None
