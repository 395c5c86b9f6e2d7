"""A place in a case passes to somebody else of the same agency, and nobody who leaves leaves a hole."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.app import reader
from bot.domain.cases import Case, ParticipantState
from bot.domain.clearances import Level, Towards
from bot.domain.deliveries import DeliveryKind, DeliveryState, ToSend
from bot.domain.errors import BadInput, NotAllowed, NotFound, Repeated, Settled
from bot.domain.matters import Matter, MatterKind, MatterState
from bot.domain.people import Side
from bot.usecases import accounts, agreements, clearances, counters, followups, handovers, words
from bot.usecases.clearances import NewClearance
from handlers.cards import letters
from storage import cases
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


def wait_for(world: World, case: Case, sides: Sides) -> dict[str, Matter]:
    """One of each that the asked side waits for: a follow-up, a clearance, a promised word, other terms."""
    mine, theirs = world.actor(sides.asked), world.contact(sides.asker).id
    cleared = NewClearance(Towards.PARENTS, Level.FREE, Side.POLICE, None, theirs)
    due = world.now + timedelta(days=2)
    owed = world.propose(case, sides.asker, sides.asked)
    world.deliver()
    later = counters.NewTerms(due_at=due + timedelta(days=1))
    return {
        "followup": world.propose(case, sides.asked, sides.asker),
        "clearance": world.do(clearances.propose, mine, case.id, cleared, key=world.key()),
        "word": world.do(words.ask, mine, case.id, owner_id=theirs, due_at=due, key=world.key()),
        "counter": world.answer(counters.propose, sides.asked, owed, wanted=later),
    }


def written(item: ToSend) -> str:
    """A message in Danish, with what can be tapped in it."""
    card = letters.card(reader("da", "DK"), item)
    rows = [element for block in card.blocks for element in block.get("elements", ())]
    return " ".join((card.text, *(str(element.get("action_id", "")) for element in rows)))


def test_what_the_holder_waits_for_is_waited_for_by_whoever_took_over(both_worlds: World, sides: Sides) -> None:
    """She alone can take it back, she hears of the answer, and the giver's messages say who has it now."""
    world = both_worlds
    case = world.accepted_case(sides.asker, sides.asked)
    waited = wait_for(world, case, sides)
    world.deliver()
    matter = hand_over(world, case, sides.asked, sides.asked, sides.colleague)
    world.deliver()
    world.answer(handovers.accept, sides.colleague, matter)
    receiver = world.contact(sides.colleague)
    assert {kind: world.matter(one).asker_id for kind, one in waited.items()} == dict.fromkeys(waited, receiver.id)
    sent = [item for item in world.deliver() if item.recipient]
    giver = [i for i in sent if i.original and i.recipient == world.contact(sides.asked) and i.matter != matter]
    receipts = [i for i in giver if i.original and i.original.kind is DeliveryKind.RECEIPT and i.delivery.case_id]
    assert {i.matter.kind.value for i in receipts if i.matter} >= set(waited)
    for item in receipts:
        assert f"{receiver.name} har overtaget" in written(item)
        assert "withdraw" not in written(item)
    (theirs,) = [i for i in giver if i.original and i.original.kind is DeliveryKind.NUDGE]
    assert f"{receiver.name} har overtaget" in written(theirs)
    assert "followup." not in written(theirs)
    assert "reminder." not in written(theirs)
    (welcome,) = [i for i in sent if i.recipient == receiver and i.matter and i.matter.id == matter.id]
    said = written(welcome)
    assert "Det venter du nu på" in said
    assert "Svar om samtale" in said.partition("Det venter du nu på")[2].partition("Sådan står sagen nu")[0]
    with pytest.raises(NotAllowed):
        world.answer(agreements.withdraw, sides.asker, waited["followup"])
    world.answer(followups.decline, sides.asker, waited["followup"], reason="no-time")
    told = [item for item in world.deliver() if item.delivery.rung == "declined"]
    assert [item.recipient.key for item in told if item.recipient] == [sides.colleague]
    world.answer(agreements.withdraw, sides.colleague, waited["clearance"])
    world.answer(counters.accept, sides.asker, waited["counter"])
    assert [f.owner for f in world.view(case).followups if f.matter.state is MatterState.AGREED] == [receiver]
    assert all(f"{one.kind}.passed" in world.verbs(one.id) for kind, one in waited.items() if kind != "counter")


def test_what_was_settled_before_stays_the_givers_and_nobody_waits_for_herself(world: World, sides: Sides) -> None:
    """History is not rewritten; and what the new one owed to the giver stays between the two."""
    case = world.accepted_case(sides.asker, sides.asked)
    settled = world.propose(case, sides.asked, sides.asker)
    world.answer(followups.decline, sides.asker, settled, reason="no-time")
    with world.work() as work:
        cases.set_participant(work, case.id, world.contact(sides.colleague).id, ParticipantState.ACCEPTED)
        work.commit()
    between = world.propose(case, sides.asked, sides.colleague)
    matter = hand_over(world, case, sides.asked, sides.asked, sides.colleague)
    world.answer(handovers.accept, sides.colleague, matter)
    giver = world.contact(sides.asked).id
    assert [world.matter(one).asker_id for one in (settled, between)] == [giver, giver]
