"""A case as the two sides share it: code, kind, urgency, municipality, participants, agreements. Nothing about the child."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.deadlines import CaseDeadline
from bot.domain.errors import NotAllowed, Settled
from bot.domain.intake import GuardedText
from bot.domain.matters import Matter
from bot.domain.people import Actor, Contact


class Urgency(StrEnum):
    """How soon the other side is needed."""

    NOW = "now"
    SAME_DAY = "same-day"
    NEXT_DAY = "next-day"
    ROUTINE = "routine"


MOST_NOTE = 120
"""Characters of the description of a follow-up."""


class FollowupWhat(StrEnum):
    """What can be agreed, from a closed list: a step in the cooperation, never a fact about a person."""

    CALL_BACK_WITH_NEWS = "call-back-with-news"
    DATE_FOR_INTERVIEW = "date-for-interview"
    ANSWER_ABOUT_TALK = "answer-about-talk"
    STATUS_OF_INVESTIGATION = "status-of-investigation"
    SEND_BY_SECURE_MAIL = "send-by-secure-mail"
    AGREE_ON_MEETING = "agree-on-meeting"
    INVOLVE_CHILDRENS_HOUSE = "involve-childrens-house"


@dataclass(frozen=True, slots=True)
class Room:
    """Where case threads live: the channel of one municipality, in one language. Everybody in it can read its threads."""

    id: str
    workspace_id: str
    country: str
    municipality: str
    channel: str
    language: str


@dataclass(frozen=True, slots=True)
class Case:
    """One case. `thread_ts` and `permalink` are None until Slack has the headline."""

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
    closed_at: datetime | None = None
    closed_by: str | None = None
    close_reason: str | None = None
    forgotten_at: datetime | None = None
    """When the bot began to delete it, at the end of the retention time; nothing can be done in it any more."""

    @property
    def is_open(self) -> bool:
        """Whether something can still be agreed in it."""
        return self.closed_at is None


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


@dataclass(frozen=True, slots=True)
class Followup:
    """Something agreed, as it is shown: the matter, what it is about, and whose it is."""

    matter: Matter
    what: FollowupWhat
    owner: Contact
    note: GuardedText | None = None
    """What exactly, in a few words; the only free text a case keeps, gone with it."""


@dataclass(frozen=True, slots=True)
class CaseView:
    """All that the headline says of a case, read in one go."""

    case: Case
    participants: tuple[Participant, ...]
    followups: tuple[Followup, ...]
    requests: tuple[Matter, ...] = ()
    deadlines: tuple[CaseDeadline, ...] = ()
    """The open questions whether somebody takes part."""
    closed_by: Contact | None = None

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
