"""Coordinators keep their own agency's part of the directory in Slack: its contacts, and who takes what where.

Every change is written as an import of that one row would write it: the same checks, one transaction, an audit row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.data.municipalities import Municipality, district_of
from bot.data.municipalities import municipality as place
from bot.domain.coordinators import check_coordinator
from bot.domain.directory_files import refusing
from bot.domain.directory_files.changes import Held, plan
from bot.domain.directory_files.tables import Cell, Facts, Row, Table, What, free_key, slug
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.intake import GuardedText, Typed
from bot.domain.people import Actor, Agency, Contact
from bot.domain.upkeep import places_of
from storage import audit, directory, directory_plans, snapshots
from storage.uow import UnitOfWork

MOST_FOUND = 50
"""Choices offered for a few typed letters; Slack shows at most 100."""


@dataclass(frozen=True, slots=True)
class Taking:
    """Who takes a kind of case in a municipality, and why; an empty kind or urgency is any. `contact` is a key."""

    municipality: str
    contact: str
    reason: GuardedText
    kind: str = ""
    urgency: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A contact's entry, by the columns of the file of contacts: what was typed, and what was chosen."""

    typed: Mapping[str, GuardedText]
    chosen: Mapping[str, str]

    @property
    def cells(self) -> dict[str, str]:
        """Both, as the cells of a row."""
        return {**{column: str(text) for column, text in self.typed.items()}, **self.chosen}


@dataclass(frozen=True, slots=True)
class Editing:
    """A contact to be changed, None for a new one, and who stands in for her."""

    contact: Contact | None = None
    substitute: Contact | None = None


def check(work: UnitOfWork, actor: Actor) -> None:
    """Whether this person may change anything: raises `NotAllowed`, naming who may, and `NotFound` for a stranger."""
    with work.reading():
        _coordinating(work, actor)


def begin(work: UnitOfWork, actor: Actor, *, contact_key: str) -> Editing:
    """The contact to be changed; an empty key is a new one. Raises `NotFound` for one of another agency."""
    with work.reading():
        agency, _ = _coordinating(work, actor)
        if not contact_key:
            return Editing()
        held = directory_plans.held(work, actor.workspace_id)
        contact = _own(held, agency, contact_key)
        return Editing(contact, held.contacts.get(contact.substitute_key or ""))


def people(work: UnitOfWork, actor: Actor, *, typed: Typed) -> list[Contact]:
    """The contacts of a coordinator's own agency whose name holds every typed word, by name; nobody for others."""
    if not actor.is_coordinator or actor.agency is None:
        return []
    agency_id = actor.agency.id
    with work.reading():
        own = [c for c in directory.kept_contacts(work, actor.workspace_id) if c.agency_id == agency_id]
    return sorted((c for c in own if typed.stands_in(c.name)), key=lambda c: c.name)[:MOST_FOUND]


def places(work: UnitOfWork, actor: Actor, *, typed: Typed) -> list[Municipality]:
    """The municipalities a coordinator's agency answers for whose name holds every typed word; none for others."""
    if not actor.is_coordinator or actor.agency is None:
        return []
    with work.reading():
        answered = places_of(actor.agency, snapshots.directory_of(work, actor.workspace_id), district_of())
    found = [one for country, code in answered if (one := place(country, code)) is not None]
    return sorted((m for m in found if typed.stands_in(m.display_name)), key=lambda m: m.display_name)[:MOST_FOUND]


def save_contact(work: UnitOfWork, actor: Actor, entry: Entry, facts: Facts, *, contact_key: str, key: str) -> str:
    """Add a contact of the coordinator's own agency (empty `contact_key`) or change one; gives back its name.

    Raises `BadInput` naming the column, `NotAllowed`, `NotFound`, `Repeated`.
    """
    with work:
        audit.take(work, actor, key)
        agency, me = _coordinating(work, actor)
        held = directory_plans.held(work, actor.workspace_id)
        fields = entry.cells
        today = work.now.astimezone(facts.zones[agency.country]).date()
        vouched: dict[str, Cell] = {"slack_id": "", "confirmed_by": me.name, "confirmed_at": today}
        if contact_key:
            made_key = _own(held, agency, contact_key).key
        else:
            made_key = free_key(f"{agency.key}-{slug(fields['name'])}", held.contacts)
            vouched |= {"agency": agency.key, "agency_type": agency.side.value, "country": agency.country}
        _write(work, actor, facts, What.CONTACTS, {**fields, **vouched, "key": made_key})
        work.commit()
        return fields["name"]


def save_rule(work: UnitOfWork, actor: Actor, wanted: Taking, facts: Facts, *, key: str) -> str:
    """Who of the coordinator's own agency takes what in a municipality it answers for; gives back the rule's key.

    A rule of her agency that says the same is changed. Raises as `save_contact`, and `NotAllowed` elsewhere.
    """
    with work:
        audit.take(work, actor, key)
        agency, me = _coordinating(work, actor)
        index = snapshots.directory_of(work, actor.workspace_id)
        if (agency.country, wanted.municipality) not in places_of(agency, index, district_of()):
            raise NotAllowed("refused.place", agency=agency.name)
        held = directory_plans.held(work, actor.workspace_id)
        _own(held, agency, wanted.contact)
        saying = (agency.country, wanted.municipality, "", wanted.kind, wanted.urgency)
        same = next(
            (
                rule.key
                for rule in held.rules.values()
                if (rule.country, rule.municipality, rule.district, rule.kind, rule.urgency) == saying
                and (before := held.contacts.get(rule.contact_key)) is not None
                and before.agency_id == agency.id
            ),
            None,
        )
        parts = (agency.country.lower(), wanted.municipality, wanted.kind or "any", wanted.urgency or "any")
        made_key = same or free_key("-".join((*parts, agency.key)), held.rules)
        cells: dict[str, Cell] = {
            "key": made_key, "country": agency.country, "municipality": wanted.municipality, "kind": wanted.kind,
            "urgency": wanted.urgency, "contact": wanted.contact, "reason": str(wanted.reason), "decided_by": me.name,
            "confirmed_at": work.now.astimezone(facts.zones[agency.country]).date(),
        }  # fmt: skip
        _write(work, actor, facts, What.RULES, cells)
        work.commit()
        return made_key


def _coordinating(work: UnitOfWork, actor: Actor) -> tuple[Agency, Contact]:
    return check_coordinator(actor, directory.all_contacts(work, actor.workspace_id))


def _own(held: Held, agency: Agency, contact_key: str) -> Contact:
    contact = held.contacts.get(contact_key)
    if contact is None or contact.agency_id != agency.id:
        raise NotFound("refused.contact_gone")
    return contact


def _write(work: UnitOfWork, actor: Actor, facts: Facts, what: What, cells: Mapping[str, Cell]) -> None:
    held = directory_plans.held(work, actor.workspace_id)
    made = plan([Table(what, "", (Row(1, cells),))], held, facts, now=work.now)
    refusing.check(made.flaws)
    directory_plans.write(work, actor, made)
