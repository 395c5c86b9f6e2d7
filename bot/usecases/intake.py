"""The door for free text: nothing a person typed goes further than this module as it was typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.domain.errors import BadInput
from bot.domain.people import Actor
from bot.understanding import Intent, Question, Understanding
from bot.understanding.agreements import agreement, proposal_in
from bot.understanding.moments import moment
from storage import audit
from storage.uow import UnitOfWork

__all__ = ["Agreed", "Days", "Intake", "Intent", "Question", "agreed", "days", "moment_of", "proposes", "take"]


_UNTIL = re.compile(r"\s(?:til|till|to|until|–|-)(?:\s+og\s+med|\s+och\s+med)?\s", re.IGNORECASE)
"""Between two days, in every language: "fra 28. december til 3. januar"."""


@dataclass(frozen=True, slots=True)
class Intake:
    """Text in; a question made of closed-list values out. The text itself is dropped here."""

    understanding: Understanding

    def question(self, text: str, *, country: str) -> Question:
        """What the text asks for, seen from a country (`DK`, `NO`, `SE`)."""
        return self.understanding.understand(text, country=country)


@dataclass(frozen=True, slots=True)
class Days:
    """Local days somebody named; both count."""

    first: date
    last: date


def days(work: UnitOfWork, actor: Actor, *, text: str) -> Days | None:
    """The days a message about an absence names, or None. They are shown to the person before they count."""
    if actor.agency is None or actor.contact is None:
        return None
    zone = work.working_time(actor.agency.country, actor.contact.side).zone
    for parts in ([text], *([text[: hit.start()], text[hit.end() :]] for hit in _UNTIL.finditer(text))):
        found = [_span(part, work.now, zone) for part in parts]
        if found[0] is not None and found[-1] is not None and (len(parts) > 1 or found[0].first != found[0].last):
            # A first day that has passed is read as next year's; who names a last day before that is away already.
            begun = found[-1].last < found[0].first
            return Days(work.now.astimezone(zone).date() if begun else found[0].first, found[-1].last)
    return _span(text, work.now, zone)


@dataclass(frozen=True, slots=True)
class Agreed:
    """What somebody proposes in words: a step of the closed list, and a moment (UTC) or so many working days after an event."""

    what: str | None = None
    at: datetime | None = None
    event: str | None = None
    days: int = 0
    sure: bool = True
    """False: the moment leaves something open, and is shown to the person before it counts."""


NOON = time(12, 0)
"""The hour of a day that was named without one."""


def proposes(text: str) -> bool:
    """Whether a message begins with "aftale:" or what that is in another language."""
    return proposal_in(text) is not None


def agreed(work: UnitOfWork, actor: Actor, *, text: str) -> Agreed:
    """What a text proposes; all of it is shown to the person in a form before it counts."""
    agency, contact = actor.check_known()
    said = proposal_in(text)
    found = agreement(text if said is None else said)
    if found.event is not None:
        return Agreed(found.what, None, found.event, found.days)
    working_time = work.working_time(agency.country, contact.side)
    named = moment(text if said is None else said, now=work.now, zone=working_time.zone)
    if named is None:
        return Agreed(found.what)
    if named.at is not None:
        return Agreed(found.what, named.at.astimezone(UTC), sure=named.sure)
    if named.working_days is not None:
        at = working_time.plus_days(work.now, named.working_days, at=named.time_of_day or NOON)
        return Agreed(found.what, at, sure=named.sure and named.time_of_day is not None)
    day = named.until or named.day
    noon = datetime.combine(day, NOON, working_time.zone).astimezone(UTC) if day else None
    return Agreed(found.what, noon, sure=False)


def moment_of(work: UnitOfWork, actor: Actor, *, text: str) -> Agreed:
    """By when, in words; raises `BadInput` where the words name no moment and no event."""
    found = agreed(work, actor, text=text)
    if found.at is None and found.event is None:
        raise BadInput("followup.error.words", field="words")
    return found


def _span(text: str, now: datetime, zone: ZoneInfo) -> Days | None:
    found = moment(text, now=now, zone=zone)
    first = (found.at.date() if found.at else found.day) if found else None
    return Days(first, found.until or first) if found and first else None


def take(work: UnitOfWork, actor: Actor, *, key: str) -> None:
    """Take an event from the inbox before it is answered; raises `Repeated` where it was answered already."""
    with work:
        audit.take(work, actor, key)
        work.commit()
