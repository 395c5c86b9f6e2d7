from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.app import reader
from bot.domain.cases import Case, FollowupWhat
from bot.domain.clearances import Clearance, Level, Towards
from bot.domain.deliveries import DeliveryKind, DeliveryState, ToSend
from bot.domain.errors import BadInput, NotAllowed, Repeated, Settled
from bot.domain.ladders import Audience
from bot.domain.matters import Matter, MatterState
from bot.domain.people import Side
from bot.usecases import agreements, clearances, followups
from bot.usecases.clearances import NewClearance
from handlers.cards import letters
from tests.world import MONDAY, World

PENDING = (DeliveryState.DUE, DeliveryState.CLAIMED)
UNTIL = MONDAY + timedelta(days=3)


def propose(
    world: World, case: Case, asker: str, owner: str, *, level: Level = Level.FREE, until: datetime | None = UNTIL
) -> Matter:
    """One side proposes what may be said to the parents."""
    wanted = NewClearance(Towards.PARENTS, level, Side.MUNICIPALITY, until, world.contact(owner).id)
    return world.do(clearances.propose, world.actor(asker), case.id, wanted, key=world.key())


def cleared(world: World, sides: object) -> tuple[Case, Matter]:
    """A clearance both sides have accepted."""
    case = world.accepted_case(sides.asker, sides.asked)  # type: ignore[attr-defined]  # the two sides of conftest
    matter = propose(world, case, sides.asker, sides.asked)  # type: ignore[attr-defined]  # likewise
    world.answer(clearances.agree, sides.asked, matter)  # type: ignore[attr-defined]  # likewise
    world.deliver()
    return case, matter


def shown(world: World, case: Case) -> Clearance:
    """The one clearance of a case."""
    (found,) = world.view(case).clearances
    return found


def test_both_sides_accept_before_it_holds(both_worlds, sides):
    """Who proposes has accepted for her side; the other side is asked, and only its yes makes it stand."""
    case = both_worlds.accepted_case(sides.asker, sides.asked)
    matter = propose(both_worlds, case, sides.asker, sides.asked)
    assert not shown(both_worlds, case).stands
    asked = [
        i for i in both_worlds.deliver() if i.delivery.kind is DeliveryKind.NUDGE and i.delivery.matter_id == matter.id
    ]
    assert [item.recipient.key for item in asked if item.recipient] == [sides.asked]
    with pytest.raises(NotAllowed):
        both_worlds.answer(clearances.agree, sides.asker, matter)
    both_worlds.answer(clearances.agree, sides.asked, matter)
    assert shown(both_worlds, case).stands
    assert both_worlds.verbs(matter.id) == ["clearance.propose", "clearance.agree"]


def test_it_expires_into_a_question_to_both_and_never_into_a_yes(both_worlds, sides):
    """At its moment, at any hour, it holds no more: both sides are asked, again the next day, and the headline says so."""
    case, matter = cleared(both_worlds, sides)
    both_worlds.now = UNTIL - timedelta(seconds=1)
    assert shown(both_worlds, case).stands
    both_worlds.now = UNTIL
    assert not shown(both_worlds, case).stands
    sent = both_worlds.deliver()
    asked = [item for item in sent if item.delivery.kind is DeliveryKind.NUDGE]
    assert {(i.recipient.key, i.delivery.rung) for i in asked if i.recipient} == {
        (sides.asker, "expired"),
        (sides.asked, "expired"),
    }
    assert DeliveryKind.HEADLINE in {item.delivery.kind for item in sent}
    assert both_worlds.rungs(matter, *PENDING) == ["expired-again", "expired-help"]
    assert both_worlds.matter(matter).state is MatterState.AGREED
    audiences = {
        d.audience for d in both_worlds.deliveries(*PENDING, kind=DeliveryKind.NUDGE) if d.matter_id == matter.id
    }
    assert audiences == {Audience.OWNER, Audience.ASKER, Audience.COORDINATOR}


