"""Is it still right? Every 90 days each person is asked once whether what the directory says of her holds. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.holes import STALE, is_stale
from bot.domain.ladders import Audience, Rung
from bot.domain.matters import Matter
from bot.domain.people import Contact, Role
from bot.domain.working_time import WorkingTime

AGAIN = timedelta(days=7)
"""After this she is reminded, once."""
PATIENCE = timedelta(days=14)
"""After this without an answer the coordinator sees it."""


class Reply(StrEnum):
    """What she said."""

    YES = "yes"
    CORRECT = "correct"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class ConfirmationView:
    """The question as the person it is about sees it; `substitute` is who stands in for her by the directory."""

    matter: Matter
    owner: Contact
    substitute: Contact | None

    @property
    def asked_by(self) -> str:
        """The contact it is for."""
        return self.owner.id

    def is_over(self, now: datetime) -> bool:
        """Whether the question need not be asked any more: she was confirmed otherwise, or has left."""
        return self.owner.has_ended(now) or not is_stale(self.owner.confirmed_at, now)


def is_due(contact: Contact, last_asked: datetime | None, now: datetime) -> bool:
    """Whether somebody is to be asked now: a person the bot can reach, not confirmed and not asked for 90 days."""
    return (
        contact.role is not Role.DESK
        and contact.can_be_reached
        and is_stale(contact.confirmed_at, now)
        and (last_asked is None or last_asked <= now - STALE)
    )


def plan(working_time: WorkingTime, *, now: datetime) -> tuple[Rung, Rung]:
    """Asked in the next working hour, reminded once after a week. `working_time` is her own."""
    asked = working_time.next_working_moment(now)
    again = working_time.next_working_moment(asked + AGAIN)
    return Rung("ask", asked, Audience.OWNER), Rung("again", again, Audience.OWNER)
