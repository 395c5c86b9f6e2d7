"""Upkeep of the directory: a coordinator looks at the holes of her agency, and hears of them once a week."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from bot.data.kinds import asked_of_persons
from bot.data.municipalities import district_of
from bot.domain import confirmations as rules
from bot.domain.coordinators import check_coordinator
from bot.domain.holes import STALE, Hole, Lists, is_stale
from bot.domain.ladders import Audience, Rung
from bot.domain.matters import MatterKind, MatterState, proposed
from bot.domain.people import Actor, Contact, Role
from bot.domain.upkeep import coming_monday
from storage import absences, confirmations, deliveries, directory, matters, settling, upkeep
from storage.uow import UnitOfWork

PAGE = 15
"""Holes shown at once: each is a block of its own, and one message holds 50."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some of an agency's holes: `number` counts from 0, `total` is of all pages together."""

    holes: tuple[Hole, ...]
    number: int
    total: int

    @property
    def first(self) -> int:
        """Where the first one shown stands among all, from 1."""
        return self.number * PAGE + 1

    @property
    def has_more(self) -> bool:
        """Whether another page follows."""
        return (self.number + 1) * PAGE < self.total


def holes(work: UnitOfWork, actor: Actor, *, number: int = 0) -> Page:
    """One page of the holes of a coordinator's own agency; one beyond the last shows the last.

    Raises `NotAllowed` for everybody else, naming who may, and `NotFound` for a stranger.
    """
    with work.reading():
        agency, _ = check_coordinator(actor, directory.all_contacts(work, actor.workspace_id))
        found = upkeep.holes_of_agency(work, agency, Lists(district_of(), asked_of_persons()))
    shown = min(max(number, 0), max(0, len(found) - 1) // PAGE)
    return Page(tuple(found[shown * PAGE : (shown + 1) * PAGE]), shown, len(found))


def plan(work: UnitOfWork, *, workspace_id: str) -> None:
    """Plan what keeps the directory true. It may run as often as it likes: what was planned before stays as it is.

    The coming Monday's notice to each coordinator is planned whether or not there is a hole now: when it is sent it
    tells what is true then, and where nothing is wrong it is not sent.
    """
    with work:
        upkeep.close_old(work, workspace_id)
        everybody = directory.all_contacts(work, workspace_id)
        for contact in everybody:
            if contact.role is Role.COORDINATOR and contact.can_be_reached:
                _notice(work, contact)
        _close_questions(work, workspace_id, {contact.id: contact for contact in everybody})
        _ask_who_is_due(work, everybody)
        work.commit()


def _notice(work: UnitOfWork, coordinator: Contact) -> None:
    day, due_at = coming_monday(work.working_time_of(coordinator), work.now)
    matter = proposed(
        _id(MatterKind.UPKEEP, coordinator.id, day.isoformat()),
        MatterKind.UPKEEP,
        coordinator,
        coordinator.id,
        now=work.now,
        due_at=due_at,
    )
    if matters.add_once(work, matter):
        deliveries.add_rungs(work, matter, [Rung("weekly", due_at, Audience.OWNER)])


def _close_questions(work: UnitOfWork, workspace_id: str, everybody: Mapping[str, Contact]) -> None:
    """Whoever was confirmed otherwise, or has left, is asked no more; an old question makes way for a new one."""
    for matter in confirmations.open_of(work, workspace_id):
        owner = everybody.get(matter.owner_id)
        if owner is None or not is_stale(owner.confirmed_at, work.now) or matter.created_at <= work.now - STALE:
            settling.settle(work, matter, matter.moved(MatterState.WITHDRAWN, work.now))


def _ask_who_is_due(work: UnitOfWork, everybody: Iterable[Contact]) -> None:
    """Whoever is away is asked when she is back."""
    due = [contact for contact in everybody if is_stale(contact.confirmed_at, work.now)]
    if not due:
        return
    workspace_id = due[0].workspace_id
    asked, away = confirmations.asked(work, workspace_id), absences.away_now(work, workspace_id)
    for contact in due:
        often, last = asked.get(contact.id, (0, None))
        if contact.id not in away and rules.is_due(contact, last, work.now):
            _ask(work, contact, often)


def _ask(work: UnitOfWork, contact: Contact, often: int) -> None:
    rungs = rules.plan(work.working_time_of(contact), now=work.now)
    matter = proposed(
        _id(MatterKind.CONFIRMATION, contact.id, str(often)),
        MatterKind.CONFIRMATION,
        contact,
        contact.id,
        now=work.now,
        due_at=rungs[0].at + rules.PATIENCE,
    )
    if matters.add_once(work, matter):
        deliveries.add_rungs(work, matter, rungs)


def _id(kind: MatterKind, *parts: str) -> str:
    """The same for the same plan, so that two processes cannot plan it twice."""
    return sha256(":".join((kind, *parts)).encode()).hexdigest()[:24]
