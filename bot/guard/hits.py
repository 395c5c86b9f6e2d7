"""What a layer reports, before it is decided what becomes of it: a stretch of the folded text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.guard.findings import Kind


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch of folded text, its kind, how certain a layer is (0-1), the reason and the cue as keys."""

    start: int
    end: int
    kind: Kind
    certainty: float
    why: str
    cue: str | None = None
