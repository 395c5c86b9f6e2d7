"""A coordinator sees what is stuck in her own agency, and has what could not be sent tried again."""

from __future__ import annotations

from bot.domain import tasks as domain
from bot.domain.coordinators import check_coordinator
from bot.domain.errors import NotFound, Settled
from bot.domain.people import Actor
from bot.domain.stuck import Stuck
from storage import audit, directory, stuck, tasks
from storage.uow import UnitOfWork


def look(work: UnitOfWork, actor: Actor) -> Stuck:
    """What people of the coordinator's own agency owe and is stuck, and what could not be sent.

    Raises `NotAllowed` for everybody else, naming who may, and `NotFound` for a stranger.
    """
    with work.reading():
        everybody = directory.all_contacts(work, actor.workspace_id)
        agency, _ = check_coordinator(actor, everybody)
        theirs = [contact.id for contact in everybody if contact.agency_id == agency.id]
        owed = tasks.owed_by(work, actor.workspace_id, theirs)
        late = sorted((task for task in owed if domain.is_stuck(task.matter, work.now)), key=domain.earliest)
        return Stuck(tuple(late), tuple(stuck.undelivered(work, actor.workspace_id, agency.id)))


def retry(work: UnitOfWork, actor: Actor, *, delivery_id: str, key: str) -> None:
    """Try one of them again; what was settled meanwhile is dropped as always.

    Raises `NotAllowed`, `NotFound` for what is not of her agency, `Settled` where it was tried again already, `Repeated`.
    """
    with work:
        audit.take(work, actor, key)
        agency, _ = check_coordinator(actor, directory.all_contacts(work, actor.workspace_id))
        if delivery_id not in {one.id for one in stuck.undelivered(work, actor.workspace_id, agency.id)}:
            raise NotFound("refused.gone")
        if not stuck.again(work, delivery_id):
            raise Settled("settled.changed")
        audit.record(work, actor, "delivery.retry", delivery_id)
        work.commit()
