"""What a file would change in a directory: added, changed, ended; or everything that is wrong with it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from bot.domain.directory_files.cells import Cells
from bot.domain.directory_files.contacts import agency_cell, as_key, contact_cells, read_contact
from bot.domain.directory_files.rules import read_rule, rule_cells
from bot.domain.directory_files.tables import Facts, Flaw, Row, Table, What, as_text
from bot.domain.people import Agency, Contact
from bot.domain.routing import RoutingRule

T = TypeVar("T", Agency, Contact, RoutingRule)


class Verb(StrEnum):
    """What happens to a record."""

    ADD = "add"
    CHANGE = "change"
    END = "end"


@dataclass(frozen=True, slots=True)
class Change:
    """One record that changes: `record` is agency, contact or rule; `fields` are (column, before, after)."""

    verb: Verb
    record: str
    key: str
    fields: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """What a directory holds now, each by key: all that has not ended."""

    agencies: Mapping[str, Agency]
    contacts: Mapping[str, Contact]
    rules: Mapping[str, RoutingRule]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be written, and the same told as changes. With any flaw nothing may be written."""

    flaws: tuple[Flaw, ...] = ()
    agencies: tuple[Agency, ...] = ()
    contacts: tuple[Contact, ...] = ()
    rules: tuple[RoutingRule, ...] = ()
    ended_contacts: tuple[str, ...] = ()
    ended_rules: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass
class _Reading:
    """All tables while they are read."""

    held: Held
    facts: Facts
    now: datetime
    flaws: list[Flaw] = field(default_factory=list)
    agencies: dict[str, Agency] = field(default_factory=dict)
    contacts: dict[str, tuple[Contact, Cells]] = field(default_factory=dict)
    rules: dict[str, tuple[RoutingRule, Cells]] = field(default_factory=dict)
    lines: dict[tuple[What, str], int] = field(default_factory=dict)
    references: list[tuple[Cells, str, str]] = field(default_factory=list)
    """(row, column, key of a contact), of rows that are themselves wrong too."""

    def read(self, table: Table) -> None:
        """Read every row; a row that leaves out columns keeps what they hold."""
        self.flaws.extend(table.flaws)
        for row in table.rows:
            known = self._known(table.what, str(row.cells.get("key") or "").strip())
            cells = Cells(Row(row.line, {**known, **row.cells}), table.name, self.facts, self.flaws)
            self._check_once(table.what, cells)
            for column in ("contact",) if table.what is What.RULES else ("leader", "substitute"):
                key = as_text(cells.row.cells.get(column))
                if key and (table.what is What.RULES or key != as_key(cells)):
                    self.references.append((cells, column, key))
            if table.what is What.RULES:
                rule = read_rule(cells, self.now)
                if rule is not None:
                    self.rules[rule.key] = rule, cells
                continue
            both = read_contact(cells, self.held.agencies, self.now)
            if both is not None:
                self._join(both[0], cells)
                contact = _with_slack_id(both[1], self.held.contacts.get(both[1].key))
                self.contacts[contact.key] = contact, cells

    def _known(self, what: What, key: str) -> dict[str, str]:
        if what is What.CONTACTS and key in self.held.contacts:
            return contact_cells(self.held.contacts[key], self.facts)
        if what is What.RULES and key in self.held.rules:
            return rule_cells(self.held.rules[key], self.facts)
        return {}

    def _check_once(self, what: What, cells: Cells) -> None:
        key = as_key(cells)
        first = self.lines.setdefault((what, key), cells.row.line)
        if key and first != cells.row.line:
            cells.wrong("key", "twice", value=key, line=str(first))

    def _join(self, agency: Agency, cells: Cells) -> None:
        """Every row says the same of its agency; a key alone says nothing of the name."""
        before = self.agencies.get(agency.key)
        held = self.held.agencies.get(agency.key)
        plain = held.name if held else self.facts.agency_names.get(agency.key, agency.key)
        if before is None or (before.name == plain and replace(before, name=agency.name) == agency):
            self.agencies[agency.key] = agency
        elif before != (replace(agency, name=before.name) if agency.name == plain else agency):
            other = f"{agency_cell(before.key, before.name, self.facts)}, {before.side}, {before.country}"
            cells.wrong("agency", "agency-differs", other=other)


