"""Agencies, contacts and routing rules: who works where, and who answers for what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Row,
    Select,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    func,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from bot.domain import preferences
from bot.domain.people import Agency, Contact, Role, Side
from bot.domain.routing import RoutingRule
from storage.schema import ID, KEY, SLACK_ID, UtcDateTime, metadata, new_id
from storage.uow import UnitOfWork

agencies = Table(
    "agencies",
    metadata,
    Column("id", ID, primary_key=True),
    Column("workspace_id", SLACK_ID, nullable=False),
    Column("key", KEY, nullable=False),
    Column("name", String(120), nullable=False),
    Column("side", String(20), nullable=False),
    Column("country", String(2), nullable=False),
    Column("language", String(5), nullable=False),
    Column("work_days", String(7)),
    Column("work_hours", String(11)),
    Column("quiet", String(11)),
    Column("digest_at", String(5)),
    UniqueConstraint("workspace_id", "key"),
)

contacts = Table(
    "contacts",
    metadata,
    Column("id", ID, primary_key=True),
    Column("workspace_id", SLACK_ID, nullable=False),
    Column("key", KEY, nullable=False),
    Column("agency_id", ID, ForeignKey("agencies.id"), nullable=False),
    Column("name", String(120), nullable=False),
    Column("role", String(20), nullable=False),
    Column("unit", String(120), nullable=False),
    Column("unit_kind", String(40), nullable=False),
    Column("phone", String(20), nullable=False),
    Column("email", String(200), nullable=False),
    Column("slack_id", SLACK_ID),
    Column("hours", String(120), nullable=False),
    Column("substitute_key", KEY),
    Column("municipalities", String(2000), nullable=False),
    Column("kinds", String(500), nullable=False),
    Column("valid_until", UtcDateTime),
    Column("languages", String(120), nullable=False),
    Column("best_time", String(120), nullable=False),
    Column("leader_key", KEY),
    Column("language", String(5)),
    Column("work_days", String(7)),
    Column("quiet", String(11)),
    Column("digest_at", String(5)),
    Column("valid_from", UtcDateTime),
    Column("confirmed_by", String(120), nullable=False),
    Column("confirmed_at", UtcDateTime),
    UniqueConstraint("workspace_id", "key"),
    Index("ix_contacts_slack", "workspace_id", "slack_id"),
    Index("ix_contacts_email", "workspace_id", "email"),
)

routing_rules = Table(
    "routing_rules",
    metadata,
    Column("workspace_id", SLACK_ID, primary_key=True),
    Column("key", KEY, primary_key=True),
    Column("country", String(2), nullable=False),
    Column("municipality", String(8), nullable=False),
    Column("district", KEY, nullable=False),
    Column("kind", KEY, nullable=False),
    Column("urgency", String(12), nullable=False),
    Column("contact_key", KEY, nullable=False),
    Column("reason", String(300), nullable=False),
    Column("decided_by", String(120), nullable=False),
    Column("confirmed_at", UtcDateTime),
    Column("unit", String(200), nullable=False),
    Column("valid_until", UtcDateTime),
    Index("ix_routing_rules_place", "workspace_id", "country", "municipality"),
)

directory_versions = Table(
    "directory_versions",
    metadata,
    Column("workspace_id", SLACK_ID, primary_key=True),
    Column("contacts", ID, nullable=False),
    Column("rules", ID, nullable=False),
)
"""A new random word with every change, so that what was undone is never taken for what came after."""

_RULE = [column for column in routing_rules.columns if column.name != "workspace_id"]


def _contacts() -> Select[Any]:
    return select(
        contacts,
        agencies.c.name.label("agency_name"),
        agencies.c.side,
        agencies.c.country,
        agencies.c.key.label("agency_key"),
        agencies.c.work_days.label("office_days"),
        agencies.c.work_hours.label("office_hours"),
        agencies.c.quiet.label("office_quiet"),
        agencies.c.digest_at.label("office_digest_at"),
    ).join_from(contacts, agencies)


_IN_WORKSPACE = contacts.c.workspace_id == bindparam("workspace_id")
VALID = (contacts.c.valid_from.is_(None) | (contacts.c.valid_from <= bindparam("now"))) & (
    contacts.c.valid_until.is_(None) | (contacts.c.valid_until > bindparam("now"))
)
"""The condition that a contact has begun and has not ended."""
# Asked with every request: built once, because to build a statement costs more than SQLite needs to answer it.
_BY_SLACK_ID = _contacts().where(_IN_WORKSPACE, VALID, contacts.c.slack_id == bindparam("slack_id"))
_BY_IDS = _contacts().where(
    # Hidden from the planner: SQLite would rather read everybody in the workspace than a few by their ids.
    func.coalesce(contacts.c.workspace_id, "") == bindparam("workspace_id"),
    contacts.c.id.in_(bindparam("ids", expanding=True)),
)
_ALL = _contacts().where(_IN_WORKSPACE, VALID).order_by(contacts.c.key)
_AGENCY = select(agencies).where(agencies.c.id == bindparam("agency_id"))
_VERSIONS = select(directory_versions).where(directory_versions.c.workspace_id == bindparam("workspace_id"))


def _given(work: UnitOfWork, workspace_id: str, **more: str) -> dict[str, object]:
    return {"workspace_id": workspace_id, "now": work.now, **more}


def to_contact(row: Row[Any]) -> Contact:
    """A contact from a row of `contacts` joined with its agency's name, side, country, key and choices."""
    return Contact(
        id=row.id,
        workspace_id=row.workspace_id,
        key=row.key,
        agency_id=row.agency_id,
        agency_name=row.agency_name,
        side=Side(row.side),
        name=row.name,
        role=Role(row.role),
        unit=row.unit,
        unit_kind=row.unit_kind,
        phone=row.phone,
        email=row.email,
        slack_id=row.slack_id,
        hours=row.hours,
        substitute_key=row.substitute_key,
        municipalities=tuple(row.municipalities.split()),
        kinds=tuple(row.kinds.split()),
        country=row.country,
        agency_key=row.agency_key,
        languages=tuple(row.languages.split()),
        best_time=row.best_time,
        leader_key=row.leader_key,
        language=row.language or "",
        prefers=preferences.read(row.work_days, row.quiet, row.digest_at),
        office=preferences.read(row.office_days, row.office_quiet, row.office_digest_at, row.office_hours),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        confirmed_by=row.confirmed_by,
        confirmed_at=row.confirmed_at,
    )