def test_a_newer_one_takes_the_old_ones_place_when_it_is_accepted(both_worlds, sides):
    """Until then the old one holds; afterwards nobody is asked about the old one any more."""
    case, old = cleared(both_worlds, sides)
    found = both_worlds.do(clearances.prepare_renewal, both_worlds.actor(sides.asked), matter_id=old.id)
    assert found.renews is not None
    assert (found.renews.level, [c.key for c in found.others]) == (Level.FREE, [sides.asker])
    new = propose(both_worlds, case, sides.asked, sides.asker, level=Level.PRACTICAL, until=UNTIL + timedelta(days=5))
    assert [c.stands for c in both_worlds.view(case).clearances] == [True, False]
    both_worlds.answer(clearances.agree, sides.asker, new)
    assert (shown(both_worlds, case).level, shown(both_worlds, case).stands) == (Level.PRACTICAL, True)
    assert (both_worlds.matter(old).state, both_worlds.matter(old).reason) == (MatterState.WITHDRAWN, "replaced")
    assert both_worlds.rungs(old, *PENDING) == []


@pytest.mark.parametrize("who", ["asker", "asked"])
def test_either_side_ends_it_at_once_and_the_other_is_told(world, sides, who):
    """What protects needs nobody's yes; whoever may still rely on it hears of it."""
    case, matter = cleared(world, sides)
    mine, other = getattr(sides, who), sides.asked if who == "asker" else sides.asker
    world.answer(clearances.revoke, mine, matter)
    assert world.view(case).clearances == ()
    told = [item for item in world.deliver() if item.delivery.rung == "revoked"]
    assert [item.recipient.key for item in told if item.recipient] == [other]
    with pytest.raises(Settled):
        world.answer(clearances.revoke, mine, matter)


def test_a_no_clears_nothing_and_a_late_yes_neither(world, sides):
    """Declined with a reason; and a yes after its own end is told so."""
    case = world.accepted_case(sides.asker, sides.asked)
    declined = propose(world, case, sides.asker, sides.asked)
    world.answer(clearances.decline, sides.asked, declined, reason="too-early")
    assert (world.matter(declined).state, world.matter(declined).reason) == (MatterState.DECLINED, "too-early")
    late = propose(world, case, sides.asker, sides.asked)
    world.now = UNTIL
    before = world.snapshot()
    with pytest.raises(Settled) as error:
        world.answer(clearances.agree, sides.asked, late)
    assert error.value.key == "clearance.error.over"
    assert world.snapshot() == before


def test_nobody_of_the_own_side_says_yes_for_the_other(world, sides):
    """The form takes only people of the other side, and no moment that has passed."""
    case = world.accepted_case(sides.asker, sides.asked)
    before = world.snapshot()
    for owner, until, field in ((sides.asker, UNTIL, "owner"), (sides.asked, world.now, "until")):
        with pytest.raises(BadInput) as error:
            propose(world, case, sides.asker, owner, until=until)
        assert error.value.field == field
    assert world.snapshot() == before


def needing(world: World, sides: object, case: Case) -> Matter:
    """A step that needs a clearance towards the parents, agreed."""
    owner = world.contact(sides.asked).id  # type: ignore[attr-defined]  # the two sides of conftest
    wanted = followups.NewFollowup(FollowupWhat.TALK_WITH_PARENTS, owner, MONDAY + timedelta(days=1))
    matter = world.do(followups.propose, world.actor(sides.asker), case.id, wanted, key=world.key())  # type: ignore[attr-defined]  # likewise
    return world.answer(followups.agree, sides.asked, matter)  # type: ignore[attr-defined]  # likewise


def test_done_without_its_clearance_takes_a_reason_and_is_told_to_both_sides(both_worlds, sides):
    """First what is missing and whom to ask, and nothing changed; then, with a reason, it is done and both hear of it."""
    case = both_worlds.accepted_case(sides.asker, sides.asked)
    matter = needing(both_worlds, sides, case)
    both_worlds.deliver()
    before = both_worlds.snapshot()
    outcome = both_worlds.answer(followups.done, sides.asked, matter)
    assert outcome.missing is not None
    assert (outcome.missing.need.towards, [c.key for c in outcome.missing.ask]) == (Towards.PARENTS, [sides.asker])
    assert both_worlds.snapshot() == before
    outcome = both_worlds.answer(followups.done, sides.asked, matter, reason="child-safety")
    assert (outcome.matter.state, outcome.matter.reason) == (MatterState.DONE, "child-safety")
    told = {
        item.recipient.key for item in both_worlds.deliver() if item.delivery.rung == "uncleared" and item.recipient
    }
    assert told == {sides.asker, sides.asked}
    assert both_worlds.verbs(matter.id)[-1] == "followup.done-uncleared"


