"""The door for free text: what the guard lets pass, what it stops, what it asks, and what is remembered of an answer."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import pytest

from bot.domain.directory_files.tables import CONTACT_COLUMNS, Table, What, table_of
from bot.domain.errors import NotFound
from bot.domain.intake import Found, GuardedText, Held, Typed, Written
from bot.lexicons import guard, understanding
from bot.usecases import intake
from bot.usecases.intake import Intake
from storage import intake as pardons
from tests.world import HOME, World

DOOR = Intake(understanding(), guard(), b"a key of this test")
ASKED = "Liv ringer i dag"
"""A word that is also a name: the guard asks."""


def let_in(world: World, who: str, text: str, *answers: str, field: str = "note", door: Intake = DOOR) -> str:
    """Somebody sends a form with one text."""
    written = Written({field: Typed(text)}, frozenset(answers))
    return str(world.do(intake.let_in, world.actor(who), door, written)[field])


def held(world: World, who: str, text: str, *answers: str, field: str = "note") -> tuple[Found, ...]:
    """What the guard objects to."""
    with pytest.raises(Held) as caught:
        let_in(world, who, text, *answers, field=field)
    return caught.value.found


def remembered(world: World) -> int:
    """How many answers are remembered."""
    return len(world.snapshot()[pardons.guard_pardons.name])


@pytest.mark.parametrize("text", ["svar om samtale", "  to   ord\n", "bel\u00f8b\0 kr"])
def test_what_is_clean_goes_in_on_one_line(world: World, sides, text: str) -> None:
    """Blanks become one, control characters go; nothing is remembered and nothing audited."""
    before = world.snapshot()
    assert let_in(world, sides.asker, text) == " ".join(text.replace("\0", " ").split())
    assert world.snapshot() == before


def test_what_must_not_stand_there_is_stopped_by_place_and_kind(world: World, sides) -> None:
    """The refusal says where and what, and no way of printing it says the words."""
    text = "ring til mor til Signe, 010112-1234"
    found = held(world, sides.asker, text)
    assert {(text[f.start : f.end], f.kind, f.blocks) for f in found} == {
        ("Signe", "NAME", True),
        ("010112-1234", "NATIONAL_ID", True),
    }
    refusal = Held(found)
    said = f"{refusal!r} {refusal} {found!r} {Typed(text)!r} {Typed(text)} {GuardedText.kept(text)!r}"
    assert "Signe" not in said
    assert "1234" not in said


def test_nothing_answered_lets_in_what_is_stopped(world: World, sides) -> None:
    """A tick that no form offered counts for nothing, and is not remembered."""
    (found,) = held(world, sides.asker, "cpr 010112-1234")
    assert held(world, sides.asker, "cpr 010112-1234", found.digest) == (found,)
    assert remembered(world) == 0


def test_a_no_lets_the_text_in_and_is_remembered_for_the_agency(both_worlds: World, sides) -> None:
    """Her colleagues are not asked again in other texts; the other side is."""
    world = both_worlds
    (found,) = held(world, sides.asker, ASKED)
    assert not found.blocks
    assert let_in(world, sides.asker, ASKED, found.digest) == ASKED
    assert let_in(world, f"{sides.mine}-colleague", "Liv ringer mandag") == "Liv ringer mandag"
    (theirs,) = held(world, sides.asked, ASKED)
    assert theirs.digest != found.digest
    assert remembered(world) == 1
    assert "Liv" not in json.dumps(world.snapshot(), default=str)
    assert world.verbs(f"pardon:{found.digest[:16]}") == ["guard.pardon"]


def test_an_answer_given_twice_counts_once(world: World, sides) -> None:
    """Slack delivers a form twice: one row, one line in the audit."""
    (found,) = held(world, sides.asker, ASKED)
    for _ in range(2):
        let_in(world, sides.asker, ASKED, found.digest)
    assert remembered(world) == 1
    assert world.verbs(f"pardon:{found.digest[:16]}") == ["guard.pardon"]


def test_an_answer_counts_for_its_own_word_alone(world: World, sides) -> None:
    """Who changes the text after the question is asked about the new word."""
    (found,) = held(world, sides.asker, ASKED)
    (other,) = held(world, sides.asker, "snak med May om det", found.digest)
    assert other.digest != found.digest
    assert remembered(world) == 0


def test_a_no_beside_something_stopped_is_not_remembered_yet(world: World, sides) -> None:
    """Only a text that goes in leaves its answers behind."""
    (found,) = held(world, sides.asker, ASKED)
    stopped = held(world, sides.asker, f"{ASKED}, cpr 010112-1234", found.digest)
    assert [f.kind for f in stopped] == ["NATIONAL_ID"]
    assert remembered(world) == 0


def test_details_that_single_out_are_asked_about_every_time(world: World, sides) -> None:
    """It is no word that one could be right about for good."""
    text = "den ældste pige i 6 b på Ellemarkskolen"
    (found,) = held(world, sides.asker, text)
    assert (found.kind, found.blocks) == ("QUASI", False)
    assert let_in(world, sides.asker, text, found.digest) == text
    assert remembered(world) == 0


def test_another_key_knows_no_answer(world: World, sides) -> None:
    """The hashes say nothing without the key."""
    (found,) = held(world, sides.asker, ASKED)
    let_in(world, sides.asker, ASKED, found.digest)
    with pytest.raises(Held):
        let_in(world, sides.asker, ASKED, door=replace(DOOR, secret=b"another key"))


def test_who_stands_in_the_directory_may_be_named(world: World, sides) -> None:
    """In full, on either side, also with a remark behind the name; nobody else may."""
    with world.work() as work:
        work.connection.exec_driver_sql("UPDATE contacts SET name = 'Palle Politi (demo)' WHERE key = 'p-worker'")
        work.connection.exec_driver_sql("UPDATE contacts SET name = 'Hanne Lund' WHERE key = 'm-worker'")
        work.commit()
    for text in ("spørg Hanne Lund først", "spørg Palle Politi først"):
        assert let_in(world, sides.asker, text) == text
    assert {f.kind for f in held(world, sides.asker, "spørg Hanne Skov først")} == {"NAME"}


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("name", "Hanne Skov"),
        ("unit", "Station City, Halmtorvet 20"),
        ("hours", "man-tor 08:00-15:30, fre 08:00-14:00"),
        ("phone", "20 30 40 50"),
        ("phone", "010-112 12 34"),
        ("email", "hanne.skov@example.org"),
        ("best_time", "helst 20 30 40 50 efter kl. 12"),
        ("reason", "aftalt i foråret, post@example.org"),
    ],
)
def test_what_belongs_to_staff_may_stand_where_it_belongs(world: World, sides, field: str, text: str) -> None:
    """A colleague's name, phone and office are what the directory is for."""
    assert let_in(world, sides.asker, text, field=field) == text


