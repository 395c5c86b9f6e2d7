from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.errors import NotAllowed
from bot.domain.incidents import AGAIN, GRACE, NOTICE, REMIND, TELL, TOLD, check_author, helper, keeper, plan
from bot.domain.ladders import Audience
from bot.domain.people import Contact, Role, Side
from tests.domain.people import actor, contact
from tests.world import MONDAY, OFFICE

NIGHT = MONDAY.replace(hour=21)


def person(key: str, side: Side, *, role: Role = Role.CONTACT, municipalities: tuple[str, ...] = ("259",)) -> Contact:
    """Somebody of a side, who can be reached."""
    return contact(
        key, agency_id=side.value, side=side, role=role, municipalities=municipalities, country="DK", slack_id=key
    )


def test_the_author_at_once_and_after_half_an_hour_then_her_coordinator():
    """Three rungs: the author is told, reminded once, and after two hours somebody who can help hears of it."""
    rungs = plan(OFFICE, now=MONDAY, direct=True, outside=False, helped=True)
    assert [(r.name, r.at, r.audience) for r in rungs] == [
        (NOTICE, MONDAY + GRACE, Audience.OWNER),
        (AGAIN, MONDAY + REMIND, Audience.OWNER),
        (TOLD, MONDAY + TELL, Audience.COORDINATOR),
    ]


def test_at_night_the_author_is_told_at_once_and_the_coordinator_in_the_morning():
    """Whoever types at night is awake; whoever coordinates is not asked before she works."""
    notice, again, told = plan(OFFICE, now=NIGHT, direct=True, outside=False, helped=True)
    assert (notice.at, again.at) == (NIGHT + GRACE, NIGHT + REMIND)
    assert told.at == OFFICE.next_working_moment(NIGHT + TELL)
    assert told.at - NIGHT > timedelta(hours=9)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"direct": False, "outside": False, "helped": True}, [(TOLD, Audience.COORDINATOR)]),
        ({"direct": False, "outside": True, "helped": True}, [(TOLD, Audience.OWNER)]),
        ({"direct": True, "outside": False, "helped": False}, [(NOTICE, Audience.OWNER), (AGAIN, Audience.OWNER)]),
        ({"direct": False, "outside": False, "helped": False}, []),
    ],
)
def test_who_cannot_be_written_to_is_not_and_who_coordinates_alone_is_not_told_of_herself(known, expected):
    """Of another organisation's people only the coordinator hears; the only coordinator is not told about herself."""
    assert [(rung.name, rung.audience) for rung in plan(OFFICE, now=MONDAY, **known)] == expected


def test_whom_she_asks_is_another_coordinator_of_her_agency():
    """Never herself, never one of the other side."""
    owner = person("owner", Side.POLICE, role=Role.COORDINATOR)
    other = person("other", Side.MUNICIPALITY, role=Role.COORDINATOR)
    second = person("second", Side.POLICE, role=Role.COORDINATOR)
    assert helper(owner, [owner, other]) is None
    assert helper(owner, [owner, other, second]) == second


def test_for_a_person_of_no_agency_the_rooms_coordinator_stands():
    """The coordinator of the room's municipality comes first, any other before nobody."""
    near = person("near", Side.MUNICIPALITY, role=Role.COORDINATOR)
    far = person("far", Side.POLICE, role=Role.COORDINATOR, municipalities=("101",))
    worker = person("worker", Side.MUNICIPALITY)
    assert keeper([worker, far, near], "DK", "259") == near
    assert keeper([worker, far], "DK", "259") == far
    assert keeper([worker], "DK", "259") is None


def test_nobody_answers_it_for_somebody_else():
    """Not a substitute, not a coordinator, not a stranger: only the author."""
    owner, coordinator = person("owner", Side.POLICE), person("boss", Side.POLICE, role=Role.COORDINATOR)
    assert check_author(actor(owner), owner) == owner
    for other in (coordinator, None):
        with pytest.raises(NotAllowed):
            check_author(actor(other), owner)
