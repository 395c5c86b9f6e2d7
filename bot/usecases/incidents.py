"""What must not stand in a room: noticed, told to its author alone, waited for until it is gone, kept for a month."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256

from bot.domain import incidents as rules
from bot.domain.coordinators import check_coordinator
from bot.domain.errors import NotFound, Refused
from bot.domain.incidents import Cause, Ending, Incident, IncidentView, Looked, Place, Recorded
from bot.domain.matters import DueClock, Matter, MatterKind, MatterState
from bot.domain.people import Actor, Contact
from storage import audit, cases, deliveries, directory, incidents, matters, settling
from storage.uow import UnitOfWork

SLACK = "slack"
"""Stands in the audit where Slack told that a message is gone: who took it away Slack does not say."""
MOST_WATCHED = 50
"""Messages that are looked at again at once."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """A new incident, as its author is told of it. `direct`: a direct message comes as well."""

    found: tuple[Cause, ...]
    language: str
    country: str
    direct: bool
    answers: bool
    """Whether the author is known and may say something to it."""
    matter_id: str | None = None
    helper: Contact | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """An agency's incidents of the time they are kept, the newest first."""

    agency_name: str
    incidents: tuple[Recorded, ...]


def notice(work: UnitOfWork, actor: Actor, looked: Looked, *, key: str) -> Noticed | None:
    """A new incident; None where this message has an open one, or one that its author answered for the same words.

    Raises `Repeated` on a repetition of the event.
    """
    with work:
        before = incidents.of_message(work, actor.workspace_id, looked.place)
        if any(matter.state.is_open for matter in before) or (before and not looked.fresh):
            return None
        audit.take(work, actor, key)
        everybody = directory.all_contacts(work, actor.workspace_id)
        owner = actor.contact or rules.keeper(everybody, looked.room.country, looked.room.municipality)
        helper = rules.helper(owner, everybody) if owner and actor.contact else owner
        direct = actor.contact is not None and not looked.elsewhere
        matter = (
            _new(work, actor, owner, looked, again=len(before), direct=direct, helped=helper is not None)
            if owner
            else None
        )
        audit.record(work, actor, "incident.notice", matter.id if matter else "incident")
        work.commit()
    language, country = looked.room.language, looked.room.country
    if actor.agency is not None:
        language, country = actor.agency.language, actor.agency.country
    return Noticed(
        looked.found, language, country, direct=direct, answers=actor.contact is not None,
        matter_id=matter.id if matter else None, helper=helper,
    )  # fmt: skip


def learn(work: UnitOfWork, matter_id: str, *, readers: int | None, permalink: str | None) -> None:
    """What Slack told of an incident's room and message; what was sent before that is brought up to date."""
    with work:
        incidents.learn(work, matter_id, readers=readers, permalink=permalink)
        deliveries.refresh_sent(work, matter_id=matter_id)
        work.commit()


def settle(work: UnitOfWork, place: Place, ending: Ending, *, workspace_id: str, key: str | None = None) -> bool:
    """A message is gone, or clean: says whether that ended an incident. What was sent about it becomes a thank-you."""
    with work.reading():
        if not _open_at(work, workspace_id, place):
            return False
    with work:
        actor = Actor(workspace_id, SLACK, "en")
        if key is not None:
            audit.take(work, actor, key)
        for matter in _open_at(work, workspace_id, place):
            _end(work, matter, MatterState.DONE, ending)
            audit.record(work, actor, f"incident.{ending}", matter.id)
        work.commit()
    return True


def watched(work: UnitOfWork, *, workspace_id: str, matter_ids: Collection[str] | None = None) -> list[Place]:
    """The messages of open incidents that may have gone while nobody listened: all, or those of these matters."""
    with work.reading():
        return incidents.open_places(work, workspace_id, matter_ids=matter_ids, limit=MOST_WATCHED)


def place_of(work: UnitOfWork, actor: Actor, *, matter_id: str) -> Place:
    """Where the message stands of which its author says something; raises for everybody else, and where it is over."""
    with work.reading():
        return _mine(work, actor, matter_id).incident.place


