from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from bot.domain.cases import Case, Followup
from bot.domain.deliveries import DeliveryKind, DeliveryState
from bot.domain.errors import BadInput, NotAllowed, Repeated, Settled
from bot.domain.matters import Matter, MatterState
from bot.usecases import agreements, counters, followups
from bot.usecases.counters import NewTerms
from tests.world import MONDAY, World

PENDING = (DeliveryState.DUE, DeliveryState.CLAIMED)
ASKED_LADDER = ["ask", "again", "substitute", "coordinator"]
LATER = MONDAY + timedelta(days=8)


@dataclass
class Table:
    """A follow-up between two sides, and short ways to move it."""

    world: World
    case: Case
    matter: Matter

    def counter(self, who: str, due: datetime = LATER, owner: str | None = None, *, of: Matter | None = None) -> Matter:
        """Other terms are proposed."""
        wanted = NewTerms(self.world.contact(owner).id if owner else None, due, reason="no-time")
        return self.world.answer(counters.propose, who, of or self.matter, wanted=wanted)

    @property
    def now(self) -> Followup:
        """The follow-up as it is."""
        return next(f for f in self.world.view(self.case).followups if f.matter.id == self.matter.id)


def table(world: World, sides: object, *, agreed: bool) -> Table:
    """A follow-up that one asked of the other."""
    asker, asked = sides.asker, sides.asked  # type: ignore[attr-defined]  # the two sides of conftest
    case = world.accepted_case(asker, asked)
    matter = world.propose(case, asker, asked)
    if agreed:
        world.answer(followups.agree, asked, matter)
    world.deliver()
    return Table(world, case, matter)


@pytest.mark.parametrize("agreed", [False, True], ids=["proposed", "agreed"])
def test_another_date_asks_the_other_one_and_changes_nothing_before_her_yes(both_worlds, sides, agreed):
    """The old date stands, its reminders too; the one who asked for it is asked, and the headline shows both."""
    at = table(both_worlds, sides, agreed=agreed)
    before = at.now.matter
    counter = at.counter(sides.asked)
    assert at.now.matter == before
    assert at.now.counter is not None
    assert (at.now.counter.due_at, at.now.counter.answerer.key) == (LATER, sides.asker)
    assert both_worlds.rungs(counter, DeliveryState.DUE) == ASKED_LADDER
    assert bool(both_worlds.rungs(at.matter, *PENDING)) is agreed  # who is waited for is not asked meanwhile
    sent = both_worlds.deliver()
    assert {item.recipient.key for item in sent if item.matter and item.matter.id == counter.id and item.recipient} == {
        sides.asker,
        sides.asked,
    }
    assert both_worlds.verbs(at.matter.id)[-1] == "followup.counter"


@pytest.mark.parametrize("agreed", [False, True], ids=["proposed", "agreed"])
def test_a_yes_to_another_date_makes_it_hold(both_worlds, sides, agreed):
    """Both have said yes to it: it is agreed, with new reminders."""
    at = table(both_worlds, sides, agreed=agreed)
    counter = at.counter(sides.asked)
    both_worlds.answer(counters.accept, sides.asker, counter)
    assert (at.now.matter.state, at.now.matter.due_at, at.now.counter) == (MatterState.AGREED, LATER, None)
    assert at.now.owner.key == sides.asked
    assert both_worlds.rungs(at.matter, *PENDING) == ["day-before", "due", "overdue-1", "overdue-3"]
    assert both_worlds.matter(counter).state is MatterState.ACCEPTED
    assert both_worlds.verbs(counter.id) == ["counter.accept"]


def test_a_no_leaves_an_agreement_as_it_was_and_asks_a_proposal_again(both_worlds, sides):
    """The one who proposed other terms is told; what was only proposed is asked of her once more."""
    for agreed in (False, True):
        at = table(both_worlds, sides, agreed=agreed)
        counter = at.counter(sides.asked)
        both_worlds.deliver()
        both_worlds.answer(counters.decline, sides.asker, counter, reason="too-early")
        assert at.now.matter.due_at == at.matter.due_at
        assert at.now.matter.state is (MatterState.AGREED if agreed else MatterState.PROPOSED)
        told = [item for item in both_worlds.deliver() if item.delivery.rung == "declined"]
        assert [item.recipient.key for item in told if item.recipient] == [sides.asked]
        assert ("again" in both_worlds.rungs(at.matter, *PENDING)) is not agreed
        assert both_worlds.matter(counter).reason == "too-early"


def test_a_counter_proposal_is_answered_with_another(world, sides):
    """The second takes the first one's place and asks the first one's maker."""
    at = table(world, sides, agreed=False)
    first = at.counter(sides.asked)
    second = at.counter(sides.asker, LATER + timedelta(days=1), of=first)
    assert world.matter(first).state is MatterState.WITHDRAWN
    assert second.owner_id == world.contact(sides.asked).id
    with pytest.raises(Settled):
        world.answer(counters.accept, sides.asker, first)
    world.answer(counters.accept, sides.asked, second)
    assert at.now.matter.due_at == LATER + timedelta(days=1)
    assert at.now.owner.key == sides.asked


