"""A code leads to its thread for whoever may know it; for everybody else no code exists."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import event

from bot.domain.codes import read_code
from bot.domain.errors import BadInput, NotFound
from bot.domain.intake import Typed
from bot.usecases import cases, codes, intake
from tests.world import ELSEWHERE

UNUSED = "H222-H22-"
"""With its check character, a code no case here bears."""


def unused(case) -> str:
    """A right code that is not this case's."""
    found = next(code for c in "HJKLMRSTX23456789" if (code := read_code(UNUSED + c)))
    assert found != case.code
    return found


@contextmanager
def counted(engine):
    """How many statements are sent to the database meanwhile."""
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_more):
        seen.append(" ".join(statement.split()))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("who", ["asker", "asked", "coordinator"])
def test_the_code_leads_to_the_case(both_worlds, sides, who):
    """For both sides' participants and for a coordinator of an agency in it; however it was typed."""
    case = both_worlds.accepted_case(sides.asker, sides.asked)
    actor = both_worlds.actor(getattr(sides, who))
    for typed in (case.code, case.code.lower(), f"hvor er {case.code.replace('-', ' ')}?", case.code.replace("-", "")):
        found = both_worlds.do(codes.find, actor, typed=str(intake.code(Typed(typed))))
        assert found is not None
        assert found.case.id == case.id


@pytest.mark.parametrize("who", ["colleague", "substitute", "p-apart"])
def test_to_others_an_existing_code_and_one_that_is_none_look_the_same(both_worlds, sides, who):
    """The same words, and the same questions to the database: neither answer nor time tells whether there is a case."""
    case = both_worlds.accepted_case(sides.asker, sides.asked)
    actor = both_worlds.actor(getattr(sides, who, who))
    answers, asked = [], []
    for code in (case.code, unused(case)):
        with counted(both_worlds.engine) as seen, pytest.raises(NotFound) as error:
            both_worlds.do(codes.find, actor, typed=code)
        answers.append((error.value.key, {**error.value.values, "code": ""}))
        asked.append(seen)
    assert answers[0] == answers[1]
    assert asked[0] == asked[1]


def test_who_declined_or_works_elsewhere_knows_the_case_no_more(both_worlds, sides):
    """A place that was not taken gives no right to look; nor does another workspace."""
    case = both_worlds.open_case(sides.asker, sides.asked)
    request = both_worlds.request(case)
    asked = both_worlds.actor(sides.asked)
    assert both_worlds.do(codes.find, asked, typed=case.code) is not None
    both_worlds.answer(cases.decline, sides.asked, request, reason="no-time")
    for actor in (asked, replace(both_worlds.actor(sides.asker), workspace_id=ELSEWHERE), both_worlds.actor("nobody")):
        with pytest.raises(NotFound):
            both_worlds.do(codes.find, actor, typed=case.code)


def test_a_mistyped_code_is_said_to_be_mistyped(world, sides):
    """To everybody alike: that the characters do not fit together is no secret."""
    case = world.accepted_case(sides.asker, sides.asked)
    wrong = case.code[:-1] + ("H" if case.code[-1] != "H" else "J")
    for who in (sides.asker, sides.colleague):
        with pytest.raises(BadInput) as error:
            world.do(codes.find, world.actor(who), typed=str(intake.code(Typed(f"sag {wrong}"))))
        assert error.value.key == "code.error.mistyped"


def test_what_is_no_code_is_left_to_others():
    """A question without anything like a code is not this door's."""
    assert intake.code(Typed("hvem er min kontakt?")) is None


def test_a_look_up_is_audited(world, sides):
    """After the answer, by a row of its own."""
    case = world.accepted_case(sides.asker, sides.asked)
    world.do(codes.note, world.actor(sides.asked), case_id=case.id)
    assert world.verbs(case.id)[-1] == "case.find"
