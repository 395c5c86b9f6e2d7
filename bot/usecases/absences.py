"""Being away: said by oneself or one's coordinator, a substitute who accepts, an end that comes by itself or earlier."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain import ladders
from bot.domain.absences import Absence, AbsenceState, AbsenceView, AbsenceWhy, Away, HalfDays, period
from bot.domain.errors import BadInput, NotAllowed, NotFound
from bot.domain.intake import Typed
from bot.domain.matters import Matter, MatterKind, MatterState, check_answerer, proposed
from bot.domain.people import Actor, Agency, Contact, Role
from storage import absences, audit, deliveries, directory, matters, settling
from storage.schema import new_id
from storage.uow import UnitOfWork

MOST_FOUND = 50
"""Names offered for a few typed letters; Slack shows at most 100."""


@dataclass(frozen=True, slots=True)
class Preparing:
    """What the form begins with: who is away, which local day it is for her, and what she has said before.

    `may_choose` tells that a coordinator may name somebody else of her agency. `replaces` is the absence to be changed.
    """

    contact: Contact
    today: date
    may_choose: bool
    coming: tuple[AbsenceView, ...]
    away: tuple[tuple[Contact, Away], ...] = ()
    """For a coordinator: who of her agency is away now."""
    replaces: AbsenceView | None = None


@dataclass(frozen=True, slots=True)
class NewAbsence:
    """Local days that both count, which of them are half ones, and who shall stand in. `contact_id` None: herself."""

    first: date
    last: date
    half: HalfDays = HalfDays.NONE
    contact_id: str | None = None
    substitute_id: str | None = None
    replaces: str | None = None


def prepare(work: UnitOfWork, actor: Actor, *, replaces: str | None = None) -> Preparing:
    """What the form for an absence begins with. Raises `NotFound` or `NotAllowed` for somebody else's absence."""
    with work.reading():
        agency, me = actor.check_known()
        before = _hers(work, actor, replaces) if replaces else None
        contact = before.contact if before else me
        return Preparing(
            contact=contact,
            today=work.now.astimezone(work.working_time(agency.country, contact.side).zone).date(),
            may_choose=actor.is_coordinator and before is None,
            coming=tuple(_coming(work, contact)),
            away=tuple(_away_of(work, agency)) if actor.is_coordinator else (),
            replaces=before,
        )


def mine(work: UnitOfWork, actor: Actor) -> list[AbsenceView]:
    """One's own absences that last or lie ahead, the earliest first."""
    with work.reading():
        _, me = actor.check_known()
        return _coming(work, me)


def people(work: UnitOfWork, actor: Actor, *, typed: Typed) -> list[Contact]:
    """Colleagues of one's own agency whose name holds every typed word, by name, at most `MOST_FOUND`.

    Whoever's account is closed is not among them, nor is a desk. Nothing is said about other agencies.
    """
    with work.reading():
        agency, _ = actor.check_known()
        away = absences.away_now(work, actor.workspace_id)
        found = [
            c
            for c in directory.all_contacts(work, actor.workspace_id)
            if c.agency_id == agency.id
            and c.role is not Role.DESK
            and not (c.id in away and away[c.id].deactivated)
            and typed.stands_in(c.name)
        ]
        return sorted(found, key=lambda c: c.name)[:MOST_FOUND]


def set_absence(work: UnitOfWork, actor: Actor, wanted: NewAbsence, *, key: str) -> AbsenceView:
    """Somebody is away; a named substitute is asked, and stands in once she has accepted.

    Absences of one person may overlap: all hold. With `replaces`, that one is taken back in the same step. Raises
    `BadInput` for days that have passed or are in the wrong order and for an impossible substitute, `NotAllowed` for
    somebody else's absence where one does not coordinate for her agency, `NotFound`, `Repeated`.
    """
    with work:
        audit.take(work, actor, key)
        agency, me = actor.check_known()
        before = _hers(work, actor, wanted.replaces) if wanted.replaces else None
        contact = before.contact if before else _whose(work, actor, wanted.contact_id)
        zone = work.working_time(agency.country, contact.side).zone
        starts_at, ends_at = period(wanted.first, wanted.last, wanted.half, zone)
        if ends_at <= work.now:
            raise BadInput("absence.error.past", field="last")
        substitute = _substitute(work, contact, wanted.substitute_id)
        if before is not None:
            _end(work, before.absence, before.absence.cancelled(work.now))
        matter = _ask(work, contact, substitute, ends_at) if substitute else None
        absence = Absence(
            id=new_id(),
            workspace_id=actor.workspace_id,
            contact_id=contact.id,
            starts_at=starts_at,
            ends_at=ends_at,
            state=AbsenceState.ASKED if substitute else AbsenceState.UNCOVERED,
            created_at=work.now,
            substitute_id=substitute.id if substitute else None,
            set_by=me.id,
            matter_id=matter.id if matter else None,
        )
        absences.add(work, absence)
        audit.record(work, actor, "absence.set", absence.id)
        work.commit()
        return AbsenceView(absence, contact, substitute, me)


def accept(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str) -> AbsenceView:
    """Say yes to standing in: the one who was asked, or whoever may answer for her and so takes it herself.

    Never the absent person. Raises `Settled` where it was answered already or the absence is over.
    """
    return _answer(work, actor, matter_id, key, accepted=True)


