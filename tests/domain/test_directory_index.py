from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.directory_index import ContactBook, DirectoryIndex, Found, Question, RuleBook
from bot.domain.people import Contact, Role, Side
from bot.domain.routing import ANY, RoutingRule, best_rule, default_rules
from tests.domain.people import contact as person

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
KINDS, URGENCIES, PLACES = ("neglect", "consultation"), ("now", "routine"), ("259", "253", "101")
DISTRICTS = {"259": "south", "253": "south", "101": "north"}


def contact(key: str, **more: Any) -> Contact:
    """A police contact in Denmark."""
    return person(key, **{"country": "DK", "agency_key": "police", **more})


def rule(key: str, contact_key: str = "", **more: Any) -> RoutingRule:
    """A rule with all the rest at its least."""
    return RoutingRule(
        **{
            "key": key, "country": "DK", "contact_key": contact_key, "reason": "agreed", "decided_by": "",
            "confirmed_at": None, **more,
        }
    )  # fmt: skip


def index(contacts: list[Contact], rules: list[RoutingRule]) -> DirectoryIndex:
    """A directory of these."""
    return DirectoryIndex(ContactBook(contacts), RuleBook(rules))


def ask(kind: str | None = None, urgency: str | None = None, place: str = "259", country: str = "DK") -> Question:
    """A question about a place."""
    return Question(country, place, DISTRICTS[place], kind, urgency)


def found(directory: DirectoryIndex, question: Question, **more: Any) -> tuple[str, str] | None:
    """Whom a question leads to, and by which rule."""
    answer: Found | None = directory.find(question, **{"side": Side.POLICE, "now": NOW, **more})
    return (answer.contact.key, answer.rule.key if answer.rule else "") if answer else None


rules = st.lists(
    st.builds(
        rule,
        key=st.text("abcdef", min_size=1, max_size=3), contact_key=st.just("anna"),
        country=st.sampled_from(["DK", "NO"]), municipality=st.sampled_from([ANY, *PLACES]),
        district=st.sampled_from([ANY, "south", "north"]), kind=st.sampled_from([ANY, *KINDS]),
        urgency=st.sampled_from([ANY, *URGENCIES]),
        confirmed_at=st.sampled_from([None, NOW - HOUR, NOW]),
    ),
    max_size=12, unique_by=lambda r: r.key,
)  # fmt: skip


@given(rules)
def test_a_look_up_finds_what_a_search_of_all_rules_finds(some):
    """Quick and slow agree, for every question there is."""
    directory = index([contact("anna"), contact("anna", country="NO")], some)
    for place, kind, urgency, country in product(PLACES, (None, *KINDS), (None, *URGENCIES), ("DK", "NO")):
        question = ask(kind, urgency, place, country)
        slow = best_rule(
            some, country=country, municipality=place, district=DISTRICTS[place], kind=kind, urgency=urgency
        )
        quick = next(directory.rules.fitting(question), None)
        assert quick == slow


def test_of_rules_that_say_the_same_the_one_confirmed_last_holds():
    """An older agreement gives way; without dates the key decides, so that no tie is left."""
    people = [contact("anna"), contact("bo")]
    old, new = rule("a", "anna", confirmed_at=NOW - HOUR), rule("b", "bo", confirmed_at=NOW)
    assert found(index(people, [old, new]), ask()) == ("bo", "b")
    assert found(index(people, [rule("a", "anna"), rule("b", "bo")]), ask()) == ("anna", "a")


def test_a_rule_that_has_ended_or_leads_to_nobody_gives_way():
    """The next best rule answers: somebody who is gone is never named."""
    people = [contact("gone", valid_until=NOW), contact("later", valid_from=NOW + HOUR), contact("anna")]
    over = rule("over", "anna", municipality="259", kind="neglect", valid_until=NOW)
    best = [rule("to-gone", "gone", municipality="259"), rule("to-later", "later", district="south")]
    assert found(index(people, [over, *best, rule("any", "anna")]), ask("neglect")) == ("anna", "any")