def _to_agency(row: Row[Any]) -> Agency:
    return Agency(
        id=row.id,
        workspace_id=row.workspace_id,
        key=row.key,
        name=row.name,
        side=Side(row.side),
        country=row.country,
        language=row.language,
        prefers=preferences.read(row.work_days, row.quiet, row.digest_at, row.work_hours),
    )


def contacts_by_ids(work: UnitOfWork, workspace_id: str, ids: Iterable[str]) -> dict[str, Contact]:
    """The contacts with these ids, by id, those that have ended included."""
    given = {"workspace_id": workspace_id, "ids": list(set(ids))}
    if not given["ids"]:
        return {}
    return {row.id: to_contact(row) for row in work.connection.execute(_BY_IDS, given)}


def contact_by_slack_id(work: UnitOfWork, workspace_id: str, slack_id: str) -> Contact | None:
    """The contact with this Slack id, or None."""
    row = work.connection.execute(_BY_SLACK_ID, _given(work, workspace_id, slack_id=slack_id)).first()
    return to_contact(row) if row else None


def link_slack_id(work: UnitOfWork, workspace_id: str, email: str, slack_id: str) -> Contact | None:
    """The contact with this work e-mail and no Slack id yet, from now on with this one; or None."""
    query = _contacts().where(
        contacts.c.workspace_id == workspace_id,
        contacts.c.email == email.lower(),
        contacts.c.email != "",  # a desk may have none
        contacts.c.slack_id.is_(None),
        VALID,
    )
    row = work.connection.execute(query, {"now": work.now}).first()
    if row is None:
        return None
    work.connection.execute(update(contacts).where(contacts.c.id == row.id).values(slack_id=slack_id))
    changed(work, workspace_id, contacts=True)
    return replace(to_contact(row), slack_id=slack_id)


