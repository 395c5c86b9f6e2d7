"""When somebody may be written to, for whatever she and her agency have chosen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.domain.deadlines import Amount, Deadline, Unit
from bot.domain.digests import next_morning
from bot.domain.errors import BadInput
from bot.domain.ladders import ASK, Audience, Rung, plan, plan_deadline
from bot.domain.matters import DueClock, MatterState
from bot.domain.people import Contact, Role
from bot.domain.preferences import (
    DIGEST_TIMES,
    HALF_HOURS,
    NEVER,
    NONE,
    Preferences,
    Span,
    at_work,
    check,
    chosen,
    office,
    read,
    silent_until,
    writable,
)
from bot.domain.urgency import Urgency
from bot.domain.working_time import WorkingTime
from tests.domain.people import contact
from tests.domain.test_ladders import MATTER
from tests.domain.test_working_time import OFFICES, moments
from tests.world import COPENHAGEN, MONDAY, OFFICE

HOURS = ["", "man-tor 8-14", "tir 10-12 13-18, fre 8-12", "24/7", "man-fre 7-15, lør 9-12"]
spans = st.builds(Span, st.sampled_from(HALF_HOURS), st.sampled_from(HALF_HOURS)).filter(
    lambda span: span.starts != span.ends
)
days = st.sets(st.integers(0, 4), min_size=1).map(frozenset)
own = st.builds(
    Preferences, st.none() | days, st.none() | st.just(NEVER) | spans, st.none() | st.sampled_from(DIGEST_TIMES)
)
agencies = st.builds(
    Preferences, st.none() | days, st.none() | spans, st.none() | st.sampled_from(DIGEST_TIMES),
    st.none() | st.sampled_from([Span(time(7), time(14)), Span(time(10), time(18))]),
)  # fmt: skip
people = st.builds(
    lambda hours, prefers, theirs: contact("she", hours=hours, prefers=prefers, office=theirs),
    st.sampled_from(HOURS), own, agencies,
)  # fmt: skip
lands = st.sampled_from(sorted(OFFICES))
urgencies = st.sampled_from([None, Urgency.SAME_DAY, Urgency.NEXT_DAY])
PART_TIME = Preferences(days=frozenset({0, 1, 2}), quiet=Span(time(12), time(13)))


def sent_at(base: WorkingTime, who: Contact, moment: datetime) -> datetime:
    """When a reminder of that moment goes out to her."""
    return silent_until(base, who, moment) or moment


def is_spared(base: WorkingTime, who: Contact, moment: datetime) -> bool:
    """Whether a moment lies in her quiet hours, or on a day on which she does not work: day by day, slow and plain."""
    local, wants, works = moment.astimezone(base.zone), chosen(who), at_work(base, who)
    if wants.days is None and wants.quiet in {None, NEVER}:
        return False
    always = works.week is not None and len(works.week.intervals) == 7 and wants.quiet in {None, NEVER}
    off = not works.weekly.on(local.weekday()) or (base.is_holiday(local.date()) and not always)
    return off or (wants.quiet or NEVER).holds(local.time())


@given(lands, people, moments, st.timedeltas(timedelta(hours=-1), timedelta(days=21)), urgencies)
@example("DK", contact("she", prefers=PART_TIME), MONDAY, timedelta(days=3), None)
def test_an_agreed_reminder_is_put_off_out_of_her_quiet_hours_and_never_dropped(land, who, now, ahead, urgency):
    """Whatever she has chosen and whenever it is planned: it comes, in her time, and not before it would have come.

    Would have: by the directory and her agency's hours, unless she works on more days than those.
    """
    base, hers = OFFICES[land], writable(OFFICES[land], who)
    usual = office(base, who.office).kept_by(who.hours)
    more = set(at_work(base, who).weekly.intervals) - set(usual.weekly.intervals)
    for matter in (MATTER, replace(MATTER, state=MatterState.AGREED, due_at=now + ahead)):
        before, after = (
            {(rung.name, rung.audience): rung.at for rung in plan(matter, theirs, now=now, urgency=urgency)}
            for theirs in (usual, hers)
        )
        for step, at in after.items():
            out = sent_at(base, who, at)
            assert out >= at
            assert not is_spared(base, who, out), step
            assert more or step not in before or step[0] == "day-before" or out >= before[step], step
        came = {name for name, _ in after}
        lost = {name for name, _ in before} - came
        assert more or (lost <= {"day-before"} and (not lost or "due" in came))


@given(lands, people, moments, st.timedeltas(timedelta(), timedelta(days=60)))
def test_what_is_owed_by_law_and_what_is_asked_now_heeds_nobodys_choice(land, who, now, ahead):
    """The rungs of a statutory deadline are those of the directory's hours, those of urgency `now` run by the wall."""
    base, listed = OFFICES[land], OFFICES[land].kept_by(who.hours)
    matter = replace(MATTER, state=MatterState.AGREED, clock=DueClock.STATUTORY, due_at=now + ahead)
    law = Deadline("t", "1", "frist", "deadline", Amount(24, Unit.HOURS), ("municipality.received",))
    rungs = plan_deadline(matter, law, listed, now=now)
    assert [r for r in rungs if not r.name.startswith("overdue")] == [
        r for r in plan_deadline(matter, law, writable(base, who), now=now) if not r.name.startswith("overdue")
    ]
    asked = plan(MATTER, writable(base, who), now=now, urgency=Urgency.NOW)
    assert asked == plan(MATTER, base, now=now, urgency=Urgency.NOW)


