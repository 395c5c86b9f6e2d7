"""Opening a case: whom the form proposes, the case itself, or, where there is no room yet, a draft that waits for one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.data.childrens_houses import house_for
from bot.data.kinds import kind as bundled_kind
from bot.data.municipalities import Municipality, municipalities
from bot.data.municipalities import municipality as place
from bot.domain import opening as rules
from bot.domain.cases import Case, Room
from bot.domain.directory_index import DirectoryIndex, Question
from bot.domain.errors import BadInput, NotFound, Refused
from bot.domain.intake import Typed
from bot.domain.matters import Matter, MatterKind, MatterState, proposed
from bot.domain.opening import HOUSE_KINDS, MOST_ASKED, NewCase
from bot.domain.people import Actor, Agency, Contact, Role, Side
from bot.domain.tracks import STAGES
from bot.domain.urgency import Urgency
from storage import absences, audit, deliveries, directory, drafts, matters, openings, rooms, snapshots
from storage.schema import new_id
from storage.uow import UnitOfWork

MOST_FOUND = 40
"""Choices offered for a few typed letters; Slack shows at most 100."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What the form for a new case begins with. Without a `room`, `coordinator` will be asked for one."""

    opener: Contact
    municipality: str | None = None
    contacts: tuple[Contact, ...] = ()
    """Who is chosen beforehand."""
    instead: tuple[tuple[Contact, Contact], ...] = ()
    """Who is away, and who is asked in her place."""
    room: Room | None = None
    coordinator: Contact | None = None
    kind: str | None = None
    urgency: Urgency | None = None

    @property
    def shown(self) -> tuple[Contact, ...]:
        """Whom the form will ask."""
        away = {absent.id: there for absent, there in self.instead}
        return tuple(away.get(contact.id, contact) for contact in self.contacts)


@dataclass(frozen=True, slots=True)
class Opened:
    """What came of it: the case, or the request for a room whose draft waits, and whom to ring meanwhile."""

    case: Case | None = None
    waiting: Matter | None = None
    coordinator: Contact | None = None
    asked: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class People:
    """Whom the form offers while somebody types: proposed for this kind and place, and everybody else."""

    proposed: tuple[Contact, ...]
    others: tuple[Contact, ...]


def prepare(
    work: UnitOfWork, actor: Actor, *, municipality: str | None = None, contact_id: str = "", kind: str = ""
) -> Opening:
    """What a person sees before she opens a case: place, room, and whom it will reach.

    Without a `municipality` it is her own where she has one. Raises `NotFound` where the contact is none of this
    workspace, `Refused` where there is no room and nobody who could choose one.
    """
    with work.reading():
        agency, opener = actor.check_known()
        own = opener.municipalities
        code = municipality or (own[0] if len(own) == 1 else None)
        contacts = tuple(_contacts(work, actor, [contact_id] if contact_id else []))
        found = Opening(
            opener=opener,
            municipality=code if code and place(agency.country, code) else None,
            contacts=contacts,
            instead=tuple((c, there) for c in contacts if (there := absences.answers_for(work, c)).id != c.id),
            kind=kind if bundled_kind(kind) else None,
        )
        if found.municipality is None:
            return found
        room = rooms.room_of(work, actor.workspace_id, agency.country, found.municipality)
        coordinator = None if room else _coordinator(work, agency, contacts)
        return replace(found, room=room, coordinator=coordinator)


def people(work: UnitOfWork, actor: Actor, *, typed: Typed, municipality: str | None, kind: str | None) -> People:
    """Who can be asked to take part: the other side's contact for this kind and place first; nobody for a stranger."""
    if actor.agency is None or actor.contact is None:
        return People((), ())
    with work.reading():
        index = snapshots.directory_of(work, actor.workspace_id)

    def fits(contact: Contact) -> bool:
        said = f"{contact.name} {contact.unit} {contact.agency_name}"
        return contact.is_valid(work.now) and contact.id != actor.contact.id and typed.stands_in(said)  # type: ignore[union-attr]  # checked above

    proposed = _proposed(work, index, actor.contact, municipality=municipality, kind=kind)
    first = {c.id: c for c in proposed if fits(c)}
    others = sorted((c for c in index.contacts if c.id not in first and fits(c)), key=lambda c: c.name)
    return People(tuple(first.values()), tuple(others[:MOST_FOUND]))


def places(work: UnitOfWork, actor: Actor, *, typed: Typed) -> list[Municipality]:
    """The municipalities of a person's own country whose name holds what was typed, her own first."""
    del work  # bundled facts need no database; every use case has the same shape
    if actor.agency is None or actor.contact is None:
        return []
    own = set(actor.contact.municipalities)
    found = [one for one in municipalities(actor.agency.country) if typed.stands_in(one.display_name)]
    return sorted(found, key=lambda one: (one.code not in own, one.display_name))[:MOST_FOUND]


