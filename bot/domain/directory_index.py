"""The directory made ready for look-ups: whom does this question lead to? Pure, unchanging, and quick at any size.

A look-up tries at most three places × two kinds × two urgencies, so that 200,000 rules take no longer than 20.
The rules and the contacts are two books: when somebody's phone number changes, the rules need not be read again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.intake import Names
from bot.domain.people import Agency, Contact, Role, Side
from bot.domain.routing import ANY, RoutingRule


@dataclass(frozen=True, slots=True)
class Question:
    """Where (`municipality` is a code of `country`, `district` the one it lies in), what kind, how urgent; None is any."""

    country: str
    municipality: str
    district: str
    kind: str | None = None
    urgency: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Whom a question leads to, and by which rule; without one she covers the municipality by her own entry."""

    contact: Contact
    rule: RoutingRule | None


class RuleBook:
    """All rules of a workspace, by what they say."""

    def __init__(self, rules: Iterable[RoutingRule]) -> None:
        by_saying: defaultdict[tuple[str, str, str, str], list[RoutingRule]] = defaultdict(list)
        for rule in rules:
            by_saying[_saying(rule)].append(rule)
        for alike in by_saying.values():
            alike.sort(key=lambda rule: rule.rank)
        self._by_saying = dict(by_saying)

    def __iter__(self) -> Iterator[RoutingRule]:
        """Every rule."""
        return (rule for alike in self._by_saying.values() for rule in alike)

    def fitting(self, question: Question) -> Iterator[RoutingRule]:
        """The rules that speak of a question, the best first; those that have ended included."""
        for place in (question.municipality, question.district, ANY):
            for kind in {question.kind or ANY: None, ANY: None}:
                for urgency in {question.urgency or ANY: None, ANY: None}:
                    for rule in self._by_saying.get((question.country, place, kind, urgency), ()):
                        if rule.district in {ANY, question.district}:
                            yield rule

    def alike(self, rule: RoutingRule) -> Sequence[RoutingRule]:
        """The rules that say the same as this one, itself included, the best first."""
        return self._by_saying.get(_saying(rule), ())


def _saying(rule: RoutingRule) -> tuple[str, str, str, str]:
    return (rule.country, rule.municipality or rule.district, rule.kind, rule.urgency)


class ContactBook:
    """All contacts of a workspace that have not ended, by key, by unit and by what they cover."""

    def __init__(self, contacts: Iterable[Contact]) -> None:
        contacts = list(contacts)
        self.names = Names(contact.name for contact in contacts)
        self._by_key: dict[str, Contact] = {}
        self._by_slack_id: dict[str, Contact] = {}
        self._by_unit: defaultdict[tuple[str, str], list[Contact]] = defaultdict(list)
        self._by_unit_and_place: defaultdict[tuple[str, str, str], list[Contact]] = defaultdict(list)
        self._agencies: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._covering: defaultdict[tuple[str, str], list[Contact]] = defaultdict(list)
        self._desks: dict[tuple[str, str], Contact] = {}
        for contact in sorted(contacts, key=lambda c: c.key):
            self._by_key[contact.key] = contact
            if contact.slack_id:
                self._by_slack_id.setdefault(contact.slack_id, contact)
            for unit in _unit_names(contact):
                self._by_unit[contact.country, unit].append(contact)
                self._agencies[contact.country, unit].add(contact.agency_key)
                for place in contact.municipalities or (f"/{contact.agency_key}",):
                    self._by_unit_and_place[contact.country, unit, place].append(contact)
            for code in contact.municipalities:
                self._covering[contact.country, code].append(contact)
            if contact.role is Role.DESK:
                self._desks.setdefault((contact.agency_id, contact.unit), contact)

    def __iter__(self) -> Iterator[Contact]:
        """Every contact, by key."""
        return iter(self._by_key.values())

    def get(self, key: str | None) -> Contact | None:
        """The contact with this key, or None."""
        return self._by_key.get(key or "")

    def known_as(self, slack_id: str) -> Contact | None:
        """The contact with this Slack id, or None."""
        return self._by_slack_id.get(slack_id)

    def members(self, country: str, unit: str) -> Sequence[Contact]:
        """Everybody in the unit a rule names: by its name, its kind, or `agency-key/unit`."""
        return self._by_unit.get((country, unit.casefold()), ())

    def members_for(self, unit: str, question: Question) -> Sequence[Contact]:
        """Those in a unit who may be named: whoever names the municipality, or no municipality in an agency that is meant.

        Which agency is meant is clear where there is only one, or where its key is the district's: a wrong contact is
        worse than none.
        """
        name = unit.casefold()
        agencies = self._agencies.get((question.country, name), set())
        meant = next(iter(agencies)) if len(agencies) == 1 else question.district
        here = self._by_unit_and_place.get((question.country, name, question.municipality), ())
        return [*here, *self._by_unit_and_place.get((question.country, name, f"/{meant}"), ())]

    def covering(self, country: str, municipality: str) -> Sequence[Contact]:
        """Everybody whose own entry names this municipality."""
        return self._covering.get((country, municipality), ())

    def around(self, contact: Contact, now: datetime) -> list[Contact]:
        """Those behind a contact who can be asked now: her substitute and her unit's desk; she herself first."""
        behind = (self.get(contact.substitute_key), self._desks.get((contact.agency_id, contact.unit)))
        return [contact, *(c for c in behind if c is not None and c.is_valid(now))]


