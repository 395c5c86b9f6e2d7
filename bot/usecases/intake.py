"""The door for free text: nothing a person typed goes further than this module as it was typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.people import Actor
from bot.understanding import Intent, Question, Understanding
from bot.understanding.moments import moment
from storage import audit
from storage.uow import UnitOfWork

__all__ = ["Days", "Intake", "Intent", "Question", "days", "take"]


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


def _span(text: str, now: datetime, zone: ZoneInfo) -> Days | None:
    found = moment(text, now=now, zone=zone)
    first = (found.at.date() if found.at else found.day) if found else None
    return Days(first, found.until or first) if found and first else None


def take(work: UnitOfWork, actor: Actor, *, key: str) -> None:
    """Take an event from the inbox before it is answered; raises `Repeated` where it was answered already."""
    with work:
        audit.take(work, actor, key)
        work.commit()