def gone(work: UnitOfWork, actor: Actor, *, matter_id: str, standing: bool, key: str) -> IncidentView:
    """*Jeg har slettet den*; raises `Refused` where the message was just seen to be `standing` there."""
    if standing:
        raise Refused("incident.still_there")
    return _answer(work, actor, matter_id, MatterState.DONE, Ending.DELETED, key=key)


def false_alarm(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str) -> IncidentView:
    """*Det var ikke en person eller et nummer*: it is over, and the coordinator hears nothing of it."""
    return _answer(work, actor, matter_id, MatterState.WITHDRAWN, Ending.FALSE_ALARM, key=key)


def record(work: UnitOfWork, actor: Actor) -> Record:
    """The incidents of a coordinator's own agency; raises `NotAllowed` for others of it, naming who may."""
    with work.reading():
        agency, _ = check_coordinator(actor, directory.all_contacts(work, actor.workspace_id))
        return Record(agency.name, tuple(incidents.recorded(work, actor.workspace_id, agency.id)))


def note_look(work: UnitOfWork, actor: Actor) -> None:
    """Leave an audit row of a look into the record."""
    with work:
        agency, _ = actor.check_known()
        audit.record(work, actor, "incident.look", f"agency:{agency.key}")
        work.commit()


def _new(
    work: UnitOfWork, actor: Actor, owner: Contact, looked: Looked, *, again: int, direct: bool, helped: bool
) -> Matter:
    place, outside = looked.place, actor.contact is None
    matter = Matter(
        id=sha256(f"{actor.workspace_id}:{place.channel}:{place.message_ts}:{again}".encode()).hexdigest()[:24],
        workspace_id=actor.workspace_id,
        kind=MatterKind.INCIDENT,
        state=MatterState.PROPOSED,
        case_id=None,  # it is nothing that is owed in the case
        side=owner.side,
        owner_id=owner.id,
        asker_id=owner.id,
        clock=DueClock.AGREED,
        created_at=work.now,
    )
    if not matters.add_once(work, matter):
        return matter  # another process was told of the same message at the same moment
    case = cases.case_of_thread(work, actor.workspace_id, place.channel, place.thread_ts or place.message_ts)
    incidents.add(
        work,
        Incident(
            matter.id, actor.workspace_id, owner.agency_id, looked.found, place,
            case.id if case else None, work.now, outside,
        ),
    )  # fmt: skip
    working_time = work.working_time(owner.country or looked.room.country, owner.side)
    rungs = rules.plan(working_time, now=work.now, direct=direct, outside=outside, helped=helped)
    deliveries.add_rungs(work, matter, rungs)
    return matter


def _open_at(work: UnitOfWork, workspace_id: str, place: Place) -> list[Matter]:
    return [matter for matter in incidents.of_message(work, workspace_id, place) if matter.state.is_open]


def _end(work: UnitOfWork, matter: Matter, state: MatterState, ending: Ending) -> None:
    settling.settle(work, matter, matter.moved(state, work.now, reason=ending))
    incidents.gone(work, matter.id)


def _mine(work: UnitOfWork, actor: Actor, matter_id: str) -> IncidentView:
    matter = None if actor.is_stranger else matters.matter(work, actor.workspace_id, matter_id)
    view = incidents.view(work, matter) if matter and matter.kind is MatterKind.INCIDENT else None
    if view is None:
        raise NotFound("refused.gone")
    rules.check_author(actor, view.owner)
    view.matter.check_open()
    return view


def _answer(
    work: UnitOfWork, actor: Actor, matter_id: str, state: MatterState, ending: Ending, *, key: str
) -> IncidentView:
    with work:
        audit.take(work, actor, key)
        view = _mine(work, actor, matter_id)
        _end(work, view.matter, state, ending)
        audit.record(work, actor, f"incident.{ending}", matter_id)
        after = incidents.view(work, matters.matter(work, actor.workspace_id, matter_id) or view.matter)
        work.commit()
        return after or view
