"""Writing the directory: many agencies, contacts and rules at once, each by its key; nothing vanishes, it ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Table, bindparam, insert, select, update

from bot.domain.people import Agency, Contact
from bot.domain.routing import RoutingRule
from storage.directory import agencies, changed, contacts, routing_rules
from storage.schema import new_id
from storage.uow import UnitOfWork

Values = dict[str, Any]
CHOSEN = {"language", "work_days", "quiet", "digest_at"}
"""What a person has chosen herself: no file of contacts changes it."""


def save_agencies(work: UnitOfWork, workspace_id: str, values: Iterable[Agency]) -> dict[str, Agency]:
    """Add agencies, or change those with the same keys; gives them back by key with their lasting ids."""
    known = _ids(work, workspace_id, agencies)
    saved = {a.key: replace(a, id=known.get(a.key) or new_id(), workspace_id=workspace_id) for a in values}
    rows: list[Values] = [
        {
            "id": a.id,
            "workspace_id": workspace_id,
            "key": a.key,
            "name": a.name,
            "side": a.side,
            "country": a.country,
            "language": a.language,
        }
        for a in saved.values()
    ]
    _write(work, agencies, rows, known)
    changed(work, workspace_id, contacts=bool(rows))
    return saved


def save_contacts(work: UnitOfWork, workspace_id: str, values: Iterable[Contact]) -> None:
    """Add contacts, or change those with the same keys; each `agency_id` is an agency's lasting id."""
    known = _ids(work, workspace_id, contacts)
    rows = [_contact_row(replace(c, id=known.get(c.key) or new_id(), workspace_id=workspace_id)) for c in values]
    _write(work, contacts, rows, known)
    changed(work, workspace_id, contacts=bool(rows))


def save_rules(work: UnitOfWork, workspace_id: str, rules: Sequence[RoutingRule]) -> None:
    """Add these rules, or change those with the same keys."""
    names = [column.name for column in routing_rules.columns if column.name != "workspace_id"]
    mine = select(routing_rules.c.key).where(routing_rules.c.workspace_id == workspace_id)
    known = {key: key for key in work.connection.scalars(mine)}
    rows: list[Values] = [
        {"workspace_id": workspace_id, **{name: getattr(rule, name) for name in names}} for rule in rules
    ]
    _write(work, routing_rules, rows, known)
    changed(work, workspace_id, rules=bool(rows))


def end_contacts(work: UnitOfWork, workspace_id: str, keys: Sequence[str]) -> None:
    """These contacts can be asked no more, from now on."""
    _end(work, workspace_id, contacts, keys)
    changed(work, workspace_id, contacts=bool(keys))


def end_rules(work: UnitOfWork, workspace_id: str, keys: Sequence[str]) -> None:
    """These rules hold no more, from now on."""
    _end(work, workspace_id, routing_rules, keys)
    changed(work, workspace_id, rules=bool(keys))


def _contact_row(contact: Contact) -> Values:
    row = {column.name: getattr(contact, column.name) for column in contacts.columns if column.name not in CHOSEN}
    lists = {name: " ".join(row[name]) for name in ("municipalities", "kinds", "languages")}
    return {**row, **lists, "email": contact.email.lower()}


def _ids(work: UnitOfWork, workspace_id: str, table: Table) -> dict[str, str]:
    rows = work.connection.execute(select(table.c.key, table.c.id).where(table.c.workspace_id == workspace_id))
    return {row.key: row.id for row in rows}


def _write(work: UnitOfWork, table: Table, rows: Sequence[Values], known: dict[str, str]) -> None:
    """Insert the new rows, change the known ones."""
    new = [row for row in rows if row["key"] not in known]
    if new:
        work.connection.execute(insert(table), new)
    old = [{f"to_{name}": value for name, value in row.items()} for row in rows if row["key"] in known]
    if old:
        fixed = {"id", "workspace_id", "key"}
        values: Values = {name: bindparam(f"to_{name}") for name in rows[0] if name not in fixed}
        work.connection.execute(_mine(table).values(values), old)


def _end(work: UnitOfWork, workspace_id: str, table: Table, keys: Sequence[str]) -> None:
    if keys:
        now = {"to_workspace_id": workspace_id, "to_valid_until": work.now}
        ending = _mine(table).values(valid_until=bindparam("to_valid_until"))
        work.connection.execute(ending, [{**now, "to_key": key} for key in keys])


def _mine(table: Table) -> Any:  # noqa: ANN401 - an SQL statement
    return update(table).where(table.c.workspace_id == bindparam("to_workspace_id"), table.c.key == bindparam("to_key"))
