"""What waits for a person, what she waits for, and her cases with their next step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.cases import FollowupWhat
from bot.domain.intake import GuardedText
from bot.domain.matters import Matter, MatterState


@dataclass(frozen=True, slots=True)
class Task:
    """One open matter as a line in a list. `code` and `permalink` are its case's, `what` and `note` a follow-up's."""

    matter: Matter
    owner_name: str
    asker_name: str
    code: str | None = None
    permalink: str | None = None
    what: FollowupWhat | None = None
    note: GuardedText | None = None


@dataclass(frozen=True, slots=True)
class Tasks:
    """The two lists of one person."""

    on_me: tuple[Task, ...]
    i_wait_for: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class MyCase:
    """One case a person takes part in, and the open matter in it that is due first, whoever owes it."""

    case_id: str
    code: str
    kind: str
    permalink: str | None
    day: int
    """Which day of the case it is, as the child counts: the first is day 1."""
    following: Task | None = None


WAITED = timedelta(days=3)
"""So long a question may wait for its answer before a coordinator sees it as stuck."""


def is_stuck(matter: Matter, now: datetime) -> bool:
    """Whether something is past its due moment, or a question has waited for its answer for `WAITED`."""
    if matter.due_at is not None and matter.due_at < now:
        return True
    return matter.state is MatterState.PROPOSED and matter.created_at < now - WAITED


def day_of(opened_at: datetime, now: datetime) -> int:
    """Which day of a case it is, as the child counts: the first 24 hours are day 1."""
    return (now - opened_at) // timedelta(days=1) + 1


def sorted_for(tasks: list[Task], contact_id: str) -> Tasks:
    """A person's open matters as two lists; what she owes herself stands only in the first."""
    ordered = sorted(tasks, key=earliest)
    return Tasks(
        on_me=tuple(task for task in ordered if task.matter.owner_id == contact_id),
        i_wait_for=tuple(task for task in ordered if task.matter.owner_id != contact_id),
    )


def earliest(task: Task) -> tuple[bool, datetime | None, datetime]:
    """The earliest due first, what has no due moment last, and then the oldest."""
    return (task.matter.due_at is None, task.matter.due_at, task.matter.created_at)


def first_of(tasks: Sequence[Task]) -> Task | None:
    """The one that is due first, or None where there is none."""
    return min(tasks, key=earliest, default=None)
