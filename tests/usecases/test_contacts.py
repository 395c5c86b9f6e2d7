from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.errors import BadInput, NotFound
from bot.domain.routing import RoutingRule
from bot.usecases import contacts, directory
from tests.world import HOME, KOEGE, everybody


def test_each_side_finds_the_other(both_worlds, sides):
    """The answer is the other side's contact by the rule, with why, her substitute, and the control room last."""
    found = both_worlds.do(contacts.find_contact, both_worlds.actor(sides.asker))
    assert (found.municipality, found.municipality_name, found.country) == (KOEGE, "Køge", "DK")
    assert [link.why for link in found.chain] == ["why.rule", "why.substitute", "why.control_room"]
    assert [link.contact.key if link.contact else None for link in found.chain] == [sides.asked, sides.substitute, None]
    rule = found.chain[0].rule
    assert rule is not None
    assert (rule.reason, rule.decided_by) == ("agreed", "the board")
    assert found.chain[-1].phone == "114"
    assert found.emergency == "112"


def test_a_question_without_any_rule_still_has_an_answer(world, sides):
    """For a municipality nobody has agreed anything about, the control room answers."""
    found = world.do(contacts.find_contact, world.actor(sides.asker), municipality="101")
    assert [link.why for link in found.chain] == ["why.control_room"]


def test_a_rule_for_the_kind_of_case_counts(world):
    """Who says what it is about gets the contact agreed for that."""
    rule = RoutingRule(
        "special", "DK", "p-colleague", "central unit", "board", None, municipality=KOEGE, kind="neglect"
    )
    world.do(directory.put, HOME, replace(everybody(), rules=[*everybody().rules, rule]))
    actor = world.actor("m-worker")
    found = world.do(contacts.find_contact, actor, kind="neglect")
    assert found.chain[0].name == "Name of p-colleague"
    assert world.do(contacts.find_contact, actor, kind="missing-child").chain[0].name == "Name of p-worker"


def test_a_stranger_learns_nothing(world):
    """Not even whether there is a contact."""
    with pytest.raises(NotFound) as error:
        world.do(contacts.find_contact, world.actor("nobody"))
    assert error.value.key == "refused.stranger"


@pytest.mark.parametrize(
    ("codes", "asked", "key"),
    [
        ((KOEGE, "101"), None, "contact.error.which_municipality"),
        ((), None, "contact.error.which_municipality"),
        ((KOEGE,), "nowhere", "contact.error.municipality"),
    ],
)
def test_a_municipality_that_is_not_clear_is_asked_for(world, codes, asked, key):
    """Who works for several must name one; one that does not exist is said."""
    actor = world.actor("m-worker")
    assert actor.contact is not None
    actor = replace(actor, contact=replace(actor.contact, municipalities=codes))
    with pytest.raises(BadInput) as error:
        world.do(contacts.find_contact, actor, municipality=asked)
    assert (error.value.key, error.value.field) == (key, "municipality")


def test_a_look_up_leaves_its_row_and_nothing_else(world):
    """Who asked about which municipality is on record; what she asked is not."""
    before = world.snapshot()
    world.do(contacts.note_lookups, [contacts.Lookup(world.actor("m-worker"), KOEGE, world.now)])
    after = world.snapshot()
    assert world.verbs(f"municipality:{KOEGE}") == ["contact.find"]
    assert {name for name in after if after[name] != before[name]} == {"audit"}
