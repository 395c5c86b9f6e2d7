"""Who is away when, and who stands in."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.absences import (
    Absence,
    AbsenceState,
    AbsenceWhy,
    Away,
    HalfDays,
    answers_for,
    away_now,
    away_until,
    is_away,
    period,
    standing_in,
)
from bot.domain.errors import BadInput, Settled
from bot.domain.people import Contact, Role
from bot.domain.routing import Link, RoutingRule, chain
from tests.domain.people import contact

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
DANISH = ZoneInfo("Europe/Copenhagen")
PEOPLE = tuple("abcdef")
ROOM = Link(name="Control room", phone="114", why="why.control_room")


def away(who: str, substitute: str | None = None, *, begins: float = -24, ends: float | None = 24, **more) -> Absence:
    """An absence around NOW, in hours; with a substitute who has accepted unless said otherwise."""
    state = AbsenceState.ACCEPTED if substitute else AbsenceState.UNCOVERED
    values = {
        "id": f"{who}-{begins}-{ends}", "workspace_id": "T", "contact_id": who, "state": state,
        "starts_at": NOW + timedelta(hours=begins), "ends_at": None if ends is None else NOW + timedelta(hours=ends),
        "created_at": NOW, "substitute_id": substitute,
    }  # fmt: skip
    return Absence(**{**values, **more})


some_absences = st.lists(
    st.builds(
        away,
        st.sampled_from(PEOPLE),
        st.none() | st.sampled_from(PEOPLE),
        begins=st.integers(-48, 24),
        ends=st.none() | st.integers(25, 72),
        state=st.sampled_from(AbsenceState),
        created_at=st.integers(0, 5).map(lambda hours: NOW - timedelta(hours=hours)),
    ),
    max_size=14,
)
moments = st.integers(-60, 80).map(lambda hours: NOW + timedelta(hours=hours))


@given(some_absences, moments, st.sampled_from(PEOPLE))
def test_whoever_stands_in_is_there_and_was_asked(absences, at, who):
    """Whatever the absences, circles included: a stand-in is not away, is somebody else, and accepted along the way."""
    found = standing_in(who, absences, at)
    if found is None:
        return
    assert is_away(who, absences, at)
    assert found.contact_id != who
    assert not is_away(found.contact_id, absences, at)
    assert any(
        a.state is AbsenceState.ACCEPTED and a.substitute_id == found.contact_id and a.lasts(at) for a in absences
    )


@given(some_absences, moments, st.sampled_from(PEOPLE))
def test_somebody_is_found_wherever_accepted_substitutes_lead_to_somebody_who_is_there(absences, at, who):
    """Nobody stands in only where no way along accepted substitutes leads to a person who is there."""
    reached, ahead = set(), {who}
    while ahead:
        one = ahead.pop()
        reached.add(one)
        if is_away(one, absences, at):
            steps = {a.substitute_id for a in absences if a.contact_id == one and a.lasts(at) and a.substitute_id and a.state is AbsenceState.ACCEPTED}  # fmt: skip
            ahead |= steps - reached
    there = {one for one in reached if not is_away(one, absences, at)}
    assert (standing_in(who, absences, at) is None) == (not (there - {who}))


@given(some_absences, moments, st.sampled_from(PEOPLE))
def test_when_somebody_is_back_she_is_back(absences, at, who):
    """She is away at every absence's begin up to the moment she is back, and there at that moment."""
    until = away_until(who, absences, at)
    if not is_away(who, absences, at):
        assert until == at
    elif until is not None:
        assert until > at
        assert not is_away(who, absences, until)
        assert all(is_away(who, absences, a.starts_at) for a in absences if a.contact_id == who and at <= a.starts_at < until and a.state is not AbsenceState.CANCELLED)  # fmt: skip


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(0, 40), st.sampled_from(HalfDays))
def test_days_become_moments_that_begin_and_end_at_midnight_or_noon(first, days, half):
    """Local days that both count, in winter and summer time; a half day begins or ends at noon."""
    last = first + timedelta(days=days)
    if days == 0 and half is HalfDays.BOTH:
        with pytest.raises(BadInput):
            period(first, last, half, DANISH)
        return
    starts, ends = (moment.astimezone(DANISH) for moment in period(first, last, half, DANISH))
    assert (starts.date(), starts.time()) == (first, time(12) if half.starts_at_noon else time.min)
    if half.ends_at_noon:
        assert (ends.date(), ends.time()) == (last, time(12))
    else:
        assert (ends.date(), ends.time()) == (last + timedelta(days=1), time.min)
    assert HalfDays.of(starts_at_noon=starts.time() == time(12), ends_at_noon=ends.time() == time(12)) is half


