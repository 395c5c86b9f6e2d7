"""What waits for a person, and what she waits for: her open matters, the earliest due first."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.cases import FollowupWhat
from bot.domain.intake import GuardedText
from bot.domain.matters import Matter


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


def sorted_for(tasks: list[Task], contact_id: str) -> Tasks:
    """A person's open matters as two lists; what she owes herself stands only in the first."""
    ordered = sorted(tasks, key=lambda task: (task.matter.due_at is None, task.matter.due_at, task.matter.created_at))
    return Tasks(
        on_me=tuple(task for task in ordered if task.matter.owner_id == contact_id),
        i_wait_for=tuple(task for task in ordered if task.matter.owner_id != contact_id),
    )
