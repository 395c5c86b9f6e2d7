"""*Mind mig igen …* and *Brug for hjælp* by the rows: who hears of it when, once, on either side and both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.deliveries import DeliveryKind, DeliveryState
from bot.domain.errors import BadInput, NotAllowed, NotFound, Refused, Repeated, Settled
from bot.domain.ladders import Audience
from bot.domain.matters import Matter, MatterKind, MatterState
from bot.domain.opening import NewCase
from bot.domain.people import Role
from bot.domain.reminders import Later
from bot.domain.urgency import Urgency
from bot.usecases import cases, counters, directory, followups, handovers, opening, reminders, words
from bot.usecases.counters import NewTerms
from tests.usecases.test_absences import covered
from tests.usecases.test_deadlines import DAY, Timed
from tests.usecases.test_ladders import agreed, told
from tests.world import HOME, KOEGE, MONDAY, World, everybody, person

PENDING = (DeliveryState.DUE, DeliveryState.CLAIMED, DeliveryState.BUNDLED)


@pytest.fixture
def timed(sqlite) -> Timed:
    """A world with Danish timelines."""
    return Timed(sqlite)


def snooze(world: World, name: str, matter: Matter, later: Later = Later.HOUR) -> reminders.Snoozed:
    """One tap: remind me again later."""
    return world.answer(reminders.snooze, name, matter, later=later)


def planned(world: World, matter: Matter) -> list[tuple[str | None, datetime]]:
    """What still waits about a matter, and when it is due."""
    nudges = world.deliveries(*PENDING, kind=DeliveryKind.NUDGE)
    return [(nudge.rung, nudge.due_at) for nudge in nudges if nudge.matter_id == matter.id]


def reminded(world: World, sides) -> Matter:
    """A follow-up that is due this moment, and whose owner was just reminded of it."""
    matter: Matter = agreed(world, sides, days=2)
    world.later(days=2)
    assert (sides.asked, "due") in told(world)
    return matter


def test_in_an_hour_she_is_reminded_again_once_and_nobody_before(both_worlds, sides):
    """The hour passes in silence; then her reminder comes, once; done ends every one that was still to come."""
    matter = reminded(both_worlds, sides)
    done = snooze(both_worlds, sides.asked, matter)
    assert done.until == both_worlds.now + timedelta(hours=1)
    assert told(both_worlds) == []
    both_worlds.now = done.until - timedelta(seconds=5)
    assert told(both_worlds) == []
    both_worlds.now = done.until
    assert told(both_worlds) == [(sides.asked, "snoozed")]
    assert told(both_worlds) == []
    both_worlds.answer(followups.done, sides.asked, matter)
    both_worlds.later(days=30)
    assert told(both_worlds) == []
    assert both_worlds.verbs(matter.id)[-2:] == ["followup.snooze", "followup.done"]


def test_whoever_is_not_heard_of_after_that_is_reminded_on_as_planned(both_worlds, sides):
    """A working day after the moment she chose, with her substitute, and then her coordinator: nothing was dropped."""
    matter = reminded(both_worlds, sides)
    snooze(both_worlds, sides.asked, matter, Later.MORNING)
    seen = []
    for _ in range(10 * 24):
        both_worlds.later(hours=1)
        seen += told(both_worlds)
    assert seen == [
        (sides.asked, "snoozed"), (sides.substitute, "overdue-1"), (sides.asked, "overdue-1"), (sides.coordinator, "overdue-3"),
    ]  # fmt: skip


def test_an_earlier_moment_brings_back_what_had_made_way(both_worlds, sides):
    """Put off past its due moment and then only for an hour: its due moment counts again, and is sent once."""
    matter = agreed(both_worlds, sides, days=2)
    both_worlds.later(days=1)
    told(both_worlds)
    before = planned(both_worlds, matter)
    both_worlds.answer(reminders.snooze, sides.asked, matter, until=MONDAY + timedelta(days=9))
    assert both_worlds.rungs(matter, *PENDING)[0] == "snoozed"
    assert "due" not in both_worlds.rungs(matter, *PENDING)
    snooze(both_worlds, sides.asked, matter)
    after = planned(both_worlds, matter)
    assert [one for one in after if one[0] != "snoozed"] == before
    assert [rung for rung, _ in after].count("snoozed") == 1


def test_what_made_way_for_a_date_that_no_longer_holds_never_comes_back(both_worlds, sides):
    """A new date begins the ladder anew: only its own reminders can be put off and come back."""
    case = both_worlds.accepted_case(sides.asker, sides.asked)
    matter = both_worlds.propose(case, sides.asked, sides.asked)
    both_worlds.answer(reminders.snooze, sides.asked, matter, until=MONDAY + timedelta(days=4))
    both_worlds.answer(counters.propose, sides.asked, matter, wanted=NewTerms(due_at=MONDAY + timedelta(days=14)))
    assert "snoozed" not in both_worlds.rungs(matter, *PENDING)
    snooze(both_worlds, sides.asked, matter)
    assert [at for rung, at in planned(both_worlds, matter) if rung == "due"] == [MONDAY + timedelta(days=14)]


def test_the_asker_sees_until_when_and_the_owner_too(both_worlds, sides):
    """Both messages that stand in Slack are edited; once she was reminded the asker's says so no more."""
    matter = reminded(both_worlds, sides)
    done = snooze(both_worlds, sides.asked, matter)
    edits = {item.recipient.key: item for item in both_worlds.deliver() if item.original and item.recipient}
    assert {name: item.snoozed_until for name, item in edits.items()} == {
        sides.asked: done.until, sides.asker: done.until,
    }  # fmt: skip
    both_worlds.now = done.until
    told_later = {item.recipient.key: item for item in both_worlds.deliver() if item.original and item.recipient}
    assert told_later[sides.asker].snoozed_until is None


