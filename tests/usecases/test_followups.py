from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.cases import FollowupWhat
from bot.domain.deliveries import DeliveryKind, DeliveryState
from bot.domain.errors import BadInput, NotAllowed, NotFound, Repeated, Settled
from bot.domain.matters import MatterState
from bot.usecases import cases, counters, followups, reminders
from bot.usecases.counters import NewTerms
from bot.usecases.followups import NewFollowup
from tests.world import MONDAY, World

PENDING = (DeliveryState.DUE, DeliveryState.CLAIMED)
ASKED_LADDER = ["ask", "again", "substitute", "coordinator"]
AGREED_LADDER = ["day-before", "due", "overdue-1", "overdue-3"]
ANSWERS = [followups.agree, followups.decline, followups.done, reminders.ask_help]


def test_what_one_asks_of_the_other_is_a_proposal(both_worlds, sides):
    """Nobody has an obligation without accepting it: the owner is asked, and the headline will show it."""
    case = both_worlds.accepted_case(sides.asker, sides.asked)
    matter = both_worlds.propose(case, sides.asker, sides.asked)
    assert (matter.state, matter.owner_id) == (MatterState.PROPOSED, both_worlds.contact(sides.asked).id)
    assert both_worlds.rungs(matter, DeliveryState.DUE) == ASKED_LADDER
    (shown,) = both_worlds.view(case).followups
    assert (shown.matter, shown.what, shown.owner.key) == (matter, FollowupWhat.ANSWER_ABOUT_TALK, sides.asked)
    assert both_worlds.deliveries(DeliveryState.DUE, kind=DeliveryKind.HEADLINE)
    assert both_worlds.verbs(matter.id) == ["followup.propose"]


def test_either_side_asks_the_other(world, sides):
    """In one and the same case the one who was asked to take part proposes just as well."""
    case = world.accepted_case(sides.asker, sides.asked)
    matter = world.propose(case, sides.asked, sides.asker)
    world.answer(followups.agree, sides.asker, matter)
    assert world.matter(matter).state is MatterState.AGREED


def test_what_a_person_takes_on_herself_is_agreed_at_once(world, sides):
    """She need not say yes to herself, and is reminded from the start."""
    case = world.accepted_case(sides.asker, sides.asked)
    matter = world.propose(case, sides.asker, sides.asker)
    assert matter.state is MatterState.AGREED
    assert world.rungs(matter, DeliveryState.DUE) == AGREED_LADDER


def test_agreeing_ends_the_asking_and_begins_the_reminding(both_worlds, sides):
    """From the yes on the due moment counts, and nobody is asked again."""
    case = both_worlds.accepted_case(sides.asker, sides.asked)
    matter = both_worlds.propose(case, sides.asker, sides.asked)
    both_worlds.deliver()
    agreed = both_worlds.answer(followups.agree, sides.asked, matter)
    assert agreed == both_worlds.matter(matter)
    assert (agreed.state, agreed.due_at, agreed.settled_at) == (MatterState.AGREED, matter.due_at, None)
    assert both_worlds.rungs(matter, *PENDING) == AGREED_LADDER
    assert both_worlds.rungs(matter, DeliveryState.CANCELLED) == ASKED_LADDER[1:]
    changed = both_worlds.deliver()
    assert sorted(item.delivery.kind for item in changed) == [
        DeliveryKind.EDIT,
        DeliveryKind.EDIT,
        DeliveryKind.HEADLINE,
    ]
    assert both_worlds.verbs(matter.id) == ["followup.propose", "followup.agree"]


@pytest.mark.parametrize(
    ("answer", "state", "verb"),
    [
        (followups.decline, MatterState.DECLINED, "followup.decline"),
        (followups.done, MatterState.DONE, "followup.done"),
    ],
    ids=["decline", "done"],
)
def test_what_is_settled_reminds_nobody(both_worlds, sides, answer, state, verb):
    """A no, or a done, ends every pending reminder; the record says when."""
    case = both_worlds.accepted_case(sides.asker, sides.asked)
    matter = both_worlds.propose(case, sides.asker, sides.asked)
    if answer is followups.done:
        both_worlds.answer(followups.agree, sides.asked, matter)
    both_worlds.deliver()
    both_worlds.answer(answer, sides.asked, matter)
    settled = both_worlds.matter(matter)
    assert (settled.state, settled.settled_at) == (state, both_worlds.now)
    assert both_worlds.rungs(matter, *PENDING) == []
    both_worlds.later(days=30)
    assert DeliveryKind.NUDGE not in {item.delivery.kind for item in both_worlds.deliver()}
    assert both_worlds.verbs(matter.id)[-1] == verb


