"""The spine: anything that can be open, waited for and settled.

A follow-up, a request for acceptance, later a call-back, a clearance, a promised word: each is a matter with a kind,
a state, a side, an owner, a due moment on a clock, and a revision. Every nudge belongs to one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.errors import NotAllowed, Settled
from bot.domain.people import Actor, Contact, Role, Side


class MatterKind(StrEnum):
    """What kind of thing is open."""

    PARTICIPATION = "participation"
    """A request for acceptance: will you take part in this case?"""
    FOLLOWUP = "followup"
    """Something the two sides agree that one of them does."""
    SUBSTITUTION = "substitution"
    """A request for acceptance: will you stand in for somebody while she is away?"""
    CALLBACK = "callback"
    """A wish that a contact rings, or is rung before something is decided."""
    CORRECTION = "correction"
    """A contact that was shown is wrong: a coordinator puts it right."""
    UPKEEP = "upkeep"
    """The weekly notice to a coordinator that her agency's part of the directory has holes."""
    ROOM = "room"
    """A case waits for its room: a coordinator chooses one."""
    CHANNEL = "channel"
    """A coordinator wishes for a private channel for each case of a room: does the other side want it, too?"""
    NOBODY = "nobody"
    """Everybody who was asked to take part in a case has declined: somebody else has to be asked."""
    DEADLINE = "deadline"
    """What a law or a guideline wants by a moment, counted from an event of a case."""
    HANDOVER = "handover"
    """A request for acceptance: will you take somebody's place in a case?"""
    SUCCESSION = "succession"
    """Somebody left a case that counts on her: a coordinator finds who takes over."""
    MEMBERSHIP = "membership"
    """Somebody says she works for an agency: does she?"""
    SETUP = "setup"
    """The welcome to a coordinator: the next step until the bot can answer its first question."""
    CONFIRMATION = "confirmation"
    """Is what the directory says of you still right?"""
    COUNTER = "counter"
    """A counter-proposal to a follow-up: another date, another owner; the other one is asked."""
    CLEARANCE = "clearance"
    """What may be said or done towards child, parents, school or others."""
    WORD = "word"
    """The promised word: who owes the next news, and by when."""
    INCIDENT = "incident"
    """What somebody typed into a room must not stand there: it is waited for that it goes."""


PERSONAL = frozenset({MatterKind.UPKEEP, MatterKind.SETUP, MatterKind.CONFIRMATION, MatterKind.INCIDENT})
"""What is meant for one person alone: nobody who stands in for her can answer it."""


class MatterState(StrEnum):
    """Where it stands. The first two are open; all others are settled."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    DONE = "done"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    WONT_DO = "wont-do"
    """Agreed once, and then not done: the owner said so, with a reason."""

    @property
    def is_open(self) -> bool:
        """Whether somebody still owes something."""
        return self in {MatterState.PROPOSED, MatterState.AGREED}


class DueClock(StrEnum):
    """Which clock a due moment runs on (promise 4)."""

    STATUTORY = "statutory"
    AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that is waited for. `due_at` is UTC; `revision` grows whenever owner or due moment change."""

    id: str
    workspace_id: str
    kind: MatterKind
    state: MatterState
    case_id: str | None
    side: Side
    owner_id: str
    asker_id: str
    clock: DueClock
    created_at: datetime
    due_at: datetime | None = None
    basis: str | None = None
    revision: int = 1
    settled_at: datetime | None = None
    reason: str | None = None
    help_asked_at: datetime | None = None

    def moved(self, state: MatterState, now: datetime, *, reason: str | None = None) -> Matter:
        """This matter in a new state; settled ones remember when and why.

        Raises `Settled` where it was answered already: to agree, or to decline, answers a proposal once.
        """
        self.check_open()
        if self.state is MatterState.AGREED and state in {MatterState.AGREED, MatterState.DECLINED}:
            raise Settled("settled.agreed")
        settled = None if state.is_open else now
        return replace(self, state=state, settled_at=settled, reason=reason, revision=self.revision + 1)

    def reopened(self, *, asking: bool) -> Matter:
        """This settled matter open again: as it was before, or, `asking`, asked of its owner anew.

        Raises `Settled` where it is open. Nobody gets an obligation without accepting it: only who speaks for the owner
        takes it up again without `asking`.
        """
        before = _BEFORE.get(self.state)
        if before is None:
            raise Settled("settled.open")
        state = MatterState.PROPOSED if asking else before
        return replace(self, state=state, settled_at=None, reason=None, revision=self.revision + 1)

    def due_moved(self, due_at: datetime) -> Matter:
        """This matter with a new due moment: its old rungs no longer hold."""
        self.check_open()
        return replace(self, due_at=due_at, revision=self.revision + 1)

    def owned_by(self, contact_id: str, side: Side) -> Matter:
        """This matter asked of somebody else."""
        self.check_open()
        return replace(self, owner_id=contact_id, side=side, revision=self.revision + 1)

    def awaited_by(self, contact_id: str) -> Matter:
        """This matter waited for by somebody else, who took the place of whoever asked."""
        self.check_open()
        return replace(self, asker_id=contact_id, revision=self.revision + 1)

    def has_joined(self, contact_id: str) -> bool:
        """Whether this is the yes with which a person took a place in a case."""
        joining = self.kind in {MatterKind.PARTICIPATION, MatterKind.HANDOVER}
        return joining and self.state is MatterState.ACCEPTED and self.owner_id == contact_id

    def check_open(self) -> None:
        """Raise `Settled` where it has been answered already."""
        if not self.state.is_open:
            raise Settled(f"settled.{self.state.value}")


def proposed(
    matter_id: str,
    kind: MatterKind,
    owner: Contact,
    asker_id: str,
    *,
    now: datetime,
    case_id: str | None = None,
    due_at: datetime | None = None,
) -> Matter:
    """A new matter that its owner is asked for: proposed now (UTC), on the agreed clock, on the owner's side."""
    return Matter(
        id=matter_id,
        workspace_id=owner.workspace_id,
        kind=kind,
        state=MatterState.PROPOSED,
        case_id=case_id,
        side=owner.side,
        owner_id=owner.id,
        asker_id=asker_id,
        clock=DueClock.AGREED,
        created_at=now,
        due_at=due_at,
    )


_BEFORE = {
    MatterState.DONE: MatterState.AGREED,
    MatterState.WONT_DO: MatterState.AGREED,
    MatterState.DECLINED: MatterState.PROPOSED,
    MatterState.WITHDRAWN: MatterState.PROPOSED,
}
"""Where something stood before it was settled."""


def check_answerer(actor: Actor, owner: Contact, *, stand_in_id: str | None = None) -> Contact:
    """The person who answers for `owner`: herself, her substitute, her unit's desk, her leader, her agency's coordinator.

    For an owner without Slack her unit's desk does, too. While the owner is away, `stand_in_id` may too. Raises `NotAllowed`, naming who may, for everybody else.
    """
    contact = actor.contact
    if contact is not None and (
        contact.id in {owner.id, stand_in_id}
        or (owner.substitute_key is not None and contact.key == owner.substitute_key)
        or (contact.agency_id == owner.agency_id and _stands_behind(contact, owner))
    ):
        return contact
    raise NotAllowed("refused.not_owner", owner=owner.name)


def _stands_behind(contact: Contact, owner: Contact) -> bool:
    desk = contact.role is Role.DESK and contact.unit == owner.unit
    return desk or contact.role is Role.COORDINATOR or contact.key == owner.leader_key
