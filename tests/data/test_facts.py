"""The bundled facts are complete, agree with each other, and avoid the known traps."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from bot.data import childrens_houses, countries, districts, guidance, kinds, municipalities, timelines, units
from bot.data.reading import LANGUAGES, rows, yes

COUNTRIES = ("DK", "NO", "SE")
URGENCIES = {"now", "same-day", "next-day", "routine"}


@pytest.mark.parametrize(("country", "count"), [("DK", 98), ("NO", 357), ("SE", 290), ("FI", 0)])
def test_every_municipality_of_a_country_is_there(country, count):
    """98 in Denmark, 357 in Norway, 290 in Sweden, and none of a country that is not served."""
    assert len(municipalities.municipalities(country)) == count


@pytest.mark.parametrize(("country", "count"), [("DK", 12), ("NO", 12), ("SE", 7)])
def test_every_district_of_a_country_is_there(country, count):
    """Twelve districts in Denmark and Norway, seven regions in Sweden."""
    assert len(districts.districts(country)) == count


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("municipalities", ("country", "code")),
        ("districts", ("key",)),
        ("kinds", ("key",)),
        ("units", ("key",)),
        ("childrens_houses", ("key",)),
        ("countries", ("country",)),
        ("guidance", ("key",)),
        ("timelines", ("key",)),
    ],
)
def test_no_key_stands_twice(table, columns):
    """A key names one row, so no row hides another."""
    keys = [tuple(row[column] for column in columns) for row in rows(table)]
    assert len(keys) == len(set(keys))


def test_every_municipality_lies_in_a_district_of_its_own_country():
    """No municipality points to a district that does not exist or lies across a border."""
    for country in COUNTRIES:
        for place in municipalities.municipalities(country):
            found = districts.district(place.district)
            assert found is not None, place
            assert found.country == country, place


def test_every_district_has_municipalities():
    """A district without any municipality would be a slip in a key."""
    for country in COUNTRIES:
        for one in districts.districts(country):
            assert municipalities.municipalities_of_district(one.key), one


def test_a_code_shared_by_norway_and_sweden_names_two_places():
    """Country and code together are the key: 1860 is Vestvågøy in Norway and Laxå in Sweden."""
    shared = {m.code for m in municipalities.municipalities("NO")} & {
        m.code for m in municipalities.municipalities("SE")
    }
    assert "1860" in shared
    names = [found.name for c in ("NO", "SE") if (found := municipalities.municipality(c, "1860"))]
    assert names == ["Vestvågøy", "Laxå"]


@pytest.mark.parametrize(
    ("code", "name", "district"),
    [
        ("330", "Slagelse", "sydsjaellands-og-lolland-falsters-politi"),
        ("340", "Sorø", "sydsjaellands-og-lolland-falsters-politi"),
        ("336", "Stevns", "midt-og-vestsjaellands-politi"),
    ],
)
def test_the_often_mistaken_danish_municipalities_lie_where_they_do(code, name, district):
    """Slagelse and Sorø belong to the south, Stevns to the west, against what the map suggests."""
    place = municipalities.municipality("DK", code)
    assert place is not None
    assert (place.name, place.district) == (name, district)


@pytest.mark.parametrize("name", ["Herøy", "Våler"])
def test_a_name_borne_by_two_municipalities_is_shown_with_its_county(name):
    """Two Herøy and two Våler in Norway: the display name tells them apart."""
    shown = {m.display_name for m in municipalities.municipalities("NO") if m.name == name}
    assert len(shown) == 2
    assert all(one.startswith(f"{name} (") for one in shown)


def test_display_names_are_unique_within_a_country():
    """A person who picks from a list of names picks one municipality."""
    for country in COUNTRIES:
        shown = [m.display_name for m in municipalities.municipalities(country)]
        assert len(shown) == len(set(shown))


def test_what_only_one_source_says_is_not_sure():
    """Jevnaker's district has a single source and is not shown as a fact."""
    place = municipalities.municipality("NO", "3236")
    assert place is not None
    assert place.name == "Jevnaker"
    assert not place.sure


def test_every_danish_municipality_has_exactly_one_childrens_house():
    """The five houses share the country without overlap: one per region, by law."""
    houses = childrens_houses.childrens_houses("DK")
    assert len(houses) == 5
    covered = [code for house in houses for code in house.municipalities]
    assert sorted(covered) == sorted(m.code for m in municipalities.municipalities("DK"))