def test_a_new_date_for_what_one_took_on_oneself_moves_the_reminders(both_worlds, sides):
    """Nobody else asked for it: the old rungs end, new ones stand around the new moment."""
    case = both_worlds.accepted_case(sides.asker, sides.asked)
    matter = both_worlds.propose(case, sides.asker, sides.asker)
    due = MONDAY + timedelta(days=7)
    moved = both_worlds.answer(counters.propose, sides.asker, matter, wanted=NewTerms(due_at=due))
    assert (moved.state, moved.due_at) == (MatterState.AGREED, due)
    assert both_worlds.rungs(matter, *PENDING) == AGREED_LADDER
    nudges = {d.rung: d for d in both_worlds.deliveries(*PENDING, kind=DeliveryKind.NUDGE) if d.matter_id == matter.id}
    assert nudges["due"].due_at == due
    assert both_worlds.verbs(matter.id)[-1] == "followup.counter"


@pytest.mark.parametrize("who", ["substitute", "coordinator"])
def test_who_stands_in_may_answer(world, sides, who):
    """Her substitute and her coordinator answer for her; it stays hers."""
    case = world.accepted_case(sides.asker, sides.asked)
    matter = world.propose(case, sides.asker, sides.asked)
    agreed = world.answer(followups.agree, getattr(sides, who), matter)
    assert (agreed.state, agreed.owner_id) == (MatterState.AGREED, matter.owner_id)


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.__name__)
@pytest.mark.parametrize("who", ["colleague", "asker", "apart"])
def test_nobody_else_answers_and_is_told_who_may(world, sides, answer, who):
    """Not even the one who proposed it: refused by name of the owner, and nothing changed."""
    case = world.accepted_case(sides.asker, sides.asked)
    matter = world.propose(case, sides.asker, sides.asked)
    name = {"colleague": sides.colleague, "asker": sides.asker, "apart": "p-apart"}[who]
    before = world.snapshot()
    with pytest.raises(NotAllowed) as error:
        world.answer(answer, name, matter)
    assert error.value.values == {"owner": f"Name of {sides.asked}"}
    assert world.snapshot() == before


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.__name__)
def test_a_stranger_learns_not_even_that_there_is_a_follow_up(world, sides, answer):
    """For who is not known all follow-ups look like none."""
    matter = world.propose(world.accepted_case(sides.asker, sides.asked), sides.asker, sides.asked)
    for asked in (matter, replace(matter, id="nothing")):
        with pytest.raises(NotFound) as error:
            world.answer(answer, "nobody", asked)
        assert error.value.key == "refused.gone"


@pytest.mark.parametrize("first", [followups.agree, followups.decline, followups.done], ids=lambda f: f.__name__)
def test_the_same_answer_twice_changes_nothing(both_worlds, sides, first):
    """The second tap is told how it stands; no row changes."""
    case = both_worlds.accepted_case(sides.asker, sides.asked)
    matter = both_worlds.propose(case, sides.asker, sides.asked)
    if first is followups.done:
        both_worlds.answer(followups.agree, sides.asked, matter)
    both_worlds.answer(first, sides.asked, matter)
    state = both_worlds.matter(matter).state
    before = both_worlds.snapshot()
    with pytest.raises(Settled) as error:
        both_worlds.answer(first, sides.asked, matter)
    assert error.value.key == f"settled.{state}"
    assert both_worlds.snapshot() == before


def test_of_two_answers_to_a_proposal_the_first_counts(world, sides):
    """She agrees, her substitute declines a moment later: it is agreed."""
    case = world.accepted_case(sides.asker, sides.asked)
    matter = world.propose(case, sides.asker, sides.asked)
    world.answer(followups.agree, sides.asked, matter)
    with pytest.raises(Settled):
        world.answer(followups.decline, sides.substitute, matter)
    assert world.matter(matter).state is MatterState.AGREED


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.__name__)
def test_nothing_more_happens_to_what_is_done(world, sides, answer):
    """Every answer to what is done is told so, a new date included."""
    case = world.accepted_case(sides.asker, sides.asked)
    matter = world.propose(case, sides.asker, sides.asked)
    world.answer(followups.agree, sides.asked, matter)
    world.answer(followups.done, sides.asked, matter)
    before = world.snapshot()
    with pytest.raises(Settled):
        world.answer(answer, sides.asked, matter)
    with pytest.raises(Settled):
        world.answer(counters.propose, sides.asked, matter, wanted=NewTerms(due_at=world.now + timedelta(days=9)))
    with pytest.raises(Settled):
        world.do(counters.prepare, world.actor(sides.asked), matter_id=matter.id)
    assert world.snapshot() == before


def test_a_repeated_tap_acts_once(both_worlds, sides):
    """Slack's second delivery of the same tap is recognised."""
    case = both_worlds.accepted_case(sides.asker, sides.asked)
    matter = both_worlds.propose(case, sides.asker, sides.asked)
    both_worlds.do(followups.agree, both_worlds.actor(sides.asked), matter_id=matter.id, key="click:1")
    with pytest.raises(Repeated):
        both_worlds.do(followups.agree, both_worlds.actor(sides.asked), matter_id=matter.id, key="click:1")


