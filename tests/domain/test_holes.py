from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.directory_index import ContactBook, DirectoryIndex, RuleBook
from bot.domain.holes import HoleKind, Lists, holes, served_places
from bot.domain.people import Contact, Role, Side
from bot.domain.routing import RoutingRule
from tests.domain.test_directory_index import NOW, contact, index, rule

LISTS = Lists({("DK", "259"): "south", ("DK", "101"): "north"}, ("neglect", "consultation"))
SERVED = {("DK", "259")}
DAY = timedelta(days=1)


def whole() -> tuple[list[Contact], list[RoutingRule]]:
    """A directory without any hole."""

    def one(key: str, substitute: str, **more: Any) -> Contact:
        return contact(
            key, substitute_key=substitute, email=f"{key}@x.example", phone="114", confirmed_at=NOW - DAY, **more
        )

    people = [
        one("anna", "bo"), one("bo", "anna"),
        one("mia", "moa", side=Side.MUNICIPALITY, municipalities=("259",)), one("moa", "mia", side=Side.MUNICIPALITY),
    ]  # fmt: skip
    rules = [rule(f"to-{key}", key, municipality="259", confirmed_at=NOW - DAY) for key in ("anna", "mia")]
    return people, rules


def kinds(people: list[Contact], rules: list[RoutingRule], **more: Any) -> list[tuple[HoleKind, str]]:
    """The holes of a directory, and whose they are."""
    found = holes(index(people, rules), LISTS, **{"served": SERVED, "now": NOW, **more})
    return [(hole.kind, hole.record or f"{hole.side}:{','.join(hole.kinds)}") for hole in found]


def test_a_whole_directory_has_none():
    """Where everything is in order nothing is said."""
    assert kinds(*whole()) == []


@pytest.mark.parametrize(
    ("key", "change", "hole"),
    [
        ("anna", {"substitute_key": None}, HoleKind.NO_SUBSTITUTE),
        ("anna", {"substitute_key": "nobody"}, HoleKind.NO_SUBSTITUTE),
        ("anna", {"confirmed_at": None}, HoleKind.NOT_CONFIRMED),
        ("anna", {"confirmed_at": NOW - 91 * DAY}, HoleKind.NOT_CONFIRMED),
        ("anna", {"valid_until": NOW + 29 * DAY}, HoleKind.ENDING),
        ("anna", {"email": ""}, HoleKind.UNREACHABLE),
        ("anna", {"phone": ""}, HoleKind.NO_PHONE),
        ("bo", {"email": "Anna@x.example"}, HoleKind.SAME_EMAIL),
    ],
)
def test_each_thing_that_is_missing_of_a_person_is_a_hole(key, change, hole):
    """One thing is taken away, one hole is found, and it names her."""
    people, rules = whole()
    assert kinds([replace(c, **change) if c.key == key else c for c in people], rules) == [(hole, key)]


@pytest.mark.parametrize("change", [{"confirmed_at": NOW - 89 * DAY}, {"valid_until": NOW + 31 * DAY}])
def test_what_is_still_fresh_is_no_hole(change):
    """Ninety days since it was confirmed, thirty until it ends."""
    people, rules = whole()
    assert kinds([replace(people[0], **change), *people[1:]], rules) == []


def test_a_kind_without_a_person_is_a_hole_for_that_side():
    """A desk is no person; one rule for one kind leaves the others open."""
    people, rules = whole()
    desk = contact("desk", role=Role.DESK, phone="114", confirmed_at=NOW)
    fewer = [replace(rules[0], kind="neglect"), rules[1], rule("d", "desk", municipality="259", confirmed_at=NOW)]
    assert kinds([*people, desk], fewer) == [(HoleKind.NO_PERSON, "police:consultation")]
    assert kinds(people, rules[1:]) == [(HoleKind.NO_PERSON, "police:")]


def test_a_rule_that_can_never_match_names_the_one_before_it():
    """Of two that say the same for one side, the second is never asked."""
    people, rules = whole()
    again = rule("z", "bo", municipality="259", confirmed_at=NOW - 2 * DAY)
    (hole,) = holes(index(people, [*rules, again]), LISTS, served=SERVED, now=NOW)
    assert (hole.kind, hole.record, hole.other) == (HoleKind.NEVER, "z", "to-anna")
    elsewhere = rule("z", "bo", municipality="259", district="north", confirmed_at=NOW)
    assert kinds(people, [*rules, elsewhere]) == [(HoleKind.NEVER, "z")]


def test_a_rule_that_leads_to_nobody_is_a_hole():
    """Its contact has ended, or nobody is in the unit it names."""
    people, rules = whole()
    gone = contact("gone", valid_until=NOW)
    lost = [rule("g", "gone", kind="neglect", confirmed_at=NOW), rule("u", unit="no unit", confirmed_at=NOW)]
    assert kinds([*people, gone], [*rules, *lost]) == [(HoleKind.NOBODY, "g"), (HoleKind.NOBODY, "u")]
    ended = [replace(r, valid_until=NOW) for r in lost]
    assert kinds([*people, gone], [*rules, *ended]) == []


def test_the_places_a_directory_serves():
    """Those its rules name, and those of its municipalities; not all that a police contact could cover."""
    people = [
        contact("anna", municipalities=("101",)),
        contact("mia", side=Side.MUNICIPALITY, municipalities=("259",)),
    ]
    directory = DirectoryIndex(ContactBook(people), RuleBook([rule("r", "anna", municipality="253")]))
    assert served_places(directory) == {("DK", "259"), ("DK", "253")}
