"""Clearances: what may be said or done towards child, parents, school or others, by whom, until when.

    PROPOSED ──the other side accepts──► AGREED ──until──► a question to both, never a yes
       │ declined, withdrawn                │ revoked by either side, or replaced by a newer one: WITHDRAWN

Whoever proposes has accepted for her own side. A newer one for the same people and the same side takes the old one's
place when it is accepted; until then the old one holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.ladders import Audience, Rung
from bot.domain.ladders import plan as plan_asking
from bot.domain.matters import Matter, MatterState
from bot.domain.people import Contact, Side
from bot.domain.urgency import Urgency
from bot.domain.working_time import WorkingTime

REPLACED, REVOKED = "replaced", "revoked"
"""Why a clearance that held does so no more."""


class Towards(StrEnum):
    """Towards whom."""

    CHILD = "child"
    PARENTS = "parents"
    SCHOOL = "school"
    OTHERS = "others"


class Level(StrEnum):
    """How far it goes."""

    NOTHING = "nothing"
    PRACTICAL = "practical"
    AFTER_INTERVIEW = "after-interview"
    """Free, once the video interview was held."""
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Need:
    """What a step needs before it is done: towards whom, and the least that must be cleared."""

    towards: Towards
    least: Level


@dataclass(frozen=True, slots=True)
class Clearance:
    """A clearance as it is shown. `by` is the side that may say or do it; the matter's due moment is until when."""

    matter: Matter
    towards: Towards
    level: Level
    by: Side
    owner: Contact
    """Who accepts, or accepted, for the other side."""
    asker: Contact
    expired: bool = False
    """It ran out: both are asked, and until they answer it is none."""
    ended_by: str | None = None
    """The contact who gave it up, where somebody did."""

    @property
    def stands(self) -> bool:
        """Whether both sides have accepted it and it has not run out."""
        return self.matter.state is MatterState.AGREED and not self.expired

    def is_like(self, other: Clearance) -> bool:
        """Whether both are about the same people and the same side: only one of them can hold."""
        return self.towards is other.towards and self.by is other.by

    def covers(self, need: Need, *, interview_held: bool) -> bool:
        """Whether this clearance is enough for a step."""
        if not self.stands or self.towards is not need.towards:
            return False
        if self.level is Level.FREE or (self.level is Level.AFTER_INTERVIEW and interview_held):
            return True
        return self.level is Level.PRACTICAL and need.least is Level.PRACTICAL


def is_covered(need: Need, clearances: Iterable[Clearance], *, interview_held: bool) -> bool:
    """Whether any clearance of a case is enough for a step."""
    return any(one.covers(need, interview_held=interview_held) for one in clearances)


def is_expired(matter: Matter, now: datetime) -> bool:
    """Whether a clearance that was accepted has run out."""
    return matter.state is MatterState.AGREED and matter.due_at is not None and matter.due_at <= now


def taken_back(matter: Matter) -> Matter:
    """A settled clearance as it was before: what somebody gave up holds again, anything else is a question again."""
    if matter.reason != REVOKED:
        return matter.reopened(asking=False)
    return replace(matter.reopened(asking=False), state=MatterState.AGREED)


def plan(matter: Matter, working_time: WorkingTime, *, now: datetime, urgency: Urgency | None = None) -> Sequence[Rung]:
    """The rungs of a clearance: asked as any proposal; when it runs out both sides are asked what holds now.

    It runs out at its moment, at any hour: a clearance that nobody renewed must not look like one overnight.
    """
    if matter.state is not MatterState.AGREED:
        return plan_asking(matter, working_time, now=now, urgency=urgency)
    if matter.due_at is None:
        return ()
    again = working_time.plus_days(matter.due_at, 1)
    rungs = (
        Rung("expired", matter.due_at, Audience.OWNER),
        Rung("expired", matter.due_at, Audience.ASKER),
        Rung("expired-again", again, Audience.OWNER),
        Rung("expired-again", again, Audience.ASKER),
        Rung("expired-help", working_time.plus_days(matter.due_at, 3), Audience.COORDINATOR),
    )
    return tuple(rung for rung in rungs if rung.at > now)
