"""What is to be sent: a row before it is a message in Slack.

    due ──► claimed ──► sending ──► sent
     ▲         │           ├──────► unknown ──► sent (found again) | due (sent once more)
     └─────────┴───────────┴──────► parked (for good, with a reason) | cancelled (settled while it waited)               └──────► bundled ──► told (waited for its reader's digest, and stood in it) | cancelled

A nudge is a delivery with a rung. The same table carries the headline of a case and the later edits of what was sent,
so that all three survive a crash at any instant in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from bot.domain.absences import AbsenceView
from bot.domain.callbacks import CallbackView
from bot.domain.cases import CaseView, ParticipantState
from bot.domain.channels import WishView
from bot.domain.closing import ExportView
from bot.domain.confirmations import ConfirmationView
from bot.domain.corrections import CorrectionView
from bot.domain.deadlines import DeadlineView
from bot.domain.digests import DigestView
from bot.domain.handovers import HandoverView
from bot.domain.incidents import IncidentView
from bot.domain.matters import Matter
from bot.domain.memberships import MembershipView
from bot.domain.opening import RoomView
from bot.domain.people import Contact
from bot.domain.setup import Hello, SetupView
from bot.domain.upkeep import UpkeepView
from bot.domain.urgency import Urgency


class DeliveryKind(StrEnum):
    """What kind of message it becomes."""

    NUDGE = "nudge"
    HEADLINE = "headline"
    RECEIPT = "receipt"
    """To the one who asked: where her request is; one message, edited in place."""
    EDIT = "edit"
    """A message that was sent is brought up to date."""
    FILE = "file"
    """A case as a file for the journal, to the person who asked for it."""
    REMOVAL = "removal"
    """A message or file that was sent is taken away."""
    HELLO = "hello"
    """To a channel the bot was invited to: who it is."""
    DIGEST = "digest"
    """Everything that need not come alone, once a morning."""
    MENTION = "mention"
    """In a case's thread, to whoever could not be written to: that something waits for her."""
    FAREWELL = "farewell"
    """To whoever took part: the case has been deleted."""
    CHANNEL = "channel"
    """No message: the private channel of a case is made."""
    LET_IN = "let-in"
    """No message: somebody is invited into the channel of her case."""
    LET_OUT = "let-out"
    """No message: somebody who no longer takes part is taken out of the channel of the case."""
    ARCHIVE = "archive"
    """No message: the channel of a case that is deleted is closed."""


STEPS = frozenset({DeliveryKind.CHANNEL, DeliveryKind.LET_IN, DeliveryKind.LET_OUT, DeliveryKind.ARCHIVE})
"""What is done in Slack without a word: to do it twice changes nothing, so it needs no look and no pace."""


class DeliveryState(StrEnum):
    """Where it stands; see the drawing above."""

    DUE = "due"
    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    PARKED = "parked"
    CANCELLED = "cancelled"
    BUNDLED = "bundled"
    TOLD = "told"


PENDING = (
    DeliveryState.DUE,
    DeliveryState.CLAIMED,
    DeliveryState.SENDING,
    DeliveryState.UNKNOWN,
    DeliveryState.BUNDLED,
)
"""Not yet decided."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One row. `due_at`, `next_attempt_at` and `lease_until` are UTC; `ts` is Slack's, once it is known."""

    id: str
    workspace_id: str
    kind: DeliveryKind
    state: DeliveryState
    due_at: datetime
    lane: str
    case_id: str | None = None
    matter_id: str | None = None
    rung: str | None = None
    audience: str | None = None
    revision: int = 0
    edits_id: str | None = None
    attempts: int = 0
    channel: str | None = None
    ts: str | None = None
    recipient_id: str | None = None
    """The contact it went to; known from the moment it is being sent, and kept for every later edit."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What Slack said of what it took. `permalink` only of a new headline; a step about a channel has no `ts`."""

    channel: str
    ts: str
    permalink: str | None = None


Subject: TypeAlias = (
    CaseView
    | CallbackView
    | CorrectionView
    | AbsenceView
    | UpkeepView
    | ConfirmationView
    | ExportView
    | HandoverView
    | IncidentView
    | MembershipView
    | RoomView
    | DeadlineView
    | DigestView
    | SetupView
    | WishView
    | Hello
)
"""What a delivery can be about; further kinds of matter add theirs. Each has `asked_by`."""