def plan(tables: Iterable[Table], held: Held, facts: Facts, *, now: datetime, replaces: bool = False) -> Plan:
    """What these tables would do to what is held. `replaces`: of a kind that has a table, what it leaves out ends."""
    tables = tuple(tables)
    reading = _Reading(held, facts, now)
    for table in tables:
        reading.read(table)
    given = {table.what for table in tables} if replaces else set()
    ended_contacts = sorted(held.contacts.keys() - reading.contacts.keys()) if What.CONTACTS in given else []
    ended_rules = sorted(held.rules.keys() - reading.rules.keys()) if What.RULES in given else []
    after = {key: contact for key, contact in held.contacts.items() if key not in set(ended_contacts)}
    after.update({key: contact for key, (contact, _) in reading.contacts.items()})
    # A row that is itself wrong still names a key: whoever points to it is told of that row alone.
    named = after.keys() | {key for what, key in reading.lines if what is What.CONTACTS}
    _check_people(reading, after, named)
    _check_targets(reading, after)
    if reading.flaws:
        return Plan(flaws=tuple(sorted(reading.flaws, key=lambda flaw: (flaw.sheet, flaw.line))))
    wanted = Plan(
        agencies=tuple(reading.agencies.values()),
        contacts=tuple(contact for contact, _ in reading.contacts.values()),
        rules=tuple(rule for rule, _ in reading.rules.values()),
        ended_contacts=tuple(ended_contacts),
        ended_rules=tuple(ended_rules),
    )
    return differences(held, facts, wanted)


def _check_people(reading: _Reading, after: Mapping[str, Contact], named: Iterable[str]) -> None:
    known = set(named)
    for cells, column, key in reading.references:
        if key not in known:
            cells.wrong(column, "unknown-contact", value=key)
    by_slack_id: dict[str, str] = {}
    for contact in after.values():
        if contact.slack_id and contact.key not in reading.contacts:
            by_slack_id[contact.slack_id] = contact.key
    for contact, cells in reading.contacts.values():
        if contact.slack_id:
            other = by_slack_id.setdefault(contact.slack_id, contact.key)
            if other != contact.key:
                cells.wrong("slack_id", "slack-id-twice", other=other)


def _check_targets(reading: _Reading, after: Mapping[str, Contact]) -> None:
    units = {
        (contact.country, prefix + unit)
        for contact in after.values()
        for unit in (contact.unit.casefold(), contact.unit_kind)
        for prefix in ("", f"{contact.agency_key.casefold()}/")
    }
    for rule, cells in reading.rules.values():
        target = after.get(rule.contact_key)
        if target is not None and target.country != rule.country:
            cells.wrong("contact", "other-country", value=rule.contact_key, country=target.country)
        if (
            rule.unit
            and (rule.country, rule.unit.casefold()) not in units
            and rule.unit not in reading.facts.unit_kinds
        ):
            cells.wrong("unit", "unknown-unit", value=rule.unit)


def differences(held: Held, facts: Facts, wanted: Plan) -> Plan:
    """Of what is wanted only that which differs from what is held, told in the words of the columns."""

    def of_contact(contact: Contact) -> dict[str, str]:
        return {**contact_cells(contact, facts), "agency": contact.agency_key}

    changed_agencies = _changed("agency", wanted.agencies, held.agencies, _agency_cells)
    changed_contacts = _changed("contact", wanted.contacts, held.contacts, of_contact)
    changed_rules = _changed("rule", wanted.rules, held.rules, lambda rule: rule_cells(rule, facts))
    return replace(
        wanted,
        agencies=tuple(agency for agency, _ in changed_agencies),
        contacts=tuple(contact for contact, _ in changed_contacts),
        rules=tuple(rule for rule, _ in changed_rules),
        changes=(
            *(change for changed in (changed_agencies, changed_contacts, changed_rules) for _, change in changed),
            *(Change(Verb.END, "contact", key) for key in wanted.ended_contacts),
            *(Change(Verb.END, "rule", key) for key in wanted.ended_rules),
        ),
    )


def _changed(
    record: str, values: Iterable[T], held: Mapping[str, T], cells: Callable[[T], Mapping[str, str]]
) -> list[tuple[T, Change]]:
    changed = []
    for value in values:
        before = cells(held[value.key]) if value.key in held else {}
        after = cells(value)
        fields = tuple(
            (column, before.get(column, ""), said) for column, said in after.items() if before.get(column, "") != said
        )
        if fields:
            changed.append((value, Change(Verb.CHANGE if before else Verb.ADD, record, value.key, fields)))
    return changed


def _agency_cells(agency: Agency) -> dict[str, str]:
    return {
        "agency": agency.name,
        "agency_type": agency.side.value,
        "country": agency.country,
        "language": agency.language,
    }


def _with_slack_id(contact: Contact, held: Contact | None) -> Contact:
    """A row that names no Slack id leaves the one the bot has learned, as long as the work e-mail is the same."""
    if contact.slack_id or held is None or held.email != contact.email:
        return contact
    return replace(contact, slack_id=held.slack_id)
