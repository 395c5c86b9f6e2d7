from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import clearances, ladders, words
from bot.domain.deadlines import Amount, Deadline, Unit
from bot.domain.errors import BadInput
from bot.domain.ladders import HELP, LAST, SNOOZED, Audience, Rung, plan, plan_deadline, put_off
from bot.domain.matters import DueClock, Matter, MatterKind, MatterState
from bot.domain.people import Role
from bot.domain.reminders import MOST_DAYS, NEVER_LATER, Later, can_wait, checked, helper, moment
from bot.domain.urgency import Urgency
from tests.domain.people import contact
from tests.domain.test_ladders import MATTER, moments, offices
from tests.world import COPENHAGEN, MONDAY, OFFICE

LINE = {Audience.SUBSTITUTE, Audience.DESK, Audience.LEADER, Audience.COORDINATOR}
AGREED_PLANS = st.sampled_from([plan, words.plan, clearances.plan])
ahead = st.timedeltas(timedelta(minutes=1), timedelta(days=MOST_DAYS))
due_in = st.timedeltas(timedelta(days=-10), timedelta(days=40))


def hers(rungs: tuple[Rung, ...]) -> list[Rung]:
    """The rungs that go to the owner."""
    return [rung for rung in rungs if rung.audience is Audience.OWNER]


def of_the_law(now: datetime, hours: int) -> tuple[Matter, Deadline]:
    """A deadline of the law that runs now, so many hours long."""
    deadline = Deadline("key", "v1", "name", "name", Amount(hours, Unit.HOURS), ("event",))
    due = now + timedelta(hours=hours)
    return replace(
        MATTER, kind=MatterKind.DEADLINE, state=MatterState.AGREED, clock=DueClock.STATUTORY, due_at=due
    ), deadline


@given(moments, due_in, ahead, offices, AGREED_PLANS)
def test_what_is_agreed_reminds_nobody_of_her_side_until_the_moment_she_chose(now, due, later, office, planned):
    """She hears of it at that moment and not before; her line a working day later at the earliest; nothing is dropped."""
    matter, until = replace(MATTER, state=MatterState.AGREED, due_at=now + due), now + later
    waiting = planned(matter, office, now=now)
    rungs = put_off(matter, waiting, until, office)
    early = [r for r in rungs if r.at < until and r.audience is not Audience.ASKER]
    assert {r.name for r in early} <= {ladders.EXPIRED}
    assert [r.at for r in hers(rungs) if r.at == until] == [until]
    line = [r for r in rungs if r.audience in LINE]
    assert all(r.at >= office.plus_days(until, 1) for r in line)
    assert sorted((r.name, r.audience) for r in line) == sorted(
        (r.name, r.audience) for r in waiting if r.audience in LINE
    )


@given(moments, due_in, ahead, offices, AGREED_PLANS)
def test_whoever_asked_hears_what_she_was_to_hear_when_she_was_to_hear_it(now, due, later, office, planned):
    """A reminder that is put off is one side's own affair: nothing moves for the other."""
    matter = replace(MATTER, state=MatterState.AGREED, due_at=now + due)
    waiting = planned(matter, office, now=now)
    rungs = put_off(matter, waiting, now + later, office)
    assert [r for r in rungs if r.audience is Audience.ASKER] == [r for r in waiting if r.audience is Audience.ASKER]


@given(moments, ahead, offices, st.sampled_from([None, *Urgency]))
def test_a_question_goes_on_down_the_line_as_planned(now, later, office, urgency):
    """Nobody has said yes to it, so nobody waits longer for an answer: only her own reminder makes way."""
    waiting = plan(MATTER, office, now=now, urgency=urgency)[1:]
    until = now + later
    rungs = put_off(MATTER, waiting, until, office)
    assert {r for r in rungs if r.audience in LINE} == {r for r in waiting if r.audience in LINE}
    assert min(r.at for r in hers(rungs)) == until


@given(moments, st.sampled_from([12, 24, 48, 24 * 7, 24 * 40]), ahead, offices)
def test_of_what_the_law_wants_the_last_reminders_come_all_the_same(now, hours, later, office):
    """The last reminders, the due moment and everybody else's stay where they are; at her moment she hears of it, too."""
    matter, deadline = of_the_law(now, hours)
    waiting = plan_deadline(matter, deadline, office, now=now)
    rungs, until = put_off(matter, waiting, now + later, office), now + later
    assert {r for r in waiting if r.name in LAST or r.audience is not Audience.OWNER} <= set(rungs)
    assert any(r.at == until for r in hers(rungs))
    made_way = set(waiting) - set(rungs)
    assert {r.name for r in made_way} <= {"hours-12", "weeks-before"}
    assert all(r.at <= until for r in made_way)


@given(moments, due_in, ahead, ahead, offices)
def test_put_off_twice_is_one_reminder_at_the_later_choice(now, due, first, second, office):
    """Whatever she chose before, she is reminded once, at what she chose last."""
    matter = replace(MATTER, state=MatterState.AGREED, due_at=now + due)
    waiting = plan(matter, office, now=now)
    again = put_off(matter, put_off(matter, waiting, now + first, office), now + second, office)
    assert len([r for r in again if r.name == SNOOZED]) <= 1
    assert hers(again)[0].at == now + second


