"""Choosing the room of a municipality: its channel, who reads along, and the cases that waited for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.data.municipalities import district_of
from bot.data.municipalities import municipality as place
from bot.domain import rooms as rules
from bot.domain.cases import Case, Room
from bot.domain.coordinators import check_coordinator
from bot.domain.errors import BadInput, NotAllowed
from bot.domain.matters import MatterState
from bot.domain.opening import RoomView
from bot.domain.people import Actor, Agency
from bot.domain.rooms import Readers
from bot.domain.upkeep import places_of
from storage import absences, audit, directory, drafts, openings, rooms, settling, snapshots
from storage.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class Choosing:
    """What the form begins with: for which municipality, perhaps for a case that waits."""

    municipality: str | None = None
    waiting: RoomView | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """The room, who can read it, and the cases that were opened in it at once."""

    room: Room
    readers: Readers
    opened: tuple[Case, ...]


def prepare(work: UnitOfWork, actor: Actor, *, matter_id: str = "") -> Choosing:
    """The form for a coordinator; raises `NotAllowed`, naming who may, for everybody else, `Settled` where it is done."""
    with work.reading():
        agency = _coordinating(work, actor)
        view = drafts.view(work, actor.workspace_id, matter_id) if matter_id else None
        if view is not None:
            view.matter.check_open()
            _check_answers_for(work, agency, view.wanted.municipality)
            return Choosing(view.wanted.municipality, view)
        own = sorted(code for country, code in _places(work, agency) if country == agency.country)
        return Choosing(own[0] if len(own) == 1 else None)


def check(work: UnitOfWork, actor: Actor, *, municipality: str) -> tuple[str, str]:
    """The municipality whose room this person may choose: its name, and the channel it has now; raises as `choose`."""
    with work.reading():
        agency = _coordinating(work, actor)
        _check_answers_for(work, agency, municipality)
        found = place(agency.country, municipality)
        now = rooms.room_of(work, actor.workspace_id, agency.country, municipality)
        return found.name if found else municipality, now.channel if now else ""


def choose(
    work: UnitOfWork,
    actor: Actor,
    *,
    municipality: str,
    channel: str,
    members: Sequence[str],
    is_shared: bool,
    key: str,
) -> Chosen:
    """Make a channel the room of a municipality and open what waited for it; `members` are Slack ids.

    Threads that stand elsewhere stay there. Raises `NotAllowed` for whoever coordinates nothing there, `BadInput` for a
    municipality that is none, `Repeated`.
    """
    with work:
        audit.take(work, actor, key)
        agency = _coordinating(work, actor)
        _check_answers_for(work, agency, municipality)
        wanted = Room("", actor.workspace_id, agency.country, municipality, channel, agency.language)
        room = rooms.save_room(work, wanted)
        if is_shared and room.per_case:  # not everybody sits in one workspace any more: new cases are threads again
            rooms.set_per_case(work, room.id, per_case=False)
            room = replace(room, per_case=False)
        waiting = drafts.waiting_for(work, actor.workspace_id, agency.country, municipality)
        opened = tuple(_open(work, room, view) for view in waiting)
        audit.record(work, actor, "room.choose", f"municipality:{agency.country}-{municipality}")
        audit.record_all(work, actor, [("case.open", case.id) for case in opened])
        known = {c.slack_id: c for c in directory.all_contacts(work, actor.workspace_id) if c.slack_id}
        work.commit()
        return Chosen(room, rules.readers(members, known, is_shared=is_shared), opened)


def _open(work: UnitOfWork, room: Room, view: RoomView) -> Case:
    """The draft as a case: whoever is away by now is asked in her stand-in's person, whoever has left is not asked."""
    present = (absences.answers_for(work, contact) for contact in view.asked if not contact.has_ended(work.now))
    asked = {contact.id: contact for contact in present if contact.id != view.asker.id}
    case = openings.begin(work, room, view.wanted, view.asker, asked.values())
    # From now on the request belongs to the case: it is forgotten with it.
    done = replace(view.matter.moved(MatterState.DONE, work.now), case_id=case.id)
    settling.settle(work, view.matter, done)
    drafts.opened(work, view.matter.id, case.id)
    return case


def _coordinating(work: UnitOfWork, actor: Actor) -> Agency:
    return check_coordinator(actor, directory.all_contacts(work, actor.workspace_id))[0]


def _places(work: UnitOfWork, agency: Agency) -> set[tuple[str, str]]:
    return set(places_of(agency, snapshots.directory_of(work, agency.workspace_id), district_of()))


def _check_answers_for(work: UnitOfWork, agency: Agency, municipality: str) -> None:
    """A coordinator chooses rooms where her agency works, or where a case of her colleagues waits for one."""
    if place(agency.country, municipality) is None:
        raise BadInput("contact.error.municipality", field="municipality")
    waiting = drafts.waiting_for(work, agency.workspace_id, agency.country, municipality)
    asked = any(view.owner.agency_id == agency.id for view in waiting)
    if not asked and (agency.country, municipality) not in _places(work, agency):
        raise NotAllowed("room.error.elsewhere")