def refused_proposal(world: World, sides: object, owner_id: str, *, ahead: float = 1) -> BadInput:
    """Which field cannot be used; and that nothing was left behind."""
    case = world.open_case(sides.asker, sides.asked)  # type: ignore[attr-defined]  # the two sides of conftest
    world.answer(cases.decline, sides.asked, world.request(case), reason="absent")  # type: ignore[attr-defined]  # likewise
    before = world.snapshot()
    wanted = NewFollowup(FollowupWhat.AGREE_ON_MEETING, owner_id, world.now + timedelta(hours=ahead))
    with pytest.raises(BadInput) as error:
        world.do(followups.propose, world.actor(sides.asker), case.id, wanted, key=world.key())  # type: ignore[attr-defined]  # likewise
    assert world.snapshot() == before
    return error.value


@pytest.mark.parametrize("ahead", [0, -1])
def test_a_moment_that_has_passed_cannot_be_agreed(world, sides, ahead):
    """The form says at its field that the moment has passed."""
    refused = refused_proposal(world, sides, world.contact(sides.asker).id, ahead=ahead)
    assert (refused.key, refused.field) == ("followup.error.past", "due")


@pytest.mark.parametrize("who", ["asked", "colleague"])
def test_only_who_takes_part_can_owe_something(world, sides, who):
    """Neither one who declined nor one who was never asked can be given a task."""
    refused = refused_proposal(world, sides, world.contact(getattr(sides, who)).id)
    assert (refused.key, refused.field) == ("followup.error.owner", "owner")


def test_who_passed_her_place_on_owes_nothing_new(world, sides):
    """After her substitute took the place, the one first asked cannot be given a task."""
    case = world.open_case(sides.asker, sides.asked)
    world.answer(cases.accept, sides.substitute, world.request(case))
    with pytest.raises(BadInput):
        world.propose(case, sides.asker, sides.asked)
    assert world.propose(case, sides.asker, sides.substitute).state is MatterState.PROPOSED


def test_a_new_date_that_has_passed_changes_nothing(world, sides):
    """The form says so at its field; the old date stands."""
    case = world.accepted_case(sides.asker, sides.asked)
    matter = world.propose(case, sides.asker, sides.asker)
    before = world.snapshot()
    with pytest.raises(BadInput) as error:
        world.answer(counters.propose, sides.asker, matter, wanted=NewTerms(due_at=world.now))
    assert (error.value.key, error.value.field) == ("followup.error.past", "due")
    assert world.snapshot() == before


@pytest.mark.parametrize("who", ["asked", "colleague"])
def test_who_takes_no_part_proposes_nothing(world, sides, who):
    """Before she has accepted, or without ever being asked, she is told who takes part."""
    case = world.open_case(sides.asker, sides.asked)
    with pytest.raises(NotAllowed) as error:
        world.propose(case, getattr(sides, who), sides.asker)
    assert error.value.values == {"participants": f"Name of {sides.asker}"}
    with pytest.raises(NotAllowed):
        world.do(followups.prepare, world.actor(getattr(sides, who)), case_id=case.id)


def test_a_coordinator_of_either_side_may_propose(world, sides):
    """Each side can step in for its own people."""
    case = world.accepted_case(sides.asker, sides.asked)
    for coordinator in (sides.coordinator, f"{sides.mine}-coordinator"):
        assert world.propose(case, coordinator, sides.asked).state is MatterState.PROPOSED


def test_the_forms_begin_with_a_moment_in_working_time(world, sides):
    """Suggested is noon two working days ahead; for a new date a working day after the old one."""
    case = world.accepted_case(sides.asker, sides.asked)
    proposal = world.do(followups.prepare, world.actor(sides.asker), case_id=case.id)
    assert proposal.view == world.view(case)
    assert proposal.suggested == MONDAY.replace(day=4, hour=11)
    matter = world.propose(case, sides.asker, sides.asker, due=MONDAY + timedelta(days=4))
    redating = world.do(counters.prepare, world.actor(sides.asker), matter_id=matter.id)
    assert (redating.matter, redating.suggested) == (matter, MONDAY + timedelta(days=7))


def test_my_cases_are_those_i_take_part_in_the_newest_first(world, sides):
    """A case one was only asked to take part in is not among them yet."""
    first = world.accepted_case(sides.asker, sides.asked)
    world.later(minutes=1)
    second = world.open_case(sides.asker, sides.asked)
    assert [c.id for c in world.do(followups.my_cases, world.actor(sides.asker))] == [second.id, first.id]
    assert [c.id for c in world.do(followups.my_cases, world.actor(sides.asked))] == [first.id]
    with pytest.raises(NotFound):
        world.do(followups.my_cases, world.actor("nobody"))


def test_nothing_is_half_done(world, sides):
    """Where the last step of an answer fails, matter, rungs and headline stay as they were."""
    case = world.accepted_case(sides.asker, sides.asked)
    matter = world.propose(case, sides.asker, sides.asked)
    before = world.snapshot()
    broken = replace(world.actor(sides.asked), slack_id=object())  # the audit row, written last, fails
    for answer in ANSWERS:
        with pytest.raises(Exception, match=r"(?i)type"):
            world.do(answer, broken, matter_id=matter.id, key=world.key())
    assert world.snapshot() == before
