"""Taking part in a case: saying yes, saying no, being asked in somebody's place, putting the case itself right."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from bot.data.kinds import kind
from bot.data.municipalities import municipality
from bot.domain.cases import CaseView, Followup, ParticipantState
from bot.domain.errors import BadInput, NotFound
from bot.domain.matters import Matter, MatterKind, MatterState, check_answerer
from bot.domain.people import Actor, Contact, Role
from bot.domain.urgency import Urgency
from storage import absences, audit, cases, channels, deadlines, deliveries, directory, matters, requests, settling
from storage.uow import UnitOfWork


def prepare_decline(work: UnitOfWork, actor: Actor, *, matter_id: str) -> Matter:
    """The request a person is about to decline; raises where she may not, or it was answered already."""
    with work.reading():
        matter, _, _ = _asked(work, actor, matter_id)
        return matter


def accept(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str) -> CaseView:
    """Take the place in a case one was asked for; gives back the case as it is now."""
    with work:
        audit.take(work, actor, key)
        matter, owner, answerer = _asked(work, actor, matter_id)
        case_id = str(matter.case_id)
        if owner.can_be_reached or answerer.id == owner.id:
            after = matter.owned_by(answerer.id, answerer.side).moved(MatterState.ACCEPTED, work.now)
            if answerer.id != owner.id:
                cases.set_participant(work, case_id, owner.id, ParticipantState.PASSED_ON)
            view = _settle(work, matter, answerer, after, ParticipantState.ACCEPTED)
            audit.record(work, actor, "case.accept", case_id)
        else:  # she has no Slack: the place is hers all the same, and everybody sees who took it for her
            after = matter.moved(MatterState.ACCEPTED, work.now)
            view = _settle(work, matter, owner, after, ParticipantState.ACCEPTED, by_id=answerer.id)
            audit.record(work, actor, "case.accept.behalf", case_id)
        _somebody_is_there(work, case_id)
        work.commit()
        return view


def decline(work: UnitOfWork, actor: Actor, *, matter_id: str, reason: str, key: str) -> CaseView:
    """Say no to a place in a case, with a reason from a closed list: the substitute is asked, else the coordinator.

    Gives back the case as it is now.
    """
    with work:
        audit.take(work, actor, key)
        matter, owner, answerer = _asked(work, actor, matter_id)
        view = _settle(
            work, matter, owner, matter.moved(MatterState.DECLINED, work.now, reason=reason), ParticipantState.DECLINED
        )
        asked_before = {place.contact.id for place in view.participants}
        # Who says no for somebody else has just said that she cannot either: she comes last.
        line = [absences.answers_for(work, listed) for listed in _next_in_line(work, owner)]
        for candidate in sorted(line, key=lambda c: c.id == answerer.id):
            if candidate.id not in asked_before:
                asker = directory.contacts_by_ids(work, actor.workspace_id, [matter.asker_id])[matter.asker_id]
                requests.ask(work, view.case, candidate, asker)
                break
        else:
            _nobody_is_left(work, actor, view.case.id, owner)
        audit.record(work, actor, "case.decline", view.case.id)
        work.commit()
    with work.reading():
        return cases.seen_by(work, actor, view.case.id)


def prepare_change(work: UnitOfWork, actor: Actor, *, case_id: str) -> CaseView:
    """The case somebody is asked into, or that is put right; raises where this person may not act in it."""
    with work.reading():
        return _acting(work, actor, case_id)


def invite(work: UnitOfWork, actor: Actor, *, case_id: str, contact_id: str, key: str) -> Contact:
    """Ask one more person to take part, or somebody else where everybody declined; gives back who is asked.

    Raises `BadInput` for somebody who takes part or is asked already, or who is in no directory; `NotAllowed`.
    """
    with work:
        audit.take(work, actor, key)
        view = _acting(work, actor, case_id)
        found = directory.contacts_by_ids(work, actor.workspace_id, [contact_id]).get(contact_id)
        if found is None or not found.is_valid(work.now):
            raise BadInput("case.error.nobody", field="person")
        contact = absences.answers_for(work, found)
        place = view.participant(contact.id)
        if place is not None and place.state in {ParticipantState.ACCEPTED, ParticipantState.ASKED}:
            raise BadInput("case.error.there", field="person", name=contact.name)
        requests.ask(work, view.case, contact, actor.check_known()[1])
        _somebody_is_there(work, case_id)
        deadlines.follow(work, view.case)
        _show(work, view)
        audit.record(work, actor, "case.invite", case_id)
        work.commit()
        return contact


@dataclass(frozen=True, slots=True)
class Right:
    """What a case should have said: kind, urgency and municipality."""

    kind: str
    urgency: Urgency
    municipality: str


def correct(work: UnitOfWork, actor: Actor, right: Right, *, case_id: str, key: str) -> CaseView:
    """Put kind, urgency or municipality right; what was sent about the case is edited. The thread stays in its room.

    Who takes part does not change by itself. Raises `BadInput` for what is on no list, `NotAllowed`, `NotFound`.
    """
    with work:
        audit.take(work, actor, key)
        view = _acting(work, actor, case_id)
        if kind(right.kind) is None:
            raise BadInput("case.error.kind", field="kind")
        if municipality(view.case.country, right.municipality) is None:
            raise BadInput("contact.error.municipality", field="municipality")
        changed = {name: value for name, value in asdict(right).items() if getattr(view.case, name) != value}
        if changed:
            cases.change(work, case_id, **changed)
            corrected = replace(view.case, **changed)
            deadlines.follow(work, corrected)
            for request in view.requests:
                requests.hurry(work, corrected, request)
            _show(work, view)
            audit.record_all(work, actor, [(f"case.correct.{name}", case_id) for name in changed])
            work.commit()
    with work.reading():
        return cases.seen_by(work, actor, case_id)


PAGE = 20
"""Follow-ups on one page."""


@dataclass(frozen=True, slots=True)
class Everything:
    """One page of all follow-ups of a case (`page` counts from 0), the last one first."""

    view: CaseView
    followups: tuple[Followup, ...]
    page: int
    pages: int


def everything(work: UnitOfWork, actor: Actor, *, case_id: str, page: int) -> Everything:
    """The case with one page of all its follow-ups; raises where this person may not act in it."""
    with work.reading():
        view = _acting(work, actor, case_id)
        many = matters.count_followups(work, case_id)
        pages = max(1, -(-many // PAGE))
        shown = min(page, pages - 1)
        found = matters.page_of_followups(work, case_id, offset=shown * PAGE, limit=PAGE)
        people = directory.contacts_by_ids(work, actor.workspace_id, {item.owner_id for item, _ in found})
        items = tuple(matters.to_followup(item, what, people[item.owner_id]) for item, what in found)
        return Everything(view, items, shown, pages)


def _acting(work: UnitOfWork, actor: Actor, case_id: str) -> CaseView:
    view = cases.seen_by(work, actor, case_id)
    view.check_may_act(actor)
    return view


def _show(work: UnitOfWork, view: CaseView) -> None:
    deliveries.refresh_headline(work, view.case.workspace_id, view.case.id, view.case.lane)
    deliveries.refresh_sent(work, receipts_of_case=view.case.id)


def _nobody_is_left(work: UnitOfWork, actor: Actor, case_id: str, declined: Contact) -> None:
    """Everybody on the other side said no: whoever opened the case and both coordinators are told, once."""
    view = cases.seen_by(work, actor, case_id)
    if not view.is_without_counterpart:
        return
    people = directory.contacts_by_ids(work, actor.workspace_id, [view.case.opened_by])
    opener = people[view.case.opened_by]
    everybody = directory.all_contacts(work, actor.workspace_id)
    told = {opener.id: opener}
    for agency_id in (opener.agency_id, declined.agency_id):
        leading = (c for c in everybody if c.role is Role.COORDINATOR and c.agency_id == agency_id)
        told |= {c.id: c for c in list(leading)[:1]}
    for contact in told.values():
        requests.tell_that_nobody_is_left(work, view.case, contact, opener)


def _somebody_is_there(work: UnitOfWork, case_id: str) -> None:
    for matter in matters.of_case(work, case_id, MatterKind.NOBODY):
        if not matter.state.is_open:
            continue
        settling.settle(work, matter, matter.moved(MatterState.DONE, work.now))


def _asked(work: UnitOfWork, actor: Actor, matter_id: str) -> tuple[Matter, Contact, Contact]:
    matter = matters.matter(work, actor.workspace_id, matter_id)
    if matter is None or actor.is_stranger:
        raise NotFound("refused.gone")
    matter.check_open()  # first: once a substitute has accepted it is hers, and the one who was asked learns just that
    owner = directory.contacts_by_ids(work, actor.workspace_id, [matter.owner_id])[matter.owner_id]
    return matter, owner, check_answerer(actor, owner, stand_in_id=absences.answers_for(work, owner).id)


def _settle(
    work: UnitOfWork,
    before: Matter,
    owner: Contact,
    after: Matter,
    place: ParticipantState,
    *,
    by_id: str | None = None,
) -> CaseView:
    settling.settle(work, before, after)
    cases.set_participant(work, str(after.case_id), owner.id, place, by_id=by_id)
    deliveries.refresh_sent(work, receipts_of_case=str(after.case_id))
    view = cases.view(work, after.workspace_id, str(after.case_id))
    if view is None:
        raise NotFound("refused.gone")
    deadlines.follow(work, view.case)
    channels.follow(work, view.case)
    deliveries.refresh_headline(work, after.workspace_id, view.case.id, view.case.lane)
    return view


def _next_in_line(work: UnitOfWork, contact: Contact) -> list[Contact]:
    everybody = directory.all_contacts(work, contact.workspace_id)
    substitutes = [c for c in everybody if c.key == contact.substitute_key]
    coordinators = [c for c in everybody if c.role is Role.COORDINATOR and c.agency_id == contact.agency_id]
    return substitutes + coordinators
