"""The auditor: is anything past its time and still unsent? It looks every few minutes and changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import sending
from storage.uow import UnitOfWork

GRACE = timedelta(minutes=5)
"""So long a delivery may wait for its turn (a channel takes one a second, Slack asks for patience) before it is late."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the auditor found: undecided rows by state, those past their time, and those that were given up."""

    waiting: dict[str, int]
    overdue: int
    oldest_seconds: float
    parked: int


def look(work: UnitOfWork, *, workspace_id: str, at: datetime) -> Findings:
    """How the deliveries of a workspace stand that could have been sent `GRACE` before a moment (UTC)."""
    with work.reading():
        late = sending.late(work, workspace_id, since=at - GRACE)
        oldest = (at - min(late)).total_seconds() if late else 0.0
        counted = sending.counts(work, workspace_id)
        return Findings(
            {state: n for state, n in counted.items() if state != "parked"}, len(late), oldest, counted.get("parked", 0)
        )
