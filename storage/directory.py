"""Agencies, contacts and routing rules: who works where, and who answers for what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    insert,
    select,
    update,
)

from bot.domain.people import Agency, Contact, Role, Side
from bot.domain.routing import ANY, RoutingRule
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
    Index("ix_routing_rules_place", "workspace_id", "country", "municipality"),
)


def _contacts() -> Select[Any]:
    return select(contacts, agencies.c.name.label("agency_name"), agencies.c.side).join_from(contacts, agencies)


_IN_WORKSPACE = contacts.c.workspace_id == bindparam("workspace_id")
_VALID = contacts.c.valid_until.is_(None) | (contacts.c.valid_until > bindparam("now"))
# Asked with every request: built once, because to build a statement costs more than SQLite needs to answer it.
_BY_SLACK_ID = _contacts().where(_IN_WORKSPACE, _VALID, contacts.c.slack_id == bindparam("slack_id"))
_ALL = _contacts().where(_IN_WORKSPACE, _VALID).order_by(contacts.c.key)
_AGENCY = select(agencies).where(agencies.c.id == bindparam("agency_id"))
_RULES = select(routing_rules).where(
    routing_rules.c.workspace_id == bindparam("workspace_id"),
    routing_rules.c.country == bindparam("country"),
    (routing_rules.c.municipality == ANY) | (routing_rules.c.municipality == bindparam("municipality")),
)


def _given(work: UnitOfWork, workspace_id: str, **more: str) -> dict[str, object]:
    return {"workspace_id": workspace_id, "now": work.now, **more}


def to_contact(row: Row[Any]) -> Contact:
    """A contact from a row of `contacts` joined with its agency's name and side."""
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
    )


def contacts_by_ids(work: UnitOfWork, workspace_id: str, ids: Iterable[str]) -> dict[str, Contact]:
    """The contacts with these ids, by id, those that have ended included."""
    query = _contacts().where(contacts.c.workspace_id == workspace_id, contacts.c.id.in_(set(ids)))
    return {row.id: to_contact(row) for row in work.connection.execute(query)}


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
        valid(work),
    )
    row = work.connection.execute(query).first()
    if row is None:
        return None
    work.connection.execute(update(contacts).where(contacts.c.id == row.id).values(slack_id=slack_id))
    return replace(to_contact(row), slack_id=slack_id)


def valid(work: UnitOfWork) -> Any:  # noqa: ANN401 - an SQL expression
    """The condition that a contact has not ended."""
    return contacts.c.valid_until.is_(None) | (contacts.c.valid_until > work.now)


def all_contacts(work: UnitOfWork, workspace_id: str) -> list[Contact]:
    """Everybody who has not ended, in order of key."""
    return [to_contact(row) for row in work.connection.execute(_ALL, _given(work, workspace_id))]


def agency(work: UnitOfWork, agency_id: str) -> Agency | None:
    """The agency with this id, or None."""
    row = work.connection.execute(_AGENCY, {"agency_id": agency_id}).first()
    return _to_agency(row) if row else None


def agencies_of(work: UnitOfWork, workspace_id: str) -> list[Agency]:
    """All agencies of a workspace, in order of key."""
    query = select(agencies).where(agencies.c.workspace_id == workspace_id).order_by(agencies.c.key)
    return [_to_agency(row) for row in work.connection.execute(query)]


def rules_for(work: UnitOfWork, workspace_id: str, country: str, municipality: str) -> list[RoutingRule]:
    """The rules that may speak of a municipality: its own and those for any."""
    given = {"workspace_id": workspace_id, "country": country, "municipality": municipality}
    return [
        RoutingRule(**{name: value for name, value in row._mapping.items() if name != "workspace_id"})  # noqa: SLF001 - SQLAlchemy's public mapping of a row
        for row in work.connection.execute(_RULES, given)
    ]


def count_rules(work: UnitOfWork, workspace_id: str) -> int:
    """How many routing rules a workspace has."""
    query = select(func.count()).select_from(routing_rules).where(routing_rules.c.workspace_id == workspace_id)
    return work.connection.execute(query).scalar_one()


def save_agency(work: UnitOfWork, value: Agency) -> Agency:
    """Add an agency, or change the one with the same key; gives it back with its lasting id."""
    values = {"name": value.name, "side": value.side, "country": value.country, "language": value.language}
    mine = (agencies.c.workspace_id == value.workspace_id, agencies.c.key == value.key)
    known = work.connection.execute(select(agencies.c.id).where(*mine)).scalar()
    if known:
        work.connection.execute(update(agencies).where(*mine).values(values))
        return replace(value, id=known)
    made = replace(value, id=new_id())
    work.connection.execute(insert(agencies).values(id=made.id, workspace_id=made.workspace_id, key=made.key, **values))
    return made


def save_contact(work: UnitOfWork, value: Contact) -> Contact:
    """Add a contact, or change the one with the same key; gives it back with its lasting id."""
    values = {
        "agency_id": value.agency_id,
        "name": value.name,
        "role": value.role,
        "unit": value.unit,
        "unit_kind": value.unit_kind,
        "phone": value.phone,
        "email": value.email.lower(),
        "slack_id": value.slack_id,
        "hours": value.hours,
        "substitute_key": value.substitute_key,
        "municipalities": " ".join(value.municipalities),
        "kinds": " ".join(value.kinds),
        "valid_until": None,
    }
    mine = (contacts.c.workspace_id == value.workspace_id, contacts.c.key == value.key)
    known = work.connection.execute(select(contacts.c.id).where(*mine)).scalar()
    if known:
        work.connection.execute(update(contacts).where(*mine).values(values))
        return replace(value, id=known)
    made = replace(value, id=new_id())
    work.connection.execute(insert(contacts).values(id=made.id, workspace_id=made.workspace_id, key=made.key, **values))
    return made


def save_rules(work: UnitOfWork, workspace_id: str, rules: Sequence[RoutingRule]) -> None:
    """Add these rules, or change those with the same keys."""
    for rule in rules:
        values = {name: getattr(rule, name) for name in RoutingRule.__dataclass_fields__}
        mine = (routing_rules.c.workspace_id == workspace_id, routing_rules.c.key == rule.key)
        if not work.connection.execute(update(routing_rules).where(*mine).values(values)).rowcount:
            work.connection.execute(insert(routing_rules).values(workspace_id=workspace_id, **values))