def test_done_with_its_clearance_is_done(world, sides):
    """Nothing is asked, and no reason is kept."""
    case, _ = cleared(world, sides)
    outcome = world.answer(followups.done, sides.asked, needing(world, sides, case))
    assert (outcome.missing, outcome.matter.state, outcome.matter.reason) == (None, MatterState.DONE, None)


def test_a_repeated_yes_acts_once_and_a_second_one_is_told(both_worlds, sides):
    """Slack's repetition does nothing; the yes of her substitute a moment later finds it agreed."""
    case = both_worlds.accepted_case(sides.asker, sides.asked)
    matter = propose(both_worlds, case, sides.asker, sides.asked)
    both_worlds.do(clearances.agree, both_worlds.actor(sides.asked), matter_id=matter.id, key="click:1")
    before = both_worlds.snapshot()
    with pytest.raises(Repeated):
        both_worlds.do(clearances.agree, both_worlds.actor(sides.asked), matter_id=matter.id, key="click:1")
    with pytest.raises(Settled):
        both_worlds.answer(clearances.agree, sides.substitute, matter)
    with pytest.raises(Settled):
        both_worlds.answer(agreements.withdraw, sides.asker, matter)
    assert both_worlds.snapshot() == before


SETTLING = {
    "declined": (clearances.decline, "asked", MatterState.PROPOSED),
    "withdrawn": (agreements.withdraw, "asker", MatterState.PROPOSED),
    "revoked by who accepted": (clearances.revoke, "asked", MatterState.AGREED),
    "revoked by who proposed": (clearances.revoke, "asker", MatterState.AGREED),
}


def settled(world: World, sides: object, how: str) -> tuple[Case, Matter, str, str]:
    """A clearance that somebody has just settled: the case, the matter, who did it, and the one on the other side."""
    settle, who, before = SETTLING[how]
    case = world.accepted_case(sides.asker, sides.asked)  # type: ignore[attr-defined]  # the two sides of conftest
    matter = propose(world, case, sides.asker, sides.asked)  # type: ignore[attr-defined]  # likewise
    world.deliver()
    if before is MatterState.AGREED:
        world.answer(clearances.agree, sides.asked, matter)  # type: ignore[attr-defined]  # likewise
    world.deliver()
    mine, other = getattr(sides, who), getattr(sides, {"asked": "asker", "asker": "asked"}[who])
    world.answer(settle, mine, matter)
    return case, matter, mine, other


@pytest.mark.parametrize("how", SETTLING)
def test_for_ten_minutes_one_tap_takes_back_what_became_of_it(both_worlds, sides, how):
    """As it was before, by whoever settled it and nobody of the other side; after that it takes a reason."""
    case, matter, mine, other = settled(both_worlds, sides, how)
    both_worlds.later(minutes=10)
    with pytest.raises(NotAllowed):
        both_worlds.answer(agreements.undo, other, matter)
    assert both_worlds.answer(agreements.undo, mine, matter) is not None
    after, before = both_worlds.matter(matter), SETTLING[how][2]
    assert (after.state, after.settled_at, after.reason) == (before, None, None)
    assert shown(both_worlds, case).stands is (before is MatterState.AGREED)
    asking, holding = ["ask", "again", "substitute", "coordinator"], ["expired", "expired-again", "expired-help"]
    assert both_worlds.rungs(matter, *PENDING) == (holding if before is MatterState.AGREED else asking)
    assert both_worlds.verbs(matter.id)[-1] == "clearance.undo"
    both_worlds.answer(SETTLING[how][0], mine, matter)
    both_worlds.later(minutes=10, seconds=1)
    snapshot = both_worlds.snapshot()
    assert both_worlds.answer(agreements.undo, mine, matter) is None
    assert both_worlds.snapshot() == snapshot


