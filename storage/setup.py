"""How far a workspace has been set up, counted."""

from __future__ import annotations

from sqlalchemy import select

from bot.domain.matters import Matter, MatterKind, MatterState
from bot.domain.people import Role, Side
from bot.domain.setup import SetUp, SetupView
from storage import directory, rooms
from storage.matters import matters, to_matter
from storage.uow import UnitOfWork


def how_far(work: UnitOfWork, workspace_id: str) -> SetUp:
    """What there is."""
    agencies = directory.agencies_of(work, workspace_id)
    people = directory.all_contacts(work, workspace_id)
    return SetUp(
        municipalities=sum(agency.side is Side.MUNICIPALITY for agency in agencies),
        police=sum(agency.side is Side.POLICE for agency in agencies),
        coordinators=sum(person.role is Role.COORDINATOR and person.can_be_reached for person in people),
        contacts=len(people),
        contacts_without_slack=sum(not person.can_be_reached for person in people),
        rules=directory.count_rules(work, workspace_id),
        rooms=rooms.count_rooms(work, workspace_id),
    )


def view(work: UnitOfWork, matter: Matter) -> SetupView:
    """The welcome as its coordinator reads it now."""
    owner = directory.contacts_by_ids(work, matter.workspace_id, [matter.owner_id])[matter.owner_id]
    agency = directory.agency(work, owner.agency_id)
    step = how_far(work, matter.workspace_id).next_step
    return SetupView(matter, owner, step, agency.country if agency else "", agency.language if agency else "")


def open_welcomes(work: UnitOfWork, workspace_id: str) -> list[Matter]:
    """The welcomes whose coordinators still have a step before them."""
    query = select(matters).where(
        matters.c.workspace_id == workspace_id,
        matters.c.kind == MatterKind.SETUP,
        matters.c.state == MatterState.PROPOSED,
    )
    return [to_matter(row) for row in work.connection.execute(query)]
