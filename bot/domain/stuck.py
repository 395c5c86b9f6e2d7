"""What is stuck in one agency, for its coordinator: what is past its time, and what could not be sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.deliveries import DeliveryKind
from bot.domain.matters import MatterKind
from bot.domain.tasks import Task


@dataclass(frozen=True, slots=True)
class Undelivered:
    """One delivery that was given up, with why: Slack's own word, or ours. `due_at` is UTC."""

    id: str
    kind: DeliveryKind
    reason: str
    due_at: datetime
    person: str | None = None
    """Whom it was for."""
    code: str | None = None
    """Its case's."""
    about: MatterKind | None = None


@dataclass(frozen=True, slots=True)
class Stuck:
    """All of one agency: what its people owe and is stuck, the earliest due first; what was given up, the latest first."""

    tasks: tuple[Task, ...]
    undelivered: tuple[Undelivered, ...]
