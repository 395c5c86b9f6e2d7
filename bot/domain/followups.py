"""What can be agreed, when, and what it needs: the closed lists of follow-ups in one place, and the rules of changing one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain import tracks
from bot.domain.cases import CaseView, Counter, Followup, FollowupWhat, ParticipantState
from bot.domain.clearances import Level, Need, Towards
from bot.domain.errors import BadInput
from bot.domain.matters import Matter, MatterState
from bot.domain.people import Contact, Side
from bot.domain.working_time import WorkingTime

UNDO = timedelta(minutes=10)
"""So long what was just answered can be taken back with one tap; later it is opened again, with a reason."""


class Group(StrEnum):
    """Under which heading a follow-up stands in the form."""

    FIRST = "first"
    """What fits this kind of case at this stage."""
    NEWS = "news"
    INTERVIEW = "interview"
    CHILD = "child"
    PAPERS = "papers"
    MEETING = "meeting"


W = FollowupWhat
GROUPS: Mapping[Group, tuple[FollowupWhat, ...]] = {
    Group.NEWS: (W.CALL_BACK_WITH_NEWS, W.STATUS_OF_INVESTIGATION, W.TELL_BEFORE_STEP, W.TELL_DECISION),
    Group.INTERVIEW: (W.DATE_FOR_INTERVIEW, W.INVOLVE_CHILDRENS_HOUSE, W.MEDICAL_EXAMINATION),
    Group.CHILD: (
        W.ANSWER_ABOUT_TALK, W.TALK_WITH_CHILD, W.TALK_WITH_PARENTS, W.INFORM_SCHOOL, W.PROTECT_CHILD, W.CONCERN_TALK,
    ),
    Group.PAPERS: (W.REPORT_TO_POLICE, W.SEND_BY_SECURE_MAIL, W.SEND_ASSESSMENT),
    Group.MEETING: (W.AGREE_ON_MEETING, W.CASE_COUNCIL, W.PREVENTION_PLAN),
}  # fmt: skip
"""Every follow-up under its heading, in the order of the form."""
BY_KIND: Mapping[str, tuple[FollowupWhat, ...]] = {
    "young-offending": (W.CONCERN_TALK, W.PREVENTION_PLAN),
    "extremism-gang": (W.CONCERN_TALK, W.PREVENTION_PLAN),
    "sexual-abuse": (W.ANSWER_ABOUT_TALK, W.INVOLVE_CHILDRENS_HOUSE),
    "physical-violence": (W.ANSWER_ABOUT_TALK, W.DATE_FOR_INTERVIEW),
    "missing-child": (W.CALL_BACK_WITH_NEWS, W.PROTECT_CHILD),
    "acute-danger": (W.PROTECT_CHILD, W.CALL_BACK_WITH_NEWS),
}
"""What fits a kind of case at any stage."""
BY_STAGE: Mapping[str, tuple[FollowupWhat, ...]] = {
    "municipality.received": (W.REPORT_TO_POLICE, W.ANSWER_ABOUT_TALK),
    "municipality.assessed": (W.REPORT_TO_POLICE, W.TALK_WITH_CHILD),
    "police.asked": (W.ANSWER_ABOUT_TALK,),
    "police.report-received": (W.ANSWER_ABOUT_TALK, W.DATE_FOR_INTERVIEW),
    "police.investigating": (W.STATUS_OF_INVESTIGATION, W.TELL_BEFORE_STEP),
    "police.interview-planned": (W.INVOLVE_CHILDRENS_HOUSE, W.ANSWER_ABOUT_TALK),
    "police.interview-held": (W.CALL_BACK_WITH_NEWS, W.TALK_WITH_PARENTS),
    "police.with-prosecutor": (W.TELL_DECISION,),
}
"""What fits where a side has come to ("track.stage")."""
EVENTS = (
    "municipality.received",
    "municipality.assessed",
    "municipality.child-talked-with",
    "police.report-received",
    "police.interview-held",
    "police.with-prosecutor",
    "police.ended",
    "childrens-house.held",
)
"""On which events a due moment can hang ("track.stage")."""
INTERVIEWS = frozenset({"police.interview-held", "childrens-house.held"})
"""Events that mean that the video interview was held."""
DAYS_AFTER = (0, 1, 2, 3, 5, 10)
"""Working days after an event that can be chosen."""
NEEDS: Mapping[FollowupWhat, Need] = {
    W.TALK_WITH_CHILD: Need(Towards.CHILD, Level.FREE),
    W.TALK_WITH_PARENTS: Need(Towards.PARENTS, Level.FREE),
    W.CONCERN_TALK: Need(Towards.PARENTS, Level.PRACTICAL),
    W.INFORM_SCHOOL: Need(Towards.SCHOOL, Level.PRACTICAL),
}
"""Which steps need which clearance."""
DECLINED = ("not-mine", "no-time", "too-early", "not-needed", "not-allowed")
WITHDRAWN = ("not-needed", "already-done", "mistake")
WONT_DO = ("not-needed", "not-possible", "changed", "other-solution")
COUNTERED = ("no-time", "too-early", "waits-for-other", "not-mine")
REOPENED = ("mistake", "not-finished", "new-situation")
WITHOUT_CLEARANCE = ("agreed-by-phone", "child-safety", "told-by-family", "duty")
"""The reasons a person chooses from: closed lists."""


@dataclass(frozen=True, slots=True)
class When:
    """By when: a moment (UTC), or so many working days after an event. `at` is also set once the event is known."""

    at: datetime | None = None
    event: str | None = None
    days: int = 0


def choices(kind: str, stages: Collection[str]) -> tuple[tuple[Group, tuple[FollowupWhat, ...]], ...]:
    """What can be agreed in a case of this kind at these stages: first what fits, then all else under its heading."""
    fitting = [*(what for stage in stages for what in BY_STAGE.get(stage, ())), *BY_KIND.get(kind, ())]
    first = tuple(dict.fromkeys(fitting))
    rest = tuple((group, tuple(what for what in whats if what not in first)) for group, whats in GROUPS.items())
    return tuple((group, whats) for group, whats in ((Group.FIRST, first), *rest) if whats)


def resolved(event_at: datetime, days: int, working_time: WorkingTime) -> datetime:
    """The due moment that hangs on an event, now that it is known (UTC)."""
    return working_time.plus_days(event_at, days) if days else working_time.next_working_moment(event_at)


def countered(followup: Followup, counter: Counter) -> Matter:
    """The follow-up once a counter-proposal is accepted.

    Whoever proposed it and whoever accepted it have both said yes: it is agreed where it is theirs, and asked of anybody
    else. Whoever owes it is never the one who waits for it.
    """
    matter, owner = followup.matter, counter.owner
    both = (counter.proposer.id, counter.answerer.id)
    asker_id = matter.asker_id
    if owner.id == asker_id and matter.owner_id != owner.id:
        asker_id = next(one for one in both if one != owner.id) if owner.id in both else matter.owner_id
    return replace(
        matter,
        state=MatterState.AGREED if owner.id in both else MatterState.PROPOSED,
        owner_id=owner.id,
        side=owner.side,
        asker_id=asker_id,
        due_at=counter.due_at,
        revision=matter.revision + 1,
    )


def owner_of(view: CaseView, owner_id: str) -> Contact:
    """Whose a follow-up shall be: a person, or whoever takes part for a side. Raises `BadInput` for everybody else."""
    side = of_side(owner_id)
    here = [p for p in view.participants if p.state in {ParticipantState.ACCEPTED, ParticipantState.ASKED}]
    here.sort(key=lambda place: place.state is not ParticipantState.ACCEPTED)
    found = next((p.contact for p in here if p.contact.id == owner_id or p.contact.side is side), None)
    if found is None:
        raise BadInput("followup.error.owner", field="owner")
    return found


def checked(wanted: When, view: CaseView, working_time: WorkingTime, *, now: datetime) -> When:
    """By when, with its moment where the event is known; raises `BadInput` for a moment that has passed, or none at all."""
    if wanted.event is not None:
        if wanted.event not in EVENTS:
            raise BadInput("followup.error.event", field="event")
        known = event_at(view, wanted.event)
        at = resolved(known, wanted.days, working_time) if known else None
        return When(at, wanted.event, wanted.days)
    if wanted.at is None:
        raise BadInput("followup.error.when", field="due")
    if wanted.at <= now:
        raise BadInput("followup.error.past", field="due")
    return When(wanted.at)


def event_at(view: CaseView, event: str) -> datetime | None:
    """When an event of a case was or will be (UTC), or None where it is not known yet."""
    known = tracks.event(view.events, event)
    return known.at if known else None


def may_undo(matter: Matter, now: datetime) -> bool:
    """Whether it was settled so short a time ago that one tap takes it back."""
    return matter.settled_at is not None and now - matter.settled_at <= UNDO


def of_side(value: str) -> Side | None:
    """The side that is meant by an owner given as a role ("side:police"), or None for a person."""
    kind, _, side = value.partition(":")
    return Side(side) if kind == "side" and side in set(Side) else None
