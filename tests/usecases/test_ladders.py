"""What is sent of a ladder, by the rows: together, once each, and after a time in which nothing could be sent."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.deliveries import DeliveryKind, DeliveryState
from bot.domain.opening import NewCase
from bot.domain.people import Role
from bot.domain.urgency import Urgency
from bot.usecases import cases, directory, followups, opening
from tests.world import HOME, KOEGE, World, everybody, person


def told(world: World) -> list[tuple[str, str]]:
    """Who is reminded now, alone or in a digest, and by which step."""
    alone = [
        (item.recipient.key, item.delivery.rung or "")
        for item in world.deliver()
        if item.delivery.kind is DeliveryKind.NUDGE and item.recipient is not None
        if item.delivery.id not in world.seen_bundled
    ]
    return sorted([*alone, *world.bundled()])


def agreed(world: World, sides, **due: float):
    """A follow-up that is agreed."""
    matter = world.propose(
        world.accepted_case(sides.asker, sides.asked), sides.asker, sides.asked, due=world.now + timedelta(**due)
    )
    world.answer(followups.agree, sides.asked, matter)
    world.deliver()
    return matter


def test_an_agreement_nobody_keeps_reaches_owner_substitute_and_coordinator_in_turn(both_worlds, sides):
    """The day before, on the day, a working day later with her substitute, after three with her coordinator."""
    agreed(both_worlds, sides, days=2)
    seen = []
    for _ in range(10 * 24):
        both_worlds.later(hours=1)
        seen += told(both_worlds)
    assert seen == [
        (sides.asked, "day-before"), (sides.asked, "due"), (sides.substitute, "overdue-1"), (sides.asked, "overdue-1"),
        (sides.coordinator, "overdue-3"),
    ]  # fmt: skip


def test_after_days_of_downtime_one_reminder_of_a_matter_goes_out(both_worlds, sides):
    """The latest one; the earlier ones are cancelled with the reason, and nothing comes after them."""
    matter = agreed(both_worlds, sides, days=3)
    both_worlds.later(days=10)
    assert told(both_worlds) == [(sides.coordinator, "overdue-3")]
    assert {"day-before", "due", "overdue-1"} <= set(both_worlds.rungs(matter, DeliveryState.CANCELLED))
    assert both_worlds.rungs(matter, DeliveryState.BUNDLED)[-1] == "overdue-3"
    assert told(both_worlds) == []


def test_a_question_missed_for_days_still_goes_to_whom_it_is_for(both_worlds, sides):
    """Nobody answers over the head of somebody who was never asked: it comes once to her, and to the last of her line."""
    both_worlds.open_case(sides.asker, sides.asked)
    both_worlds.later(days=10)
    assert told(both_worlds) == [(sides.coordinator, "coordinator"), (sides.asked, "ask")]


def test_who_would_get_the_same_step_twice_gets_it_once(both_worlds, sides):
    """A unit without a desk: its coordinator is told once, not also in the desk's place."""
    both_worlds.open_case(sides.asker, sides.asked)
    seen = []
    for _ in range(3 * 24):
        seen += told(both_worlds)
        both_worlds.later(hours=1)
    assert seen == [
        (sides.asked, "ask"), (sides.asked, "again"), (sides.substitute, "substitute"), (sides.coordinator, "coordinator"),
    ]  # fmt: skip


def test_a_desk_hears_of_it_together_with_the_coordinator_and_may_answer(world, sides):
    """Whoever sits at the desk takes the place in one tap."""
    desk = person(sides.theirs, "desk", Role.DESK)
    agencies = [agency for agency in everybody().agencies if agency.key == desk.agency_id]
    directory.put(world.work(), HOME, directory.Entries(agencies, [desk], [], []))
    case = world.open_case(sides.asker, sides.asked)
    world.deliver()
    seen = []
    for _ in range(3 * 24):
        world.later(hours=1)
        seen += told(world)
    assert seen[-2:] == [(sides.coordinator, "coordinator"), (f"{sides.theirs}-desk", "coordinator")]
    world.answer(cases.accept, f"{sides.theirs}-desk", world.request(case))
    assert world.places(case)[f"{sides.theirs}-desk"] == "accepted"


def test_what_is_needed_now_climbs_at_night(world, sides):
    """Asked on Saturday night: everybody of the line has been asked within an hour."""
    world.later(days=5, hours=13)
    wanted = NewCase("acute-danger", Urgency.NOW, KOEGE, world.contact(sides.asked).id)
    world.do(opening.open_case, world.actor(sides.asker), wanted, key=world.key())
    seen = []
    for _ in range(5):
        seen += told(world)
        world.later(minutes=15)
    assert [name for name, _ in seen] == [sides.asked, sides.asked, sides.substitute, sides.coordinator]
