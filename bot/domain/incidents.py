"""Incidents: somebody typed into a room what must not stand there. Kept is what kind it was and how long; never a word of it.

    PROPOSED ──the message is deleted, or edited until it is clean──► DONE
        └──────its author says: that was no person, no number───────► WITHDRAWN

Nobody can decline one. The ladder: the author at once, once more after `REMIND`, her coordinator after `TELL`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.cases import Room
from bot.domain.errors import NotAllowed
from bot.domain.ladders import Audience, Rung
from bot.domain.matters import Matter
from bot.domain.people import Actor, Contact, Role
from bot.domain.working_time import WorkingTime

GRACE = timedelta(seconds=2)
"""Before the direct message: the thread has told her already, and the message's address is asked of Slack meanwhile."""
REMIND = timedelta(minutes=30)
"""By the clock on the wall: she was typing a moment ago, and whoever may read the room reads it at night, too."""
TELL = timedelta(hours=2)
"""By the clock on the wall, then put off to the coordinator's working hours: before that she would not act on it."""
KEEP = timedelta(days=30)
"""After that the record of an incident is deleted."""

NOTICE, AGAIN, TOLD = "incident", "incident-again", "incident-told"
"""The rungs: the author is told, the author is reminded, the coordinator is told."""
LOOKED_FIRST = frozenset({AGAIN, TOLD})
"""Before these it is looked whether the message still stands there: it may have gone while nobody listened."""


class Ending(StrEnum):
    """How an incident ended."""

    DELETED = "deleted"
    EDITED = "edited"
    FALSE_ALARM = "false-alarm"


@dataclass(frozen=True, slots=True)
class Cause:
    """One kind of thing that was found and why it was taken for it: a key of a closed list each."""

    kind: str
    why: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message stands. `thread_ts` is None where it stands in no thread."""

    channel: str
    message_ts: str
    thread_ts: str | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """What the guard saw in a message of a room; nothing in it is from the text. `fresh`: more than before the edit."""

    place: Place
    room: Room
    found: tuple[Cause, ...]
    fresh: bool
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class Incident:
    """What is kept of it. `agency_id` is its author's; where no agency knows her, `outside`, it is the owner's.

    `readers` is how many people were in the room besides the bot, `permalink` the message's address; both are None
    until Slack has told, and for ever where it does not.
    """

    matter_id: str
    workspace_id: str
    agency_id: str
    found: tuple[Cause, ...]
    place: Place
    case_id: str | None
    noticed_at: datetime
    outside: bool = False
    gone_at: datetime | None = None
    readers: int | None = None
    permalink: str | None = None


@dataclass(frozen=True, slots=True)
class IncidentView:
    """An incident as it is told: `stood` is how long so far, or until it was gone; `link` leads as near as is known."""

    matter: Matter
    incident: Incident
    owner: Contact
    coordinator: Contact | None
    code: str | None
    link: str | None
    stood: timedelta

    @property
    def asked_by(self) -> str:
        """The contact whose it is."""
        return self.owner.id


@dataclass(frozen=True, slots=True)
class Recorded:
    """An incident as the record shows it: no author, no place, no word."""

    kinds: tuple[str, ...]
    noticed_at: datetime
    stood: timedelta
    readers: int | None
    ending: Ending | None


def helper(owner: Contact, everybody: Iterable[Contact]) -> Contact | None:
    """Whom an author asks where she cannot delete: a coordinator of her agency other than herself, or None."""
    return next(
        (c for c in everybody if c.role is Role.COORDINATOR and c.agency_id == owner.agency_id and c.id != owner.id),
        None,
    )


def keeper(everybody: Iterable[Contact], country: str, municipality: str) -> Contact | None:
    """Who answers for what a person of no known agency types: a coordinator of the room's municipality, else any."""
    coordinators = [c for c in everybody if c.role is Role.COORDINATOR and c.can_be_reached]
    near = [c for c in coordinators if c.country == country and municipality in c.municipalities]
    return next(iter(near or coordinators), None)


def plan(working_time: WorkingTime, *, now: datetime, direct: bool, outside: bool, helped: bool) -> tuple[Rung, ...]:
    """The rungs of a new incident. `direct`: its author can be written to; `helped`: she has a coordinator besides herself.

    Of an `outside` one the owner is the coordinator herself. `working_time` is the coordinator's.
    """
    mine = (Rung(NOTICE, now + GRACE, Audience.OWNER), Rung(AGAIN, now + REMIND, Audience.OWNER)) if direct else ()
    told = working_time.next_working_moment(now + TELL)
    if outside:
        return (Rung(TOLD, told, Audience.OWNER),)
    return (*mine, Rung(TOLD, told, Audience.COORDINATOR)) if helped else mine


def check_author(actor: Actor, owner: Contact) -> Contact:
    """The author herself; raises `NotAllowed`, naming her, for everybody else: nobody answers this for another."""
    if actor.contact is None or actor.contact.id != owner.id:
        raise NotAllowed("refused.not_owner", owner=owner.name)
    return actor.contact
