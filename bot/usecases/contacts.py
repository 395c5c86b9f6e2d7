"""Who is my contact? The person, the substitute, the desk, the control room: a chain that never ends in nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from bot.data.countries import country
from bot.data.guidance import Guidance, guidance
from bot.data.kinds import kinds
from bot.data.municipalities import Municipality
from bot.data.municipalities import municipality as place
from bot.domain import preferences, routing
from bot.domain.availability import reachable_at
from bot.domain.directory_index import DirectoryIndex, Question
from bot.domain.errors import BadInput, NotFound
from bot.domain.people import Actor, Contact, Role, Side
from bot.domain.routing import Link, RoutingRule
from storage import absences, audit, snapshots
from storage.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class ContactAnswer:
    """The answer to a question for a contact. `chain` has at least one link: the control room (promise 2)."""

    side: Side
    country: str
    municipality: str
    municipality_name: str
    kind: str | None
    urgency: str | None
    emergency: str
    chain: tuple[Link, ...]
    asked_at: datetime
    by_kind: tuple[tuple[Contact, tuple[str, ...]], ...] = ()
    """Where no kind was named: whoever else answers, each with the kinds of case that are hers."""

    @property
    def asked(self) -> Contact | None:
        """Whom a button under the answer asks: the first of the chain.

        Where she comes first only because somebody is away, it is the first whom Slack reaches and who is there.
        """
        first = self.chain[0]
        if first.away is None or (first.contact is not None and first.contact.can_be_reached and first.phone):
            return first.contact
        reached = [link for link in self.chain if link.contact is not None and link.contact.can_be_reached]
        return next((link.contact for link in reached if link.phone), reached[0].contact if reached else first.contact)


def find_contact(
    work: UnitOfWork,
    actor: Actor,
    *,
    municipality: str | None = None,
    kind: str | None = None,
    urgency: str | None = None,
) -> ContactAnswer:
    """The other side's contact for a municipality (a code; None means the asker's own), a kind and an urgency.

    A stranger raises `NotFound` and learns nothing; an asker with several municipalities must name one (`BadInput`).
    """
    if actor.agency is None or actor.contact is None:
        raise NotFound("refused.stranger")
    side = actor.contact.side.opposite
    code = municipality or _only(actor.contact.municipalities)
    found = place(actor.agency.country, code)
    if found is None:
        raise BadInput("contact.error.municipality", field="municipality")
    with work.reading():
        index = snapshots.directory_of(work, actor.workspace_id)
        away = absences.away_now(work, actor.workspace_id)
    asked = Question(actor.agency.country, code, found.district, kind, urgency)
    defaults = _defaults(actor.agency.country) if side is Side.POLICE else ()
    answer = index.find(asked, side=side, now=work.now, defaults=defaults)
    behind = index.contacts.around(answer.contact, work.now) if answer else _desks(index, asked, side, work.now)
    if answer and answer.contact.id in away:
        behind = [c for c in index.contacts if c.agency_id == answer.contact.agency_id and c.is_valid(work.now)]
    land = country(actor.agency.country)
    links = routing.chain(
        answer.rule if answer else None,
        behind,
        municipality=code,
        away=away,
        control_room=routing.control_room(land.control_room_name, land.control_room, land.control_room_dial),
        head=answer.contact if answer else None,
    )
    return ContactAnswer(
        side=side,
        country=actor.agency.country,
        municipality=code,
        municipality_name=found.display_name,
        kind=kind,
        urgency=urgency,
        emergency=land.emergency,
        chain=tuple(_with_hours(work, link) for link in links),
        asked_at=work.now,
        by_kind=() if kind else _by_kind(index, asked, side, work.now, answer.contact if answer else None),
    )


def _with_hours(work: UnitOfWork, link: Link) -> Link:
    """The link with the moment at which she can be reached first."""
    who = link.contact
    if who is None or not link.phone:
        return link
    base = work.working_time(who.country, who.side)
    if who.prefers.days is not None:  # her own choice of days outdoes what the directory says
        return replace(link, reachable_at=preferences.at_work(base, who).next_working_moment(work.now))
    return replace(link, reachable_at=reachable_at(who.hours, preferences.office(base, who.office), work.now))


def _by_kind(
    index: DirectoryIndex, asked: Question, side: Side, now: datetime, head: Contact | None
) -> tuple[tuple[Contact, tuple[str, ...]], ...]:
    """Everybody but the first who answers for some kind of case here, with the kinds that are hers."""
    others: dict[str, tuple[Contact, list[str]]] = {}
    for kind in kinds():
        found = index.find(replace(asked, kind=kind.key), side=side, now=now)
        if found is not None and (head is None or found.contact.id != head.id):
            others.setdefault(found.contact.id, (found.contact, []))[1].append(kind.key)
    return tuple((contact, tuple(keys)) for contact, keys in others.values())


def named(work: UnitOfWork, actor: Actor, *, codes: Sequence[str]) -> list[Municipality]:
    """The municipalities of these codes in the asker's country, for her to choose from."""
    del work  # bundled facts need no database; every use case has the same shape
    if actor.agency is None:
        raise NotFound("refused.stranger")
    found = (place(actor.agency.country, code) for code in codes)
    return [one for one in found if one is not None]


def topic(key: str) -> Guidance | None:
    """The bundled guidance of a key, where it is sure enough to be shown."""
    found = guidance(key)
    return found if found and found.sure else None


@cache
def _defaults(land: str) -> tuple[RoutingRule, ...]:
    """The police unit that takes each kind where nothing is agreed locally."""
    return routing.default_rules(land, {kind.key: kind.default_units[land] for kind in kinds()})


def _desks(index: DirectoryIndex, asked: Question, side: Side, now: datetime) -> list[Contact]:
    covering = index.contacts.covering(asked.country, asked.municipality)
    return [c for c in covering if c.side is side and c.role is Role.DESK and c.is_valid(now)]


@dataclass(frozen=True, slots=True)
class Lookup:
    """Who looked up the contact of which municipality, and when (UTC)."""

    actor: Actor
    municipality: str
    at: datetime


def note_lookups(work: UnitOfWork, lookups: Sequence[Lookup]) -> None:
    """Leave the audit rows of look-ups, in one transaction, some moments after the answers have gone out."""
    with work:
        for lookup in lookups:
            audit.record(work, lookup.actor, "contact.find", f"municipality:{lookup.municipality}", at=lookup.at)
        work.commit()


def _only(codes: tuple[str, ...]) -> str:
    if len(codes) != 1:
        raise BadInput("contact.error.which_municipality", field="municipality")
    return codes[0]
