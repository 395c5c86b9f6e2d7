"""A coordinator is welcomed with the one next step, until the bot can answer."""

from __future__ import annotations

from sqlalchemy import delete

from bot.domain.deliveries import ToSend
from bot.domain.matters import MatterKind, MatterState
from bot.domain.setup import SetUp, Step
from bot.usecases import directory, setup
from storage.directory import routing_rules
from storage.rooms import rooms
from tests.world import HOME, World, everybody


def without(world: World, *tables: object) -> None:
    """The directory before these were filled."""
    with world.work() as work:
        for table in tables:
            work.connection.execute(delete(table))  # type: ignore[arg-type]  # both are tables
        work.commit()


def welcomes(world: World) -> list[ToSend]:
    """The welcomes among what is sent now."""
    return [i for i in world.deliver() if i.matter and i.matter.kind is MatterKind.SETUP]


def test_what_is_missing_is_said_in_the_order_in_which_it_helps() -> None:
    """One step at a time."""
    counts = [
        (0, 1, 1, 1, 0, 1, 1),
        (1, 1, 0, 1, 0, 1, 1),
        (1, 1, 1, 2, 2, 1, 1),
        (1, 1, 1, 2, 0, 0, 1),
        (1, 1, 1, 2, 1, 1, 0),
    ]
    assert [SetUp(*each).next_step for each in counts] == list(Step)
    assert SetUp(1, 1, 1, 1, 0, 1, 1).next_step is None


def test_each_coordinator_is_welcomed_once_and_led_to_the_end(both_worlds: World) -> None:
    """Both sides alike; the welcome changes as the steps are done, and ends by itself."""
    world = both_worlds
    without(world, rooms, routing_rules)
    for _ in range(2):
        world.do(setup.plan, workspace_id=HOME)
    sent = welcomes(world)
    assert {i.recipient.key for i in sent if i.recipient} == {"m-coordinator", "p-coordinator", "p-apart"}
    assert {i.setup.step for i in sent} == {Step.RULES}
    matter = next(i.matter for i in sent if i.matter and i.recipient and i.recipient.key == "m-coordinator")
    assert world.answer(setup.check, "m-coordinator", matter).step is Step.RULES
    directory.put(world.work(), HOME, everybody())
    assert world.answer(setup.check, "m-coordinator", matter).step is None
    assert world.matter(matter).state is MatterState.DONE
    edited = welcomes(world)
    assert [i.setup.step for i in edited if i.recipient and i.recipient.key == "m-coordinator"][-1] is None
    world.do(setup.plan, workspace_id=HOME)
    world.later(days=5)
    assert [i for i in welcomes(world) if i.edit_ts is None] == []


def test_where_everything_is_there_nobody_is_welcomed(world: World) -> None:
    """Whoever joins a workspace that works has nothing to set up."""
    world.do(setup.plan, workspace_id=HOME)
    assert welcomes(world) == []
