"""The deadlines of cases: what each is, as it was when the case got it, and how events set and move them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain import ladders
from bot.domain.cases import Case, CaseView, ParticipantState
from bot.domain.deadlines import CaseDeadline, Deadline, DeadlineView, Timeline, due, for_agencies
from bot.domain.matters import DueClock, Matter, MatterKind, MatterState, proposed
from bot.domain.people import Contact, Role, Side
from bot.domain.working_time import WorkingTime
from storage import cases, deadline_rows, deliveries, directory, matters, settling, tracks
from storage.schema import new_id
from storage.uow import UnitOfWork

EVENT = "event"
"""Why a deadline was settled that an event ended: no person said so."""


def attach(work: UnitOfWork, case: Case, events: Mapping[str, datetime]) -> list[Matter]:
    """Give a case the deadlines its events call for, and let those it has follow their events; gives back what changed.

    `events` are all that are known, by name (`municipality.received`), with their moments (UTC). It may be called as
    often as one likes: one matter for each timeline. An event that moved moves the due moment, one that is gone lets
    it wait again, one that ends a deadline settles it. `work.timelines` are the rows that hold now; a deadline that is
    there already keeps what it began with.
    """
    view = cases.view(work, case.workspace_id, case.id)
    if view is None or not view.case.is_open:
        return []
    changed = [after for item in view.deadlines if (after := _follow(work, view, item, events)) is not None]
    known = {name for item in view.deadlines for name in (item.deadline.timeline, item.deadline.choice) if name}
    for timeline in for_agencies(work.timelines(view.case.country), _agencies(view)):
        name = timeline.deadline.choice or timeline.key
        if name not in known and _is_called_for(timeline, events):
            added = _add(work, view, timeline, events)
            known.add(name)
            changed += [added] if added else []
    return changed


def follow(work: UnitOfWork, case: Case) -> list[Matter]:
    """Look again at a case whose people have changed: the events are those that are known already."""
    return attach(work, case, {event.name: event.at for event in tracks.events_of(work, case.id)})


def view_of(work: UnitOfWork, matter: Matter) -> DeadlineView | None:
    """A deadline as its reminder shows it, or None where it is gone."""
    view = cases.view(work, matter.workspace_id, str(matter.case_id))
    if view is None:
        return None
    found = next((item for item in view.deadlines if item.matter.id == matter.id), None)
    if found is None:
        return None
    office = work.working_time(found.owner.country, found.owner.side)
    return DeadlineView(
        matter=found.matter, deadline=found.deadline, owner=found.owner, code=view.case.code,
        permalink=view.case.permalink, country=view.case.country, language=view.case.language,
        office_is_open=office.next_working_moment(work.now) == work.now, options=options(work, view, found.deadline),
    )  # fmt: skip


def options(work: UnitOfWork, view: CaseView, deadline: Deadline) -> tuple[Timeline, ...]:
    """The answers to a closed question, in the order of the table; none where it is answered."""
    if deadline.amount is not None:
        return ()
    known = for_agencies(work.timelines(view.case.country), _agencies(view))
    return tuple(t for t in known if t.deadline.choice == deadline.choice)


def choose(work: UnitOfWork, view: CaseView, asked: CaseDeadline, chosen: Deadline) -> Matter:
    """The closed question is answered: from now on the chosen timeline counts, from the event that was known."""
    events = deadline_rows.known_events(work, view.case.id, matter_id=asked.matter.id)
    agreed = replace(asked.matter.moved(MatterState.AGREED, work.now), clock=chosen.clock)
    return _write(work, view, (asked.matter, agreed), chosen, events)


def _agencies(view: CaseView) -> dict[Side, frozenset[str]]:
    places = [place.contact for place in view.participants if place.state in _THERE]
    return {side: frozenset(c.agency_key for c in places if c.side is side) for side in Side}


_THERE = (ParticipantState.ACCEPTED, ParticipantState.ASKED)


def _is_called_for(timeline: Timeline, events: Mapping[str, datetime]) -> bool:
    over = any(event in events for event in timeline.deadline.ends)
    return not over and (not timeline.attach or timeline.attach in events)


def _add(work: UnitOfWork, view: CaseView, timeline: Timeline, events: Mapping[str, datetime]) -> Matter | None:
    owner = _owner(work, view, timeline.side)
    if owner is None:
        return None
    deadline = timeline.deadline
    if deadline.choice:  # which of them applies is a closed question, asked of the side that knows
        name = deadline.name.partition(",")[0], deadline.name_en.partition(",")[0]
        deadline = replace(deadline, timeline=deadline.choice, amount=None, name=name[0], name_en=name[1])
    asked = proposed(new_id(), MatterKind.DEADLINE, owner, owner.id, now=work.now, case_id=view.case.id)
    state = MatterState.PROPOSED if deadline.choice else MatterState.AGREED
    matter = replace(asked, state=state, clock=deadline.clock, basis=deadline.law[:64] or None)
    matters.add(work, matter)
    deadline_rows.add(work, matter.id, deadline)
    return _write(work, view, (matter, matter), deadline, events)


def _follow(work: UnitOfWork, view: CaseView, held: CaseDeadline, events: Mapping[str, datetime]) -> Matter | None:
    """What becomes of a deadline now, or None where nothing does."""
    matter, deadline = held.matter, held.deadline
    ended = any(event in events for event in deadline.ends)
    if matter.state.is_open and ended:
        return _settle(work, matter, MatterState.DONE)
    if not matter.state.is_open and (ended or matter.reason != EVENT):
        return None
    owner = _owner(work, view, matter.side, now=matter.owner_id)
    owner_id = owner.id if owner else matter.owner_id
    after = replace(matter, owner_id=owner_id, asker_id=owner_id)
    if not matter.state.is_open:  # what ended it was a mistake: it is owed again
        state = MatterState.AGREED if deadline.amount else MatterState.PROPOSED
        after = replace(after, state=state, settled_at=None, reason=None)
    if after == matter and _due(work, matter, deadline, events) == matter.due_at:
        return None
    return _write(work, view, (matter, after), deadline, events)


def _settle(work: UnitOfWork, matter: Matter, state: MatterState) -> Matter:
    after = matter.moved(state, work.now, reason=EVENT)
    settling.settle(work, matter, after)
    return after


def _due(work: UnitOfWork, matter: Matter, deadline: Deadline, events: Mapping[str, datetime]) -> datetime | None:
    owner = directory.contacts_by_ids(work, matter.workspace_id, [matter.owner_id])[matter.owner_id]
    return due(deadline, events, _working_time(work, deadline, owner))


def _working_time(work: UnitOfWork, deadline: Deadline, owner: Contact) -> WorkingTime:
    """By whose hours it is counted and reminded of: what is owed by law goes by nobody's choice."""
    return work.working_time_of(owner) if deadline.clock is DueClock.AGREED else work.listed_time_of(owner)


