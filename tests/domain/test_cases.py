from __future__ import annotations

import pytest

from bot.domain.cases import Case, CaseView, Participant, ParticipantState
from bot.domain.errors import NotAllowed
from bot.domain.people import Role, Side
from bot.domain.urgency import Urgency
from tests.domain.people import actor, contact
from tests.world import MONDAY

WORKER = contact("worker", agency_id="municipality", side=Side.MUNICIPALITY)
CASE = Case(
    "case", "T", "K472-M53-7", "neglect", Urgency.ROUTINE, "DK", "259", "room", "C1", "da", WORKER.id, MONDAY
)  # fmt: skip


def view(state: ParticipantState) -> CaseView:
    """A case the municipality's worker opened, and the police contact's place in it."""
    places = (Participant(WORKER, ParticipantState.ACCEPTED), Participant(contact("police"), state))
    return CaseView(CASE, places, ())


def test_who_takes_part_may_act():
    """Both sides alike, once they have taken their place."""
    for person in (WORKER, contact("police")):
        view(ParticipantState.ACCEPTED).check_may_act(actor(person))


@pytest.mark.parametrize("state", list(ParticipantState))
def test_the_coordinator_of_an_agency_that_was_asked_may_act(state):
    """Whatever her colleague answered, her own agency's coordinator can step in."""
    view(state).check_may_act(actor(contact("coordinator", role=Role.COORDINATOR)))


@pytest.mark.parametrize("state", [s for s in ParticipantState if s is not ParticipantState.ACCEPTED])
def test_who_has_not_accepted_may_not_act(state):
    """Asked, declined or passed on is not taking part; the sentence names those who do."""
    with pytest.raises(NotAllowed) as error:
        view(state).check_may_act(actor(contact("police")))
    assert error.value.key == "refused.not_participant"
    assert error.value.values == {"participants": "Name of worker"}


@pytest.mark.parametrize(
    "person",
    [
        contact("colleague"),
        contact("leader", role=Role.LEADER),
        contact("coordinator", role=Role.COORDINATOR, agency_id="elsewhere"),
        None,
    ],
    ids=["colleague", "leader", "coordinator of another agency", "stranger"],
)
def test_nobody_else_may_act(person):
    """Being of the same agency, or a coordinator somewhere else, is not enough."""
    with pytest.raises(NotAllowed):
        view(ParticipantState.ACCEPTED).check_may_act(actor(person))


def test_a_place_is_found_by_its_person():
    """A case knows each participant, and knows no one else."""
    case = view(ParticipantState.ASKED)
    assert case.participant(WORKER.id) == Participant(WORKER, ParticipantState.ACCEPTED)
    assert case.participant("nobody") is None
