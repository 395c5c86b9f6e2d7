"""The holes of a directory as they are at this moment, and the notices about them."""

from __future__ import annotations

from sqlalchemy import select, update

from bot.domain import holes
from bot.domain.holes import Hole, Lists
from bot.domain.matters import Matter, MatterKind, MatterState
from bot.domain.people import Agency, Role
from bot.domain.upkeep import WEEK, UpkeepView, of_agency
from storage import absences, confirmations, deliveries, directory, rooms, snapshots
from storage.matters import matters, to_matter
from storage.uow import UnitOfWork


def holes_of(work: UnitOfWork, workspace_id: str, lists: Lists) -> list[Hole]:
    """The holes of a workspace's directory, in the municipalities it names or has rooms for."""
    index = snapshots.directory_of(work, workspace_id)
    chosen = {(room.country, room.municipality) for room in rooms.rooms_of(work, workspace_id)}
    silent = confirmations.unanswered(work, workspace_id)
    served = holes.served_places(index) | chosen
    absent = {id_ for id_, away in absences.away_now(work, workspace_id).items() if away.is_hole}
    return holes.holes(index, lists, served=served, now=work.now, unanswered=silent, absent=absent)


def holes_of_agency(work: UnitOfWork, agency: Agency, lists: Lists) -> list[Hole]:
    """Those that this agency's coordinator can close."""
    found = holes_of(work, agency.workspace_id, lists)
    return of_agency(found, snapshots.directory_of(work, agency.workspace_id), agency, lists.district_of)


def view(work: UnitOfWork, matter: Matter, lists: Lists) -> UpkeepView | None:
    """The notice as its coordinator sees it now, or None where she coordinates no more."""
    owner = directory.contacts_by_ids(work, matter.workspace_id, [matter.owner_id])[matter.owner_id]
    agency = directory.agency(work, owner.agency_id)
    if agency is None or owner.role is not Role.COORDINATOR or not owner.is_valid(work.now):
        return None
    return UpkeepView(matter, owner, tuple(holes_of_agency(work, agency, lists)))


def close_old(work: UnitOfWork, workspace_id: str) -> None:
    """Notices of earlier weeks are over: the next one tells what is true then."""
    old = (
        matters.c.workspace_id == workspace_id,
        matters.c.kind == MatterKind.UPKEEP,
        matters.c.state == MatterState.PROPOSED,
        matters.c.due_at <= work.now - WEEK,
    )
    for row in work.connection.execute(select(matters).where(*old)).all():
        deliveries.cancel_rungs(work, to_matter(row))
    work.connection.execute(update(matters).where(*old).values(state=MatterState.DONE, settled_at=work.now))