def test_each_side_has_its_own_answer():
    """The same place leads the police to the municipality's contact, and the municipality to the police's."""
    people = [contact("anna"), contact("mia", side=Side.MUNICIPALITY)]
    both = index(people, [rule("p", "anna", municipality="259"), rule("m", "mia", municipality="259")])
    assert found(both, ask()) == ("anna", "p")
    assert found(both, ask(), side=Side.MUNICIPALITY) == ("mia", "m")
    assert found(both, ask(), side=Side.CHILDRENS_HOUSE) is None


def test_a_unit_leads_to_whom_it_named_for_the_place_then_to_its_desk_then_to_anybody():
    """A person for this municipality is better than the desk, and the desk better than somebody who is there by chance."""
    named, desk = contact("named", municipalities=("259",)), contact("desk", role=Role.DESK)
    anybody = contact("anybody")
    for people, key in (([anybody, desk, named], "named"), ([anybody, desk], "desk"), ([anybody], "anybody")):
        assert found(index(people, [rule("r", unit="LOCAL")]), ask()) == (key, "r")


def test_a_unit_of_another_district_is_never_meant():
    """Where several agencies have such a unit, only the district's own counts: a wrong contact is worse than none."""
    south = contact("south", agency_id="s", agency_key="south", unit_kind="local")
    north = contact("north", agency_id="n", agency_key="north", unit_kind="local")
    directory = index([south, north], [rule("r", unit="local")])
    assert found(directory, ask()) == ("south", "r")
    assert found(directory, ask(place="101")) == ("north", "r")
    other = index([north, contact("x", agency_key="else", unit_kind="local")], [rule("r", unit="local")])
    assert found(other, ask()) is None
    assert found(index([north, south], [rule("r", unit="north/local")]), ask()) == ("north", "r")


def test_a_unit_names_nobody_for_a_place_or_kind_that_is_not_hers():
    """Whoever names other municipalities or other kinds is not asked; coordinators and leaders are not either."""
    elsewhere = contact("elsewhere", municipalities=("101",))
    other_kind = contact("other", kinds=("consultation",))
    leader = contact("leader", role=Role.LEADER)
    assert found(index([elsewhere, other_kind, leader], [rule("r", unit="local")]), ask("neglect")) is None


def test_with_a_contact_and_a_unit_the_unit_stands_in():
    """When the contact cannot be asked any more the unit is."""
    people = [contact("gone", valid_until=NOW), contact("desk", role=Role.DESK)]
    assert found(index(people, [rule("r", "gone", unit="local")]), ask()) == ("desk", "r")


def test_a_default_comes_after_everything_anybody_decided():
    """Rules first, then whoever says that this kind is hers, then the default, then whoever covers the place."""
    defaults = default_rules("DK", {"neglect": "local", "consultation": "prevention"})
    assert all(default.is_default and default.reason_key for default in defaults)
    generalist = contact("generalist", municipalities=("259",), unit="Else")
    local = contact("local", unit_kind="local", unit="Station", municipalities=("259",), kinds=("neglect", "x"))
    specialist = contact("specialist", municipalities=("259",), kinds=("neglect",), unit="Other")
    steps = [
        ([generalist], [], ("generalist", "")),
        ([generalist, contact("desk", unit_kind="local", role=Role.DESK)], [], ("desk", "default:DK:neglect")),
        ([generalist, local, specialist], [], ("local", "")),
        ([generalist, local, specialist], [rule("r", "generalist")], ("generalist", "r")),
    ]
    for people, some, expected in steps:
        assert found(index(people, some), ask("neglect"), defaults=defaults) == expected


def test_countries_that_share_a_code_share_nobody():
    """Norway and Sweden use the same numbers: a Swedish contact is never named in Norway."""
    swede = contact("sven", country="SE", municipalities=("259",))
    assert found(index([swede], [rule("r", "sven", country="SE", municipality="259")]), ask(country="NO")) is None


def test_whoever_stands_behind_a_contact():
    """Her substitute and her unit's desk, when they can be asked."""
    anna, bo = contact("anna", substitute_key="bo"), contact("bo", valid_until=NOW)
    book = ContactBook([anna, bo, contact("desk", role=Role.DESK), contact("else", role=Role.DESK, unit="Else")])
    assert [c.key for c in book.around(anna, NOW)] == ["anna", "desk"]
    assert [c.key for c in book.around(anna, NOW - HOUR)] == ["anna", "bo", "desk"]
