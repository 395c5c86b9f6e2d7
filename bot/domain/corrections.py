"""Corrections: a contact that was shown is wrong, and a coordinator puts it right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ladders import Audience, Rung
from bot.domain.matters import Matter, MatterState
from bot.domain.people import Contact
from bot.domain.working_time import WorkingTime

AGAIN_DAYS = 5
"""Working days after which a correction nobody made is shown to the coordinator once more."""


class Wrong(StrEnum):
    """What is wrong, from a closed list: no free text about a colleague."""

    MOVED = "moved"
    MUNICIPALITY = "municipality"
    KIND = "kind"
    NUMBER = "number"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with whom, seen from which question."""

    contact_id: str
    municipality: str
    wrong: Wrong
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A correction as its coordinator sees it."""

    matter: Matter
    fault: Fault
    contact: Contact
    asker: Contact
    owner: Contact
    country: str
    language: str

    @property
    def asked_by(self) -> str:
        """The contact who noticed it."""
        return self.asker.id


def plan(matter: Matter, working_time: WorkingTime, *, now: datetime) -> tuple[Rung, ...]:
    """The rungs of an open correction: told at once, and once more. `working_time` is the coordinator's."""
    if matter.state is not MatterState.PROPOSED:
        return ()
    again = working_time.plus_days(now, AGAIN_DAYS)
    return (Rung("ask", now, Audience.OWNER), Rung("again", again, Audience.OWNER))
