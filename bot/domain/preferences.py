"""When somebody wants to be written to: working days, quiet hours, the time of the morning digest.

A person chooses for herself, a coordinator for her agency; what neither has chosen is the country's. This is the one
place that puts them together: every ladder, every digest and every reminder about to be sent goes by it. Statutory
reminders do not: they go by the hours of the directory alone (promise 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.domain.errors import BadInput
from bot.domain.hours import MINUTES, Interval
from bot.domain.working_time import MORNING, WorkingTime

if TYPE_CHECKING:  # a contact carries what she has chosen
    from bot.domain.people import Contact

WEEK = range(7)
WORKING_WEEK = range(5)
HALF_HOURS = tuple(time(hour, minute) for hour in range(24) for minute in (0, 30))
"""Between which times quiet hours and office hours are chosen."""
DIGEST_TIMES = tuple(at for at in HALF_HOURS if time(6) <= at <= time(12))
"""When a digest may come."""


@dataclass(frozen=True, slots=True)
class Span:
    """From one local time until another, on past midnight where it ends before it begins; where they are one, never."""

    starts: time
    ends: time

    def __str__(self) -> str:
        """As it is stored: "16:00-08:00"."""
        return f"{self.starts:%H:%M}-{self.ends:%H:%M}"

    @classmethod
    def read(cls, text: str) -> Span:
        """A span as `str` writes it."""
        starts, _, ends = text.partition("-")
        return cls(time.fromisoformat(starts), time.fromisoformat(ends))

    def holds(self, at: time) -> bool:
        """Whether a local time lies in it."""
        if self.starts <= self.ends:
            return self.starts <= at < self.ends
        return at >= self.starts or at < self.ends

    def outside(self, opens: int, closes: int) -> Iterator[tuple[int, int]]:
        """What it leaves of a stretch of one day, in minutes after midnight."""
        starts, ends = _minute(self.starts), _minute(self.ends)
        free = [(ends, starts)] if ends < starts else [(0, starts), (ends, MINUTES)]
        for start, end in free if starts != ends else [(0, MINUTES)]:
            if max(opens, start) < min(closes, end):
                yield max(opens, start), min(closes, end)


NEVER = Span(time(0), time(0))
"""No quiet hours at all: a choice of its own."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """What one person, or one agency, has chosen; None is "as above her": her agency's, and its country's.

    `days` are weekdays (0 = Monday). `hours`, from when until when work is done, are an agency's alone.
    """

    days: frozenset[int] | None = None
    quiet: Span | None = None
    digest_at: time | None = None
    hours: Span | None = None

    def over(self, above: Preferences) -> Preferences:
        """These, and where nothing was chosen, those above."""
        return Preferences(
            above.days if self.days is None else self.days,
            self.quiet or above.quiet,
            self.digest_at or above.digest_at,
            self.hours or above.hours,
        )


NONE = Preferences()


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What holds for somebody, as it is shown to her; `begins` is when her earliest day does. Without quiet hours `NEVER`."""

    days: frozenset[int]
    begins: time
    quiet: Span
    digest_at: time


@lru_cache(maxsize=1024)
def read(days: str | None, quiet: str | None, digest_at: str | None, hours: str | None = None) -> Preferences:
    """Preferences as storage keeps them: "01234", "16:00-08:00", "08:00"; empty where nothing was chosen."""
    if not (days or quiet or digest_at or hours):
        return NONE
    return Preferences(
        frozenset(int(day) for day in days) if days else None,
        Span.read(quiet) if quiet else None,
        time.fromisoformat(digest_at) if digest_at else None,
        Span.read(hours) if hours else None,
    )


def chosen(contact: Contact) -> Preferences:
    """What holds for a person: her own choice before her agency's. A desk has no quiet hours of its agency's."""
    office = contact.office if not contact.is_desk else replace(contact.office, quiet=None)
    return contact.prefers.over(office)


def office(base: WorkingTime, agency: Preferences) -> WorkingTime:
    """The working time of an agency; `base` is its country's."""
    if agency.days is None and agency.hours is None:
        return base
    hours = agency.hours or Span(base.opens, base.closes)
    return replace(
        base, opens=hours.starts, closes=hours.ends, weekdays=base.weekdays if agency.days is None else agency.days
    )


