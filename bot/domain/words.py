"""The promised word: while one side waits, who owes the next news and by when.

PROPOSED ──the debtor says when──► AGREED ──"news is given"──► DONE
                                    ▲   │
                                    └───┘ "nothing new yet, next word by …": a good answer, and the ladder begins anew
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.ladders import Audience, Rung
from bot.domain.ladders import plan as plan_asking
from bot.domain.matters import Matter, MatterState
from bot.domain.people import Contact
from bot.domain.urgency import Urgency
from bot.domain.working_time import WorkingTime

USUAL_DAYS = 5
"""Working days until the next word where nobody said otherwise."""


@dataclass(frozen=True, slots=True)
class Word:
    """A promised word as it is shown: the matter, who owes it, who waits for it."""

    matter: Matter
    owner: Contact
    asker: Contact


def plan(matter: Matter, working_time: WorkingTime, *, now: datetime, urgency: Urgency | None = None) -> Sequence[Rung]:
    """The rungs of a promised word: the debtor is nudged as for every agreement, who waits hears when it is late."""
    rungs = plan_asking(matter, working_time, now=now, urgency=urgency)
    if matter.state is not MatterState.AGREED or matter.due_at is None:
        return rungs
    late = Rung("late", working_time.plus_days(working_time.next_working_moment(matter.due_at), 1), Audience.ASKER)
    return (*rungs, late) if late.at > now else rungs


def next_moment(matter: Matter | None, working_time: WorkingTime, *, now: datetime) -> datetime:
    """When the next word is suggested (UTC): as many working days from now as usual, at the time of the last one."""
    at = matter.due_at.astimezone(working_time.zone).time() if matter and matter.due_at else None
    return working_time.plus_days(now, USUAL_DAYS, at=at)