@pytest.mark.parametrize("who", ["substitute", "coordinator", "colleague", "asker"])
def test_a_reminder_is_put_off_by_whom_it_is_for_alone(world, sides, who):
    """Whoever may answer for her may not decide when she is reminded; refused by name, and nothing changed."""
    matter = reminded(world, sides)
    before = world.snapshot()
    with pytest.raises(NotAllowed) as refused:
        snooze(world, getattr(sides, who), matter)
    assert refused.value.values == {"owner": world.contact(sides.asked).name}
    with pytest.raises(NotFound):
        snooze(world, "nobody", matter)
    assert world.snapshot() == before


def test_while_she_is_away_whoever_gets_her_reminders_puts_them_off(world, sides):
    """In her own working time; and it comes again to whoever is there then."""
    matter = agreed(world, sides, days=2)
    covered(world, sides.asked, sides.substitute)
    world.later(days=2)
    assert (sides.substitute, "due") in told(world)
    snooze(world, sides.substitute, matter)
    world.later(hours=1)
    assert (sides.substitute, "snoozed") in told(world)


def test_a_question_goes_on_to_the_next_as_planned(both_worlds, sides):
    """Who is asked may want to be reminded later; whoever asks does not wait longer for that."""
    case = both_worlds.open_case(sides.asker, sides.asked)
    matter = both_worlds.request(case)
    both_worlds.deliver()
    both_worlds.answer(reminders.snooze, sides.asked, matter, until=both_worlds.now + timedelta(days=7))
    seen = []
    for _ in range(8 * 24):
        both_worlds.later(hours=1)
        seen += told(both_worlds)
    assert [one for one in seen if one[1] != "again"] == seen
    assert (sides.asked, "snoozed") in seen
    assert seen[0] == (sides.substitute, "substitute")


def test_what_is_needed_now_cannot_wait(world, sides):
    """A question of urgency *now* is answered, or rung about; its reminders are not put off."""
    wanted = NewCase("neglect", Urgency.NOW, KOEGE, world.contact(sides.asked).id)
    case = world.do(opening.open_case, world.actor(sides.asker), wanted, key=world.key()).case
    matter = world.request(case)
    with pytest.raises(Refused, match="now"):
        snooze(world, sides.asked, matter)


