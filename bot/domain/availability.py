"""When somebody can be reached: now, or when next, by her own hours, her country's holidays and her zone."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from bot.domain.hours import MINUTES, HoursError, WeeklyHours, parse_hours
from bot.domain.working_time import WorkingTime

_FURTHEST = 60  # days: whoever opens no more within two months is not shown with a moment
_ALWAYS = 7 * MINUTES


def reachable_at(hours: str, working_time: WorkingTime, now: datetime) -> datetime | None:
    """The first moment from `now` on (aware; UTC out) at which somebody with these hours can be reached.

    It is `now` itself where she can be reached now. Hours that are empty or cannot be read are her agency's. Who is
    there round the clock is there on holidays too. None where that is not within two months.
    """
    week = _week(hours)
    if week is None:
        return working_time.next_working_moment(now)
    always = sum(i.closes - i.opens for i in week.intervals) == _ALWAYS
    local = now.astimezone(working_time.zone)
    for ahead in range(_FURTHEST):
        day = local.date() + timedelta(days=ahead)
        if working_time.is_holiday(day) and not always:
            continue
        for stretch in week.on(day.weekday()):
            opens = datetime.combine(day, time(), working_time.zone) + timedelta(minutes=stretch.opens)
            closes = datetime.combine(day, time(), working_time.zone) + timedelta(minutes=stretch.closes)
            if local < closes:
                return max(opens.astimezone(UTC), now.astimezone(UTC))
    return None


def _week(hours: str) -> WeeklyHours | None:
    if not hours.strip():
        return None
    try:
        return parse_hours(hours)
    except HoursError:
        return None
