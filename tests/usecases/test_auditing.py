"""The auditor finds what is past its time and unsent."""

from __future__ import annotations

from datetime import timedelta

from bot.usecases import auditing, delivery
from tests.world import HOME, World


def test_what_waits_for_its_turn_is_not_late_and_what_nobody_takes_is(both_worlds: World) -> None:
    """Five minutes past the moment it could have been sent; what waits for another row is that row's delay."""
    world = both_worlds
    world.open_case()
    found = world.do(auditing.look, workspace_id=HOME, at=world.now)
    assert (found.overdue, found.waiting["due"] > 0) == (0, True)
    world.later(minutes=6)
    found = world.do(auditing.look, workspace_id=HOME, at=world.now)
    assert found.overdue == 1  # the headline; request and receipt wait for it
    assert found.oldest_seconds == timedelta(minutes=6).total_seconds()
    world.deliver()
    assert world.do(auditing.look, workspace_id=HOME, at=world.now).overdue == 0


def test_what_was_given_up_is_counted_apart(world: World) -> None:
    """It waits for a coordinator, not for the bot."""
    world.open_case()
    (headline,) = world.take()
    world.do(delivery.report_refused, headline.delivery.id, reason="channel_not_found")
    world.later(minutes=6)
    found = world.do(auditing.look, workspace_id=HOME, at=world.now)
    assert found.parked == 1
    assert "parked" not in found.waiting
