"""The budget: what may come alone, and the one morning digest in which a person gets everything else (promise 6).

Alone come statutory rungs, the due moment of anything with a clock time, requests for acceptance of urgency `now` or
`same-day`, call-backs, and what a colleague does this moment: the first question, and a cry for help. Everything else,
and whatever of these is more than a day late and not statutory, waits for the morning.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain.ladders import ASK, HELP, SNOOZED
from bot.domain.matters import DueClock, Matter, MatterKind, MatterState
from bot.domain.people import Contact
from bot.domain.tasks import Task, Tasks
from bot.domain.urgency import Urgency
from bot.domain.working_time import WorkingTime

MORNING = time(8, 0)
FROM_MINUTE, SPREAD_MINUTES = 5, 25
"""Not everybody's digest is due in the same second, and none before the reminders of that morning are."""
LATE = timedelta(days=1)
AHEAD = timedelta(days=1)
"""What others owe a person stands in her digest from a day before it is due."""
GRACE = timedelta(hours=4)
"""So much later than planned a morning's digest still goes out the same day (the bot was away)."""
AT_ONCE = frozenset({ASK, "due", HELP, SNOOZED})
"""Rungs that are the moment itself, that a colleague has just set off, or that their reader asked for."""
NOTICES = frozenset({
    MatterKind.CALLBACK, MatterKind.UPKEEP, MatterKind.SETUP, MatterKind.INCIDENT, MatterKind.CONFIRMATION,
    MatterKind.SUBSTITUTION, MatterKind.CLEARANCE, MatterKind.ROOM, MatterKind.NOBODY,
})  # fmt: skip
"""Kinds of matter that are no reminders of work, have a day of their own, or end by a clock of their own."""


@dataclass(frozen=True, slots=True)
class DigestView:
    """What stands in a person's digest: first what waits for her, then what she waits for."""

    reader: Contact
    language: str
    country: str
    tasks: Tasks

    @property
    def asked_by(self) -> str:
        """Nobody asked for it: it is its reader's."""
        return self.reader.id


def comes_alone(matter: Matter, rung: str, due_at: datetime, *, urgency: Urgency | None, now: datetime) -> bool:
    """Whether a reminder that is due may come alone; all others are bundled. Moments are UTC."""
    if matter.clock is DueClock.STATUTORY or matter.kind in NOTICES:
        return True
    if matter.state is MatterState.PROPOSED and urgency in {Urgency.NOW, Urgency.SAME_DAY}:
        return True
    return rung in AT_ONCE and now - due_at < LATE


def next_morning(contact: Contact, working_time: WorkingTime, now: datetime) -> tuple[date, datetime]:
    """The local day and the moment (UTC) of a person's next digest: in the morning of a day on which she works.

    That is soon after eight, or after she begins where she begins later.
    """
    spread = timedelta(minutes=FROM_MINUTE + sum(contact.id.encode()) % SPREAD_MINUTES)
    day = now.astimezone(working_time.zone).date()
    while True:
        begins = working_time.next_working_moment(datetime.combine(day, MORNING, working_time.zone))
        day = begins.astimezone(working_time.zone).date()
        if now < begins + spread:
            return day, begins + spread
        day += timedelta(days=1)


def contents(tasks: list[Task], bundled: set[str], reader_id: str, *, now: datetime) -> Tasks:
    """The two lists of a digest, what belongs to one case together, the earliest due first.

    What was bundled waits for the reader, be it hers or because she stands behind its owner; beside it stands what she
    asked of others and what is about to be due, or is late.
    """
    ordered = sorted(tasks, key=lambda task: (_first(task, tasks), task.code or "", task.matter.created_at))
    return Tasks(
        on_me=tuple(t for t in ordered if t.matter.id in bundled and not _of_others(t.matter, reader_id)),
        i_wait_for=tuple(
            t for t in ordered if _of_others(t.matter, reader_id) and (t.matter.id in bundled or _soon(t.matter, now))
        ),
    )


def _first(task: Task, tasks: list[Task]) -> tuple[bool, float]:
    """When the first matter of the same case is due; what has no due moment comes last."""
    same = [other for other in tasks if task.code and other.code == task.code] or [task]
    moments = [other.matter.due_at.timestamp() for other in same if other.matter.due_at]
    return not moments, min(moments, default=0.0)


def _of_others(matter: Matter, reader_id: str) -> bool:
    return matter.asker_id == reader_id and matter.owner_id != reader_id


def _soon(matter: Matter, now: datetime) -> bool:
    return matter.due_at is not None and matter.due_at < now + AHEAD