def at_work(base: WorkingTime, contact: Contact) -> WorkingTime:
    """When a person works, and so can be rung: her days of her hours; `base` is her country's and side's."""
    theirs = office(base, contact.office)
    hers = theirs.kept_by(contact.hours)
    days = contact.prefers.days
    if days is None:
        return hers
    usual = Interval(0, _minute(theirs.opens), _minute(theirs.closes))
    return hers.in_week(
        interval for day in sorted(days) for interval in hers.weekly.on(day) or [replace(usual, day=day)]
    )


def writable(base: WorkingTime, contact: Contact) -> WorkingTime:
    """When a person may be written to: what her quiet hours leave of her work; all of it where they leave nothing."""
    hers, wants = at_work(base, contact), chosen(contact)
    if wants == NONE:
        return hers
    left = tuple(_left(hers.weekly.intervals, wants.quiet or NEVER))
    made = hers.in_week(left) if left and left != hers.weekly.intervals else hers
    morning = min(wants.digest_at or MORNING, MORNING)
    return replace(made, morning=morning, usual=office(base, contact.office).kept_by(contact.hours))


def _open(base: WorkingTime, contact: Contact) -> WorkingTime:
    """The same; where her quiet hours leave nothing of her work (it was changed under them), the rest of her days."""
    hers, quiet = at_work(base, contact), chosen(contact).quiet or NEVER
    week = hers.weekly.intervals
    days = {interval.day for interval in week}
    left = tuple(_left(week, quiet)) or tuple(_left((Interval(day, 0, MINUTES) for day in sorted(days)), quiet))
    return hers.in_week(left) if left != week else hers


def rhythm(base: WorkingTime, contact: Contact) -> Rhythm:
    """What holds for a person now; without what she has chosen herself, what her agency's is."""
    week, wants = at_work(base, contact).weekly.intervals, chosen(contact)
    return _rhythm(frozenset(i.day for i in week), _begins(week), wants)


def rhythm_of_agency(base: WorkingTime, agency: Preferences) -> tuple[Rhythm, Span]:
    """What holds for an agency, and its office hours."""
    theirs = office(base, agency)
    return _rhythm(theirs.weekdays, theirs.opens, agency), Span(theirs.opens, theirs.closes)


def _rhythm(days: frozenset[int], begins: time, wants: Preferences) -> Rhythm:
    """No digest comes before her work begins, or in her quiet hours."""
    quiet, digest_at = wants.quiet or NEVER, max(wants.digest_at or MORNING, begins)
    return Rhythm(days, begins, quiet, quiet.ends if quiet.holds(digest_at) else digest_at)


def asked_span(starts: str, ends: str, *, field: str) -> Span:
    """From until, as two lists of times were answered; raises `BadInput` where one is missing, or both are the same."""
    if not starts or not ends:
        raise BadInput("preference.error.until", field=field)
    span = Span(time.fromisoformat(starts), time.fromisoformat(ends))
    if span.starts == span.ends:
        raise BadInput("preference.error.same", field=field)
    return span


def check(wanted: Preferences, working: WorkingTime) -> None:
    """Whether somebody who works then can still be written to on each of her days; raises `BadInput` where she cannot."""
    quiet, week = wanted.quiet or NEVER, working.weekly.intervals
    if wanted.days is not None and not wanted.days:
        raise BadInput("preference.error.days", field="days")
    if {interval.day for interval in week} != {interval.day for interval in _left(week, quiet)}:
        raise BadInput("preference.error.all_quiet", field="quiet_until")
    if wanted.digest_at is not None and quiet.holds(wanted.digest_at):
        raise BadInput("preference.error.digest", field="digest")


def silent_until(base: WorkingTime, contact: Contact, now: datetime) -> datetime | None:
    """Until when (UTC) she is not to be written to, or None where she may be written to at this moment.

    Only whoever has chosen days or quiet hours, or whose agency has, is spared: in her quiet hours, and on a day on
    which she does not work.
    """
    wants = chosen(contact)
    if wants.days is None and wants.quiet in {None, NEVER}:
        return None
    hers = _open(base, contact)
    local = now.astimezone(hers.zone)
    if hers.is_working_day(local.date()) and not (wants.quiet or NEVER).holds(local.time()):
        return None
    return hers.next_working_moment(now)


def _left(intervals: Iterable[Interval], quiet: Span) -> Iterator[Interval]:
    for interval in intervals:
        for opens, closes in quiet.outside(interval.opens, interval.closes):
            yield Interval(interval.day, opens, closes)


def _begins(week: Sequence[Interval]) -> time:
    first = min((interval.opens for interval in week), default=0)
    return time(first // 60, first % 60)


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