def test_the_last_day_never_comes_before_the_first():
    """Days in the wrong order are refused at the field for the last one."""
    with pytest.raises(BadInput) as refused:
        period(date(2026, 12, 5), date(2026, 12, 1), HalfDays.NONE, DANISH)
    assert refused.value.field == "last"


@pytest.mark.parametrize("state", [AbsenceState.ASKED, AbsenceState.DECLINED, AbsenceState.UNCOVERED])
def test_nobody_stands_in_who_has_not_accepted(state):
    """Asked, declined or nobody: she is away all the same, and nobody stands in."""
    absences = [away("a", "b", state=state)]
    assert is_away("a", absences, NOW)
    assert standing_in("a", absences, NOW) is None


def test_a_cancelled_absence_is_none():
    """What was taken back never was."""
    assert not is_away("a", [away("a", "b", state=AbsenceState.CANCELLED)], NOW)


def test_a_substitute_who_is_away_is_followed_to_her_own():
    """One who stands in is away herself: whoever stands in for her gets what comes, until the first is back."""
    absences = [away("a", "b", ends=10), away("b", "c", ends=5)]
    found = standing_in("a", absences, NOW)
    assert found is not None
    assert (found.contact_id, found.until) == ("c", NOW + timedelta(hours=10))
    later = standing_in("a", absences, NOW + timedelta(hours=6))
    assert later is not None
    assert later.contact_id == "b"


def test_a_circle_of_substitutes_ends_in_nobody():
    """Each stands for the next: nobody stands in, and the question ends."""
    absences = [away("a", "b"), away("b", "c"), away("c", "a")]
    assert [standing_in(who, absences, NOW) for who in "abc"] == [None, None, None]


def test_of_two_absences_at_once_the_newest_decides_and_the_older_one_still_helps():
    """Both hold: the newest one's substitute stands in; where she is away with nobody, the older one's does."""
    older, newer = away("a", "b", created_at=NOW - timedelta(hours=2)), away("a", "c", ends=3, created_at=NOW)
    first, second = standing_in("a", [older, newer], NOW), standing_in("a", [older, newer, away("c")], NOW)
    assert first is not None
    assert second is not None
    assert (first.contact_id, second.contact_id) == ("c", "b")
    assert away_until("a", [older, newer], NOW) == older.ends_at


def test_absences_that_touch_count_as_one():
    """She is back when the last of them is over."""
    absences = [away("a", ends=2), away("a", begins=2, ends=9), away("a", begins=20, ends=30)]
    assert away_until("a", absences, NOW) == NOW + timedelta(hours=9)


def test_a_closed_account_is_away_for_good_and_a_hole():
    """Nobody knows an end, nobody stands in, and she stands in for nobody."""
    absences = [away("b", ends=None, why=AbsenceWhy.DEACTIVATED), away("a", "b")]
    found = away_now([contact("b", id="b")], absences, NOW)
    assert found["b"] == Away(until=None, stand_in=None, deactivated=True)
    assert found["b"].is_hole
    assert found["a"].is_hole


def test_an_absence_ends_once():
    """What has begun ends now; what lies ahead never begins; what is over cannot end again."""
    assert away("a").ended(NOW).ends_at == NOW
    assert away("a", begins=1).ended(NOW).state is AbsenceState.CANCELLED
    with pytest.raises(Settled):
        away("a", ends=-1).ended(NOW)
    with pytest.raises(Settled):
        away("a", "b", ends=-1).answered(AbsenceState.ACCEPTED, "b", NOW)


