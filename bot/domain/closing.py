"""How a case ends: why, what became of what was still open, how the cooperation was; and when it is forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.cases import CaseView, FollowupWhat
from bot.domain.intake import GuardedText
from bot.domain.matters import Matter, MatterKind, MatterState

RETENTION = timedelta(days=90)
"""How long a closed case is kept where nothing else is set (DESIGN.md section 6)."""
FILE_KEPT = timedelta(hours=24)
"""How long the file for the journal stays in the direct message it was sent in."""
MOST_LEFT = 20
"""Open agreements that get a question of their own in the form; one answer serves the rest."""


class CloseReason(StrEnum):
    """Why the two sides need this thread no more. Never what became of anybody."""

    AGREED_DONE = "agreed-done"
    NOTHING_MORE = "nothing-more"
    OTHER_AGENCY = "other-agency"
    BY_MISTAKE = "by-mistake"


class LeftReason(StrEnum):
    """What becomes of an agreement that is still open when the case is closed."""

    NOT_NEEDED = "not-needed"
    DONE_ELSEWHERE = "done-elsewhere"
    IN_OWN_SYSTEM = "in-own-system"
    UNKNOWN = "unknown"


class ReopenReason(StrEnum):
    """Why a closed case is needed again."""

    NEW_NEED = "new-need"
    TOO_EARLY = "too-early"
    BY_MISTAKE = "by-mistake"


class CoopQuestion(StrEnum):
    """What is asked at the end: about the cooperation, never about the child."""

    ANSWER_IN_TIME = "answer-in-time"
    WHO_DOES_WHAT = "who-does-what"
    AGREED_WAS_KEPT = "agreed-was-kept"


class CoopAnswer(StrEnum):
    """What can be answered."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


CASE_CLOSED = "case-closed"
"""Why a request nobody had answered ended: the case did."""
OBLIGATIONS = frozenset(MatterKind) - {
    MatterKind.PARTICIPATION,
    MatterKind.HANDOVER,
    MatterKind.SUCCESSION,
    MatterKind.COUNTER,
    MatterKind.CLEARANCE,
    MatterKind.DEADLINE,
}
"""What somebody owes or was asked to owe; who takes part, other terms, what may be said, what a law wants: that simply ends with the case."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done in a case: when (UTC), what (a verb of the audit), by whom; empty where nobody did it.

    `about` is the follow-up it was done to, with the guarded words beside it, where it was one.
    """

    at: datetime
    verb: str
    by: str
    agency: str
    about: FollowupWhat | None = None
    note: GuardedText | None = None


@dataclass(frozen=True, slots=True)
class ExportView:
    """A case as the file for the journal tells it: the case and its steps, for the person who asked for it."""

    view: CaseView
    steps: tuple[Step, ...]
    asked_by: str

    @property
    def country(self) -> str:
        """Whose hours and zone the file is written in."""
        return self.view.country

    @property
    def language(self) -> str:
        """The language of a reader whose own is not known."""
        return self.view.language


def left(matter: Matter, reason: str, now: datetime) -> Matter:
    """An open matter, ended because its case is closed."""
    return matter.moved(MatterState.WITHDRAWN, now, reason=reason)


def is_owed(matter: Matter) -> bool:
    """Whether closing the case needs a word about this matter."""
    return matter.state.is_open and matter.kind in OBLIGATIONS
