"""Text → question, text → moment. Pure, offline and deterministic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

ALL = ("da", "nb", "nn", "sv", "en")


class Intent(StrEnum):
    """What somebody wants."""

    FIND_CONTACT = "find_contact"
    ACUTE = "acute"
    SPARRING = "sparring"
    GUIDANCE = "guidance"
    OPEN_CASE = "open_case"
    MY_TASKS = "my_tasks"
    ABSENCE = "absence"
    HELP = "help"
    UNKNOWN = "smalltalk_or_unknown"


@dataclass(frozen=True)
class Question:
    """What was understood."""

    intent: Intent
    country: str
    municipality: str | None = None
    kind: str | None = None
    urgency: str | None = None
    topic: str | None = None
    candidates: tuple[str, ...] = ()
    confidence: float = 0.0
    because: tuple[str, ...] = ()


class Understanding:
    """Temporary."""

    def understand(self, text: str, *, country: str, languages: Sequence[str] = ALL) -> Question:
        """Temporary."""
        del languages
        found = "kontakt" in text.lower()
        return Question(Intent.FIND_CONTACT if found else Intent.UNKNOWN, country)
