"""A case as the two sides share it: code, kind, urgency, municipality, participants, agreements. Nothing about the child."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.clearances import Clearance
from bot.domain.deadlines import CaseDeadline
from bot.domain.errors import NotAllowed, Settled
from bot.domain.intake import GuardedText
from bot.domain.matters import Matter
from bot.domain.people import Actor, Contact, Side
from bot.domain.tracks import CaseEvent, Track
from bot.domain.urgency import Urgency
from bot.domain.words import Word

MOST_NOTE = 120
"""Characters of the description of a follow-up."""


class CaseSubject(StrEnum):
    """What a thread is about; which child, which group, which place is never said."""

    CASE = "case"
    GROUP = "group"
    PLACE = "place"
    THEME = "theme"


class FollowupWhat(StrEnum):
    """What can be agreed, from a closed list: a step in the cooperation, never a fact about a person."""

    CALL_BACK_WITH_NEWS = "call-back-with-news"
    DATE_FOR_INTERVIEW = "date-for-interview"
    ANSWER_ABOUT_TALK = "answer-about-talk"
    STATUS_OF_INVESTIGATION = "status-of-investigation"
    SEND_BY_SECURE_MAIL = "send-by-secure-mail"
    AGREE_ON_MEETING = "agree-on-meeting"
    INVOLVE_CHILDRENS_HOUSE = "involve-childrens-house"
    TELL_BEFORE_STEP = "tell-before-step"
    TELL_DECISION = "tell-decision"
    REPORT_TO_POLICE = "report-to-police"
    SEND_ASSESSMENT = "send-assessment"
    MEDICAL_EXAMINATION = "medical-examination"
    PROTECT_CHILD = "protect-child"
    TALK_WITH_CHILD = "talk-with-child"
    TALK_WITH_PARENTS = "talk-with-parents"
    INFORM_SCHOOL = "inform-school"
    CASE_COUNCIL = "case-council"
    CONCERN_TALK = "concern-talk"
    PREVENTION_PLAN = "prevention-plan"


@dataclass(frozen=True, slots=True)
class Room:
    """Where case threads live: the channel of one municipality, in one language. Everybody in it can read its threads."""

    id: str
    workspace_id: str
    country: str
    municipality: str
    channel: str
    language: str
    per_case: bool = False
    """Both sides want it: every new case gets a private channel of its own instead of a thread here."""


@dataclass(frozen=True, slots=True)
class Case:
    """One case. `thread_ts` and `permalink` are None until Slack has the headline.

    `channel` is where its headline stands; with a channel of its own it is empty until Slack has made that.
    """

    id: str
    workspace_id: str
    code: str
    kind: str
    urgency: Urgency
    country: str
    municipality: str
    room_id: str
    channel: str
    language: str
    opened_by: str
    opened_at: datetime
    thread_ts: str | None = None
    permalink: str | None = None
    subject: CaseSubject = CaseSubject.CASE
    replaces: bool = False
    """Its headline may stand in the room twice, because Slack did not say whether it took the first one."""
    closed_at: datetime | None = None
    closed_by: str | None = None
    close_reason: str | None = None
    forgotten_at: datetime | None = None
    """When the bot began to delete it, at the end of the retention time; nothing can be done in it any more."""
    own_channel: bool = False
    """It has a private channel for itself; who takes part is in it, and nobody else is let in by the bot."""

    @property
    def is_open(self) -> bool:
        """Whether something can still be agreed in it."""
        return self.closed_at is None

    @property
    def lane(self) -> str:
        """The lane of what is posted where everybody of the case reads it: its channel, or, while that is made, itself."""
        return f"case:{self.id}" if self.own_channel else self.channel


class ParticipantState(StrEnum):
    """Whether a person has taken a place in a case."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    PASSED_ON = "passed-on"
    """Somebody who stands in for her took the place."""


@dataclass(frozen=True, slots=True)
class Participant:
    """A person at work and the place she has, was asked for, or declined in a case."""

    contact: Contact
    state: ParticipantState
    by: Contact | None = None
    """Who took the place on her behalf, where she has no Slack herself."""


@dataclass(frozen=True, slots=True)
class Followup:
    """Something agreed, as it is shown: the matter, what it is about, and whose it is."""

    matter: Matter
    what: FollowupWhat
    owner: Contact
    note: GuardedText | None = None
    """What exactly, in a few words; the only free text a case keeps, gone with it."""
    asker: Contact | None = None
    role: Side | None = None
    """It was asked of whoever takes part for this side, not of a person."""
    event: str | None = None
    """The event on which its due moment hangs ("police.interview-held"); without one it is a plain moment."""
    event_days: int = 0
    """So many working days after that event."""
    counter: Counter | None = None
    """The counter-proposal that waits for an answer."""

    @property
    def waits_for_event(self) -> bool:
        """Whether its due moment is not known yet."""
        return self.event is not None and self.matter.due_at is None


