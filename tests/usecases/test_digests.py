"""The budget: what comes alone, and the one digest a morning with everything else."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.domain.deliveries import DeliveryKind, DeliveryState, ToSend
from bot.domain.opening import NewCase
from bot.domain.urgency import Urgency
from bot.usecases import delivery, followups, opening
from storage.sending import LEASE
from tests.world import COPENHAGEN, HOME, KOEGE, World


def agreed(world: World, asker: str, owner: str, *, due: datetime):
    """A follow-up that is agreed, in a case of its own."""
    matter = world.propose(world.accepted_case(asker, owner), asker, owner, due=due)
    world.answer(followups.agree, owner, matter)
    world.deliver()
    return matter


def through(world: World, *, hours: int) -> list[tuple[datetime, ToSend]]:
    """What is sent during so many hours, and when."""
    sent = []
    for _ in range(hours * 12):
        sent += [(world.now, item) for item in world.deliver()]
        world.later(minutes=5)
    return sent


def digests(sent: list[tuple[datetime, ToSend]], reader: str) -> list[tuple[datetime, ToSend]]:
    """Those of them that are a person's digest."""
    mine = [(at, item) for at, item in sent if item.delivery.kind is DeliveryKind.DIGEST]
    return [(at, item) for at, item in mine if item.recipient is not None and item.recipient.key == reader]


def test_all_that_need_not_come_alone_comes_once_a_morning(both_worlds, sides):
    """Two agreements due on the same day: the day before both stand in one digest, between 8 and 8.30; nothing else comes."""
    due = both_worlds.now + timedelta(days=2, hours=4)
    matters = {agreed(both_worlds, sides.asker, sides.asked, due=due).id for _ in range(2)}
    sent = through(both_worlds, hours=47)
    ((at, item),) = digests(sent, sides.asked)
    local = at.astimezone(COPENHAGEN)
    assert (local.date(), local.hour) == (date(2026, 3, 3), 8)
    assert local.minute <= 35
    assert {task.matter.id for task in item.digest.tasks.on_me} == matters
    assert not [i for _, i in sent if i.delivery.kind is DeliveryKind.NUDGE]
    assert len(both_worlds.deliveries(DeliveryState.TOLD)) == 2


def test_one_matter_alone_is_reminded_of_as_it_is_in_the_morning(both_worlds, sides):
    """Where nothing else stands in the digest the reminder comes by itself, with all its buttons, and can be edited."""
    matter = agreed(both_worlds, sides.asker, sides.asked, due=both_worlds.now + timedelta(days=2, hours=4))
    sent = through(both_worlds, hours=30)
    ((at, item),) = [(at, i) for at, i in sent if i.delivery.kind is DeliveryKind.NUDGE]
    assert (at.astimezone(COPENHAGEN).hour, item.delivery.rung) == (8, "day-before")
    assert digests(sent, sides.asked) == []
    both_worlds.answer(followups.done, sides.asked, matter)
    assert item.delivery.id in {i.original.id for i in both_worlds.deliver() if i.original}


def test_the_due_moment_of_an_agreement_comes_alone(world, sides):
    """At the due moment the owner gets a message of its own."""
    matter = agreed(world, sides.asker, sides.asked, due=world.now + timedelta(hours=3))
    alone = [i for _, i in through(world, hours=4) if i.delivery.kind is DeliveryKind.NUDGE]
    assert [(i.delivery.rung, i.matter.id if i.matter else "") for i in alone] == [("due", matter.id)]


def test_nothing_comes_of_what_was_done_while_it_waited(both_worlds, sides):
    """The only matter of a digest is done before the morning: there is no digest, and no row waits any more."""
    matter = agreed(both_worlds, sides.asker, sides.asked, due=both_worlds.now + timedelta(hours=1))
    both_worlds.later(days=1, hours=3)  # overdue
    both_worlds.deliver()
    assert both_worlds.rungs(matter, DeliveryState.BUNDLED)
    both_worlds.answer(followups.done, sides.asked, matter)
    assert digests(through(both_worlds, hours=48), sides.asked) == []
    assert not both_worlds.deliveries(DeliveryState.BUNDLED, DeliveryState.DUE)


def test_a_digest_waits_for_a_working_day_and_says_what_she_waits_for_too(world, sides):
    """Friday's overdue matter comes on Monday; beside it stands what she asked of the other side and is late."""
    world.later(days=3)  # Thursday
    hers = agreed(world, sides.asker, sides.asked, due=world.now + timedelta(hours=1))
    awaited = agreed(world, sides.asked, sides.asker, due=world.now + timedelta(hours=1))
    sent = through(world, hours=24 * 5)
    (_, first), *_ = found = digests(sent, sides.asked)
    assert next(at.astimezone(COPENHAGEN).date() for at, _ in found) == date(2026, 3, 9)
    assert [task.matter.id for task in first.digest.tasks.on_me] == [hers.id]
    assert [task.matter.id for task in first.digest.tasks.i_wait_for] == [awaited.id]


def test_a_question_of_urgency_same_day_is_repeated_alone(world, sides):
    """Who is asked for today is not asked again tomorrow morning."""
    wanted = NewCase("neglect", Urgency.SAME_DAY, KOEGE, world.contact(sides.asked).id)
    world.do(opening.open_case, world.actor(sides.asker), wanted, key=world.key())
    rungs = [i.delivery.rung for _, i in through(world, hours=5) if i.delivery.kind is DeliveryKind.NUDGE]
    assert rungs[:2] == ["ask", "again"]
    assert not world.deliveries(DeliveryState.BUNDLED)


def test_a_process_that_dies_with_a_digest_loses_nothing_and_tells_nothing_twice(both_worlds, sides):
    """It is looked up; not found, it is written anew with all that was in it, and is still one."""
    for _ in range(2):
        agreed(both_worlds, sides.asker, sides.asked, due=both_worlds.now + timedelta(hours=1))
    both_worlds.later(days=1, hours=3)
    both_worlds.deliver()
    both_worlds.later(hours=20)
    begun = [item for item in both_worlds.take() if item.delivery.kind is DeliveryKind.DIGEST]
    assert begun
    both_worlds.later(seconds=LEASE.total_seconds() + 1)
    assert both_worlds.take() == []
    for lost, _ in both_worlds.do(delivery.to_look_up, workspace_id=HOME, limit=9):
        both_worlds.do(delivery.report_not_found, lost.id)
    again = [item for item in both_worlds.deliver() if item.delivery.kind is DeliveryKind.DIGEST]
    assert {i.delivery.id for i in again} == {i.delivery.id for i in begun}
    assert all(item.digest.tasks.on_me for item in again)
    assert not both_worlds.deliveries(DeliveryState.BUNDLED)