@dataclass(frozen=True, slots=True)
class DirectoryIndex:
    """Rules and contacts of one workspace together."""

    contacts: ContactBook
    rules: RuleBook
    agencies: Mapping[str, Agency] = field(default_factory=dict)
    """By id; an agency changes when its contacts do."""

    def find(
        self, question: Question, *, side: Side, now: datetime, defaults: Iterable[RoutingRule] = ()
    ) -> Found | None:
        """Whom on a side a question leads to: by rule, by her own entry for this kind, by a default, by her place alone."""
        for rule in self.rules.fitting(question):
            contact = None if rule.has_ended(now) else self.answers(rule, question, side=side, now=now)
            if contact is not None:
                return Found(contact, rule)
        covering = [
            c
            for c in self.contacts.covering(question.country, question.municipality)
            if c.side is side and c.role is Role.CONTACT and c.is_valid(now)
        ]
        for contact in covering:
            if question.kind and question.kind in contact.kinds:
                return Found(contact, None)
        for rule in defaults:
            if rule.kind == question.kind and rule.country == question.country:
                contact = self.answers(rule, question, side=side, now=now)
                if contact is not None:
                    return Found(contact, rule)
        return next((Found(contact, None) for contact in covering if not contact.kinds), None)

    def answers(self, rule: RoutingRule, question: Question, *, side: Side, now: datetime) -> Contact | None:
        """Whom a rule leads to on a side: its contact, else its unit; None where nobody there can be asked now."""
        named = self.contacts.get(rule.contact_key)
        if named is not None and named.side is side and named.is_valid(now):
            return named
        if not rule.unit:
            return None
        able = [
            contact
            for contact in self.contacts.members_for(rule.unit, question)
            if contact.side is side and contact.is_valid(now) and _takes(contact, question)
        ]
        return min(able, key=lambda contact: _order(contact, question), default=None)


def _unit_names(contact: Contact) -> set[str]:
    plain = {contact.unit.casefold(), contact.unit_kind} - {""}
    return plain | {f"{contact.agency_key.casefold()}/{unit}" for unit in plain}


def _takes(contact: Contact, question: Question) -> bool:
    """Whether somebody in a unit is there to be asked, and for this kind of case."""
    if question.kind and contact.kinds and question.kind not in contact.kinds:
        return False
    return contact.role in {Role.CONTACT, Role.DESK}


def _order(contact: Contact, question: Question) -> tuple[bool, bool, str]:
    """Somebody named for this municipality first, then the unit's desk, then anybody else in it."""
    named = contact.role is Role.CONTACT and question.municipality in contact.municipalities
    return (not named, contact.role is not Role.DESK, contact.key)