def set_language(work: UnitOfWork, contact: Contact, language: str) -> None:
    """What a person has chosen to read; a file of contacts never changes it."""
    work.connection.execute(update(contacts).where(contacts.c.id == contact.id).values(language=language))
    changed(work, contact.workspace_id, contacts=True)


def _not_ended(table: Table, work: UnitOfWork) -> Any:  # noqa: ANN401 - an SQL expression
    return table.c.valid_until.is_(None) | (table.c.valid_until > work.now)


def all_contacts(work: UnitOfWork, workspace_id: str) -> list[Contact]:
    """Everybody who has begun and has not ended, in order of key."""
    return [to_contact(row) for row in work.connection.execute(_ALL, _given(work, workspace_id))]


def kept_contacts(work: UnitOfWork, workspace_id: str) -> list[Contact]:
    """Everybody who has not ended, those who are yet to begin included, in order of key."""
    mine = contacts.c.workspace_id == workspace_id
    query = _contacts().where(mine, _not_ended(contacts, work)).order_by(contacts.c.key)
    return [to_contact(row) for row in work.connection.execute(query)]


def kept_rules(work: UnitOfWork, workspace_id: str) -> list[RoutingRule]:
    """Every rule that has not ended, in order of key."""
    mine = routing_rules.c.workspace_id == workspace_id
    query = select(*_RULE).where(mine, _not_ended(routing_rules, work)).order_by(routing_rules.c.key)
    return [RoutingRule(**row._mapping) for row in work.connection.execute(query)]  # noqa: SLF001 - SQLAlchemy's public mapping of a row


def agency(work: UnitOfWork, agency_id: str) -> Agency | None:
    """The agency with this id, or None."""
    row = work.connection.execute(_AGENCY, {"agency_id": agency_id}).first()
    return _to_agency(row) if row else None


def agencies_of(work: UnitOfWork, workspace_id: str) -> list[Agency]:
    """All agencies of a workspace, in order of key."""
    query = select(agencies).where(agencies.c.workspace_id == workspace_id).order_by(agencies.c.key)
    return [_to_agency(row) for row in work.connection.execute(query)]


def workspaces(work: UnitOfWork) -> list[str]:
    """Every workspace that has a directory, in order."""
    return list(work.connection.scalars(select(agencies.c.workspace_id).distinct().order_by(agencies.c.workspace_id)))


def versions(work: UnitOfWork, workspace_id: str) -> tuple[str, str]:
    """Words that change whenever the contacts (first) or the rules (second) of a workspace do."""
    row = work.connection.execute(_VERSIONS, {"workspace_id": workspace_id}).first()
    return (row.contacts, row.rules) if row else ("", "")


def changed(work: UnitOfWork, workspace_id: str, *, contacts: bool = False, rules: bool = False) -> None:
    """Tell every process, with this transaction, that contacts or rules are no longer what they were."""
    make = insert_postgresql if work.connection.dialect.name == "postgresql" else insert_sqlite
    fresh = {"contacts": new_id(), "rules": new_id()}
    moved = {name: fresh[name] for name, which in (("contacts", contacts), ("rules", rules)) if which}
    if moved:
        row = make(directory_versions).values(workspace_id=workspace_id, **fresh)
        work.connection.execute(row.on_conflict_do_update(index_elements=["workspace_id"], set_=moved))


def count_rules(work: UnitOfWork, workspace_id: str) -> int:
    """How many routing rules of a workspace have not ended."""
    mine = routing_rules.c.workspace_id == workspace_id
    query = select(func.count()).select_from(routing_rules).where(mine, _not_ended(routing_rules, work))
    return work.connection.execute(query).scalar_one()
