"""The budget: what may come alone, and the one morning digest in which a person gets everything else (promise 6).

Alone come statutory rungs, the due moment of anything with a clock time, requests for acceptance of urgency `now` or
`same-day`, call-backs, and what a colleague does this moment: the first question, and a cry for help. Everything else,
and whatever of these is more than a day late and not statutory, waits for the morning.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.incidents import NOTICE
from bot.domain.ladders import ASK, HELP, SNOOZED
from bot.domain.matters import DueClock, Matter, MatterKind, MatterState
from bot.domain.people import Contact
from bot.domain.preferences import chosen
from bot.domain.tasks import Task, Tasks
from bot.domain.urgency import Urgency
from bot.domain.working_time import MORNING, WorkingTime

FROM_MINUTE, SPREAD_MINUTES = 5, 25
"""Not everybody's digest is due in the same second, and none before the reminders of that morning are."""
FROM_SECOND = 30
"""The same, in seconds, of the time somebody has chosen for herself: the minute is hers."""
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


def comes_at_any_hour(matter: Matter, rung: str, urgency: Urgency | None) -> bool:
    """Whether a reminder heeds nobody's quiet hours: what a law wants, what is asked now, and what she typed this moment."""
    if matter.clock is DueClock.STATUTORY or (matter.kind is MatterKind.INCIDENT and rung == NOTICE):
        return True
    asked = matter.state is MatterState.PROPOSED or matter.kind is MatterKind.CALLBACK or rung == HELP
    return asked and urgency is Urgency.NOW


def next_morning(contact: Contact, working_time: WorkingTime, now: datetime) -> tuple[date, datetime]:
    """The local day and the moment (UTC) of a person's next digest: in the morning of a day on which she works.

    That is at the time she has chosen; else soon after her agency's time, or eight; and where she does not work then,
    when she next begins on that day, or began last.
    """
    wanted, spread = (
        chosen(contact).digest_at or MORNING,
        timedelta(seconds=FROM_SECOND + _number(contact) % FROM_SECOND),
    )
    if contact.prefers.digest_at is None:
        spread = timedelta(minutes=FROM_MINUTE + _number(contact) % SPREAD_MINUTES)
    day = now.astimezone(working_time.zone).date()
    while True:
        begins = working_time.next_working_moment(datetime.combine(day, time(), working_time.zone))
        day = begins.astimezone(working_time.zone).date()
        at = _on(day, wanted, working_time) + spread
        if now < at:
            return day, at
        day += timedelta(days=1)


def _on(day: date, wanted: time, working_time: WorkingTime) -> datetime:
    """A local time of a working day, or when she begins next on that day, or, where she has left, began last."""
    moment = datetime.combine(day, wanted, working_time.zone).astimezone(UTC)
    *_, last = working_time.stretches(day)
    return next((max(start, moment) for start, end in working_time.stretches(day) if end > moment), last[0])


def _number(contact: Contact) -> int:
    return sum(contact.id.encode())


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