@dataclass(frozen=True, slots=True)
class Counter:
    """A counter-proposal as it is shown: the matter that asks for it, and what it would change."""

    matter: Matter
    followup_id: str
    owner: Contact
    """Whose the follow-up would be."""
    due_at: datetime | None
    event: str | None
    event_days: int
    answerer: Contact
    """Who is asked."""
    proposer: Contact


@dataclass(frozen=True, slots=True)
class CaseView:
    """All that the headline says of a case, read in one go."""

    case: Case
    participants: tuple[Participant, ...]
    followups: tuple[Followup, ...]
    requests: tuple[Matter, ...] = ()
    deadlines: tuple[CaseDeadline, ...] = ()
    """The open questions whether somebody takes part."""
    clearances: tuple[Clearance, ...] = ()
    """What may be said or done towards whom: asked for, standing, or run out and asked about."""
    words: tuple[Word, ...] = ()
    """Who owes the next news."""
    events: tuple[CaseEvent, ...] = ()
    """Which stage of which track was reached when, the earliest first."""
    unseen: int = 0
    """Settled follow-ups that were not read along."""
    unseen_open: int = 0
    """Open follow-ups that were not read along: those that are due last."""
    closed_by: Contact | None = None
    let_in: tuple[Contact, ...] = ()
    """Whom the bot has let into the case's own channel; nobody where it stands in a room."""

    @property
    def country(self) -> str:
        """The country whose words and hours hold where a reader's own are not known."""
        return self.case.country

    @property
    def language(self) -> str:
        """The language of a reader whose own is not known."""
        return self.case.language

    @property
    def asked_by(self) -> str:
        """The contact who gets the receipt: whoever opened it."""
        return self.case.opened_by

    def participant(self, contact_id: str) -> Participant | None:
        """This person's place in the case, or None."""
        return next((p for p in self.participants if p.contact.id == contact_id), None)

    @property
    def taking_part(self) -> list[Contact]:
        """Who has taken a place."""
        return [place.contact for place in self.participants if place.state is ParticipantState.ACCEPTED]

    @property
    def is_without_counterpart(self) -> bool:
        """Whether nobody beside the opener's own side takes part, and nobody is asked either."""
        opener = self.participant(self.case.opened_by)
        side = opener.contact.side if opener else None
        there = {ParticipantState.ACCEPTED, ParticipantState.ASKED}
        return not any(place.contact.side is not side for place in self.participants if place.state in there)

    def check_may_move(self, actor: Actor, track: Track, coordinators: Iterable[Contact]) -> bool:
        """Whether she moves a track on another's behalf; raises `NotAllowed`, naming who may, where she may not at all.

        A side's participants and its coordinators move its own track. Where the children's house takes part with
        nobody in Slack, the coordinator of any agency that takes part does it on its behalf.
        """
        side = Side(track.value)
        moving = [c for c in self.taking_part if c.side is side and c.can_be_reached]
        here = {place.contact.agency_id for place in self.participants}
        leading = [c for c in coordinators if c.agency_id in here]
        behalf = track is Track.CHILDRENS_HOUSE and not moving
        if not behalf:
            leading = [c for c in leading if c.side is side]
        may = {c.id: c for c in (*moving, *leading)}
        if actor.contact is None or actor.contact.id not in may:
            names = ", ".join(sorted(c.name for c in may.values()))
            raise NotAllowed("refused.track" if names else "refused.track.nobody", names=names)
        if not self.case.is_open:
            raise Settled("settled.case_closed", code=self.case.code)
        return behalf

    def check_may_act(self, actor: Actor) -> None:
        """Raise as `check_takes_part`, and `Settled` where the case is closed: it must be reopened first."""
        self.check_takes_part(actor)
        if not self.case.is_open:
            raise Settled("settled.case_closed", code=self.case.code)

    def check_takes_part(self, actor: Actor) -> None:
        """Raise `NotAllowed` unless she takes part, or coordinates for an agency that takes part."""
        contact = actor.contact
        if contact is not None:
            mine = self.participant(contact.id)
            if mine is not None and mine.state is ParticipantState.ACCEPTED:
                return
            if actor.is_coordinator and any(p.contact.agency_id == contact.agency_id for p in self.participants):
                return
        names = ", ".join(p.contact.name for p in self.participants if p.state is ParticipantState.ACCEPTED)
        raise NotAllowed("refused.not_participant", participants=names)
