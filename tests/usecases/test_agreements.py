from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.cases import FollowupWhat, ParticipantState
from bot.domain.deliveries import DeliveryKind, DeliveryState
from bot.domain.errors import BadInput, NotAllowed, NotFound, Repeated, Settled
from bot.domain.matters import Matter, MatterState
from bot.usecases import agreements, followups
from bot.usecases.followups import NewFollowup
from storage import cases
from storage import followups as rows
from tests.world import HOME, MONDAY, World

PENDING = (DeliveryState.DUE, DeliveryState.CLAIMED)
AGREED_LADDER = ["day-before", "due", "overdue-1", "overdue-3"]


def proposed(world: World, sides: object, *, agreed: bool = False) -> Matter:
    """A follow-up that one asked of the other, perhaps agreed."""
    case = world.accepted_case(sides.asker, sides.asked)  # type: ignore[attr-defined]  # the two sides of conftest
    matter = world.propose(case, sides.asker, sides.asked)  # type: ignore[attr-defined]  # likewise
    if agreed:
        world.answer(followups.agree, sides.asked, matter)  # type: ignore[attr-defined]  # likewise
    world.deliver()
    return matter


def join(world: World, matter: Matter, *names: str) -> None:
    """These people take part in the case, too."""
    with world.work() as work:
        for name in names:
            cases.set_participant(work, str(matter.case_id), world.contact(name).id, ParticipantState.ACCEPTED)
        work.commit()


def test_whoever_asked_withdraws_what_nobody_has_agreed_to(both_worlds, sides):
    """With a reason; nobody is asked any more, and everybody sees it."""
    matter = proposed(both_worlds, sides)
    both_worlds.answer(agreements.withdraw, sides.asker, matter, reason="not-needed")
    after = both_worlds.matter(matter)
    assert (after.state, after.reason) == (MatterState.WITHDRAWN, "not-needed")
    assert both_worlds.rungs(matter, *PENDING) == []
    assert both_worlds.verbs(matter.id)[-1] == "followup.withdraw"
    assert {item.delivery.kind for item in both_worlds.deliver()} == {DeliveryKind.EDIT, DeliveryKind.HEADLINE}


def test_what_is_agreed_is_not_withdrawn_and_not_by_the_owner(world, sides):
    """Who owes it says no or won't do; who asked takes back only what is still a question."""
    matter = proposed(world, sides)
    with pytest.raises(NotAllowed) as error:
        world.answer(agreements.withdraw, sides.asked, matter)
    assert error.value.values == {"asker": f"Name of {sides.asker}"}
    world.answer(followups.agree, sides.asked, matter)
    with pytest.raises(Settled):
        world.answer(agreements.withdraw, sides.asker, matter)


def test_what_is_agreed_and_will_not_be_done_is_told_to_whoever_waits(both_worlds, sides):
    """The owner says so, with a reason; the one who waits gets a message of her own."""
    matter = proposed(both_worlds, sides)
    with pytest.raises(Settled):
        both_worlds.answer(followups.wont_do, sides.asked, matter, reason="changed")
    both_worlds.answer(followups.agree, sides.asked, matter)
    both_worlds.deliver()
    both_worlds.answer(followups.wont_do, sides.asked, matter, reason="changed")
    assert (both_worlds.matter(matter).state, both_worlds.matter(matter).reason) == (MatterState.WONT_DO, "changed")
    told = [item for item in both_worlds.deliver() if item.delivery.rung == "wont-do"]
    assert [item.recipient.key for item in told if item.recipient] == [sides.asker]
    assert both_worlds.verbs(matter.id)[-1] == "followup.wont-do"


def test_a_no_carries_its_reason_and_is_told(world, sides):
    """Whoever asked need not look: the no comes to her, with why."""
    matter = proposed(world, sides)
    world.answer(followups.decline, sides.asked, matter, reason="not-mine")
    assert world.matter(matter).reason == "not-mine"
    told = [item for item in world.deliver() if item.delivery.rung == "declined"]
    assert [item.recipient.key for item in told if item.recipient] == [sides.asker]


