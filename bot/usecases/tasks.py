"""What waits for me, what do I wait for, and how do my cases stand?"""

from __future__ import annotations

from bot.domain import tasks as domain
from bot.domain.errors import NotFound
from bot.domain.people import Actor
from bot.domain.tasks import MyCase, Tasks
from storage import tasks
from storage.uow import UnitOfWork


def mine(work: UnitOfWork, actor: Actor) -> Tasks:
    """Everything open that this person owes or waits for; raises `NotFound` for a stranger."""
    if actor.contact is None:
        raise NotFound("refused.stranger")
    with work.reading():
        return domain.sorted_for(tasks.open_of(work, actor.workspace_id, actor.contact.id), actor.contact.id)


def my_cases(work: UnitOfWork, actor: Actor, *, start: int, most: int) -> tuple[list[MyCase], int]:
    """The open cases this person takes part in, the newest first: `most` of them from `start`, and how many there are.

    Raises `NotFound` for a stranger.
    """
    if actor.contact is None:
        raise NotFound("refused.stranger")
    with work.reading():
        return tasks.cases_of(work, actor.workspace_id, actor.contact.id, start=start, most=most)
