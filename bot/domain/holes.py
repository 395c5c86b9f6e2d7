"""Holes in a directory: where a question would lead to nobody, or to somebody nobody vouches for any more. Pure.

Each hole is a key with its values; the shell and Slack say it in their own words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache

from bot.domain.directory_index import DirectoryIndex, Question
from bot.domain.people import Contact, Role, Side
from bot.domain.routing import RoutingRule

STALE = timedelta(days=90)
"""So long after it was last confirmed an entry counts as not confirmed."""
SOON = timedelta(days=30)


class HoleKind(StrEnum):
    """What is missing."""

    NO_PERSON = "no-person"
    """A municipality × kinds for which no person stands, only a desk, a default or the control room."""
    NO_SUBSTITUTE = "no-substitute"
    """Somebody who answers by a rule and has nobody to stand in for her."""
    NOT_CONFIRMED = "not-confirmed"
    ENDING = "ending"
    UNREACHABLE = "unreachable"
    """Nothing can be sent to her: no Slack id, no e-mail to find it by."""
    NO_PHONE = "no-phone"
    SAME_EMAIL = "same-email"
    """Two persons with one e-mail: which of them somebody in Slack is cannot be told."""
    NEVER = "never"
    """A rule that can never match: another one says the same and always comes first."""
    NOBODY = "nobody"
    """A rule that leads to nobody who can be asked."""


@dataclass(frozen=True, slots=True)
class Hole:
    """One hole. `record` is a contact's or a rule's key, or empty for a place; an empty `kinds` means every kind."""

    kind: HoleKind
    record: str = ""
    country: str = ""
    municipality: str = ""
    side: Side | None = None
    kinds: tuple[str, ...] = ()
    name: str = ""
    """Of a contact, for people to read."""
    since: datetime | None = None
    """When it was last confirmed, or when it ends (UTC)."""
    other: str = ""
    """The rule that comes first, or the contact with the same e-mail."""


@dataclass(frozen=True, slots=True)
class Lists:
    """What the directory is held against: (country, municipality) → district, and the kinds a person should take."""

    district_of: Mapping[tuple[str, str], str]
    kinds: tuple[str, ...]


def holes(index: DirectoryIndex, lists: Lists, *, served: Collection[tuple[str, str]], now: datetime) -> list[Hole]:
    """Every hole of a directory, those that leave somebody without an answer first.

    `served` are the municipalities ((country, code)) the workspace is there for; `now` is UTC.
    """
    people = [contact for contact in index.contacts if contact.is_valid(now)]
    return [
        *_places(index, lists, served, now),
        *_rules(index, lists, now),
        *_people(index, people, now),
        *_same_email(people),
    ]


def served_places(index: DirectoryIndex) -> set[tuple[str, str]]:
    """The municipalities a directory names: in a rule, or as its own by a municipality's contact."""
    named = {(rule.country, rule.municipality) for rule in index.rules if rule.municipality}
    own = {(c.country, code) for c in index.contacts if c.side is Side.MUNICIPALITY for code in c.municipalities}
    return named | own


def _places(index: DirectoryIndex, lists: Lists, served: Collection[tuple[str, str]], now: datetime) -> Iterator[Hole]:
    for country, code in sorted(served):
        district = lists.district_of.get((country, code), "")
        for side in (Side.MUNICIPALITY, Side.POLICE):
            without = tuple(
                kind
                for kind in lists.kinds
                if not _person(index, Question(country, code, district, kind), side=side, now=now)
            )
            if without:
                every = () if len(without) == len(lists.kinds) else without
                yield Hole(HoleKind.NO_PERSON, country=country, municipality=code, side=side, kinds=every)


def _person(index: DirectoryIndex, question: Question, *, side: Side, now: datetime) -> bool:
    found = index.find(question, side=side, now=now)
    return found is not None and found.contact.role is not Role.DESK


def _rules(index: DirectoryIndex, lists: Lists, now: datetime) -> Iterator[Hole]:
    @cache
    def sides_of(country: str, contact_key: str, unit: str) -> set[Side]:
        """The sides on which somebody there can be asked."""
        members = index.contacts.members(country, unit) if unit else ()
        return {c.side for c in (index.contacts.get(contact_key), *members) if c is not None and c.is_valid(now)}

    def reached(rule: RoutingRule) -> set[Side]:
        return set() if rule.has_ended(now) else sides_of(rule.country, rule.contact_key, rule.unit)

    def is_possible(rule: RoutingRule) -> bool:
        """Whether its municipality lies in its district, where it names both."""
        return not (rule.municipality and rule.district) or (
            lists.district_of.get((rule.country, rule.municipality)) == rule.district
        )

    for rule in sorted(index.rules, key=lambda r: r.key):
        if rule.has_ended(now):
            continue
        sides = reached(rule)
        alike = index.rules.alike(rule)
        before = alike[: alike.index(rule)]
        first = next((r for r in before if sides & reached(r) and _as_wide(r, rule) and is_possible(r)), None)
        if not sides:
            yield Hole(HoleKind.NOBODY, rule.key, rule.country, rule.municipality)
        elif first is not None or not is_possible(rule):
            yield Hole(HoleKind.NEVER, rule.key, rule.country, rule.municipality, other=first.key if first else "")
        if _is_stale(rule.confirmed_at, now):
            yield Hole(HoleKind.NOT_CONFIRMED, rule.key, rule.country, rule.municipality, since=rule.confirmed_at)


def _as_wide(first: RoutingRule, rule: RoutingRule) -> bool:
    """Whether one rule takes all questions of another that says the same: a contact always does, a unit only its own."""
    return first.contact_key != "" or first.unit == rule.unit


def _people(index: DirectoryIndex, people: Iterable[Contact], now: datetime) -> Iterator[Hole]:
    answering = {rule.contact_key for rule in index.rules if not rule.has_ended(now)}
    for contact in people:
        hole = Hole(HoleKind.NOT_CONFIRMED, contact.key, contact.country, name=contact.name, side=contact.side)
        is_desk = contact.role is Role.DESK
        substitute = index.contacts.get(contact.substitute_key)
        if contact.key in answering and not is_desk and (substitute is None or not substitute.is_valid(now)):
            yield _as(hole, HoleKind.NO_SUBSTITUTE)
        if not (contact.slack_id or contact.email or is_desk):
            yield _as(hole, HoleKind.UNREACHABLE)
        if not contact.phone and (is_desk or contact.role is Role.CONTACT):
            yield _as(hole, HoleKind.NO_PHONE)
        if contact.valid_until is not None and contact.valid_until <= now + SOON:
            yield _as(hole, HoleKind.ENDING, since=contact.valid_until)
        if _is_stale(contact.confirmed_at, now):
            yield _as(hole, HoleKind.NOT_CONFIRMED, since=contact.confirmed_at)


def _as(hole: Hole, kind: HoleKind, *, since: datetime | None = None) -> Hole:
    return Hole(kind, hole.record, hole.country, name=hole.name, side=hole.side, since=since)


def _same_email(people: Iterable[Contact]) -> Iterator[Hole]:
    by_email: defaultdict[str, list[Contact]] = defaultdict(list)
    for contact in people:
        if contact.email and contact.role is not Role.DESK:
            by_email[contact.email.lower()].append(contact)
    for first, *others in by_email.values():
        for other in others:
            yield Hole(HoleKind.SAME_EMAIL, other.key, other.country, name=other.name, other=first.key)


def _is_stale(confirmed_at: datetime | None, now: datetime) -> bool:
    return confirmed_at is None or confirmed_at < now - STALE