def test_every_norwegian_municipality_has_a_childrens_house():
    """Eleven houses cover all twelve districts, as our default."""
    assert len(childrens_houses.childrens_houses("NO")) == 11
    for place in municipalities.municipalities("NO"):
        house = childrens_houses.house_for("NO", place.code)
        assert house is not None, place
        assert house.coverage_by == "default"


def test_no_childrens_house_is_invented_where_none_is_bundled():
    """Sweden has no list yet, and a code that does not exist has no house."""
    assert childrens_houses.house_for("SE", "0180") is None
    assert childrens_houses.house_for("DK", "999") is None


def test_a_house_knows_its_satellites_and_which_are_unconfirmed():
    """Esbjerg is known from memory only, Herning was looked up."""
    syd = {one.seat: one.sure for one in childrens_houses.satellites("boernehus-syd")}
    midt = {one.seat: one.sure for one in childrens_houses.satellites("boernehus-midt")}
    assert syd == {"Esbjerg": False}
    assert midt == {"Herning": True}


def test_every_kind_is_named_in_every_language_and_routed_in_every_country():
    """Fifteen kinds; a reader of any language finds a name, an asker of any country a unit that exists."""
    assert len(kinds.kinds()) == 15
    for kind in kinds.kinds():
        assert all(kind.names[language] for language in LANGUAGES), kind
        assert all(units.unit_kind(kind.default_units[country]) for country in COUNTRIES), kind
        assert kind.default_urgency in URGENCIES, kind


def test_every_unit_is_named_in_every_language():
    """A unit without a name in some language could not be shown there."""
    for unit in units.unit_kinds():
        assert all(unit.names[language] for language in LANGUAGES), unit


def test_the_control_rooms_number_goes_with_the_country():
    """114 in Denmark, 02800 in Norway, 114 14 in Sweden, 112 everywhere for danger now."""
    assert {c.code: c.control_room for c in countries.countries()} == {"DK": "114", "NO": "02800", "SE": "114 14"}
    assert {c.emergency for c in countries.countries()} == {"112"}
    assert not any(
        char.isdigit() for unit in units.unit_kinds() for char in unit.names["da"] if unit.key == "control-room"
    )


def test_office_hours_are_hours():
    """Every office opens before it closes, in a zone that exists."""
    for country in countries.countries():
        assert country.municipality_open < country.municipality_close
        assert country.police_open < country.police_close
        assert country.language in country.languages


def test_a_country_that_is_not_bundled_is_an_error_not_a_guess():
    """Finland is not served: asking for it fails at once."""
    with pytest.raises(KeyError):
        countries.country("FI")


def test_guidance_points_to_timelines_that_exist():
    """A topic's timeline can be shown beside it, in the same country."""
    for country in COUNTRIES:
        for topic in guidance.topics(country):
            if topic.timeline is not None:
                found = timelines.timeline(topic.timeline)
                assert found is not None, topic.key
                assert found.country == country
            assert topic.answer
            assert topic.terms


def test_the_law_is_named_in_its_countrys_words():
    """It is shown to people as it stands, so nothing of ours in English stands between the paragraphs."""
    english = {"act", "and", "chapter", "guide", "guideline", "local", "no", "of", "on", "since", "the", "was"}
    for country in COUNTRIES:
        for topic in guidance.topics(country):
            assert not english & set(re.findall(r"\w+", topic.legal_basis.casefold())), topic.key


def test_timelines_from_memory_are_not_sure():
    """The interview target for Swedish children is of low confidence; the Danish 24 hours were looked up."""
    unsure, sure = timelines.timeline("se-barnforhor"), timelines.timeline("dk-underretning-24-timer")
    assert unsure is not None
    assert sure is not None
    assert (unsure.sure, sure.sure) == (False, True)


def test_timelines_speak_in_known_units():
    """A length has a unit, no length has none, and the basis is one of four words."""
    for country in COUNTRIES:
        for one in timelines.timelines(country):
            assert one.unit in get_args(timelines.Unit), one.key
            assert one.basis in get_args(timelines.Basis), one.key
            assert (one.length is None) == (one.unit == "none"), one.key


def test_a_yes_or_no_cell_says_nothing_else():
    """A slip in a table fails loudly instead of counting as no."""
    assert yes("yes")
    assert not yes("no")
    with pytest.raises(ValueError, match="write yes or no"):
        yes("maybe")


def test_what_does_not_exist_is_none():
    """Unknown keys give None in every table."""
    assert municipalities.municipality("DK", "0301") is None
    assert districts.district("nowhere") is None
    assert kinds.kind("nothing") is None
    assert guidance.guidance("nothing") is None
    assert childrens_houses.childrens_house("nothing") is None
