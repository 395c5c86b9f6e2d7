"""What is still missing before the bot can answer its first question, and the welcome that leads a coordinator there."""

from __future__ import annotations

from bot.domain.cases import Room
from bot.domain.deliveries import Delivery, DeliveryKind, DeliveryState
from bot.domain.errors import NotFound
from bot.domain.ladders import Audience, Rung
from bot.domain.matters import Matter, MatterKind, MatterState, check_answerer, proposed
from bot.domain.people import Actor, Contact, Role
from bot.domain.setup import SetUp, SetupView, welcome_id
from storage import audit, deliveries, directory, matters, rooms, settling, setup
from storage.schema import new_id
from storage.uow import UnitOfWork

AGAIN_DAYS = 2
"""Working days after which a coordinator whose next step is still undone is reminded once."""


def how_far(work: UnitOfWork, *, workspace_id: str) -> SetUp:
    """How far a workspace has been set up."""
    with work.reading():
        return setup.how_far(work, workspace_id)


def rooms_of(work: UnitOfWork, *, workspace_id: str) -> list[Room]:
    """Every room of a workspace."""
    with work.reading():
        return rooms.rooms_of(work, workspace_id)


def plan(work: UnitOfWork, *, workspace_id: str) -> None:
    """Welcome every coordinator of a workspace that is not ready, once; end the welcomes of one that is."""
    with work:
        ready = setup.how_far(work, workspace_id).next_step is None
        if ready:
            for matter in setup.open_welcomes(work, workspace_id):
                _settle(work, matter)
        else:
            for contact in directory.all_contacts(work, workspace_id):
                if contact.role is Role.COORDINATOR and contact.can_be_reached:
                    _welcome(work, contact)
        work.commit()


def joined(work: UnitOfWork, actor: Actor, *, channel: str, key: str) -> None:
    """The bot was invited to a channel: one short hello is on its way, once for each channel."""
    with work:
        audit.take(work, actor, key)
        hello = Delivery(
            id=new_id(), workspace_id=actor.workspace_id, kind=DeliveryKind.HELLO, state=DeliveryState.DUE,
            due_at=work.now, lane=channel, channel=channel,
        )  # fmt: skip
        deliveries.add(work, hello, dedupe=f"hello:{actor.workspace_id}:{channel}")
        work.commit()


def check(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str) -> SetupView:
    """*Tjek igen*: where things stand now; the welcome is edited, and ends where nothing is missing any more."""
    with work:
        audit.take(work, actor, key)
        matter = None if actor.is_stranger else matters.matter(work, actor.workspace_id, matter_id)
        if matter is None or matter.kind is not MatterKind.SETUP:
            raise NotFound("refused.gone")
        found = setup.view(work, matter)
        check_answerer(actor, found.owner)
        if found.step is None and matter.state.is_open:
            _settle(work, matter)
        else:
            deliveries.refresh_sent(work, matter_id=matter_id)
        audit.record(work, actor, "setup.check", matter_id)
        work.commit()
        return found


def _welcome(work: UnitOfWork, contact: Contact) -> None:
    matter = proposed(welcome_id(contact.id), MatterKind.SETUP, contact, contact.id, now=work.now)
    if matters.add_once(work, matter):
        later = work.working_time_of(contact).plus_days(work.now, AGAIN_DAYS)
        deliveries.add_rungs(
            work, matter, [Rung("ask", work.now, Audience.OWNER), Rung("again", later, Audience.OWNER)]
        )


def _settle(work: UnitOfWork, matter: Matter) -> None:
    done = matter.moved(MatterState.DONE, work.now)
    settling.settle(work, matter, done)
