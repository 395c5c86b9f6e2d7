"""What waits for me, what do I wait for, and how do my cases stand?"""

from __future__ import annotations

from bot.domain import tasks as domain
from bot.domain.coordinators import check_coordinator
from bot.domain.errors import NotFound
from bot.domain.people import Actor
from bot.domain.tasks import MyCase, Task, Tasks
from storage import directory, tasks
from storage.uow import UnitOfWork


def mine(work: UnitOfWork, actor: Actor) -> Tasks:
    """Everything open that this person owes or waits for; raises `NotFound` for a stranger."""
    if actor.contact is None:
        raise NotFound("refused.stranger")
    with work.reading():
        return domain.sorted_for(tasks.open_of(work, actor.workspace_id, actor.contact.id), actor.contact.id)


def stuck(work: UnitOfWork, actor: Actor) -> list[Task]:
    """What people of a coordinator's own agency owe that is stuck, the earliest due first.

    Raises `NotAllowed` for everybody else, naming who may, and `NotFound` for a stranger.
    """
    with work.reading():
        everybody = directory.all_contacts(work, actor.workspace_id)
        agency, _ = check_coordinator(actor, everybody)
        theirs = [contact.id for contact in everybody if contact.agency_id == agency.id]
        found = tasks.owed_by(work, actor.workspace_id, theirs)
        return sorted((task for task in found if domain.is_stuck(task.matter, work.now)), key=domain.earliest)


def my_cases(work: UnitOfWork, actor: Actor, *, start: int, most: int) -> tuple[list[MyCase], int]:
    """The open cases this person takes part in, the newest first: `most` of them from `start`, and how many there are.

    Raises `NotFound` for a stranger.
    """
    if actor.contact is None:
        raise NotFound("refused.stranger")
    with work.reading():
        return tasks.cases_of(work, actor.workspace_id, actor.contact.id, start=start, most=most)
