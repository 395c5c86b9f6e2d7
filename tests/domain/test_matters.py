from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.errors import NotAllowed, Settled
from bot.domain.matters import MatterState, check_answerer
from bot.domain.people import Role, Side
from tests.domain.people import actor, contact
from tests.domain.test_ladders import MATTER
from tests.world import MONDAY

OPEN = [s for s in MatterState if s.is_open]
SETTLED = [s for s in MatterState if not s.is_open]
OWNER = contact("owner", substitute_key="substitute")


def test_only_what_is_proposed_or_agreed_is_open():
    """Everything else is settled: nobody owes anything any more."""
    assert OPEN == [MatterState.PROPOSED, MatterState.AGREED]


@pytest.mark.parametrize("state", SETTLED)
def test_a_settled_matter_moves_no_more(state):
    """An answer to what is settled changes nothing, and the sentence says how it was settled."""
    settled = replace(MATTER, state=state)
    for change in (
        lambda: settled.moved(MatterState.DONE, MONDAY),
        lambda: settled.due_moved(MONDAY),
        lambda: settled.owned_by("other", Side.POLICE),
        settled.check_open,
    ):
        with pytest.raises(Settled) as error:
            change()
        assert error.value.key == f"settled.{state}"


@pytest.mark.parametrize("state", SETTLED)
def test_settling_remembers_when_and_why(state):
    """What is settled knows since when, and the reason that was given."""
    now = MONDAY + timedelta(hours=1)
    moved = MATTER.moved(state, now, reason="no-time")
    assert (moved.state, moved.settled_at, moved.reason) == (state, now, "no-time")


def test_agreeing_settles_nothing():
    """What is agreed is still owed."""
    moved = MATTER.moved(MatterState.AGREED, MONDAY)
    assert (moved.state, moved.settled_at) == (MatterState.AGREED, None)


@pytest.mark.parametrize("answer", [MatterState.AGREED, MatterState.DECLINED])
def test_a_proposal_is_answered_once(answer):
    """Who agrees twice, or declines what somebody agreed to, is told that it was answered."""
    agreed = MATTER.moved(MatterState.AGREED, MONDAY)
    with pytest.raises(Settled) as error:
        agreed.moved(answer, MONDAY)
    assert error.value.key == "settled.agreed"


def test_every_change_grows_the_revision():
    """What was planned for an earlier revision no longer holds, whatever changed."""
    changed = [
        MATTER.moved(MatterState.AGREED, MONDAY),
        MATTER.due_moved(MONDAY),
        MATTER.owned_by("other", Side.MUNICIPALITY),
    ]
    assert [m.revision for m in changed] == [MATTER.revision + 1] * 3
    assert (changed[2].owner_id, changed[2].side) == ("other", Side.MUNICIPALITY)


@pytest.mark.parametrize(
    "answerer",
    [
        OWNER,
        contact("substitute"),
        contact("substitute", agency_id="elsewhere"),
        contact("coordinator", role=Role.COORDINATOR),
    ],
    ids=["owner", "substitute", "substitute of another agency", "coordinator"],
)
def test_the_owner_her_substitute_and_her_coordinator_answer(answerer):
    """These three, and the one who answers is known."""
    assert check_answerer(actor(answerer), OWNER) == answerer


@pytest.mark.parametrize(
    "other",
    [
        contact("colleague"),
        contact("leader", role=Role.LEADER),
        contact("coordinator", role=Role.COORDINATOR, agency_id="elsewhere"),
        None,
    ],
    ids=["colleague", "leader", "coordinator of another agency", "stranger"],
)
def test_nobody_else_answers(other):
    """A colleague, a leader, another agency's coordinator, a stranger: each is told whose it is."""
    with pytest.raises(NotAllowed) as error:
        check_answerer(actor(other), OWNER)
    assert (error.value.key, error.value.values) == ("refused.not_owner", {"owner": "Name of owner"})


def test_who_has_no_substitute_is_answered_for_by_none():
    """Two people without a substitute do not stand in for each other."""
    with pytest.raises(NotAllowed):
        check_answerer(actor(contact("other")), contact("owner"))
