from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.people import Role, Side
from tests.domain.people import actor, contact


def test_each_side_looks_for_the_other():
    """A municipality looks for the police, everybody else for the municipality."""
    assert {side: side.opposite for side in Side} == {
        Side.MUNICIPALITY: Side.POLICE, Side.POLICE: Side.MUNICIPALITY,
        Side.CHILDRENS_HOUSE: Side.MUNICIPALITY, Side.OTHER: Side.MUNICIPALITY,
    }  # fmt: skip


def test_a_person_without_agency_or_contact_is_a_stranger():
    """Both must be known; one of them is not enough."""
    known = actor(contact("somebody"))
    assert not known.is_stranger
    assert replace(known, contact=None).is_stranger
    assert replace(known, agency=None).is_stranger
    assert actor(None).is_stranger


@pytest.mark.parametrize("role", list(Role))
def test_only_a_coordinator_coordinates(role):
    """No other role, a leader's included, carries a coordinator's rights."""
    assert actor(contact("somebody", role=role)).is_coordinator == (role is Role.COORDINATOR)


def test_a_stranger_coordinates_nothing():
    """Who is not known has no rights."""
    assert not actor(None).is_coordinator
