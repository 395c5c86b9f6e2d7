"""Answers on a reminder that settle nothing: to be reminded later, and that help is needed.

Acknowledged is not done: it stops the reminders until the moment that was promised, and no longer
(`ladders.put_off`). What the law wants stops for nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from enum import StrEnum

from bot.domain.absences import Away
from bot.domain.errors import BadInput
from bot.domain.ladders import Audience
from bot.domain.matters import Matter, MatterKind, MatterState
from bot.domain.people import Contact
from bot.domain.readers import reader_of
from bot.domain.urgency import Urgency
from bot.domain.working_time import WorkingTime

MOST_DAYS = 30
"""So far ahead somebody may be reminded; whoever needs longer proposes another date."""
SUGGESTED_DAYS, SUGGESTED_AT = 2, time(9)
"""What the form for a date begins with: so many working days ahead, at this hour."""
NEVER_LATER = frozenset({
    MatterKind.CALLBACK, MatterKind.ROOM, MatterKind.UPKEEP, MatterKind.SETUP, MatterKind.INCIDENT,
})  # fmt: skip
"""Who is to ring says herself when she does; for a room somebody waits; what was typed must go now; a notice asks nothing."""
HELPED = (MatterKind.FOLLOWUP, MatterKind.WORD, MatterKind.DEADLINE)
"""What somebody owes, and can need help with; a question is declined or passed on."""
HELPERS = (Audience.LEADER, Audience.SUBSTITUTE, Audience.DESK)
"""Who is told that help is needed: the first of them there is. A leader nobody has is her coordinator."""


class Later(StrEnum):
    """When somebody wants to be reminded again, where one tap says it."""

    HOUR = "hour"
    MORNING = "morning"


def can_wait(matter: Matter, urgency: Urgency | None) -> bool:
    """Whether the reminders of an open matter can be put off. A question that is needed now cannot."""
    if not matter.state.is_open or matter.kind in NEVER_LATER:
        return False
    return matter.state is not MatterState.PROPOSED or urgency is not Urgency.NOW


def moment(later: Later, working_time: WorkingTime, *, now: datetime) -> datetime:
    """When that is (UTC): in an hour, or when her next working day begins; `working_time` is the reader's."""
    if later is Later.HOUR:
        return now + timedelta(hours=1)
    tomorrow = now.astimezone(working_time.zone).date() + timedelta(days=1)
    return working_time.next_working_moment(datetime.combine(tomorrow, time(), working_time.zone))


def suggested(working_time: WorkingTime, *, now: datetime) -> datetime:
    """What the form for a date begins with (UTC)."""
    return working_time.plus_days(now, SUGGESTED_DAYS, at=SUGGESTED_AT)


def checked(until: datetime, *, now: datetime) -> datetime:
    """A moment somebody chose; raises `BadInput` for one that has passed, or lies too far ahead."""
    if until <= now:
        raise BadInput("followup.error.past", field="due")
    if until > now + timedelta(days=MOST_DAYS):
        raise BadInput("reminder.error.far", field="due", days=str(MOST_DAYS))
    return until


def helper(
    owner: Contact, asker: Contact, taps: Contact, everybody: Sequence[Contact], away: Mapping[str, Away]
) -> Audience | None:
    """Who of the owner's own line is told that she needs help, or None where nobody is left to tell.

    Neither she herself nor whoever says it for her, and never the one who waits for it.
    """
    nobody_new = {owner.id, asker.id, taps.id}
    for audience in HELPERS:
        reader, _ = reader_of(audience, owner, asker, everybody, away)
        if reader is not None and reader.can_be_reached and reader.id not in nobody_new:
            return audience
    return None
