"""Working time: an agency's hours, its weekends and holidays, in its own zone; or one person's own hours within them.

Agreed deadlines run in it: what falls outside is put off to the next working hour, never dropped (promise 4).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.hours import MINUTES, HoursError, Interval, WeeklyHours, parse_hours

_FURTHEST = 60  # days: no country closes its offices that long; a calendar that does is a mistake
_ALWAYS = 7 * MINUTES
MORNING = time(8, 0)
"""When reminders for a day are due: early enough for the digest of that day."""

Stretch = tuple[datetime, datetime]
"""From when until when somebody works without a break (UTC)."""


def _never(_day: date) -> time | None:
    return None


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """When somebody works: `opens`–`closes` in `zone` on weekdays (0 = Monday) that are no holiday.

    `closes_early` says when offices close on a half day, and None for every other. `is_public_holiday` knows the
    holidays of the law alone, without the days on which offices close by custom; without it, `is_holiday` does.
    `week` are a person's own hours in place of the office's: part-time days, breaks, shifts, without her quiet hours.
    `morning` is when her reminders for a day are due. `usual` is the working time she would have had she chosen nothing.
    """

    zone: ZoneInfo
    opens: time
    closes: time
    is_holiday: Callable[[date], bool]
    weekdays: frozenset[int] = frozenset(range(5))
    closes_early: Callable[[date], time | None] = _never
    is_public_holiday: Callable[[date], bool] | None = None
    week: WeeklyHours | None = None
    morning: time = MORNING
    usual: WorkingTime | None = None

    def kept_by(self, hours: str) -> WorkingTime:
        """The working time of a person with these hours; as it is where they are empty or cannot be read."""
        try:
            week = parse_hours(hours) if hours.strip() else None
        except HoursError:
            return self
        return replace(self, week=week) if week and week.intervals else self

    @property
    def weekly(self) -> WeeklyHours:
        """The hours of any week, holidays aside."""
        if self.week is not None:
            return self.week
        opens, closes = _minute(self.opens), _minute(self.closes)
        return WeeklyHours(tuple(Interval(day, opens, closes) for day in sorted(self.weekdays)))

    def in_week(self, intervals: Iterable[Interval]) -> WorkingTime:
        """The same with these hours of any week."""
        return replace(self, week=WeeklyHours(tuple(intervals)))

    def is_working_day(self, day: date) -> bool:
        """Whether there is any work on this local date."""
        return any(True for _ in self.stretches(day))

    def is_weekday_by_law(self, day: date) -> bool:
        """Whether the law counts this date as a weekday: Monday to Saturday, no public holiday."""
        holiday = self.is_public_holiday or self.is_holiday
        return day.weekday() < 6 and not holiday(day)  # noqa: PLR2004 - Sunday

    def stretches(self, day: date) -> Iterator[Stretch]:
        """When work is done on a local date, in order (UTC). Who is there round the clock is there on holidays, too."""
        if self.week is None:
            hours = [(_minute(self.opens), _minute(self.closes))] if day.weekday() in self.weekdays else []
        else:
            hours = [(stretch.opens, stretch.closes) for stretch in self.week.on(day.weekday())]
        always = self.week is not None and sum(i.closes - i.opens for i in self.week.intervals) == _ALWAYS
        if not always and self.is_holiday(day):
            return
        early = None if always else self.closes_early(day)
        midnight = datetime.combine(day, time(), self.zone)
        for opens, closes in hours:
            until = min(closes, _minute(early)) if early else closes
            start, end = ((midnight + timedelta(minutes=m)).astimezone(UTC) for m in (opens, until))
            if start < end:
                yield start, end

    def next_working_moment(self, moment: datetime) -> datetime:
        """`moment` itself where work is done then, else the next time it begins. Aware in and out, UTC out."""
        start, _ = next(self._ahead(moment))
        return max(start, moment.astimezone(UTC))

    def last_working_moment(self, moment: datetime) -> datetime:
        """`moment` itself where work is done then or just ended, else the last time it ended before. UTC out."""
        _, end = next(self._back(moment))
        return min(end, moment.astimezone(UTC))

    def plus_days(self, moment: datetime, days: int, *, at: time | None = None) -> datetime:
        """The working day `days` working days after (or, negative, before) `moment`'s local date, at a local time.

        Without `at` it keeps the local time of `moment`, put off to working hours; counted back, it never leaves the
        day it was counted to. UTC out.
        """
        local = moment.astimezone(self.zone)
        day, step = local.date(), (1 if days >= 0 else -1)
        for _ in range(abs(days)):
            day = self._working_day_from(day + timedelta(days=step), step)
        wanted = datetime.combine(day, at or local.time(), self.zone)
        found = self.next_working_moment(wanted)
        left = days < 0 and found.astimezone(self.zone).date() > day
        return self.last_working_moment(wanted) if left else found

    def plus_hours(self, moment: datetime, hours: float) -> datetime:
        """The moment at which `hours` of working time have passed since `moment`, or, negative, are left to it. UTC out."""
        left = timedelta(hours=abs(hours))
        if hours < 0:
            for start, end in self._back(moment):
                ends = min(end, moment.astimezone(UTC))
                if ends - start >= left:
                    return ends - left
                left -= ends - start
        for start, end in self._ahead(moment):
            begins = max(start, moment.astimezone(UTC))
            if end - begins >= left:
                return begins + left
            left -= end - begins
        raise _no_work()

    def _ahead(self, moment: datetime) -> Iterator[Stretch]:
        """The stretches that end after a moment, the next first."""
        day, idle = moment.astimezone(self.zone).date(), 0
        while idle < _FURTHEST:
            found = [stretch for stretch in self.stretches(day) if stretch[1] > moment]
            yield from found
            idle = 0 if found else idle + 1
            day += timedelta(days=1)
        raise _no_work()

    def _back(self, moment: datetime) -> Iterator[Stretch]:
        """The stretches that began before a moment, the last first."""
        day, idle = moment.astimezone(self.zone).date(), 0
        while idle < _FURTHEST:
            found = [stretch for stretch in self.stretches(day) if stretch[0] < moment]
            yield from reversed(found)
            idle = 0 if found else idle + 1
            day -= timedelta(days=1)
        raise _no_work()

    def _working_day_from(self, day: date, step: int = 1) -> date:
        for _ in range(_FURTHEST):
            if self.is_working_day(day):
                return day
            day += timedelta(days=step)
        raise _no_work()


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _no_work() -> ValueError:
    return ValueError("this calendar has no working day within two months")