def test_a_request_is_passed_on_within_the_own_side(both_worlds, sides):
    """To the substitute or another participant of that side, who is asked anew and owes nothing before her yes."""
    matter = proposed(both_worlds, sides)
    join(both_worlds, matter, sides.colleague, f"{sides.mine}-colleague")
    found = both_worlds.do(agreements.prepare_pass, both_worlds.actor(sides.asked), matter_id=matter.id)
    assert {c.key for c in found.receivers} == {sides.substitute, sides.colleague}
    receiver = both_worlds.contact(sides.colleague)
    both_worlds.answer(agreements.pass_on, sides.asked, matter, contact_id=receiver.id)
    after = both_worlds.matter(matter)
    assert (after.owner_id, after.state) == (receiver.id, MatterState.PROPOSED)
    (asked,) = [item for item in both_worlds.deliver() if item.delivery.kind is DeliveryKind.NUDGE]
    assert asked.recipient == receiver
    stranger = both_worlds.contact(f"{sides.mine}-colleague")
    with pytest.raises(BadInput):
        both_worlds.answer(agreements.pass_on, sides.colleague, matter, contact_id=stranger.id)
    both_worlds.answer(followups.agree, sides.colleague, matter)
    with pytest.raises(Settled):
        both_worlds.do(agreements.prepare_pass, both_worlds.actor(sides.colleague), matter_id=matter.id)


@pytest.mark.parametrize(
    ("settle", "who", "agreed"),
    [
        (followups.done, "asked", True),
        (followups.wont_do, "asked", True),
        (followups.decline, "asked", False),
        (agreements.withdraw, "asker", False),
    ],
    ids=["done", "won't do", "declined", "withdrawn"],
)
def test_for_ten_minutes_one_tap_takes_an_answer_back(both_worlds, sides, settle, who, agreed):
    """It is as it was, with its reminders; after that it takes a reason, and the tap changes nothing."""
    matter = proposed(both_worlds, sides, agreed=agreed)
    person = getattr(sides, who)
    more = {"reason": "not-needed"} if settle is followups.wont_do else {}
    both_worlds.answer(settle, person, matter, **more)
    both_worlds.later(minutes=10)
    assert both_worlds.answer(agreements.undo, person, matter) is not None
    after = both_worlds.matter(matter)
    assert (after.state, after.settled_at, after.reason) == (
        MatterState.AGREED if agreed else MatterState.PROPOSED,
        None,
        None,
    )
    assert both_worlds.rungs(matter, *PENDING)[-1] == (AGREED_LADDER[-1] if agreed else "coordinator")
    assert both_worlds.verbs(matter.id)[-1] == "followup.undo"
    both_worlds.answer(settle, person, matter, **more)
    both_worlds.later(minutes=10, seconds=1)
    snapshot = both_worlds.snapshot()
    assert both_worlds.answer(agreements.undo, person, matter) is None
    assert both_worlds.snapshot() == snapshot


def test_nobody_takes_back_the_answer_of_the_other_side(world, sides):
    """Not done is a question to the owner, not an undo of hers."""
    matter = proposed(world, sides, agreed=True)
    world.answer(followups.done, sides.asked, matter)
    for who in (sides.asker, sides.colleague):
        with pytest.raises(NotAllowed):
            world.answer(agreements.undo, who, matter)


def test_opened_again_by_its_owner_it_is_agreed_and_by_the_other_one_it_is_a_question(both_worlds, sides):
    """With a reason and a moment; nobody gets an obligation back without her own yes."""
    due = MONDAY + timedelta(days=10)
    for who, state in ((sides.asked, MatterState.AGREED), (sides.asker, MatterState.PROPOSED)):
        matter = proposed(both_worlds, sides, agreed=True)
        both_worlds.answer(followups.done, sides.asked, matter)
        both_worlds.later(hours=1)
        found = both_worlds.do(agreements.prepare_reopen, both_worlds.actor(who), matter_id=matter.id)
        assert found.asking is (state is MatterState.PROPOSED)
        both_worlds.answer(agreements.reopen, who, matter, reason="not-finished", due_at=due)
        after = both_worlds.matter(matter)
        assert (after.state, after.due_at, after.owner_id) == (state, due, both_worlds.contact(sides.asked).id)
        assert both_worlds.verbs(matter.id)[-1] == "followup.reopen.not-finished"
        with pytest.raises(Settled):
            both_worlds.answer(agreements.reopen, who, matter, reason="mistake", due_at=due)


@pytest.mark.parametrize(
    "act", [agreements.withdraw, agreements.undo, agreements.prepare_pass, agreements.prepare_reopen]
)
def test_a_stranger_learns_nothing(world, sides, act):
    """For who is not known every agreement looks like none."""
    matter = proposed(world, sides)
    more = {} if act.__name__.startswith("prepare") else {"key": world.key()}
    with pytest.raises(NotFound) as error:
        world.do(act, world.actor("nobody"), matter_id=matter.id, **more)
    assert error.value.key == "refused.gone"


