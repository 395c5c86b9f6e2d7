"""How soon the other side is needed."""

from __future__ import annotations

from enum import StrEnum


class Urgency(StrEnum):
    """How soon the other side is needed."""

    NOW = "now"
    SAME_DAY = "same-day"
    NEXT_DAY = "next-day"
    ROUTINE = "routine"