def decline(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str) -> AbsenceView:
    """Say no to standing in: the absence holds, nobody stands in, and the absent person sees it."""
    return _answer(work, actor, matter_id, key, accepted=False)


def end(work: UnitOfWork, actor: Actor, *, absence_id: str, key: str) -> AbsenceView:
    """She is back early, or does not go at all. Raises `Settled` where it is over already."""
    with work:
        audit.take(work, actor, key)
        view = _hers(work, actor, absence_id)
        after = view.absence.ended(work.now)
        _end(work, view.absence, after)
        audit.record(work, actor, "absence.end", absence_id)
        work.commit()
        return replace(view, absence=after, over=True)


def _coming(work: UnitOfWork, contact: Contact) -> list[AbsenceView]:
    hers = absences.coming(work, contact.workspace_id, contact_id=contact.id)
    return absences.views(work, contact.workspace_id, [a for a in hers if a.why is AbsenceWhy.AWAY])


def _away_of(work: UnitOfWork, agency: Agency) -> list[tuple[Contact, Away]]:
    away = absences.away_now(work, agency.workspace_id)
    known = directory.contacts_by_ids(work, agency.workspace_id, away)
    theirs = [(known[i], gone) for i, gone in away.items() if known[i].agency_id == agency.id]
    return sorted(theirs, key=lambda pair: pair[0].name)


def _whose(work: UnitOfWork, actor: Actor, contact_id: str | None) -> Contact:
    _, me = actor.check_known()
    if contact_id is None or contact_id == me.id:
        return me
    contact = directory.contacts_by_ids(work, actor.workspace_id, [contact_id]).get(contact_id)
    if contact is None or contact.agency_id != me.agency_id:
        raise NotFound("refused.gone")
    if not actor.is_coordinator:
        raise NotAllowed("refused.absence", name=contact.name)
    return contact


def _hers(work: UnitOfWork, actor: Actor, absence_id: str) -> AbsenceView:
    """An absence this person may change: her own, or, for a coordinator, one of her agency."""
    absence = absences.absence(work, actor.workspace_id, absence_id)
    if absence is None or absence.why is AbsenceWhy.DEACTIVATED:
        raise NotFound("refused.gone")
    _whose(work, actor, absence.contact_id)
    return absences.views(work, actor.workspace_id, [absence])[0]


def _substitute(work: UnitOfWork, contact: Contact, substitute_id: str | None) -> Contact | None:
    if substitute_id is None:
        return None
    found = directory.contacts_by_ids(work, contact.workspace_id, [substitute_id]).get(substitute_id)
    away = absences.away_now(work, contact.workspace_id).get(substitute_id)
    if found is None or found.agency_id != contact.agency_id or found.id == contact.id:
        raise BadInput("absence.error.substitute", field="substitute")
    if not (found.slack_id or found.email) or (away is not None and away.deactivated):
        raise BadInput("absence.error.unreachable", field="substitute", name=found.name)
    return found


def _ask(work: UnitOfWork, contact: Contact, substitute: Contact, ends_at: datetime) -> Matter:
    matter = proposed(new_id(), MatterKind.SUBSTITUTION, substitute, contact.id, now=work.now)
    matters.add(work, matter)
    rungs = [
        *(rung for rung in ladders.plan(matter, work.working_time_of(substitute), now=work.now) if rung.at < ends_at),
        ladders.Rung("over", ends_at, ladders.Audience.OWNER),  # an unanswered request ends with the absence
    ]
    deliveries.replace_rungs(work, matter, rungs)
    deliveries.add_receipt(work, matter, contact.id)
    return matter


def _answer(work: UnitOfWork, actor: Actor, matter_id: str, key: str, *, accepted: bool) -> AbsenceView:
    with work:
        audit.take(work, actor, key)
        before = matters.matter(work, actor.workspace_id, matter_id)
        absence = absences.of_matter(work, actor.workspace_id, matter_id)
        if before is None or absence is None or actor.is_stranger:
            raise NotFound("refused.gone")
        owner = directory.contacts_by_ids(work, actor.workspace_id, [before.owner_id])[before.owner_id]
        answerer = check_answerer(actor, owner, stand_in_id=absences.answers_for(work, owner).id)
        if answerer.id == before.asker_id:
            raise NotAllowed("refused.not_owner", owner=owner.name)
        before.check_open()
        taken_by = answerer if accepted else owner
        state = AbsenceState.ACCEPTED if accepted else AbsenceState.DECLINED
        answered = absence.answered(state, taken_by.id, work.now)
        absences.change(work, absence, answered)
        said = MatterState.ACCEPTED if accepted else MatterState.DECLINED
        after = before.owned_by(taken_by.id, taken_by.side).moved(said, work.now)
        settling.settle(work, before, after)
        audit.record(work, actor, "absence.accept" if accepted else "absence.decline", absence.id)
        work.commit()
    with work.reading():
        return absences.views(work, actor.workspace_id, [answered])[0]


def _end(work: UnitOfWork, before: Absence, after: Absence) -> None:
    """An absence is over: an open request is taken back, and what was sent about it says so."""
    absences.change(work, before, after)
    matter = matters.matter(work, before.workspace_id, before.matter_id) if before.matter_id else None
    if matter is not None and matter.state.is_open:
        absences.withdraw(work, matter)
    elif matter is not None:
        deliveries.refresh_sent(work, matter_id=matter.id)