def test_a_repeated_delivery_does_nothing_twice(both_worlds, sides):
    """Slack's second delivery of *Fortryd* is recognised."""
    matter = proposed(both_worlds, sides)
    actor = both_worlds.actor(sides.asker)
    both_worlds.do(agreements.withdraw, actor, matter_id=matter.id, key="click:1")
    both_worlds.do(agreements.undo, actor, matter_id=matter.id, key="click:2")
    for act, key in ((agreements.withdraw, "click:1"), (agreements.undo, "click:2")):
        with pytest.raises(Repeated):
            both_worlds.do(act, actor, matter_id=matter.id, key=key)
    assert both_worlds.matter(matter).state is MatterState.PROPOSED


def test_a_role_is_whoever_takes_part_for_that_side(world, sides):
    """The police contact is the one who takes part: her name stands behind the role, and she is asked herself."""
    case = world.accepted_case(sides.asker, sides.asked)
    side = world.contact(sides.asked).side
    wanted = NewFollowup(FollowupWhat.AGREE_ON_MEETING, f"side:{side}", MONDAY + timedelta(days=1))
    world.do(followups.propose, world.actor(sides.asker), case.id, wanted, key=world.key())
    (shown,) = world.view(case).followups
    assert (shown.owner.key, shown.role) == (sides.asked, side)
    nobody = NewFollowup(FollowupWhat.AGREE_ON_MEETING, "side:childrens-house", MONDAY + timedelta(days=1))
    with pytest.raises(BadInput):
        world.do(followups.propose, world.actor(sides.asker), case.id, nobody, key=world.key())


def test_what_hangs_on_an_event_waits_for_it(both_worlds, sides):
    """Two working days after the interview is agreed without a date, reminded of nothing, until the date is known."""
    case = both_worlds.accepted_case(sides.asker, sides.asked)
    wanted = NewFollowup(
        FollowupWhat.TALK_WITH_PARENTS, both_worlds.contact(sides.asked).id, None, "police.interview-held", 2
    )
    matter = both_worlds.do(followups.propose, both_worlds.actor(sides.asker), case.id, wanted, key=both_worlds.key())
    both_worlds.answer(followups.agree, sides.asked, matter)
    (shown,) = both_worlds.view(case).followups
    assert (shown.waits_for_event, shown.event_days) == (True, 2)
    assert both_worlds.rungs(matter, *PENDING) == []
    for held, due in ((MONDAY, 2), (MONDAY + timedelta(days=1), 3)):
        with both_worlds.work() as work:
            moved = rows.event_known(work, HOME, case.id, "police.interview-held", held)
            rows.event_known(work, HOME, case.id, "police.ended", held)
            work.commit()
        assert moved == 1
        assert both_worlds.matter(matter).due_at == MONDAY + timedelta(days=due)
        assert both_worlds.rungs(matter, *PENDING) == AGREED_LADDER


@pytest.mark.parametrize(
    ("event", "due", "key"),
    [("police.never", None, "followup.error.event"), (None, None, "followup.error.when")],
)
def test_neither_a_moment_nor_an_event_is_no_agreement(world, sides, event, due, key):
    """The form says what is missing, and nothing changed."""
    case = world.accepted_case(sides.asker, sides.asked)
    before = world.snapshot()
    wanted = NewFollowup(FollowupWhat.AGREE_ON_MEETING, world.contact(sides.asked).id, due, event)
    with pytest.raises(BadInput) as error:
        world.do(followups.propose, world.actor(sides.asker), case.id, wanted, key=world.key())
    assert error.value.key == key
    assert world.snapshot() == before


def test_the_same_step_on_a_case_is_found_as_long_as_it_is_open(world, sides):
    """It is pointed out before it is proposed twice; what is settled is no double work."""
    case = world.accepted_case(sides.asker, sides.asked)
    matter = world.propose(case, sides.asker, sides.asked)
    actor = world.actor(sides.asked)
    assert [f.matter.id for f in world.do(followups.same, actor, case.id, FollowupWhat.ANSWER_ABOUT_TALK)] == [
        matter.id
    ]
    assert world.do(followups.same, actor, case.id, FollowupWhat.AGREE_ON_MEETING) == ()
    world.answer(followups.decline, sides.asked, matter)
    assert world.do(followups.same, actor, case.id, FollowupWhat.ANSWER_ABOUT_TALK) == ()
