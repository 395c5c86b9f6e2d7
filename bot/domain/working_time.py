"""Working time of an agency: its hours, its weekends, its public holidays, in its own zone.

Agreed deadlines run in it: what falls outside is put off to the next working hour, never dropped (promise 4).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_FURTHEST = 60  # days: no country closes its offices that long; a calendar that does is a mistake


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """When an agency works: `opens`–`closes` in `zone` on weekdays (0 = Monday) that are no holiday."""

    zone: ZoneInfo
    opens: time
    closes: time
    is_holiday: Callable[[date], bool]
    weekdays: frozenset[int] = frozenset(range(5))

    def is_working_day(self, day: date) -> bool:
        """Whether the agency works on this local date."""
        return day.weekday() in self.weekdays and not self.is_holiday(day)

    def next_working_moment(self, moment: datetime) -> datetime:
        """`moment` itself where the agency works then, else the next time it opens. Aware in and out, UTC out."""
        local = moment.astimezone(self.zone)
        if self.is_working_day(local.date()) and self.opens <= local.time() < self.closes:
            return moment.astimezone(UTC)
        day = local.date() if local.time() < self.opens else local.date() + timedelta(days=1)
        return self._at(self._working_day_from(day), self.opens)

    def plus_days(self, moment: datetime, days: int, *, at: time | None = None) -> datetime:
        """The working day `days` working days after (or, negative, before) `moment`'s local date, at a local time.

        Without `at` it keeps the local time of `moment`, put off to working hours. UTC out.
        """
        local = moment.astimezone(self.zone)
        day, step = local.date(), (1 if days >= 0 else -1)
        for _ in range(abs(days)):
            day = self._working_day_from(day + timedelta(days=step), step)
        return self.next_working_moment(self._at(day, at or local.time()))

    def plus_hours(self, moment: datetime, hours: float) -> datetime:
        """The moment at which `hours` of working time have passed since `moment`. UTC out."""
        left = timedelta(hours=hours)
        start = self.next_working_moment(moment)
        while True:
            closing = self._at(start.astimezone(self.zone).date(), self.closes)
            if start + left <= closing:
                return start + left
            left -= closing - start
            start = self.next_working_moment(closing)

    def _working_day_from(self, day: date, step: int = 1) -> date:
        for _ in range(_FURTHEST):
            if self.is_working_day(day):
                return day
            day += timedelta(days=step)
        message = "this calendar has no working day within two months"
        raise ValueError(message)

    def _at(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone).astimezone(UTC)
