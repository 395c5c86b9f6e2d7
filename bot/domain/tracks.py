"""Tracks: how far each side has come with a case. A side moves its own track and says when: that moment is the event.

Deadlines hang on events by name (`police.interview-held`), so tracks and stages keep their names for good.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from bot.domain.errors import BadInput


class Track(StrEnum):
    """Whose way through the case it is; the words are those of `Side`."""

    MUNICIPALITY = "municipality"
    POLICE = "police"
    CHILDRENS_HOUSE = "childrens-house"


NOT_INVOLVED = "not-involved"
STAGES: Mapping[Track, tuple[str, ...]] = MappingProxyType(
    {
        Track.MUNICIPALITY: ("received", "assessed", "child-talked-with", "investigating", "measures", "closed"),
        Track.POLICE: (
            "asked", "report-received", "investigating", "interview-planned", "interview-held", "with-prosecutor",
            "ended",
        ),
        Track.CHILDRENS_HOUSE: (NOT_INVOLVED, "asked", "date-set", "held"),
    }
)  # fmt: skip
"""In the order in which they usually come; any may be skipped (DESIGN.md section 2)."""
STILL_TO_COME = frozenset({"interview-planned", "date-set"})
"""Stages whose date is that of a meeting that is planned: it may lie ahead."""
LONGEST_AGO = timedelta(days=5 * 366)


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """A stage that was reached: when (UTC), and who said so. `on_behalf`: somebody of another side said it."""

    case_id: str
    track: Track
    stage: str
    at: datetime
    set_by: str
    set_at: datetime
    set_by_name: str = ""
    on_behalf: bool = False

    @property
    def name(self) -> str:
        """What deadlines call it: `police.interview-held`."""
        return f"{self.track}.{self.stage}"

    @property
    def order(self) -> int:
        """Its place on the track."""
        return STAGES[self.track].index(self.stage)


def reached(events: Iterable[CaseEvent], track: Track) -> list[CaseEvent]:
    """The stages of a track that were reached, in the track's order."""
    return sorted((event for event in events if event.track is track), key=lambda event: event.order)


def current(events: Iterable[CaseEvent], track: Track) -> CaseEvent | None:
    """Where a track stands: the furthest stage that was reached, or None where nothing was."""
    return next(reversed(reached(events, track)), None)


def event(events: Iterable[CaseEvent], name: str) -> CaseEvent | None:
    """The event of a name (`municipality.received`), or None where it is not known yet."""
    return next((found for found in events if found.name == name), None)


def check_stage(track: Track, stage: str, at: datetime, *, now: datetime) -> None:
    """Raise `BadInput` for a stage another track has, or a moment at which it cannot have been reached."""
    if stage not in STAGES[track]:
        raise BadInput("stage.error.unknown", field="stage")
    if at > now + timedelta(minutes=1) and stage not in STILL_TO_COME:
        raise BadInput("stage.error.ahead", field="at")
    if at < now - LONGEST_AGO:
        raise BadInput("stage.error.long_ago", field="at")


def undone_by(track: Track, stage: str, *, back: bool) -> tuple[str, ...]:
    """The stages that hold no more once a track stands here: those after it, where it went back to it."""
    if not back and stage != NOT_INVOLVED:
        return ()
    return STAGES[track][STAGES[track].index(stage) + 1 :]
