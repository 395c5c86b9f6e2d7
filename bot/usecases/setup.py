"""What is still missing before the bot can answer its first question."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.people import Side
from storage import directory, rooms
from storage.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class SetUp:
    """Counts of what a workspace has."""

    municipalities: int
    police: int
    contacts: int
    contacts_without_slack: int
    rules: int
    rooms: int


def how_far(work: UnitOfWork, *, workspace_id: str) -> SetUp:
    """How far a workspace has been set up."""
    with work.reading():
        agencies = directory.agencies_of(work, workspace_id)
        people = directory.all_contacts(work, workspace_id)
        return SetUp(
            municipalities=sum(agency.side is Side.MUNICIPALITY for agency in agencies),
            police=sum(agency.side is Side.POLICE for agency in agencies),
            contacts=len(people),
            contacts_without_slack=sum(not (person.slack_id or person.email) for person in people),
            rules=directory.count_rules(work, workspace_id),
            rooms=rooms.count_rooms(work, workspace_id),
        )
