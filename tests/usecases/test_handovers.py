"""A place in a case passes to somebody else of the same agency, and nobody who leaves leaves a hole."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from bot.domain.cases import Case
from bot.domain.deliveries import DeliveryKind, DeliveryState
from bot.domain.errors import BadInput, NotAllowed, NotFound, Repeated, Settled
from bot.domain.matters import Matter, MatterKind, MatterState
from bot.usecases import accounts, followups, handovers
from storage import matters as matter_rows
from storage.directory import contacts
from tests.usecases.conftest import Sides
from tests.world import HOME, World


def hand_over(world: World, case: Case, who: str, holder: str, receiver: str) -> Matter:
    """Somebody asks that a place changes hands."""
    place = next(p.contact for p in world.view(case).participants if p.contact.key == holder)
    ids = {"holder_id": place.id, "receiver_id": world.contact(receiver).id}
    return world.do(handovers.ask, world.actor(who), case.id, **ids, key=world.key())


def succession(world: World) -> Matter:
    """The one open question who takes over."""
    with world.engine.connect().execution_options(reading=True) as connection:
        (found,) = [r.id for r in connection.execute(matter_rows.matters.select()) if r.kind == MatterKind.SUCCESSION]
    with world.work().reading() as work:
        matter = matter_rows.matter(work, HOME, found)
    assert matter is not None
    return matter


def test_until_it_is_accepted_the_holder_has_it_and_then_everything_open_follows(
    both_worlds: World, sides: Sides
) -> None:
    """Also the reminders: they reach the new owner at the moments they were planned for."""
    world = both_worlds
    case = world.accepted_case(sides.asker, sides.asked)
    owed = world.propose(case, sides.asker, sides.asked)
    world.answer(followups.agree, sides.asked, owed)
    world.deliver()
    planned = [(d.rung, d.due_at) for d in world.deliveries(DeliveryState.DUE, kind=DeliveryKind.NUDGE)]
    matter = hand_over(world, case, sides.asked, sides.asked, sides.colleague)
    assert world.places(case)[sides.asked] == "accepted"
    sent = world.deliver()
    assert {i.recipient.key for i in sent if i.matter and i.matter.id == matter.id and i.recipient} == {
        sides.colleague, sides.asked,
    }  # fmt: skip
    world.answer(handovers.accept, sides.colleague, matter)
    assert world.places(case)[sides.asked] == "passed-on"
    assert world.places(case)[sides.colleague] == "accepted"
    assert world.matter(owed).owner_id == world.contact(sides.colleague).id
    again = [(d.rung, d.due_at) for d in world.deliveries(DeliveryState.DUE, kind=DeliveryKind.NUDGE)]
    assert again == planned
    world.later(days=2)
    reminded = [i for i in world.deliver() if i.delivery.kind is DeliveryKind.NUDGE]
    assert {i.recipient.key for i in reminded if i.recipient} == {sides.colleague}
    assert world.verbs(owed.id)[-1] == "followup.passed"


def test_who_says_no_or_is_no_longer_asked_changes_nothing(world: World, sides: Sides) -> None:
    """The place stays where it is; a later tap finds it answered."""
    case = world.accepted_case(sides.asker, sides.asked)
    refused = hand_over(world, case, sides.asked, sides.asked, sides.colleague)
    with pytest.raises(Settled) as asked_before:
        hand_over(world, case, sides.asked, sides.asked, sides.colleague)
    assert asked_before.value.key == "handover.error.asked"
    world.answer(handovers.decline, sides.colleague, refused)
    back = hand_over(world, case, sides.asked, sides.asked, sides.substitute)
    world.answer(handovers.withdraw, sides.asked, back)
    for matter in (refused, back):
        with pytest.raises(Settled):
            world.answer(handovers.accept, sides.substitute, matter)
    assert world.places(case) == {sides.asker: "accepted", sides.asked: "accepted"}


def test_two_who_are_asked_and_the_first_to_say_yes_has_it(both_worlds: World, sides: Sides) -> None:
    """The other question ends by itself, and so does a repetition of the yes."""
    world = both_worlds
    case = world.accepted_case(sides.asker, sides.asked)
    first = hand_over(world, case, sides.asked, sides.asked, sides.colleague)
    second = hand_over(world, case, sides.asked, sides.asked, sides.substitute)
    world.do(handovers.accept, world.actor(sides.substitute), matter_id=second.id, key="tap")
    with pytest.raises(Repeated):
        world.do(handovers.accept, world.actor(sides.substitute), matter_id=second.id, key="tap")
    with pytest.raises(Settled):
        world.answer(handovers.accept, sides.colleague, first)
    assert world.places(case)[sides.substitute] == "accepted"
    assert sides.colleague not in world.places(case)


def test_a_place_stays_within_its_agency_and_is_handed_over_by_it_alone(world: World, sides: Sides) -> None:
    """The other side neither gives away nor takes; a coordinator acts for her own."""
    case = world.accepted_case(sides.asker, sides.asked)
    with pytest.raises(BadInput) as other_side:
        hand_over(world, case, sides.asked, sides.asked, sides.asker)
    assert other_side.value.field == "receiver"
    with pytest.raises(BadInput):
        hand_over(world, case, sides.asker, sides.asked, sides.colleague)
    with pytest.raises(NotAllowed):
        hand_over(world, case, sides.colleague, sides.asked, sides.colleague)
    matter = hand_over(world, case, sides.coordinator, sides.asked, sides.colleague)
    with pytest.raises(NotAllowed):
        world.answer(handovers.accept, sides.asker, matter)
    with pytest.raises(NotFound):
        world.do(handovers.accept, world.actor("nobody"), matter_id=matter.id, key=world.key())


@pytest.mark.parametrize("how", ["account closed", "no longer in the directory"])
def test_who_leaves_leaves_no_hole(both_worlds: World, sides: Sides, how: str) -> None:
    """Her agency's coordinator is asked once who takes over, finds somebody with one form, and the question ends."""
    world = both_worlds
    case = world.accepted_case(sides.asker, sides.asked)
    world.deliver()
    if how == "account closed":
        world.do(accounts.changed, world.actor(sides.asked), closed=True)
    else:
        with world.work() as work:
            gone = update(contacts).where(contacts.c.key == sides.asked).values(valid_until=world.now)
            work.connection.execute(gone)
            work.commit()
        world.later(minutes=1)
    assert world.do(handovers.plan, workspace_id=HOME) == 1
    assert world.do(handovers.plan, workspace_id=HOME) == 0
    asked = [i for i in world.deliver() if i.delivery.kind is DeliveryKind.NUDGE]
    assert [i.recipient.key for i in asked if i.recipient] == [sides.coordinator]
    question = succession(world)
    found = world.do(handovers.prepare_find, world.actor(sides.coordinator), matter_id=question.id)
    assert [c.key for c in found.holders] == [sides.asked]
    matter = hand_over(world, case, sides.coordinator, sides.asked, sides.colleague)
    world.answer(handovers.accept, sides.colleague, matter)
    assert world.matter(question).state is MatterState.DONE
    assert world.do(handovers.plan, workspace_id=HOME) == 0