def test_the_laws_last_reminders_come_at_any_hour_whoever_wants_to_be_reminded_later(timed):
    """Put off until after the deadline: four hours, one hour and the due moment come all the same, and then her own."""
    case = timed.accepted_case()
    timed.attach(case, received=MONDAY)
    matter = timed.held(case)[DAY].matter
    done = timed.answer(reminders.snooze, "m-worker", matter, until=MONDAY + timedelta(hours=26))
    seen = []
    while timed.now < done.until:
        timed.later(minutes=30)
        seen += [one for one in timed.told() if one[0] == "m-worker"]
    assert seen == [("m-worker", rung) for rung in ("hours-4", "hours-1", "due", "snoozed")]
    assert timed.matter(matter).due_at == matter.due_at


def test_what_is_settled_is_not_put_off(both_worlds, sides):
    """A button of a message from before: she is told how it stands, and nothing is planned."""
    matter = reminded(both_worlds, sides)
    both_worlds.answer(followups.done, sides.asked, matter)
    with pytest.raises(Settled, match="done"):
        snooze(both_worlds, sides.asked, matter)
    assert both_worlds.rungs(matter, *PENDING) == []


def test_a_repetition_puts_nothing_off_twice(both_worlds, sides):
    """Slack's second delivery of a tap is the same tap; a second tap of hers is a later hour, and still one reminder."""
    matter = reminded(both_worlds, sides)
    tap = {"matter_id": matter.id, "later": Later.HOUR, "key": "same"}
    both_worlds.do(reminders.snooze, both_worlds.actor(sides.asked), **tap)
    with pytest.raises(Repeated):
        both_worlds.do(reminders.snooze, both_worlds.actor(sides.asked), **tap)
    both_worlds.later(seconds=30)
    snooze(both_worlds, sides.asked, matter)
    both_worlds.later(hours=3)
    assert told(both_worlds) == [(sides.asked, "snoozed")]
    assert both_worlds.verbs(matter.id).count("followup.snooze") == 2


def test_a_date_in_the_past_or_too_far_is_refused_below_its_field(world, sides):
    """Nothing is written; the form says what to do."""
    matter = reminded(world, sides)
    before = world.snapshot()
    for apart in (timedelta(), timedelta(minutes=-1), timedelta(days=31)):
        with pytest.raises(BadInput) as refused:
            world.answer(reminders.snooze, sides.asked, matter, until=world.now + apart)
        assert refused.value.field == "due"
    assert world.snapshot() == before
    found = world.do(reminders.prepare, world.actor(sides.asked), matter_id=matter.id)
    assert found.suggested > world.now


def test_a_reminder_that_waited_for_the_morning_waits_for_her_moment_instead(both_worlds, sides):
    """What was to stand in her digest does not, and comes alone when she wants it."""
    matters = [agreed(both_worlds, sides, days=2) for _ in range(2)]
    both_worlds.now = MONDAY.replace(day=3, hour=7, minute=1)  # the reminders of the day before are bundled
    both_worlds.deliver()
    assert both_worlds.rungs(matters[0], DeliveryState.BUNDLED) == ["day-before"]
    for matter in matters:
        snooze(both_worlds, sides.asked, matter)
    both_worlds.later(minutes=50)
    assert DeliveryKind.DIGEST not in {item.delivery.kind for item in both_worlds.deliver()}
    both_worlds.later(minutes=10)
    assert told(both_worlds) == [(sides.asked, "snoozed")] * 2


def test_who_takes_over_is_reminded_when_her_predecessor_wanted_to_be(both_worlds, sides):
    """A handover carries over what still waits, what was put off among it: nothing of hers is lost."""
    case = both_worlds.accepted_case(sides.asker, sides.asked)
    matter = both_worlds.propose(case, sides.asked, sides.asked)
    done = snooze(both_worlds, sides.asked, matter)
    receiver, holder = both_worlds.contact(sides.colleague), both_worlds.contact(sides.asked)
    asked = both_worlds.do(
        handovers.ask, both_worlds.actor(sides.asked), case.id, holder_id=holder.id, receiver_id=receiver.id,
        key=both_worlds.key(),
    )  # fmt: skip
    both_worlds.answer(handovers.accept, sides.colleague, asked)
    both_worlds.deliver()
    both_worlds.now = done.until
    assert (sides.colleague, "snoozed") in told(both_worlds)


