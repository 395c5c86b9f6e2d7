from __future__ import annotations

from datetime import time, timedelta

import pytest

from bot.data.kinds import kinds
from bot.domain import followups
from bot.domain.cases import FollowupWhat
from bot.domain.clearances import Clearance, Level, Need, Towards, is_covered
from bot.domain.followups import BY_STAGE, EVENTS, GROUPS, INTERVIEWS, NEEDS, Group
from bot.domain.matters import DueClock, Matter, MatterKind, MatterState
from bot.domain.people import Side
from tests.domain.people import contact
from tests.world import MONDAY, OFFICE


def cleared(level: Level, *, towards: Towards = Towards.PARENTS, expired: bool = False) -> Clearance:
    """A clearance both sides have accepted."""
    matter = Matter(
        "m", "T", MatterKind.CLEARANCE, MatterState.AGREED, "case", Side.POLICE, "p", "m", DueClock.AGREED, MONDAY
    )  # fmt: skip
    return Clearance(matter, towards, level, Side.MUNICIPALITY, contact("p"), contact("m"), expired)


def test_every_step_stands_under_one_heading():
    """Nothing that can be agreed is missing in the form, and nothing stands there twice."""
    listed = [what for whats in GROUPS.values() for what in whats]
    assert sorted(listed) == sorted(FollowupWhat)


@pytest.mark.parametrize("kind", [k.key for k in kinds()])
def test_what_fits_comes_first_and_all_else_follows(kind):
    """Whatever the kind and the stage, each step can be chosen once; what fits stands first."""
    for stages in ((), *((stage,) for stage in BY_STAGE)):
        found = followups.choices(kind, stages)
        assert sorted(what for _, whats in found for what in whats) == sorted(FollowupWhat)
        if stages:
            assert found[0][0] is Group.FIRST
            assert set(BY_STAGE[stages[0]]) <= set(found[0][1])


def test_a_due_moment_after_an_event_lies_in_working_time():
    """Two working days after a Friday evening is Tuesday; right after it is Monday morning."""
    friday = MONDAY + timedelta(days=4, hours=10)
    assert followups.resolved(friday, 0, OFFICE) == (MONDAY + timedelta(days=7)).replace(hour=7)
    after = followups.resolved(friday, 2, OFFICE).astimezone(OFFICE.zone)
    assert (after.date(), after.time()) == ((MONDAY + timedelta(days=9)).date(), time(8))


@pytest.mark.parametrize(
    ("level", "held", "least", "enough"),
    [
        (Level.FREE, False, Level.FREE, True),
        (Level.AFTER_INTERVIEW, False, Level.FREE, False),
        (Level.AFTER_INTERVIEW, True, Level.FREE, True),
        (Level.PRACTICAL, True, Level.FREE, False),
        (Level.PRACTICAL, False, Level.PRACTICAL, True),
        (Level.NOTHING, True, Level.PRACTICAL, False),
    ],
)
def test_how_far_a_clearance_goes(level, held, least, enough):
    """Free is enough for all, practical for what is practical, and what waits for the interview waits for it."""
    need = Need(Towards.PARENTS, least)
    assert is_covered(need, [cleared(level)], interview_held=held) is enough


def test_what_has_run_out_or_is_towards_others_covers_nothing():
    """A clearance that ran out is none, and one towards the school says nothing of the parents."""
    need = Need(Towards.PARENTS, Level.PRACTICAL)
    given = [cleared(Level.FREE, expired=True), cleared(Level.FREE, towards=Towards.SCHOOL)]
    assert not is_covered(need, given, interview_held=True)


def test_events_and_needs_are_of_the_closed_lists():
    """What hangs on an interview hangs on an event that can be known."""
    assert set(EVENTS) >= INTERVIEWS
    assert set(NEEDS) <= set(FollowupWhat)
