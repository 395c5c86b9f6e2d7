"""Ladders: who is reminded when, before, at and after a due moment. Planned as values; storage keeps the rungs.

A question or a reminder goes to the owner, then to her substitute, then to her unit's desk and to her own leader or
coordinator: each side in its own line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.deadlines import Deadline
from bot.domain.matters import DueClock, Matter, MatterState
from bot.domain.people import Contact, Role
from bot.domain.urgency import Urgency
from bot.domain.working_time import MORNING, WorkingTime


class Audience(StrEnum):
    """To whom a rung goes; who that is at this moment is looked up when it is sent."""

    OWNER = "owner"
    SUBSTITUTE = "substitute"
    DESK = "desk"
    """The desk of the owner's unit."""
    LEADER = "leader"
    """The owner's own leader; where the directory names none, her agency's coordinator."""
    COORDINATOR = "coordinator"
    ASKER = "asker"


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a ladder: a name, a moment (UTC) and an audience. Rungs of one moment go out together."""

    name: str
    at: datetime
    audience: Audience


def stand_in(audience: Audience, owner: Contact, everybody: Sequence[Contact]) -> Contact | None:
    """Who stands behind an owner as substitute, desk, leader or coordinator of her own agency; None where nobody does."""
    match audience:
        case Audience.SUBSTITUTE:
            return next((c for c in everybody if c.key == owner.substitute_key), None)
        case Audience.DESK:
            return next((c for c in everybody if is_desk_of(c, owner)), None)
        case Audience.LEADER:
            own = (c for c in everybody if c.key == owner.leader_key and c.agency_id == owner.agency_id)
            return next(own, None) or stand_in(Audience.COORDINATOR, owner, everybody)
        case Audience.COORDINATOR:
            return next((c for c in everybody if c.role is Role.COORDINATOR and c.agency_id == owner.agency_id), None)
        case _:
            return None


def is_desk_of(contact: Contact, owner: Contact) -> bool:
    """Whether this is the desk of the owner's unit."""
    return contact.role is Role.DESK and contact.agency_id == owner.agency_id and contact.unit == owner.unit


ASK = "ask"
"""The first question: it is at once, and nothing later goes over its head."""
ASK_AGAIN = (
    ("again", 1, Audience.OWNER),
    ("substitute", 2, Audience.SUBSTITUTE),
    ("coordinator", 3, Audience.DESK),
    ("coordinator", 3, Audience.COORDINATOR),
)
"""After how many times her patience a request for acceptance is repeated, and to whom."""
PATIENCE_HOURS = {Urgency.SAME_DAY: 1}
USUAL_HOURS = 4
"""Working hours an answer may take before the next step."""
PATIENCE_NOW = timedelta(minutes=15)
"""The same where the urgency is `now`: at any hour of any day."""
OVERDUE = (
    ("overdue-1", 1, Audience.OWNER),
    ("overdue-1", 1, Audience.SUBSTITUTE),
    ("overdue-3", 3, Audience.LEADER),
)
"""Working days after the due moment of an agreement, or after the working hour it was put off to."""


def patience(
    start: datetime, times: int, urgency: Urgency | None, working_time: WorkingTime, audience: Audience
) -> datetime:
    """The moment at which the patience with an unanswered request has run out so many times since `start` (UTC).

    What cannot wait for the owner's next working day goes to the others of her line (`audience`) by the hours of her office.
    """
    working_time = for_others(working_time, urgency, audience)
    if urgency is Urgency.NOW:
        return start + times * PATIENCE_NOW
    hours = PATIENCE_HOURS.get(urgency, USUAL_HOURS) if urgency else USUAL_HOURS
    return working_time.plus_hours(start, times * hours)


def for_others(working_time: WorkingTime, urgency: Urgency | None, audience: Audience) -> WorkingTime:
    """By whose hours a rung of an unanswered request is planned: the owner's, or those of her office where it is urgent."""
    hurried = urgency is Urgency.SAME_DAY and audience is not Audience.OWNER
    return working_time.usual or working_time if hurried else working_time


def plan(matter: Matter, working_time: WorkingTime, *, now: datetime, urgency: Urgency | None = None) -> Sequence[Rung]:
    """The rungs an open matter starts with now: asked for acceptance where proposed, reminded of its due moment where agreed.

    `working_time` is the owner's, `urgency` that of the case. Rungs that would lie in the past are left out, except the
    first question, which is at once. A settled matter has none.
    """
    if matter.state is MatterState.PROPOSED:
        return (
            Rung(ASK, now, Audience.OWNER),
            *(Rung(name, patience(now, times, urgency, working_time, whom), whom) for name, times, whom in ASK_AGAIN),
        )
    if matter.state is MatterState.AGREED and matter.due_at is not None:
        due = working_time.next_working_moment(matter.due_at)
        rungs = (
            Rung("day-before", _day_before(matter.due_at, due, working_time, now), Audience.OWNER),
            Rung("due", due, Audience.OWNER),
            *overdue(due, working_time),
        )
        return tuple(rung for rung in rungs if rung.at > now)
    return ()


def _day_before(due_at: datetime, due: datetime, working_time: WorkingTime, now: datetime) -> datetime:
    """The morning of the working day before.

    Where that has passed only because she does not work on the day before, it comes when she does: put off, not dropped,
    unless the reminder of the `due` moment itself is there by then.
    """
    found = working_time.plus_days(due_at, -1, at=working_time.morning)
    if found > now or working_time.usual is None:
        return found
    usual = working_time.usual.plus_days(due_at, -1, at=MORNING)
    put_off = working_time.next_working_moment(usual)
    return put_off if usual > now and put_off < due else found


