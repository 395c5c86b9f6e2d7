"""What follow-ups, clearances and promised words have in common: who may answer, and what follows from an answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.domain import clearances as clearance_rules
from bot.domain import ladders
from bot.domain import words as word_rules
from bot.domain.deliveries import Delivery, DeliveryKind, DeliveryState
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.matters import Matter, MatterKind, MatterState, check_answerer
from bot.domain.people import Actor, Contact
from storage import absences, audit, cases, deliveries, directory, followups, matters, settling
from storage.schema import new_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.domain.cases import CaseView
    from storage.uow import UnitOfWork

PLANS = {MatterKind.CLEARANCE: clearance_rules.plan, MatterKind.WORD: word_rules.plan}
"""Who plans the rungs of a kind of agreement; every other has the usual ladder."""


@dataclass(frozen=True, slots=True)
class Held:
    """One agreement with its case and the two people it lies between."""

    view: CaseView
    matter: Matter
    owner: Contact
    asker: Contact


def acting(work: UnitOfWork, actor: Actor, case_id: str) -> CaseView:
    """The case in which a person is about to act; raises where there is none, or where she may not."""
    view = cases.seen_by(work, actor, case_id)
    view.check_may_act(actor)
    return view


def held(work: UnitOfWork, actor: Actor, matter_id: str, *kinds: MatterKind) -> Held:
    """An agreement of one of these kinds; raises `NotFound` where there is none, and for whoever is not known."""
    matter = matters.matter(work, actor.workspace_id, matter_id)
    if matter is None or matter.case_id is None or actor.is_stranger or (kinds and matter.kind not in kinds):
        raise NotFound("refused.gone")
    view = cases.view(work, actor.workspace_id, matter.case_id, with_matter=matter.id)
    if view is None:
        raise NotFound("refused.gone")
    people = directory.contacts_by_ids(work, actor.workspace_id, {matter.owner_id, matter.asker_id})
    return Held(view, matter, people[matter.owner_id], people[matter.asker_id])


def check_owner(work: UnitOfWork, actor: Actor, found: Held) -> Contact:
    """Who answers for the one who owes, or would owe, it."""
    return check_answerer(actor, found.owner, stand_in_id=absences.answers_for(work, found.owner).id)


def check_asker(work: UnitOfWork, actor: Actor, found: Held) -> Contact:
    """Who speaks for the one who asked; raises `NotAllowed`, naming her, for everybody else."""
    try:
        return check_answerer(actor, found.asker, stand_in_id=absences.answers_for(work, found.asker).id)
    except NotAllowed:
        raise NotAllowed("refused.not_asker", asker=found.asker.name) from None


def check_takes_back(work: UnitOfWork, actor: Actor, found: Held) -> None:
    """Who takes back an answer: whoever gave it, or speaks for her side of it; raises `NotAllowed` for everybody else."""
    matter, mine = found.matter, actor.contact
    gave = audit.last_by(work, matter.workspace_id, matter.id)
    if mine is not None and mine.id == gave:
        return
    if matter.reason == clearance_rules.REVOKED and gave is not None:
        person = directory.contacts_by_ids(work, matter.workspace_id, [gave])[gave]
        check_answerer(actor, person, stand_in_id=absences.answers_for(work, person).id)
    elif matter.state is MatterState.WITHDRAWN:
        check_asker(work, actor, found)
    else:
        check_owner(work, actor, found)


def speaks_for_owner(work: UnitOfWork, actor: Actor, found: Held) -> bool:
    """Whether a person answers for the one who owes it; raises `NotAllowed` where she speaks for neither of the two."""
    try:
        check_owner(work, actor, found)
    except NotAllowed:
        check_asker(work, actor, found)
        return False
    return True


def write(work: UnitOfWork, found: Held, after: Matter) -> None:
    """An answer is kept; the ladder, the headline and every message about it follow."""
    matters.change(work, found.matter, after)
    climb(work, found.view, after)
    show(work, found.view, after)


def ask(work: UnitOfWork, view: CaseView, matter: Matter) -> None:
    """Something new is asked or promised: its ladder begins, whoever waits for it has a receipt, the headline says it."""
    climb(work, view, matter)
    if matter.asker_id != matter.owner_id:
        receipt(work, matter)
    show(work, view, matter)


def climb(work: UnitOfWork, view: CaseView, matter: Matter) -> None:
    """The rungs of an agreement from now on, in the working time of whoever owes it."""
    plan = PLANS.get(matter.kind, ladders.plan)
    owner = directory.contacts_by_ids(work, matter.workspace_id, [matter.owner_id])[matter.owner_id]
    rungs = plan(matter, work.working_time_of(owner), now=work.now, urgency=view.case.urgency)
    deliveries.replace_rungs(work, matter, rungs)


def show(work: UnitOfWork, view: CaseView, matter: Matter) -> None:
    """The headline and every message about an agreement are brought up to date."""
    deliveries.refresh_headline(work, matter.workspace_id, view.case.id, view.case.lane)
    deliveries.refresh_sent(work, matter_id=matter.id)


def receipt(work: UnitOfWork, matter: Matter) -> None:
    """To whoever asked, one message edited in place: where it is."""
    deliveries.add_receipt(work, matter, matter.asker_id, case_id=matter.case_id)


def tell(work: UnitOfWork, matter: Matter, people: Iterable[Contact], word: str) -> None:
    """A message of its own to these people, or to whoever stands in for them, about what became of an agreement."""
    for contact_id in {absences.answers_for(work, person).id for person in people}:
        told = Delivery(
            id=new_id(),
            workspace_id=matter.workspace_id,
            kind=DeliveryKind.RECEIPT,
            state=DeliveryState.DUE,
            due_at=work.now,
            lane=f"person:{contact_id}",
            case_id=matter.case_id,
            matter_id=matter.id,
            rung=word,
            revision=matter.revision,
            recipient_id=contact_id,
        )
        deliveries.add(work, told, dedupe=f"tell:{matter.id}:{matter.revision}:{word}:{contact_id}")


def overtake_counters(work: UnitOfWork, view: CaseView, followup_id: str, *, but: str | None = None) -> None:
    """The follow-up was answered itself: what was proposed instead of it asks nobody any more."""
    for counter, of_followup, _, _ in followups.counters_of(work, view.case.id):
        if of_followup == followup_id and counter.id != but and counter.state.is_open:
            after = replace(counter.moved(MatterState.WITHDRAWN, work.now), reason="overtaken")
            settling.settle(work, counter, after)
