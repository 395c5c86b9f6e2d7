"""Deadlines: so much time before or after a named event, on one of two clocks, with a basis and how sure we are of it.

*Statutory* is the wall clock, through nights, weekends and holidays. Hours are elapsed hours: 24 hours are 24 hours also
when the clocks change. Days, weeks and months are the calendar's, at the same local time of day: a month from 31 January
ends with the last day of February; an hour the clocks leave out is the one after it, one that comes twice is the first.
Working days of the law ("hverdage") are Monday to Saturday without public holidays: the earlier, safe date.

*Agreed* is working time, moved to the next working hour, never dropped; what must be done before an event is never moved past it.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from bot.domain.matters import DueClock, Matter
from bot.domain.people import Contact, Side
from bot.domain.working_time import WorkingTime

SHORT = timedelta(hours=48)
"""Deadlines up to this long are reminded of by the hour, at any hour."""
LONG_WEEKS = timedelta(weeks=4)
"""From this length on there is one more reminder, two weeks ahead."""


class Unit(StrEnum):
    """In what a length of time is counted."""

    HOURS = "hours"
    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    MONTHS = "months"


ABOUT = {
    Unit.HOURS: timedelta(hours=1), Unit.CALENDAR_DAYS: timedelta(days=1), Unit.WORKING_DAYS: timedelta(days=1),
    Unit.WEEKS: timedelta(weeks=1), Unit.MONTHS: timedelta(days=30),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Amount:
    """How long; negative is before the event."""

    length: int
    unit: Unit

    def __str__(self) -> str:
        """As it is stored: "24 hours"."""
        return f"{self.length} {self.unit}"

    @classmethod
    def read(cls, text: str) -> Amount:
        """An amount as `str` writes it."""
        length, _, unit = text.partition(" ")
        return cls(int(length), Unit(unit))

    @property
    def about(self) -> timedelta:
        """Roughly how long that is."""
        return abs(self.length) * ABOUT[self.unit]


class Basis(StrEnum):
    """What a deadline rests on."""

    STATUTE = "statute"
    TARGET = "target"
    AGREED = "agreed"
    RECOMMENDED = "recommended"


@dataclass(frozen=True, slots=True)
class Deadline:
    """What is due by when, as it was when the case got it: a later version of the table does not change it.

    `events` are names such as `municipality.received`; the first of them that is known counts. `ends` are those with
    which it is done. `law` bears its paragraph only where that is sure. Without an `amount` it is a closed question yet:
    which of the timelines with this `choice` applies?
    """

    timeline: str
    version: str
    name: str
    name_en: str
    amount: Amount | None
    events: tuple[str, ...]
    ends: tuple[str, ...] = ()
    clock: DueClock = DueClock.STATUTORY
    basis: Basis = Basis.STATUTE
    law: str = ""
    sure: bool = True
    choice: str = ""

    def counted_from(self, events: Mapping[str, datetime]) -> tuple[str, datetime] | None:
        """The event it is counted from, and when that was; None where none is known yet."""
        return next(((name, events[name]) for name in self.events if name in events), None)

    @property
    def is_short(self) -> bool:
        """Whether it is reminded of by the hour."""
        return self.amount is not None and self.amount.about <= SHORT

    @property
    def is_long(self) -> bool:
        """Whether it is reminded of weeks ahead, too."""
        return self.amount is not None and self.amount.about >= LONG_WEEKS


@dataclass(frozen=True, slots=True)
class Timeline:
    """A row of the table: a deadline, whose it is, and when a case gets it.

    `attach` is the event with which it comes into question; empty where it does from the opening. An `agency` (its
    key) has it for itself alone, in place of one with the same key; `off` there takes that away.
    """

    deadline: Deadline
    country: str
    side: Side
    attach: str = ""
    agency: str = ""
    off: bool = False

    @property
    def key(self) -> str:
        """Its name in the table."""
        return self.deadline.timeline


def due(deadline: Deadline, events: Mapping[str, datetime], working_time: WorkingTime) -> datetime | None:
    """When it is due (UTC), or None where its event is not known yet ("when …"). `working_time` is the owner's."""
    found = deadline.counted_from(events)
    if found is None or deadline.amount is None:
        return None
    _, start = found
    if deadline.clock is DueClock.STATUTORY:
        return _by_the_wall(deadline.amount, start, working_time)
    return _in_working_time(deadline.amount, start, working_time)


def _by_the_wall(amount: Amount, start: datetime, working_time: WorkingTime) -> datetime:
    local = start.astimezone(working_time.zone)
    match amount.unit:
        case Unit.HOURS:
            return start.astimezone(UTC) + timedelta(hours=amount.length)
        case Unit.MONTHS:
            months = local.year * 12 + local.month - 1 + amount.length
            year, month = months // 12, months % 12 + 1
            last = calendar.monthrange(year, month)[1]
            moved = local.replace(year=year, month=month, day=min(local.day, last))
        case Unit.WORKING_DAYS:
            moved, step = local, timedelta(days=1 if amount.length >= 0 else -1)
            for _ in range(abs(amount.length)):
                moved += step
                while not working_time.is_weekday_by_law(moved.date()):
                    moved += step
        case _:
            moved = local + timedelta(days=amount.length * (7 if amount.unit is Unit.WEEKS else 1))
    return moved.replace(fold=0).astimezone(UTC)


def _in_working_time(amount: Amount, start: datetime, working_time: WorkingTime) -> datetime:
    if amount.unit is Unit.HOURS:
        return working_time.plus_hours(start, amount.length)
    if amount.unit is Unit.WORKING_DAYS:
        found = working_time.plus_days(start, amount.length)
    else:
        found = working_time.next_working_moment(_by_the_wall(amount, start, working_time))
    return working_time.last_working_moment(start) if amount.length < 0 and found > start else found


def for_agencies(timelines: tuple[Timeline, ...], agencies: Mapping[Side, frozenset[str]]) -> tuple[Timeline, ...]:
    """The timelines that hold where these agencies take part: their own ones first, in place of those of all."""
    own = [t for t in timelines if t.agency and t.agency in agencies.get(t.side, frozenset())]
    replaced = {t.key for t in own}
    return tuple(t for t in (*own, *(t for t in timelines if not t.agency and t.key not in replaced)) if not t.off)


@dataclass(frozen=True, slots=True)
class CaseDeadline:
    """A deadline of a case as its headline shows it."""

    matter: Matter
    deadline: Deadline
    owner: Contact


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """A deadline as its reminder shows it. `options` are the answers to the closed question, where it is one yet."""

    matter: Matter
    deadline: Deadline
    owner: Contact
    code: str
    permalink: str | None
    country: str
    language: str
    office_is_open: bool
    options: tuple[Timeline, ...] = ()

    @property
    def asked_by(self) -> str:
        """Nobody asked for it but the law: it is its owner's."""
        return self.matter.owner_id