def test_another_workspace_learns_nothing(world, sides):
    """A matter's id from elsewhere is no matter at all."""
    matter = agreed(world, sides, days=2)
    with pytest.raises(NotFound):
        world.do(
            reminders.snooze, world.actor(sides.asked, "T-ELSEWHERE"), matter_id=matter.id, later=Later.HOUR, key="k"
        )


def test_help_reaches_her_own_line_now_and_once(both_worlds, sides):
    """Who needs help is not judged: her own coordinator is told, the asker is not, and all stands as it stood."""
    matter = agreed(both_worlds, sides, days=2)
    both_worlds.answer(reminders.ask_help, sides.asked, matter)
    sent = both_worlds.deliver()
    (cry,) = [item for item in sent if item.delivery.kind is DeliveryKind.NUDGE]
    assert (cry.recipient, cry.delivery.rung) == (both_worlds.contact(sides.coordinator), "help")
    with pytest.raises(Settled, match="help_asked"):
        both_worlds.answer(reminders.ask_help, sides.asked, matter)
    assert told(both_worlds) == []
    now = both_worlds.matter(matter)
    assert (now.state, now.due_at, now.help_asked_at is not None) == (MatterState.AGREED, matter.due_at, True)
    assert both_worlds.rungs(matter, *PENDING) == ["day-before", "due", "overdue-1", "overdue-3"]
    assert both_worlds.verbs(matter.id)[-1] == "followup.help"


def test_help_goes_to_her_leader_where_she_has_one(world, sides):
    """The directory names a leader: she is told, and not the coordinator."""
    entries, leader = everybody(), person(sides.theirs, "leader", Role.LEADER)
    people = [replace(c, leader_key=leader.key) if c.key == sides.asked else c for c in entries.contacts]
    directory.put(world.work(), HOME, replace(entries, contacts=[*people, leader]))
    matter = agreed(world, sides, days=2)
    world.answer(reminders.ask_help, sides.asked, matter)
    assert told(world) == [(leader.key, "help")]


def test_where_nobody_is_left_to_tell_she_is_told_so(world, sides):
    """Her coordinator says it for her, and nobody else is there: refused with what to do, nothing is written."""
    world.without_slack(sides.substitute)
    matter = agreed(world, sides, days=2)
    before = world.snapshot()
    with pytest.raises(Refused, match="nobody"):
        world.answer(reminders.ask_help, sides.coordinator, matter)
    assert world.snapshot() == before


def test_promised_news_and_deadlines_can_need_help_too(timed):
    """One way for whatever somebody owes."""
    case = timed.accepted_case()
    due = timed.now + timedelta(days=2)
    word = timed.do(
        words.ask, timed.actor("m-worker"), case.id, owner_id=timed.contact("m-worker").id, due_at=due, key=timed.key()
    )
    timed.attach(case, received=MONDAY)
    timed.deliver()
    for matter in (word, timed.held(case)[DAY].matter):
        assert matter.kind in {MatterKind.WORD, MatterKind.DEADLINE}
        timed.answer(reminders.ask_help, "m-worker", matter)
        (cry,) = [item for item in timed.deliver() if item.delivery.kind is DeliveryKind.NUDGE]
        assert (cry.recipient.key, cry.delivery.rung, cry.delivery.audience) == (
            "m-coordinator",
            "help",
            Audience.LEADER,
        )


def test_help_is_for_what_is_owed(world, sides):
    """A request is declined or passed on."""
    case = world.open_case(sides.asker, sides.asked)
    with pytest.raises(NotFound):
        world.answer(reminders.ask_help, sides.asked, world.request(case))
    world.answer(cases.accept, sides.asked, world.request(case))