@pytest.mark.parametrize("field", ["name", "unit", "hours", "best_time", "reason", "note"])
def test_an_identity_number_may_stand_nowhere(world: World, sides, field: str) -> None:
    """Whatever the field is for."""
    assert [f.kind for f in held(world, sides.asker, "barnet 010112-1234", field=field)] == ["NATIONAL_ID"]


@pytest.mark.parametrize("field", ["best_time", "reason"])
def test_a_family_may_not_be_named_in_the_directory(world: World, sides, field: str) -> None:
    """Where staff is described, nobody else is."""
    assert [f.kind for f in held(world, sides.asker, "tager mor til Signe", field=field)] == ["NAME"]


def test_a_stranger_learns_nothing(world: World) -> None:
    """Not even what the guard thinks of her text."""
    with pytest.raises(NotFound):
        let_in(world, "nobody", ASKED)


def test_a_question_is_looked_at_for_what_must_not_stand_there_alone(world: World, sides) -> None:
    """Each kind once; what could only be a person is let be; a stranger's is not looked at."""
    actor = world.actor(sides.asker)
    typed = Typed("kontakt om Signe Holm og Anders Skov, cpr 010112-1234")
    assert sorted(world.do(intake.leaks, actor, DOOR, typed=typed)) == ["NAME", "NATIONAL_ID"]
    assert world.do(intake.leaks, actor, DOOR, typed=Typed(ASKED)) == ()
    assert world.do(intake.leaks, world.actor("nobody"), DOOR, typed=typed) == ()


def contacts(*rows: dict[str, str]) -> Table:
    """A file of contacts."""
    lines = [(at, [row.get(column, "") for column in CONTACT_COLUMNS]) for at, row in enumerate(rows, 2)]
    made = table_of("", CONTACT_COLUMNS, lines)
    assert made is not None
    return made


def test_a_file_is_refused_by_line_and_column(world: World) -> None:
    """What must not be there is named by its kind; who stands in the file may be named in it; what may be a person passes."""
    file = contacts(
        {"key": "a", "country": "DK", "name": "Hanne Skov", "best_time": "eller Ib Lund"},
        {"key": "b", "country": "DK", "name": "Ib Lund", "best_time": ASKED, "phone": "20304050"},
        {"key": "c", "country": "DK", "name": "Bente Vang", "best_time": "ikke om mor til Signe"},
        {"key": "010112-1234", "country": "DK", "name": "Bo Vang", "unit": "cpr 010112-1234"},
    )
    (seen,) = world.do(intake.inspect, HOME, guard(), [file])
    assert seen.what is What.CONTACTS
    assert [(f.line, f.column, f.key, dict(f.values)) for f in seen.flaws] == [
        (4, "best_time", "guarded", {"kind": "NAME"}),
        (5, "key", "guarded", {"kind": "NATIONAL_ID"}),
        (5, "unit", "guarded", {"kind": "NATIONAL_ID"}),
    ]


def test_a_text_is_looked_at_while_nobody_notices(world: World, sides) -> None:
    """A field of 120 characters takes at most 20 ms, whatever machine this is: the median of many."""
    text = Written({"note": Typed("svar om samtale og møde i uge 12 " * 3)})
    actor, taken = world.actor(sides.asker), []
    for _ in range(15):
        begun = time.perf_counter()
        world.do(intake.let_in, actor, DOOR, text)
        taken.append(time.perf_counter() - begun)
    assert sorted(taken)[len(taken) // 2] < 0.02
