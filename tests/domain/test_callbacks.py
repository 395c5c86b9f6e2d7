"""Where a wish to be rung goes while nobody answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.callbacks import (
    LINE,
    CallbackView,
    Wish,
    check_may_answer,
    line,
    plan,
    receivers,
    wait,
)
from bot.domain.errors import NotAllowed
from bot.domain.ladders import PATIENCE_NOW, Audience
from bot.domain.matters import DueClock, Matter, MatterKind, MatterState
from bot.domain.people import Actor, Agency, Contact, Role, Side
from bot.domain.urgency import Urgency
from bot.domain.working_time import WorkingTime

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FRIDAY_AFTERNOON = datetime(2026, 3, 6, 14, 30, tzinfo=UTC)
OFFICE = WorkingTime(ZoneInfo("Europe/Copenhagen"), time(8), time(16), lambda _: False)
MATTER = Matter(
    id="matter", workspace_id="T", kind=MatterKind.CALLBACK, state=MatterState.PROPOSED, case_id=None,
    side=Side.POLICE, owner_id="owner", asker_id="asker", clock=DueClock.AGREED, created_at=MONDAY,
)  # fmt: skip


def person(key: str, role: Role = Role.CONTACT, *, unit: str = "unit", agency: str = "ours", **more: str) -> Contact:
    """Somebody at work whom Slack knows."""
    return Contact(
        id=key, workspace_id="T", key=key, agency_id=agency, agency_name=agency, side=Side.POLICE, name=key,
        role=role, unit=unit, slack_id=more.get("slack_id", f"U-{key}") or None,
        substitute_key=more.get("substitute"),
    )  # fmt: skip


OWNER = person("owner", substitute="substitute")
SUBSTITUTE = person("substitute")
DESK = person("desk", Role.DESK)
COORDINATOR = person("coordinator", Role.COORDINATOR)
ASKER = person("asker", agency="theirs")
EVERYBODY = (ASKER, COORDINATOR, DESK, OWNER, SUBSTITUTE)


def rungs(matter: Matter, urgency: Urgency | None = None, *, now: datetime = MONDAY) -> list[tuple[str, datetime]]:
    """The names and moments of a whole ladder."""
    return [(rung.name, rung.at) for rung in plan(matter, urgency, LINE, OFFICE, now=now)]


def test_it_moves_down_the_chain_by_one_working_hour_each_time() -> None:
    """Asked at once; then the substitute, the desk and the coordinator, an hour apart."""
    hours = [MONDAY + timedelta(hours=n) for n in range(4)]
    assert rungs(MATTER) == list(zip(["ask", "substitute", "desk", "coordinator"], hours, strict=True))


def test_an_hour_that_does_not_fit_before_closing_goes_on_the_next_working_day() -> None:
    """Asked on Friday at half past three: the substitute is asked on Monday at half past eight."""
    found = dict(rungs(MATTER, now=FRIDAY_AFTERNOON))
    assert found["ask"] == FRIDAY_AFTERNOON
    assert found["substitute"] == datetime(2026, 3, 9, 7, 30, tzinfo=UTC)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis adds the zone
def test_danger_now_waits_a_quarter_of_an_hour_at_any_hour(now: datetime) -> None:
    """Nights, weekends and holidays make no difference where the urgency is `now`."""
    moments = [at for _, at in rungs(MATTER, Urgency.NOW, now=now)]
    assert moments == [now + n * PATIENCE_NOW for n in range(4)]


@pytest.mark.parametrize("urgency", [None, Urgency.SAME_DAY, Urgency.NEXT_DAY, Urgency.ROUTINE])
def test_without_danger_every_urgency_has_the_same_patience(urgency: Urgency | None) -> None:
    """One set time, not five."""
    assert rungs(MATTER, urgency) == rungs(MATTER)


def test_a_promise_stops_the_ladder_until_its_moment() -> None:
    """Reminded at the promised moment, evening or not; the others only once it is overdue."""
    evening = datetime(2026, 3, 2, 19, 0, tzinfo=UTC)
    agreed = replace(MATTER, state=MatterState.AGREED, due_at=evening)
    (first, at), *rest = rungs(agreed)
    assert (first, at) == ("due", evening)
    assert [name for name, _ in rest] == ["late-substitute", "late-desk", "late-coordinator"]
    assert rest[0][1] == datetime(2026, 3, 3, 8, 0, tzinfo=UTC)


def test_acknowledged_without_a_moment_is_asked_about_after_one_patience() -> None:
    """*I ring now* is not done: an hour later she is reminded, and then the ladder goes on."""
    agreed = replace(MATTER, state=MatterState.AGREED)
    assert rungs(agreed)[0] == ("due", MONDAY + timedelta(hours=1))
    assert rungs(agreed, Urgency.NOW)[0] == ("due", MONDAY + PATIENCE_NOW)


@pytest.mark.parametrize("state", [state for state in MatterState if not state.is_open])
def test_a_settled_call_back_reminds_nobody(state: MatterState) -> None:
    """Done, declined, withdrawn: no rungs."""
    assert rungs(replace(MATTER, state=state)) == []


@given(st.sampled_from([*Urgency, None]), st.integers(0, 3), st.integers(0, 3))
def test_patience_only_grows(urgency: Urgency | None, fewer: int, more: int) -> None:
    """Whoever comes later in the line is never asked before whoever comes earlier."""
    few, many = sorted((fewer, more))
    assert wait(MONDAY, few, urgency, OFFICE) <= wait(MONDAY, many, urgency, OFFICE)


def test_the_line_is_substitute_desk_coordinator() -> None:
    """In the order of the chain."""
    found = line(OWNER, EVERYBODY, asker_id=ASKER.id)
    assert found == (
        (Audience.SUBSTITUTE, SUBSTITUTE),
        (Audience.DESK, DESK),
        (Audience.COORDINATOR, COORDINATOR),
    )


def test_nobody_is_in_the_line_whom_no_message_reaches() -> None:
    """A desk without Slack is rung, not written to."""
    everybody = [replace(c, slack_id=None) if c is DESK else c for c in EVERYBODY]
    assert [a for a, _ in line(OWNER, everybody, asker_id=ASKER.id)] == [Audience.SUBSTITUTE, Audience.COORDINATOR]


def test_nobody_is_in_the_line_twice_and_never_the_asker() -> None:
    """A substitute who is the coordinator is asked once; whoever asks is not asked herself."""
    owner = replace(OWNER, substitute_key="coordinator")
    assert [a for a, _ in line(owner, EVERYBODY, asker_id="desk")] == [Audience.SUBSTITUTE]


def test_the_line_stays_in_the_owners_own_agency() -> None:
    """Each side escalates in its own line: other units' desks and other agencies' coordinators are not asked."""
    others = [
        person("other-desk", Role.DESK, unit="other"),
        person("their-coordinator", Role.COORDINATOR, agency="theirs"),
    ]
    assert line(replace(OWNER, substitute_key=None), others, asker_id=ASKER.id) == ()


def test_it_is_passed_on_to_people_of_the_own_agency_whom_slack_reaches() -> None:
    """Substitute, desks and coordinators; not the passer, the owner, the asker or a colleague of the other side."""
    everybody = [*EVERYBODY, person("other-desk", Role.DESK, unit="other"), person("silent", Role.DESK, slack_id="")]
    found = receivers(OWNER, SUBSTITUTE, everybody, asker_id=ASKER.id)
    assert [c.key for c in found] == ["coordinator", "desk", "other-desk"]


@pytest.mark.parametrize("answerer", [OWNER, SUBSTITUTE, DESK, COORDINATOR], ids=lambda c: c.key)
def test_whoever_is_asked_may_answer(answerer: Contact) -> None:
    """The owner and everybody in the line."""
    assert check_may_answer(actor(answerer), OWNER) == answerer


@pytest.mark.parametrize(
    "other", [ASKER, person("colleague"), person("their-desk", Role.DESK, agency="theirs"), person("their-c", Role.COORDINATOR, agency="theirs")],
    ids=lambda c: c.key,
)  # fmt: skip
def test_nobody_else_may_answer(other: Contact) -> None:
    """Not the asker, not a colleague, not the other side's desk or coordinator."""
    with pytest.raises(NotAllowed):
        check_may_answer(actor(other), OWNER)


def test_what_somebody_promised_is_hers_until_she_is_late() -> None:
    """The substitute sees no buttons while the owner has promised, and sees them again when that moment has passed."""
    view = CallbackView(replace(MATTER, state=MatterState.AGREED), Wish("259"), ASKER, OWNER, "DK", "da")
    assert view.may_be_answered_by(OWNER)
    assert not view.may_be_answered_by(SUBSTITUTE)
    assert replace(view, late=True).may_be_answered_by(SUBSTITUTE)
    assert not replace(view, matter=replace(MATTER, state=MatterState.DONE), late=True).may_be_answered_by(OWNER)


def actor(contact: Contact) -> Actor:
    """The person behind a request."""
    agency = Agency(contact.agency_id, "T", contact.agency_id, contact.agency_name, contact.side, "DK", "da")
    return Actor("T", str(contact.slack_id), "da", agency, contact)