@dataclass(frozen=True, slots=True)
class ToSend:
    """What a card needs to write one delivery, read at the moment of sending.

    `post_to` is a channel id or a person's Slack id, or None where only the recipient's work e-mail is known; with
    `edit_ts` the message there is edited instead. `language` is the reader's. `instead_of` is the person who is away
    and for whom the recipient gets it.
    """

    delivery: Delivery
    post_to: str | None
    language: str
    country: str
    about: Subject
    edit_ts: str | None = None
    matter: Matter | None = None
    recipient: Contact | None = None
    original: Delivery | None = None
    instead_of: Contact | None = None
    snoozed_until: datetime | None = None
    """When the owner wants to be reminded again (UTC), where she said so; read for what is edited."""

    @property
    def urgency(self) -> Urgency | None:
        """How urgent the case, or the wish to be rung, is that it is about, where it is about one."""
        if isinstance(self.about, CallbackView):
            return self.about.wish.urgency
        view = self.about.view if isinstance(self.about, HandoverView) else self.about
        return view.case.urgency if isinstance(view, CaseView) else None

    @property
    def is_handed_over(self) -> bool:
        """Whether its reader has handed over her place in the case, and what it is about with it."""
        if self.matter is None or self.recipient is None or not isinstance(self.about, CaseView):
            return False
        place = self.about.participant(self.recipient.id)
        theirs = self.recipient.id not in {self.matter.owner_id, self.matter.asker_id}
        return theirs and place is not None and place.state is ParticipantState.PASSED_ON

    @property
    def case(self) -> CaseView:
        """What it is about, where only a case can be; raises `TypeError` for anything else."""
        if not isinstance(self.about, CaseView):
            raise TypeError("this delivery is not about a case")
        return self.about

    @property
    def export(self) -> ExportView:
        """What it is about, where only a case told for the journal can be; raises `TypeError` for anything else."""
        if not isinstance(self.about, ExportView):
            raise TypeError("this delivery is not an export")
        return self.about

    @property
    def handover(self) -> HandoverView:
        """What it is about, where only a handover can be; raises `TypeError` for anything else."""
        if not isinstance(self.about, HandoverView):
            raise TypeError("this delivery is not about a handover")
        return self.about

    @property
    def membership(self) -> MembershipView:
        """What it is about, where only a claim to work somewhere can be; raises `TypeError` for anything else."""
        if not isinstance(self.about, MembershipView):
            raise TypeError("this delivery is not about a membership")
        return self.about

    @property
    def setup(self) -> SetupView:
        """What it is about, where only a welcome can be; raises `TypeError` for anything else."""
        if not isinstance(self.about, SetupView):
            raise TypeError("this delivery is not a welcome")
        return self.about

    @property
    def callback(self) -> CallbackView:
        """What it is about, where only a call-back can be; raises `TypeError` for anything else."""
        if not isinstance(self.about, CallbackView):
            raise TypeError("this delivery is not about a call-back")
        return self.about

    @property
    def correction(self) -> CorrectionView:
        """What it is about, where only a correction can be; raises `TypeError` for anything else."""
        if not isinstance(self.about, CorrectionView):
            raise TypeError("this delivery is not about a correction")
        return self.about

    @property
    def draft(self) -> RoomView:
        """What it is about, where only a case that waits for its room can be; raises `TypeError` for anything else."""
        if not isinstance(self.about, RoomView):
            raise TypeError("this delivery is not about a room")
        return self.about

    @property
    def wish(self) -> WishView:
        """What it is about, where only the wish for a channel for each case can be; raises `TypeError` for anything else."""
        if not isinstance(self.about, WishView):
            raise TypeError("this delivery is not about a wish for channels")
        return self.about

    @property
    def absence(self) -> AbsenceView:
        """What it is about, where only an absence can be; raises `TypeError` for anything else."""
        if not isinstance(self.about, AbsenceView):
            raise TypeError("this delivery is not about an absence")
        return self.about

    @property
    def upkeep(self) -> UpkeepView:
        """What it is about, where only the holes of an agency can be; raises `TypeError` for anything else."""
        if not isinstance(self.about, UpkeepView):
            raise TypeError("this delivery is not about holes")
        return self.about

    @property
    def confirmation(self) -> ConfirmationView:
        """What it is about, where only a question whether somebody is still right can be; raises `TypeError` else."""
        if not isinstance(self.about, ConfirmationView):
            raise TypeError("this delivery is not about a confirmation")
        return self.about

    @property
    def digest(self) -> DigestView:
        """What it is about, where only a person's digest can be; raises `TypeError` for anything else."""
        if not isinstance(self.about, DigestView):
            raise TypeError("this delivery is not a digest")
        return self.about

    @property
    def deadline(self) -> DeadlineView:
        """What it is about, where only a deadline can be; raises `TypeError` for anything else."""
        if not isinstance(self.about, DeadlineView):
            raise TypeError("this delivery is not about a deadline")
        return self.about

    @property
    def incident(self) -> IncidentView:
        """What it is about, where only an incident can be; raises `TypeError` for anything else."""
        if not isinstance(self.about, IncidentView):
            raise TypeError("this delivery is not about an incident")
        return self.about