@given(lands, people, moments)
def test_the_digest_comes_once_a_day_at_her_time_on_a_day_on_which_she_works(land, who, now):
    """Never in her quiet hours, on the next such day at the latest, and the one after it on another day."""
    base, hers = OFFICES[land], writable(OFFICES[land], who)
    day, at = next_morning(who, hers, now)
    assert at > now
    assert not is_spared(base, who, sent_at(base, who, at))
    assert any(start <= at < end + timedelta(minutes=31) for start, end in hers.stretches(day))
    following, later = next_morning(who, hers, at)
    assert following > day
    assert later > at


def test_her_own_choice_comes_before_her_agencys_and_that_before_her_countrys():
    """Each thing by itself; a desk has no quiet hours but its own."""
    theirs = Preferences(days=frozenset({0, 1, 2, 3}), quiet=Span(time(15), time(9)), hours=Span(time(7), time(17)))
    she = contact("she", office=theirs, prefers=Preferences(digest_at=time(9, 30), quiet=NEVER))
    assert chosen(she) == Preferences(theirs.days, NEVER, time(9, 30), theirs.hours)
    friday = MONDAY + timedelta(days=4)
    assert silent_until(OFFICE, she, friday) == datetime(2026, 3, 9, 6, tzinfo=UTC)
    assert chosen(replace(she, prefers=NONE, role=Role.DESK)).quiet is None
    assert writable(OFFICE, contact("else")) == OFFICE


def test_who_does_not_work_on_fridays_is_reminded_of_monday_on_thursday():
    """The working day before, and the days after, are hers; those who stand behind her are asked by the office's hours."""
    she = contact("she", prefers=Preferences(days=frozenset({0, 1, 2, 3})))
    hers = writable(OFFICE, she)
    due = datetime(2026, 3, 9, 11, tzinfo=UTC)
    agreed = replace(MATTER, state=MatterState.AGREED, due_at=due)
    steps = {r.name: r.at.astimezone(COPENHAGEN).strftime("%a %d") for r in plan(agreed, hers, now=MONDAY)}
    assert steps == {"day-before": "Thu 05", "due": "Mon 09", "overdue-1": "Tue 10", "overdue-3": "Thu 12"}
    friday = datetime(2026, 3, 6, 9, tzinfo=UTC)
    rungs = plan(MATTER, hers, now=friday, urgency=Urgency.SAME_DAY)
    assert Rung("substitute", friday + timedelta(hours=2), Audience.SUBSTITUTE) in rungs
    assert sent_at(OFFICE, she, rungs[0].at) == datetime(2026, 3, 9, 7, tzinfo=UTC)
    assert (rungs[0].name, rungs[0].audience) == (ASK, Audience.OWNER)


def test_a_reminder_whose_day_she_does_not_work_comes_when_she_does():
    """Agreed on Thursday for Friday, and Thursday is her day off: she reads of it on Friday morning, before it is due."""
    she = contact("she", prefers=Preferences(days=frozenset({0, 1, 2, 4})))
    due, thursday = datetime(2026, 3, 6, 11, tzinfo=UTC), datetime(2026, 3, 5, 6, tzinfo=UTC)
    first = plan(replace(MATTER, state=MatterState.AGREED, due_at=due), writable(OFFICE, she), now=thursday)[0]
    assert first == Rung("day-before", datetime(2026, 3, 6, 7, tzinfo=UTC), Audience.OWNER)


@pytest.mark.parametrize(
    ("wanted", "key"),
    [
        (Preferences(days=frozenset()), "preference.error.days"),
        (Preferences(quiet=Span(time(7), time(20))), "preference.error.all_quiet"),
        (Preferences(quiet=Span(time(15), time(10)), digest_at=time(9)), "preference.error.digest"),
    ],
)
def test_a_choice_that_leaves_no_time_to_write_is_refused(wanted, key):
    """With one sentence for the field it stands in."""
    with pytest.raises(BadInput) as refused:
        check(wanted, OFFICE)
    assert refused.value.key == key


@given(own, st.none() | spans)
def test_what_was_chosen_is_stored_and_read_again(prefers, hours):
    """As storage writes it."""
    days_ = "".join(map(str, sorted(prefers.days))) if prefers.days else None
    digest = f"{prefers.digest_at:%H:%M}" if prefers.digest_at else None
    quiet = str(prefers.quiet) if prefers.quiet else None
    assume(prefers.days is None or prefers.days)
    assert read(days_, quiet, digest, str(hours) if hours else None) == replace(prefers, hours=hours)
