"""What could not be sent: who is meant is called in the thread, and a coordinator sees why and has it tried again."""

from __future__ import annotations

import pytest

from bot.domain.deliveries import DeliveryKind, DeliveryState
from bot.domain.errors import NotAllowed, NotFound, Repeated, Settled
from bot.usecases import cases, delivery, stuck
from tests.world import ROOM, World


def refused(world: World, sides, reason: str = "cannot_dm_bot"):
    """The request to take part in a case cannot be delivered; its thread is there already."""
    case = world.open_case(sides.asker, sides.asked)
    items = world.take()
    while not any(item.delivery.kind is DeliveryKind.NUDGE for item in items):
        for item in items:
            world.do(delivery.report_sent, item.delivery.id, delivery.Sent(item.post_to or "D", "1.1", "https://x"))
        world.later(seconds=1)
        items = world.take()
    for item in items:
        if item.delivery.kind is DeliveryKind.NUDGE:
            world.do(delivery.report_refused, item.delivery.id, reason=reason)
        else:
            world.do(delivery.report_sent, item.delivery.id, delivery.Sent(item.post_to or "D", "1.2"))
    (parked,) = world.deliveries(DeliveryState.PARKED)
    return case, parked


def test_who_could_not_be_written_to_is_called_in_the_thread(both_worlds, sides):
    """Once, as a delivery of its own, in the room's words; a second refusal of the same question calls nobody twice."""
    _, parked = refused(both_worlds, sides)
    both_worlds.later(seconds=2)
    (mention,) = [i for i in both_worlds.deliver() if i.delivery.kind is DeliveryKind.MENTION]
    assert (mention.post_to, mention.case.case.thread_ts) == (ROOM, "1.1")
    assert mention.recipient == both_worlds.contact(sides.asked)
    both_worlds.do(stuck.retry, both_worlds.actor(sides.coordinator), delivery_id=parked.id, key=both_worlds.key())
    (item,) = both_worlds.take()
    both_worlds.do(delivery.report_refused, item.delivery.id, reason="cannot_dm_bot")
    both_worlds.later(seconds=2)
    assert not [i for i in both_worlds.deliver() if i.delivery.kind is DeliveryKind.MENTION]


def test_her_coordinator_sees_why_and_has_it_tried_again(both_worlds, sides):
    """Listed with its reason until it is tried again; then it goes out, the act is in the audit, a repetition does nothing."""
    case, parked = refused(both_worlds, sides)
    chief = both_worlds.actor(sides.coordinator)
    (one,) = both_worlds.do(stuck.look, chief).undelivered
    assert (one.id, one.reason, one.code) == (parked.id, "cannot_dm_bot", case.code)
    assert one.person == both_worlds.contact(sides.asked).name
    key = both_worlds.key()
    both_worlds.do(stuck.retry, chief, delivery_id=parked.id, key=key)
    with pytest.raises(Repeated):
        both_worlds.do(stuck.retry, chief, delivery_id=parked.id, key=key)
    with pytest.raises((NotFound, Settled)):
        both_worlds.do(stuck.retry, chief, delivery_id=parked.id, key=both_worlds.key())
    assert both_worlds.do(stuck.look, chief).undelivered == ()
    assert parked.id in {i.delivery.id for i in both_worlds.deliver()}
    assert both_worlds.verbs(parked.id) == ["delivery.retry"]


def test_a_coordinator_sees_what_waits_too_long_in_her_own_agency_alone(world, sides):
    """A request nobody answered for three days hangs with the side that owes the answer, not with the one that asked."""
    world.open_case(sides.asker, sides.asked)
    world.later(days=3, seconds=-1)
    hers, other = (
        world.actor(sides.coordinator),
        world.actor("p-coordinator" if sides.coordinator[0] == "m" else "m-coordinator"),
    )
    assert world.do(stuck.look, hers).tasks == ()
    world.later(seconds=2)
    (late,) = world.do(stuck.look, hers).tasks
    assert late.owner_name == world.contact(sides.asked).name
    assert world.do(stuck.look, other).tasks == ()


def test_what_is_tried_again_after_it_was_answered_is_dropped(world, sides):
    """She said yes by telephone and in the thread: the old question does not come after all."""
    case, parked = refused(world, sides)
    world.answer(cases.accept, sides.asked, world.request(case))
    world.do(stuck.retry, world.actor(sides.coordinator), delivery_id=parked.id, key=world.key())
    assert parked.id not in {i.delivery.id for i in world.deliver()}


def test_each_agency_sees_its_own_and_only_through_its_coordinator(world, sides):
    """The other side's coordinator sees nothing of it and cannot touch it; somebody else of the same agency may not."""
    _, parked = refused(world, sides)
    other = "m-coordinator" if sides.coordinator == "p-coordinator" else "p-coordinator"
    assert world.do(stuck.look, world.actor(other)).undelivered == ()
    with pytest.raises(NotFound):
        world.do(stuck.retry, world.actor(other), delivery_id=parked.id, key=world.key())
    with pytest.raises(NotAllowed):
        world.do(stuck.look, world.actor(sides.asked))
