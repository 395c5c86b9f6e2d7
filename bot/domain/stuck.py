"""What could not be sent for good: given up with its reason, for a coordinator to put right and to try again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.deliveries import DeliveryKind
from bot.domain.matters import MatterKind


@dataclass(frozen=True, slots=True)
class Stuck:
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