def open_case(work: UnitOfWork, actor: Actor, wanted: NewCase, *, key: str) -> Opened:
    """Open a case: the opener takes part, the others are asked, the thread is about to appear.

    Without a room the draft waits and a coordinator is asked for one. `key` names the interaction. Raises `Repeated`
    on a repetition, `BadInput` for what is on no list, else as `prepare`.
    """
    with work:
        agency, opener = actor.check_known()
        audit.take(work, actor, key)
        asked = _check(work, actor, agency, wanted)
        room = rooms.room_of(work, actor.workspace_id, agency.country, wanted.municipality)
        if room is None:
            waiting = _wait_for_room(work, agency, opener, wanted, asked)
            audit.record(work, actor, "case.draft", waiting.id)
            coordinator = directory.contacts_by_ids(work, actor.workspace_id, [waiting.owner_id])[waiting.owner_id]
            work.commit()
            return Opened(waiting=waiting, coordinator=coordinator, asked=tuple(asked))
        there = {found.id: found for found in (absences.answers_for(work, contact) for contact in asked)}
        there.pop(opener.id, None)
        case = openings.begin(work, room, wanted, opener, there.values())
        audit.record(work, actor, "case.open", case.id)
        work.commit()
        return Opened(case=case, asked=tuple(there.values()))


def end_drafts(work: UnitOfWork, *, workspace_id: str) -> int:
    """Drafts whose room never came end; says how many. The asker's receipt and the request say so."""
    with work:
        ended = drafts.overdue(work, workspace_id)
        for matter in ended:
            matters.change(work, matter, matter.moved(MatterState.WITHDRAWN, work.now, reason="no-room"))
            deliveries.refresh_sent(work, matter_id=matter.id)
        drafts.forget_old(work, workspace_id)
        work.commit()
        return len(ended)


def _check(work: UnitOfWork, actor: Actor, agency: Agency, wanted: NewCase) -> list[Contact]:
    if bundled_kind(wanted.kind) is None:
        raise BadInput("case.error.kind", field="kind")
    if place(agency.country, wanted.municipality) is None:
        raise BadInput("contact.error.municipality", field="municipality")
    if any(stage not in STAGES[track] for track, stage in wanted.stages):
        raise BadInput("stage.error.unknown", field="stage")
    if wanted.received is not None and wanted.received > work.now:
        raise BadInput("stage.error.ahead", field="received")
    if len(wanted.asked) > MOST_ASKED:
        raise BadInput("case.error.many", field="participants")
    return _contacts(work, actor, [one for one in wanted.asked if actor.contact is None or one != actor.contact.id])


def _contacts(work: UnitOfWork, actor: Actor, ids: Sequence[str]) -> list[Contact]:
    found = directory.contacts_by_ids(work, actor.workspace_id, ids)
    if any(one not in found or found[one].has_ended(work.now) for one in ids):
        raise NotFound("refused.contact_gone")
    return [found[one] for one in ids]


def _proposed(
    work: UnitOfWork, index: DirectoryIndex, asker: Contact, *, municipality: str | None, kind: str | None
) -> list[Contact]:
    """The other side's contact, whoever stands behind her, and the children's house where the kind asks for one."""
    found = place(asker.country, municipality or "")
    if found is None:
        return []
    asked = Question(asker.country, found.code, found.district, kind)
    answer = index.find(asked, side=asker.side.opposite, now=work.now)
    line = index.contacts.around(answer.contact, work.now) if answer else []
    return [*line, *(_house(index, asker.country, found.code) if kind in HOUSE_KINDS else ())]


def _house(index: DirectoryIndex, country: str, code: str) -> Iterable[Contact]:
    """Who can be asked at the children's house of a municipality."""
    house = house_for(country, code)
    theirs = [c for c in index.contacts if c.side is Side.CHILDRENS_HOUSE and c.country == country]
    own = [c for c in theirs if code in c.municipalities or (house is not None and c.agency_key == house.key)]
    return [c for c in own if c.role in {Role.CONTACT, Role.DESK}][:3]


def _wait_for_room(
    work: UnitOfWork, agency: Agency, opener: Contact, wanted: NewCase, asked: Sequence[Contact]
) -> Matter:
    coordinator = _coordinator(work, agency, asked)
    matter = proposed(new_id(), MatterKind.ROOM, coordinator, opener.id, now=work.now, due_at=work.now + rules.PATIENCE)
    matters.add(work, matter)
    drafts.add(work, matter, agency.country, wanted)
    working_time = work.working_time_of(coordinator)
    deliveries.add_rungs(work, matter, rules.plan(matter, working_time, now=work.now))
    deliveries.add_receipt(work, matter, opener.id)
    return matter


def _coordinator(work: UnitOfWork, agency: Agency, asked: Iterable[Contact]) -> Contact:
    """Who is asked for a room: her own agency's coordinator, else one of an agency that is asked to take part."""
    everybody = directory.all_contacts(work, agency.workspace_id)
    leading = [c for c in everybody if c.role is Role.COORDINATOR and c.can_be_reached]
    chosen = list(asked)
    for agency_id in (agency.id, *(contact.agency_id for contact in chosen)):
        for coordinator in leading:
            if coordinator.agency_id == agency_id:
                return coordinator
    first = chosen[0] if chosen else None
    raise Refused("refused.no_room", contact=first.name if first else "", phone=first.phone if first else "")
