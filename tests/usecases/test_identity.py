from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.domain.people import Actor
from bot.usecases import directory, identity
from tests.world import ELSEWHERE, HOME, World, everybody


def recognise(world: World, email: str, *, workspace_id: str = HOME) -> Actor:
    """Who has this work e-mail, on Slack as U-NEW."""
    return world.do(
        identity.recognise, workspace_id=workspace_id, slack_id="U-NEW", email=email, language="en"
    )  # fmt: skip


def without_slack(world: World, key: str, **more: Any) -> None:
    """Somebody whose Slack id nobody knows yet."""
    contacts = [replace(c, slack_id=None, **more) if c.key == key else c for c in everybody().contacts]
    world.do(directory.put, HOME, replace(everybody(), contacts=contacts))


def test_a_person_is_known_by_her_slack_id(both_worlds):
    """Her agency, her role and her agency's language come from the directory."""
    actor = both_worlds.actor("m-coordinator")
    assert actor.agency is not None
    assert actor.contact == both_worlds.contact("m-coordinator")
    assert (actor.agency.key, actor.language, actor.is_coordinator) == ("agency-m", "da", True)


def test_nobody_is_known_in_a_workspace_that_is_not_hers(both_worlds):
    """The same Slack id in another workspace is a stranger, and reads the language that was given."""
    actor = both_worlds.actor("m-worker", ELSEWHERE)
    assert actor.is_stranger
    assert actor.language == "en"


def test_a_person_is_recognised_by_her_work_e_mail_once(both_worlds):
    """Whatever case the address is written in; from then on her Slack id is enough."""
    without_slack(both_worlds, "m-worker")
    assert both_worlds.actor("new").is_stranger
    actor = recognise(both_worlds, "M-Worker@Example.ORG")
    assert actor.contact is not None
    assert actor.contact.key == "m-worker"
    assert both_worlds.actor("new") == replace(actor, contact=both_worlds.contact("m-worker"))


def test_an_e_mail_that_has_its_person_recognises_nobody_else(both_worlds):
    """Who claims the address of a colleague who is known stays a stranger, and the colleague stays herself."""
    assert recognise(both_worlds, "m-worker@example.org").is_stranger
    assert both_worlds.contact("m-worker").slack_id == "U-M-WORKER"


def test_who_has_no_e_mail_is_not_taken_for_a_desk_that_has_none(both_worlds):
    """No address is nobody's address."""
    without_slack(both_worlds, "p-worker", email="")
    assert recognise(both_worlds, "").is_stranger
    assert both_worlds.contact("p-worker").slack_id is None


def test_an_unknown_e_mail_and_another_workspace_recognise_nobody(both_worlds):
    """Neither makes anybody known."""
    without_slack(both_worlds, "m-worker")
    before = both_worlds.snapshot()
    assert recognise(both_worlds, "somebody@example.org").is_stranger
    assert recognise(both_worlds, "").is_stranger
    assert recognise(both_worlds, "m-worker@example.org", workspace_id=ELSEWHERE).is_stranger
    assert both_worlds.snapshot() == before


def test_who_was_linked_a_moment_before_is_recognised_all_the_same(both_worlds):
    """A reminder found her Slack id while she was looked up by e-mail: she is no stranger for that."""
    without_slack(both_worlds, "m-worker")
    first, second = (recognise(both_worlds, "m-worker@example.org") for _ in range(2))
    assert first == second
    assert not second.is_stranger
