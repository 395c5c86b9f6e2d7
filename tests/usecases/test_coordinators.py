from __future__ import annotations

from typing import Any

import pytest

from bot.domain.people import Role
from bot.usecases import coordinators
from bot.usecases.coordinators import Appointed
from storage.directory import contacts
from tests.world import HOME, World


def appoint(world: World, slack_id: str, agency: str = "agency-m", **more: Any) -> Appointed:
    """What the settings do at every start."""
    return world.do(coordinators.appoint, workspace_id=HOME, slack_id=slack_id, agency_key=agency, **more)


def test_somebody_who_is_in_no_directory_becomes_a_coordinator(both_worlds):
    """The first of an agency: she is added, as her agency's coordinator and nobody else's; twice is once."""
    for _ in range(2):
        assert appoint(both_worlds, "UNEW", name="Nora New", email="Nora@example.org") is Appointed.DONE
    made = both_worlds.contact("coordinator-unew")
    assert (made.name, made.role, made.agency_key, made.slack_id) == (
        "Nora New", Role.COORDINATOR, "agency-m", "UNEW",
    )  # fmt: skip
    assert both_worlds.verbs("contact:coordinator-unew") == ["contact.appoint"]


def test_a_contact_of_the_agency_becomes_its_coordinator(both_worlds):
    """She keeps her entry and gets the role."""
    assert appoint(both_worlds, "U-M-COLLEAGUE") is Appointed.DONE
    assert both_worlds.contact("m-colleague").role is Role.COORDINATOR


def test_who_is_known_by_e_mail_is_found_there(both_worlds):
    """An imported directory has no Slack ids: the work e-mail tells who she is."""
    with both_worlds.work() as work:
        work.connection.execute(contacts.update().where(contacts.c.key == "m-colleague").values(slack_id=None))
        work.commit()
    assert appoint(both_worlds, "UNEW", name="x", email="m-colleague@example.org") is Appointed.DONE
    assert (both_worlds.contact("m-colleague").slack_id, both_worlds.contact("m-colleague").role) == (
        "UNEW", Role.COORDINATOR,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("slack_id", "agency", "outcome"),
    [
        ("UNEW", "no-such-agency", Appointed.NO_AGENCY),
        ("U-P-WORKER", "agency-m", Appointed.OTHER_AGENCY),
        ("UNEW", "agency-m", Appointed.UNKNOWN),
    ],
)
def test_a_right_belongs_to_one_agency(world, slack_id, agency, outcome):
    """Nobody coordinates for an agency that is not there or not hers, and nobody without a name; nothing is written."""
    before = world.snapshot()
    assert appoint(world, slack_id, agency) is outcome
    assert world.snapshot() == before
