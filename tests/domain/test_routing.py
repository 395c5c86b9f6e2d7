from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.people import Role
from bot.domain.routing import ANY, Link, RoutingRule, best_rule, chain
from tests.domain.people import contact

CONTROL_ROOM = Link(name="Control room", phone="114", why="why.control_room")
QUESTION: dict[str, str | None] = {
    "country": "DK", "municipality": "259", "district": "south", "kind": "neglect", "urgency": "now",
}  # fmt: skip


def rule(key: str, contact_key: str = "first", *, country: str = "DK", **fits: Any) -> RoutingRule:
    """A rule for what is named, and any of the rest."""
    return RoutingRule(key, country, contact_key, "agreed", "the board", None, **fits)


some_rules = st.lists(
    st.builds(
        RoutingRule,
        key=st.text("abc", min_size=1, max_size=3), country=st.sampled_from(["DK", "NO"]), contact_key=st.just("first"),
        reason=st.just(""), decided_by=st.just(""), confirmed_at=st.none(),
        municipality=st.sampled_from([ANY, "259", "101"]), district=st.sampled_from([ANY, "south", "north"]),
        kind=st.sampled_from([ANY, "neglect", "other"]), urgency=st.sampled_from([ANY, "now", "routine"]),
    ),
    max_size=8,
)  # fmt: skip


@given(some_rules)
def test_the_best_rule_fits_and_none_that_fits_is_more_specific(rules):
    """Among the rules that speak of the question the most specific wins; where none does, none is made up."""
    best = best_rule(rules, **QUESTION)
    fitting = [r for r in rules if r.fits(**QUESTION)]
    assert (best is None) == (not fitting)
    assert best is None or (best in fitting and all(r.specificity <= best.specificity for r in fitting))


@given(some_rules, st.randoms(use_true_random=False))
def test_the_order_in_which_rules_are_kept_decides_nothing(rules, chance):
    """The same rules in another order give the same contact."""
    rules = list({r.key: r for r in rules}.values())
    before = best_rule(rules, **QUESTION)
    chance.shuffle(rules)
    assert best_rule(rules, **QUESTION) == before


def test_place_comes_before_kind_and_kind_before_urgency():
    """The municipality's own rule beats one for the kind of case, which beats one for the urgency."""
    rules = [rule("any")]
    for key, fits in (
        ("urgency", {"urgency": "now"}),
        ("kind", {"kind": "neglect"}),
        ("district", {"district": "south"}),
        ("municipality", {"municipality": "259"}),
    ):
        rules.append(rule(key, **fits))
        best = best_rule(rules, **QUESTION)
        assert best is not None
        assert best.key == key


def test_a_question_without_a_kind_meets_only_rules_for_any_kind():
    """Who does not say what it is about is not sent to a specialist."""
    rules = [rule("special", kind="neglect", municipality="259"), rule("any")]
    best = best_rule(rules, **{**QUESTION, "kind": None, "urgency": None})
    assert best is not None
    assert best.key == "any"


def test_a_rule_of_another_country_never_fits():
    """Norway and Sweden share codes: a municipality is country and code."""
    assert best_rule([rule("norwegian", country="NO", municipality="259")], **QUESTION) is None


def names(*links: Link) -> list[tuple[str, str]]:
    """Whom to ring, and why."""
    return [(link.name, link.why) for link in links]


def test_the_chain_leads_from_the_person_to_the_control_room():
    """The person, her substitute, her unit's desk, the control room; each says why."""
    contacts = [
        contact("first", substitute_key="second"),
        contact("second"),
        contact("desk", role=Role.DESK),
        contact("other-desk", role=Role.DESK, unit="Another unit"),
    ]
    found = chain(rule("r"), contacts, municipality="259", control_room=CONTROL_ROOM)
    assert names(*found) == [
        ("Name of first", "why.rule"), ("Name of second", "why.substitute"), ("Name of desk", "why.desk"),
        ("Control room", "why.control_room"),
    ]  # fmt: skip
    assert found[0].rule == rule("r")


def test_a_desk_that_is_the_contact_is_named_once():
    """Nobody is told to ring the same desk twice."""
    found = chain(rule("r"), [contact("first", role=Role.DESK)], municipality="259", control_room=CONTROL_ROOM)
    assert names(*found) == [("Name of first", "why.rule"), ("Control room", "why.control_room")]


def test_a_rule_whose_contact_has_left_leads_to_the_desk_that_covers():
    """An agreement with somebody who is gone is no dead end."""
    desk = contact("desk", role=Role.DESK, municipalities=("259",))
    found = chain(rule("r", "gone"), [desk], municipality="259", control_room=CONTROL_ROOM)
    assert names(*found) == [("Name of desk", "why.covers"), ("Control room", "why.control_room")]


people = st.builds(
    contact,
    st.sampled_from(["first", "second", "third"]),
    role=st.sampled_from(list(Role)),
    substitute_key=st.sampled_from([None, "first", "second", "gone"]),
    municipalities=st.sampled_from([(), ("259",), ("101",)]),
)


@given(
    st.lists(people, max_size=4, unique_by=lambda c: c.key),
    st.none() | st.sampled_from(["first", "gone"]).map(lambda key: rule("r", key)),
)
def test_the_chain_always_ends_in_the_control_room(contacts, chosen):
    """Whatever the directory looks like, there is somebody to ring, and nobody twice."""
    found = chain(chosen, contacts, municipality="259", control_room=CONTROL_ROOM)
    assert found[-1] == CONTROL_ROOM
    assert len({link.name for link in found}) == len(found)
