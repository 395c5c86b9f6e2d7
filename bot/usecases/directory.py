"""Keeping the directory: agencies, contacts, rules and rooms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.domain.cases import Room
from bot.domain.people import Agency, Contact
from bot.domain.routing import RoutingRule
from storage import cases, directory
from storage.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class Entries:
    """What is put into the directory. A contact's `agency_id` holds the agency's key; ids are given here."""

    agencies: Sequence[Agency]
    contacts: Sequence[Contact]
    rules: Sequence[RoutingRule] = ()
    rooms: Sequence[Room] = field(default=())


def put(work: UnitOfWork, workspace_id: str, entries: Entries) -> None:
    """Add or change all of these at once; what is there with the same key is changed, everything else stays."""
    with work:
        ids = {a.key: directory.save_agency(work, replace(a, workspace_id=workspace_id)).id for a in entries.agencies}
        for contact in entries.contacts:
            directory.save_contact(work, replace(contact, workspace_id=workspace_id, agency_id=ids[contact.agency_id]))
        directory.save_rules(work, workspace_id, entries.rules)
        for room in entries.rooms:
            cases.save_room(work, replace(room, workspace_id=workspace_id))
        work.commit()