def test_another_owner_who_is_the_asker_takes_it_over_by_her_yes(world, sides):
    """You do it, he proposes: with her yes it is hers, and the other one waits for it."""
    at = table(world, sides, agreed=False)
    counter = at.counter(sides.asked, owner=sides.asker)
    world.answer(counters.accept, sides.asker, counter)
    now = at.now
    assert now.asker is not None
    assert (now.matter.state, now.owner.key, now.asker.key) == (MatterState.AGREED, sides.asker, sides.asked)
    assert now.matter.side is now.owner.side


def test_a_third_owner_is_asked_herself(world, sides):
    """Two can agree that a third does it, but she owes nothing before her own yes."""
    at = table(world, sides, agreed=False)
    third = f"{sides.mine}-substitute"
    matter = world.do(
        followups.propose,
        world.actor(sides.asker),
        at.case.id,
        followups.NewFollowup(at.now.what, world.contact(sides.asker).id, LATER),
        key=world.key(),
    )
    with world.work() as work:
        from bot.domain.cases import ParticipantState
        from storage import cases

        cases.set_participant(work, at.case.id, world.contact(third).id, ParticipantState.ACCEPTED)
        work.commit()
    counter = at.counter(sides.asked, owner=third)
    world.answer(counters.accept, sides.asker, counter)
    assert (at.now.matter.state, at.now.owner.key) == (MatterState.PROPOSED, third)
    assert matter.state is MatterState.AGREED


@pytest.mark.parametrize("settle", [followups.agree, followups.decline], ids=["agree", "decline"])
def test_an_answer_to_the_follow_up_itself_overtakes_the_counter_proposal(world, sides, settle):
    """She says yes, or no, after all: nobody is asked about other terms any more."""
    at = table(world, sides, agreed=False)
    counter = at.counter(sides.asked)
    world.answer(settle, sides.asked, at.matter)
    assert (world.matter(counter).state, world.matter(counter).reason) == (MatterState.WITHDRAWN, "overtaken")
    assert world.rungs(counter, *PENDING) == []
    with pytest.raises(Settled):
        world.answer(counters.accept, sides.asker, counter)


def test_whoever_proposed_other_terms_takes_them_back(world, sides):
    """Then she is asked about the first terms again."""
    at = table(world, sides, agreed=False)
    counter = at.counter(sides.asked)
    with pytest.raises(NotAllowed):
        world.answer(agreements.withdraw, sides.asker, counter)
    world.answer(agreements.withdraw, sides.asked, counter, reason="mistake")
    assert "ask" in world.rungs(at.matter, *PENDING)
    assert at.now.counter is None


def test_only_the_two_propose_other_terms_and_only_the_other_one_answers(world, sides):
    """A colleague is told who may; whoever proposed them cannot say yes to herself."""
    at = table(world, sides, agreed=True)
    with pytest.raises(NotAllowed):
        at.counter(sides.colleague)
    counter = at.counter(sides.asked)
    before = world.snapshot()
    with pytest.raises(NotAllowed):
        world.answer(counters.accept, sides.asked, counter)
    assert world.snapshot() == before


def test_a_moment_that_has_passed_is_no_counter_proposal(world, sides):
    """The form says so at its field, and nothing changed."""
    at = table(world, sides, agreed=True)
    before = world.snapshot()
    with pytest.raises(BadInput) as error:
        at.counter(sides.asked, world.now)
    assert (error.value.key, error.value.field) == ("followup.error.past", "due")
    assert world.snapshot() == before


def test_of_two_answers_in_the_same_second_one_counts(both_worlds, sides):
    """Yes and no come together: the first holds, the second changes nothing; a repeated delivery does nothing either."""
    at = table(both_worlds, sides, agreed=True)
    counter = at.counter(sides.asked)
    actor = both_worlds.actor(sides.asker)
    both_worlds.do(counters.accept, actor, matter_id=counter.id, key="click:1")
    before = both_worlds.snapshot()
    with pytest.raises(Repeated):
        both_worlds.do(counters.accept, actor, matter_id=counter.id, key="click:1")
    with pytest.raises(Settled):
        both_worlds.do(counters.decline, actor, matter_id=counter.id, key="click:2")
    assert both_worlds.snapshot() == before


def test_the_receipt_says_where_it_is(world, sides):
    """Whoever asked has one message about it, which is edited when other terms are proposed."""
    at = table(world, sides, agreed=False)
    receipts = [
        d for d in world.deliveries(DeliveryState.SENT, kind=DeliveryKind.RECEIPT) if d.matter_id == at.matter.id
    ]
    assert [d.recipient_id for d in receipts] == [world.contact(sides.asker).id]
    at.counter(sides.asked)
    edited = [item for item in world.deliver() if item.original and item.original.id == receipts[0].id]
    assert edited