WORKER = contact("worker", substitute_key="usual")
USUAL = contact("usual")
DESK = contact("desk", role=Role.DESK, phone="+4500000009")
COORDINATOR = contact("coordinator", role=Role.COORDINATOR, slack_id="U9", unit="Office")
RULE = RoutingRule("rule", "DK", "worker", "agreed", "the board", None, municipality="259")


def links(contacts: list[Contact], gone: dict[str, Away]) -> list[tuple[str | None, str]]:
    """The chain as pairs of name and reason."""
    found = chain(RULE, contacts, municipality="259", control_room=ROOM, away=gone)
    return [(link.contact.key if link.contact else None, link.why) for link in found]


def test_an_absence_wins_over_a_rule():
    """The stand-in first, then who is away and until when, then the desk, and always the control room."""
    gone = {WORKER.id: Away(NOW, stand_in=USUAL)}
    assert links([WORKER, USUAL, DESK], gone) == [
        ("usual", "why.stands_in"), ("worker", "why.absent"), ("desk", "why.desk"), (None, "why.control_room"),
    ]  # fmt: skip
    first, absent, *_ = chain(RULE, [WORKER, USUAL], municipality="259", control_room=ROOM, away=gone)
    assert (first.rule, first.instead_of, absent.phone) == (RULE, WORKER.name, "")


def test_until_somebody_accepts_the_chain_goes_to_the_unit():
    """Nobody stands in: the unit's desk comes first; the usual substitute has promised nothing for this absence."""
    assert links([WORKER, USUAL, DESK, COORDINATOR], {WORKER.id: Away(NOW)}) == [
        ("desk", "why.unit"), ("worker", "why.absent"), ("coordinator", "why.coordinator"), (None, "why.control_room"),
    ]  # fmt: skip


def test_a_closed_account_is_shown_as_one():
    """Who is gone for good is not shown as coming back."""
    assert links([WORKER], {WORKER.id: Away(None, deactivated=True)})[0] == ("worker", "why.deactivated")


def test_an_absent_substitute_is_not_offered():
    """Behind a contact who is there comes her substitute only if she is there, or whoever stands in for her."""
    other = contact("other")
    assert ("usual", "why.substitute") in links([WORKER, USUAL], {})
    assert links([WORKER, USUAL], {USUAL.id: Away(NOW)}) == [("worker", "why.rule"), (None, "why.control_room")]
    assert links([WORKER, USUAL], {USUAL.id: Away(NOW, stand_in=other)})[1] == ("other", "why.substitute")


@given(
    st.dictionaries(
        st.sampled_from([WORKER.id, USUAL.id, DESK.id, COORDINATOR.id]),
        st.builds(Away, st.just(NOW), st.none() | st.just(contact("other"))),
    )
)
def test_the_chain_is_never_empty_and_its_first_number_reaches_somebody_who_is_there(gone):
    """Whoever is away: every link with a person who is away has no number, and the control room closes the chain."""
    found = chain(RULE, [WORKER, USUAL, DESK, COORDINATOR], municipality="259", control_room=ROOM, away=gone)
    assert found[-1] == ROOM
    assert all(link.phone == "" for link in found if link.contact is not None and link.contact.id in gone)


def test_what_goes_to_somebody_who_is_away_goes_to_her_stand_in_then_her_unit_then_stays():
    """Her stand-in; else her desk where Slack reaches it; else a coordinator who is there; else it stays with her."""
    everybody = [WORKER, USUAL, DESK, COORDINATOR]
    assert answers_for(WORKER, everybody, {}) == WORKER
    assert answers_for(WORKER, everybody, {WORKER.id: Away(NOW, stand_in=USUAL)}) == USUAL
    assert answers_for(WORKER, everybody, {WORKER.id: Away(NOW)}) == COORDINATOR
    desk = contact("desk", role=Role.DESK, slack_id="U7")
    assert answers_for(WORKER, [WORKER, desk, COORDINATOR], {WORKER.id: Away(NOW)}) == desk
    both = {WORKER.id: Away(NOW), COORDINATOR.id: Away(NOW)}
    assert answers_for(WORKER, everybody, both) == WORKER