def test_what_holds_after_all_is_told_to_whoever_heard_that_it_did_not(both_worlds, sides):
    """The other side had a message of its own that it ended; it gets one that it holds."""
    _, matter, mine, other = settled(both_worlds, sides, "revoked by who accepted")
    both_worlds.deliver()
    both_worlds.answer(agreements.undo, mine, matter)
    told = [item for item in both_worlds.deliver() if item.delivery.rung == "again"]
    assert [item.recipient.key for item in told if item.recipient] == [other]


def test_what_was_given_up_does_not_come_back_over_a_newer_one(world, sides):
    """One tap takes nothing back where both sides have agreed on something else since; then it takes a question."""
    case, old, mine, other = settled(world, sides, "revoked by who accepted")
    new = propose(world, case, other, mine, level=Level.PRACTICAL)
    world.answer(clearances.agree, mine, new)
    assert world.answer(agreements.undo, mine, old) is None
    assert [c.matter.id for c in world.view(case).clearances] == [new.id]


@pytest.mark.parametrize("how", SETTLING)
def test_opened_again_it_is_a_question_to_the_other_side_whoever_opens_it(both_worlds, sides, how):
    """Never a yes: whoever opens it has said hers, and the other side is asked, and says yes or no."""
    for opener in ("asker", "asked"):
        case, matter, *_ = settled(both_worlds, sides, how)
        both_worlds.deliver()
        both_worlds.later(hours=1)
        mine, other = getattr(sides, opener), getattr(sides, {"asked": "asker", "asker": "asked"}[opener])
        found = both_worlds.do(agreements.prepare_reopen, both_worlds.actor(mine), matter_id=matter.id)
        assert (found.asking, found.suggested) == (True, UNTIL)
        until = None if opener == "asker" else UNTIL + timedelta(days=1)
        again = both_worlds.answer(agreements.reopen, mine, matter, reason="mistake", due_at=until)
        now = shown(both_worlds, case)
        assert (now.matter.id, now.matter.state, now.matter.due_at) == (again.id, MatterState.PROPOSED, until)
        assert (now.owner.key, now.asker.key, now.level) == (other, mine, Level.FREE)
        assert both_worlds.verbs(again.id)[-1] == "clearance.reopen.mistake"
        asked = [i for i in both_worlds.deliver() if i.delivery.kind is DeliveryKind.NUDGE]
        assert [item.recipient.key for item in asked if item.recipient] == [other]
        with pytest.raises(NotAllowed):
            both_worlds.answer(clearances.agree, mine, again)
        with pytest.raises(Settled):
            both_worlds.answer(agreements.reopen, other, matter, reason="mistake", due_at=UNTIL)
        both_worlds.answer(clearances.agree, other, again)
        assert shown(both_worlds, case).stands


def test_a_clearance_is_not_opened_again_until_a_moment_that_has_passed(world, sides):
    """The form says so, and nothing changed."""
    _, matter, mine, _ = settled(world, sides, "declined")
    before = world.snapshot()
    with pytest.raises(BadInput) as error:
        world.answer(agreements.reopen, mine, matter, reason="mistake", due_at=world.now)
    assert error.value.field == "due"
    assert world.snapshot() == before


@pytest.mark.parametrize("how", SETTLING)
def test_the_messages_about_it_offer_the_way_back_to_whoever_settled_it(world, sides, how):
    """Hers has *Fortryd*, the other side's *Genåbn*; and an answer that was taken back is told no more."""
    _, matter, mine, other = settled(world, sides, how)
    offered = {item.recipient.key: buttons(item) for item in world.deliver() if item.recipient}
    assert offered[mine] == ["clearance.undo"]
    assert offered[other] == ["clearance.reopen"]
    world.answer(agreements.undo, mine, matter)
    said = {letters.card(reader("da", "DK"), item).text for item in world.deliver() if item.recipient}
    assert not [text for text in said if "har sagt nej" in text or "gælder ikke mere" in text]


def buttons(item: ToSend) -> list[str]:
    """What a message about a clearance offers."""
    rows = [block["elements"] for block in letters.card(reader("da", "DK"), item).blocks if block["type"] == "actions"]
    return [element["action_id"] for row in rows for element in row]
