from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.cases import Case
from bot.domain.deliveries import DeliveryKind, DeliveryState
from bot.domain.errors import BadInput, NotAllowed, Repeated, Settled
from bot.domain.matters import Matter, MatterState
from bot.usecases import agreements, words
from tests.world import MONDAY, World

PENDING = (DeliveryState.DUE, DeliveryState.CLAIMED)
DUE = MONDAY + timedelta(days=2)
LADDER = ["day-before", "due", "late", "overdue-1", "overdue-3"]


def ask(world: World, case: Case, who: str, owner: str) -> Matter:
    """Somebody asks for the next news, or promises it."""
    owner_id = world.contact(owner).id
    return world.do(words.ask, world.actor(who), case.id, owner_id=owner_id, due_at=DUE, key=world.key())


def test_what_one_promises_holds_at_once_and_what_one_asks_for_after_a_yes(both_worlds, sides):
    """The promise reminds the debtor from the start; the request is a question first."""
    case = both_worlds.accepted_case(sides.asker, sides.asked)
    promised = ask(both_worlds, case, sides.asked, sides.asked)
    assert (promised.state, promised.asker_id) == (MatterState.AGREED, both_worlds.contact(sides.asker).id)
    assert sorted(both_worlds.rungs(promised, *PENDING)) == sorted(LADDER)
    asked = ask(both_worlds, case, sides.asker, sides.asked)
    assert asked.state is MatterState.PROPOSED
    both_worlds.answer(words.agree, sides.asked, asked)
    assert sorted(both_worlds.rungs(asked, *PENDING)) == sorted(LADDER)
    assert both_worlds.verbs(promised.id) == ["word.promise"]
    assert both_worlds.verbs(asked.id) == ["word.ask", "word.agree"]


def test_nothing_new_yet_is_a_good_answer(both_worlds, sides):
    """With the next date: the ladder begins anew, and whoever waits is told at once."""
    case = both_worlds.accepted_case(sides.asker, sides.asked)
    word = ask(both_worlds, case, sides.asked, sides.asked)
    both_worlds.now = DUE
    both_worlds.deliver()
    found = both_worlds.do(words.prepare_next, both_worlds.actor(sides.asked), matter_id=word.id)
    assert found.suggested == DUE + timedelta(days=7)
    both_worlds.answer(words.nothing_new, sides.asked, word, due_at=found.suggested)
    after = both_worlds.matter(word)
    assert (after.state, after.due_at) == (MatterState.AGREED, found.suggested)
    assert sorted(both_worlds.rungs(word, *PENDING)) == sorted(LADDER)
    told = [item for item in both_worlds.deliver() if item.delivery.rung == "nothing-new"]
    assert [item.recipient.key for item in told if item.recipient] == [sides.asker]
    assert both_worlds.verbs(word.id)[-1] == "word.nothing-new"


def test_who_waits_hears_when_the_word_is_late(world, sides):
    """A working day after its moment the waiting side is told, in the morning that follows, without having to ask."""
    case = world.accepted_case(sides.asker, sides.asked)
    word = ask(world, case, sides.asked, sides.asked)
    world.deliver()
    world.now = DUE + timedelta(days=1)
    world.deliver()
    world.later(days=1)
    late = [item for item in world.deliver() if item.delivery.rung == "late"]
    assert [item.recipient.key for item in late if item.recipient] == [sides.asker]
    assert world.matter(word).state is MatterState.AGREED


@pytest.mark.parametrize("who", ["asked", "asker"])
def test_news_that_was_given_settles_it_by_either_ones_word(both_worlds, sides, who):
    """Who gave it or who got it says so; nobody is reminded any more, and ten minutes long it can be undone."""
    case = both_worlds.accepted_case(sides.asker, sides.asked)
    word = ask(both_worlds, case, sides.asked, sides.asked)
    both_worlds.deliver()
    both_worlds.answer(words.given, getattr(sides, who), word)
    assert both_worlds.matter(word).state is MatterState.DONE
    assert both_worlds.rungs(word, *PENDING) == []
    assert both_worlds.view(case).words == ()
    assert both_worlds.answer(agreements.undo, sides.asked, word) is not None
    assert sorted(both_worlds.rungs(word, *PENDING)) == sorted(LADDER)


def test_a_no_is_told_and_nobody_else_answers(world, sides):
    """The colleague of the debtor is refused; the debtor's own no reaches whoever waits."""
    case = world.accepted_case(sides.asker, sides.asked)
    word = ask(world, case, sides.asker, sides.asked)
    for act in (words.agree, words.given, words.decline):
        with pytest.raises(NotAllowed):
            world.answer(act, sides.colleague, word)
    world.answer(words.decline, sides.asked, word, reason="no-time")
    told = [item for item in world.deliver() if item.delivery.kind is DeliveryKind.RECEIPT and item.delivery.rung]
    assert [(i.delivery.rung, i.recipient.key) for i in told if i.recipient] == [("declined", sides.asker)]


def test_moments_that_have_passed_and_people_who_take_no_part_are_refused(world, sides):
    """Nothing changed."""
    case = world.accepted_case(sides.asker, sides.asked)
    word = ask(world, case, sides.asked, sides.asked)
    before = world.snapshot()
    with pytest.raises(BadInput):
        world.answer(words.nothing_new, sides.asked, word, due_at=world.now)
    with pytest.raises(BadInput):
        ask(world, case, sides.asker, sides.colleague)
    assert world.snapshot() == before


def test_a_repeated_delivery_and_an_old_button_change_nothing(both_worlds, sides):
    """The second delivery is recognised; a button of what is settled says so."""
    case = both_worlds.accepted_case(sides.asker, sides.asked)
    word = ask(both_worlds, case, sides.asked, sides.asked)
    actor = both_worlds.actor(sides.asked)
    both_worlds.do(words.given, actor, matter_id=word.id, key="click:1")
    before = both_worlds.snapshot()
    with pytest.raises(Repeated):
        both_worlds.do(words.given, actor, matter_id=word.id, key="click:1")
    for act in (words.given, words.agree):
        with pytest.raises(Settled):
            both_worlds.answer(act, sides.asked, word)
    with pytest.raises(Settled):
        both_worlds.answer(words.nothing_new, sides.asked, word, due_at=DUE)
    assert both_worlds.snapshot() == before


@pytest.mark.parametrize("who", ["asked", "asker"])
def test_whoever_says_that_the_news_is_given_takes_it_back_with_one_tap(both_worlds, sides, who):
    """Be it the debtor or the one who waits for it: for ten minutes, and the promise stands as before."""
    case = both_worlds.accepted_case(sides.asker, sides.asked)
    word = ask(both_worlds, case, sides.asked, sides.asked)
    both_worlds.deliver()
    both_worlds.answer(words.given, getattr(sides, who), word)
    with pytest.raises(NotAllowed):
        both_worlds.answer(agreements.undo, sides.colleague, word)
    both_worlds.answer(agreements.undo, getattr(sides, who), word)
    assert both_worlds.matter(word).state is MatterState.AGREED
    assert sorted(both_worlds.rungs(word, *PENDING)) == sorted(LADDER)