def _write(
    work: UnitOfWork,
    view: CaseView,
    change: tuple[Matter, Matter],
    deadline: Deadline,
    events: Mapping[str, datetime],
) -> Matter:
    """The deadline with the due moment its events give it, and the rungs it has from now on."""
    before, after = change
    after = replace(after, due_at=_due(work, after, deadline, events), revision=before.revision + 1)
    matters.change(work, before, after)
    deadline_rows.change(work, after.id, deadline, deadline.counted_from(events))
    owner = directory.contacts_by_ids(work, after.workspace_id, [after.owner_id])[after.owner_id]
    working_time = _working_time(work, deadline, owner)
    rungs = ladders.plan_deadline(after, deadline, working_time, now=work.now, urgency=view.case.urgency)
    deliveries.replace_rungs(work, after, rungs)
    deliveries.refresh_sent(work, matter_id=after.id)
    return after


def _owner(work: UnitOfWork, view: CaseView, side: Side, *, now: str | None = None) -> Contact | None:
    """Whose a side's deadline is: who takes part for it, else the coordinator of the agency that was asked.

    Whoever has it `now` keeps it while she takes part.
    """
    mine = [place for place in view.participants if place.contact.side is side]
    there = [place.contact for place in mine if place.state is ParticipantState.ACCEPTED]
    kept = next((contact for contact in there if contact.id == now), None)
    worker = next((contact for contact in there if contact.role in {Role.CASEWORKER, Role.CONTACT}), None)
    if found := kept or worker or next(iter(there), None):
        return found
    asked = next((place.contact for place in mine if place.state is ParticipantState.ASKED), None)
    if asked is None:
        return None
    everybody = directory.all_contacts(work, asked.workspace_id)
    theirs = (c for c in everybody if c.role is Role.COORDINATOR and c.agency_id == asked.agency_id)
    return next(theirs, asked)
