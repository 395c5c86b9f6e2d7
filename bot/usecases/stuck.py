"""A coordinator sees what could not be sent in her own agency, and has it tried again."""

from __future__ import annotations

from bot.domain.coordinators import check_coordinator
from bot.domain.errors import NotFound, Settled
from bot.domain.people import Actor, Agency
from bot.domain.stuck import Stuck
from storage import audit, directory, stuck
from storage.uow import UnitOfWork


def parked(work: UnitOfWork, actor: Actor) -> list[Stuck]:
    """What was given up in the coordinator's own agency; raises `NotAllowed` for everybody else, naming who may."""
    with work.reading():
        return stuck.of_agency(work, actor.workspace_id, _agency(work, actor).id)


def retry(work: UnitOfWork, actor: Actor, *, delivery_id: str, key: str) -> None:
    """Try one of them again; what was settled meanwhile is dropped as always.

    Raises `NotAllowed`, `NotFound` for what is not of her agency, `Settled` where it was tried again already, `Repeated`.
    """
    with work:
        audit.take(work, actor, key)
        agency = _agency(work, actor)
        if delivery_id not in {one.id for one in stuck.of_agency(work, actor.workspace_id, agency.id)}:
            raise NotFound("refused.gone")
        if not stuck.again(work, delivery_id):
            raise Settled("settled.changed")
        audit.record(work, actor, "delivery.retry", delivery_id)
        work.commit()


def _agency(work: UnitOfWork, actor: Actor) -> Agency:
    return check_coordinator(actor, directory.all_contacts(work, actor.workspace_id))[0]
