"""Opening a case: what it begins with, whom the form proposes, and what waits while there is no room. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.cases import CaseSubject
from bot.domain.ladders import Audience, Rung
from bot.domain.matters import Matter
from bot.domain.people import Contact
from bot.domain.tracks import Track
from bot.domain.urgency import Urgency
from bot.domain.working_time import WorkingTime

MOST_ASKED = 10
"""People who can be asked at once when a case is opened."""
PATIENCE = timedelta(days=14)
"""So long a draft waits for its room."""
ROOM_AGAIN = (("again-2", 2), ("again-5", 5))
"""Working days after which a coordinator is asked for the room again."""
HOUSE_KINDS = frozenset(
    {"physical-violence", "sexual-abuse", "psychological-violence", "witness-to-violence", "honour-control"}
)
"""Kinds of case in which a children's house is proposed: suspicion of violence or abuse against a child."""


@dataclass(frozen=True, slots=True)
class NewCase:
    """What a case begins with, all of it chosen from closed lists.

    `contact_id` and `others` are asked to take part. `stages` says where each track stands, as far as the opener knows;
    `received` is when the notification came in (UTC), None where it has not.
    """

    kind: str
    urgency: Urgency
    municipality: str
    contact_id: str = ""
    others: tuple[str, ...] = ()
    subject: CaseSubject = CaseSubject.CASE
    stages: tuple[tuple[Track, str], ...] = ()
    received: datetime | None = None

    @property
    def asked(self) -> tuple[str, ...]:
        """The ids of everybody who is to be asked, each once."""
        return tuple(dict.fromkeys(one for one in (self.contact_id, *self.others) if one))


@dataclass(frozen=True, slots=True)
class RoomView:
    """A case that waits for its room, as coordinator and asker see it. `code` and `permalink` once it is open."""

    matter: Matter
    wanted: NewCase
    asker: Contact
    owner: Contact
    asked: tuple[Contact, ...]
    country: str
    language: str
    code: str | None = None
    permalink: str | None = None

    @property
    def asked_by(self) -> str:
        """Who wants to open the case."""
        return self.asker.id


def plan(matter: Matter, working_time: WorkingTime, *, now: datetime) -> Sequence[Rung]:
    """The rungs of a request for a room: the coordinator at once and twice more; the asker when the draft ends."""
    if not matter.state.is_open or matter.due_at is None:
        return ()
    again = (Rung(name, working_time.plus_days(now, days), Audience.OWNER) for name, days in ROOM_AGAIN)
    return (Rung("ask", now, Audience.OWNER), *again, Rung("ended", matter.due_at, Audience.ASKER))