SNOOZED = "snoozed"
"""The rung that comes at the moment to which somebody put her reminders off."""
HELP = "help"
"""The rung with which somebody's own line is told that she needs help: at once, and never put off."""
EXPIRED = "expired"
"""What was agreed runs out at this moment, whoever wants to be reminded later."""
LAST = frozenset({"day-before", "hours-4", "hours-1", "due"})
"""The last reminders before a deadline of the law, and its due moment: nobody puts them off."""
BY_THE_HOUR = (
    ("hours-12", 12, (Audience.OWNER,)),
    ("hours-4", 4, (Audience.OWNER, Audience.SUBSTITUTE, Audience.DESK)),
    ("hours-1", 1, (Audience.OWNER, Audience.SUBSTITUTE, Audience.DESK)),
    ("due", 0, (Audience.OWNER, Audience.LEADER)),
)
"""Hours before the due moment of the 24-hour rule, at any hour of any day; what goes to several goes together."""
AHEAD = ("weeks-before", 10), ("day-before", 1)
"""Working days before a longer deadline, in the morning; the first only of those that last four weeks or more."""


def plan_deadline(
    matter: Matter, deadline: Deadline, working_time: WorkingTime, *, now: datetime, urgency: Urgency | None = None
) -> Sequence[Rung]:
    """The rungs of a deadline: a question like every other, on the agreed clock an agreement, on the statutory one its own.

    The due moment of a statutory deadline is reminded of to the minute, at any hour. Of what is past already only the
    latest still goes, at once, and only while the due moment lies ahead.
    """
    if matter.state is not MatterState.AGREED or matter.due_at is None or deadline.clock is DueClock.AGREED:
        return plan(matter, working_time, now=now, urgency=urgency)
    due = matter.due_at
    if deadline.is_short:
        rungs = [Rung(name, due - timedelta(hours=hours), whom) for name, hours, all_ in BY_THE_HOUR for whom in all_]
    else:
        ahead = AHEAD if deadline.is_long else AHEAD[1:]
        rungs = [Rung(name, working_time.plus_days(due, -days, at=MORNING), Audience.OWNER) for name, days in ahead]
        rungs.append(Rung("due", due, Audience.OWNER))
    rungs += overdue(due, working_time)
    missed = max((rung.at for rung in rungs if rung.at <= now), default=None)
    at_once = [replace(rung, at=now) for rung in rungs if rung.at == missed and deadline.is_short and now < due]
    return (*at_once, *(rung for rung in rungs if rung.at > now))


def overdue(due: datetime, working_time: WorkingTime) -> Sequence[Rung]:
    """What comes one and three working days after a due moment."""
    return tuple(Rung(name, working_time.plus_days(due, days), audience) for name, days, audience in OVERDUE)


def put_off(matter: Matter, waiting: Sequence[Rung], until: datetime, working_time: WorkingTime) -> tuple[Rung, ...]:
    """The rungs of a matter whose owner wants to be reminded at a moment (UTC) and not before; `waiting` are those ahead.

    What is agreed: her own reminders make way, and her own line (substitute, desk, leader, coordinator) comes in a
    working day after that moment at the earliest, together with whom it was to come with. What nobody has said yes to,
    and what the law wants, does not wait for her: only reminders that were to reach her alone make way, and of the law's
    not the last. Whoever asked hears what she was to hear, when she was to hear it.
    """
    firm = matter.state is MatterState.PROPOSED or matter.clock is DueClock.STATUTORY
    line_from = working_time.plus_days(until, 1)
    found: list[Rung] = []
    for rung in waiting:
        beside = {other.audience for other in waiting if other.at == rung.at and other.name == rung.name}
        goes_to_line = bool(beside - {Audience.OWNER, Audience.ASKER})
        fixed = rung.name in {HELP, EXPIRED} or (matter.clock is DueClock.STATUTORY and rung.name in LAST)
        if rung.name == SNOOZED:
            continue
        if fixed or rung.audience is Audience.ASKER or (firm and goes_to_line):
            found.append(rung)
        elif goes_to_line:
            found.append(replace(rung, at=max(rung.at, line_from)))
        elif rung.at > until:
            found.append(rung)
    if not any(rung.at == until and rung.audience is Audience.OWNER for rung in found):
        found.append(Rung(SNOOZED, until, Audience.OWNER))
    return tuple(sorted(found, key=lambda rung: rung.at))


def superseded(rung: Rung, others: Iterable[Rung], *, now: datetime) -> bool:
    """Whether a rung that waited too long (the bot was down) makes way for a later one of its matter that is due, too.

    The first question, and what somebody asked to be reminded of, make way only where the latest goes to the same
    person: nobody is asked over her head. Nor does her own reminder take the place of what goes to others.
    """
    due = [
        other
        for other in others
        if rung.at < other.at <= now and (other.name != SNOOZED or rung.audience is Audience.OWNER)
    ]
    latest = max((other.at for other in due), default=None)
    return any(
        rung.name not in {ASK, SNOOZED} or other.audience is rung.audience for other in due if other.at == latest
    )


def accompanies(rung: Rung, others: Iterable[Rung]) -> bool:
    """Whether a rung only goes along with others of the same moment: where nobody is meant by it, it is left out."""
    return rung.audience in {Audience.SUBSTITUTE, Audience.DESK} and any(
        other.at == rung.at and other.audience is not rung.audience for other in others
    )