def test_whom_a_reminder_was_to_come_with_it_comes_with_when_it_is_put_off():
    """Owner and substitute are told together, as planned: nobody is told alone of what was to reach both."""
    matter = replace(MATTER, state=MatterState.AGREED, due_at=MONDAY)
    until = MONDAY + timedelta(days=2)
    rungs = put_off(matter, plan(matter, OFFICE, now=MONDAY), until, OFFICE)
    together = OFFICE.plus_days(until, 1)
    assert [(r.name, r.audience, r.at) for r in rungs] == [
        (SNOOZED, Audience.OWNER, until),
        ("overdue-1", Audience.OWNER, together),
        ("overdue-1", Audience.SUBSTITUTE, together),
        ("overdue-3", Audience.LEADER, MONDAY + timedelta(days=3)),
    ]  # fmt: skip


def test_a_cry_for_help_on_its_way_is_not_put_off():
    """Who asked for help and then for peace gets both."""
    matter = replace(MATTER, state=MatterState.AGREED, due_at=MONDAY)
    cry = Rung(HELP, MONDAY, Audience.LEADER)
    assert cry in put_off(matter, [cry], MONDAY + timedelta(hours=1), OFFICE)


def test_her_own_reminder_takes_nothing_from_others_after_a_time_of_silence():
    """Of what waited while nothing could be sent, the question to her substitute goes out beside her reminder."""
    hers_, theirs = (
        Rung(SNOOZED, MONDAY + timedelta(hours=1), Audience.OWNER),
        Rung("substitute", MONDAY, Audience.SUBSTITUTE),
    )
    now = MONDAY + timedelta(hours=2)
    assert not ladders.superseded(theirs, [hers_], now=now)
    assert ladders.superseded(Rung("again", MONDAY, Audience.OWNER), [hers_], now=now)
    later = Rung("coordinator", MONDAY + timedelta(hours=2), Audience.COORDINATOR)
    assert not ladders.superseded(hers_, [later], now=now)


@given(moments, offices)
def test_tomorrow_morning_is_the_beginning_of_her_next_working_day(now, office):
    """Never today, never at night, never on a day off; an hour is an hour, whenever it is."""
    at = moment(Later.MORNING, office, now=now)
    local, today = at.astimezone(COPENHAGEN), now.astimezone(COPENHAGEN).date()
    assert local.time() == office.opens
    assert office.is_working_day(local.date())
    between = (local.date() - today).days
    assert between >= 1
    assert not any(office.is_working_day(today + timedelta(days=d)) for d in range(1, between))
    assert moment(Later.HOUR, office, now=now) - now == timedelta(hours=1)


def test_part_time_days_are_not_working_days():
    """Who does not work on Tuesdays begins her next working day on Wednesday, when she comes."""
    at = moment(Later.MORNING, OFFICE.kept_by("ma 8-16, on 10-14"), now=MONDAY)
    assert at.astimezone(COPENHAGEN).strftime("%a %H:%M") == "Wed 10:00"


@given(moments, st.timedeltas(timedelta(days=-60), timedelta(days=90)))
def test_a_moment_that_has_passed_or_is_far_away_is_refused(now, apart):
    """Both are said below the field; everything between is taken as it is."""
    until = now + apart
    if timedelta() < apart <= timedelta(days=MOST_DAYS):
        assert checked(until, now=now) == until
    else:
        with pytest.raises(BadInput) as refused:
            checked(until, now=now)
        assert refused.value.field == "due"


@pytest.mark.parametrize("kind", MatterKind)
def test_only_what_is_open_and_can_wait_is_put_off(kind):
    """What somebody waits for this moment is not, nor a question that is needed now."""
    matter = replace(MATTER, kind=kind)
    assert can_wait(matter, None) == (kind not in NEVER_LATER)
    assert not can_wait(matter, Urgency.NOW)
    assert can_wait(replace(matter, state=MatterState.AGREED), Urgency.NOW) == (kind not in NEVER_LATER)
    assert not any(can_wait(replace(matter, state=s), None) for s in MatterState if not s.is_open)


def test_help_goes_to_the_first_of_her_own_line_who_is_somebody_else():
    """Her leader, else her coordinator; where that is she, or the one who waits, her substitute; else nobody is left."""
    owner = contact("owner", slack_id="U1", substitute_key="substitute", leader_key="leader")
    leader, substitute = contact("leader", slack_id="U2", role=Role.LEADER), contact("substitute", slack_id="U3")
    coordinator = contact("coordinator", slack_id="U4", role=Role.COORDINATOR)
    asker = contact("asker", slack_id="U5", agency_id="other")
    people = [owner, leader, substitute, coordinator, asker]
    assert helper(owner, asker, owner, people, {}) is Audience.LEADER
    assert helper(owner, asker, leader, people, {}) is Audience.SUBSTITUTE
    assert helper(owner, asker, owner, [owner, coordinator], {}) is Audience.LEADER
    assert helper(owner, coordinator, owner, [owner, coordinator, substitute], {}) is Audience.SUBSTITUTE
    assert helper(owner, asker, owner, [owner, asker], {}) is None
