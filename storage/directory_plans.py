"""What a directory holds, and writing what was planned for it: by file, in Slack, or by the person herself."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.directory_files.changes import Held, Plan, Verb
from bot.domain.people import Actor
from storage import audit, directory, directory_changes
from storage.uow import UnitOfWork


def held(work: UnitOfWork, workspace_id: str) -> Held:
    """What the directory of a workspace holds now, inside an open unit of work."""
    return Held(
        agencies={agency.key: agency for agency in directory.agencies_of(work, workspace_id)},
        contacts={contact.key: contact for contact in directory.kept_contacts(work, workspace_id)},
        rules={rule.key: rule for rule in directory.kept_rules(work, workspace_id)},
    )


def write(work: UnitOfWork, actor: Actor, made: Plan) -> None:
    """Write a plan without flaws, and leave an audit row for each change; the caller commits."""
    workspace_id = actor.workspace_id
    directory_changes.save_agencies(work, workspace_id, made.agencies)
    ids = {agency.key: agency.id for agency in directory.agencies_of(work, workspace_id)}
    contacts = [replace(contact, agency_id=ids[contact.agency_key]) for contact in made.contacts]
    directory_changes.save_contacts(work, workspace_id, contacts)
    directory_changes.save_rules(work, workspace_id, made.rules)
    directory_changes.end_contacts(work, workspace_id, made.ended_contacts)
    directory_changes.end_rules(work, workspace_id, made.ended_rules)
    audit.record_all(
        work,
        actor,
        [(f"{change.record}.{Verb(change.verb)}", f"{change.record}:{change.key}") for change in made.changes],
    )
