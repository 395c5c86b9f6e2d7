"""Who is who: agencies, units, contacts, and the person behind a request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.errors import NotFound
from bot.domain.preferences import NONE, Preferences


class Side(StrEnum):
    """The two equal sides of a case; a children's house takes part and accepts for itself."""

    MUNICIPALITY = "municipality"
    POLICE = "police"
    CHILDRENS_HOUSE = "childrens-house"
    OTHER = "other"

    @property
    def opposite(self) -> Side:
        """The side a case on this side looks for: police for a municipality, municipality for everybody else."""
        return Side.POLICE if self is Side.MUNICIPALITY else Side.MUNICIPALITY


class Role(StrEnum):
    """What a person is within her own agency; never beyond it."""

    CASEWORKER = "caseworker"
    CONTACT = "contact"
    LEADER = "leader"
    COORDINATOR = "coordinator"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class Agency:
    """An authority in one workspace: municipality, police district, children's house, other."""

    id: str
    workspace_id: str
    key: str
    name: str
    side: Side
    country: str
    language: str
    prefers: Preferences = NONE
    """What its coordinator has chosen; where nothing, its country's."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A person at work, or a desk, who can be asked. Phone is E.164; a staff record, nothing private.

    `municipalities` are codes of `country`, the agency's. She can be asked from `valid_from` until just before
    `valid_until` (UTC); None has no bound. `confirmed_at` is when `confirmed_by` last said that all this is right.
    """

    id: str
    workspace_id: str
    key: str
    agency_id: str
    agency_name: str
    side: Side
    name: str
    role: Role
    unit: str = ""
    unit_kind: str = ""
    phone: str = ""
    email: str = ""
    slack_id: str | None = None
    hours: str = ""
    substitute_key: str | None = None
    municipalities: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    country: str = ""
    agency_key: str = ""
    languages: tuple[str, ...] = ()
    best_time: str = ""
    leader_key: str | None = None
    language: str = ""
    """What she has chosen to read; empty is her agency's."""
    prefers: Preferences = NONE
    """When she wants to be written to; where she has chosen nothing, her agency's."""
    office: Preferences = NONE
    """What her agency has chosen."""
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    confirmed_by: str = ""
    confirmed_at: datetime | None = None

    def is_valid(self, now: datetime) -> bool:
        """Whether she can be asked at this moment: begun, and not ended."""
        return (self.valid_from is None or self.valid_from <= now) and not self.has_ended(now)

    def has_ended(self, now: datetime) -> bool:
        """Whether she can never be asked again."""
        return self.valid_until is not None and self.valid_until <= now

    @property
    def is_desk(self) -> bool:
        """Whether this is no person but the place where somebody is always on duty."""
        return self.role is Role.DESK

    @property
    def can_be_reached(self) -> bool:
        """Whether a message of the bot can find her: by Slack id, or by the work e-mail behind it."""
        return bool(self.slack_id or self.email)


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind one request, established once by the middleware.

    Without an `agency` she is a stranger and learns nothing, not even whether a contact exists (DESIGN.md section 6).
    """

    workspace_id: str
    slack_id: str
    language: str
    agency: Agency | None = None
    contact: Contact | None = None

    @property
    def is_stranger(self) -> bool:
        """Whether no known agency stands behind this person."""
        return self.agency is None or self.contact is None

    def check_known(self) -> tuple[Agency, Contact]:
        """Her agency and her own entry in the directory; raises `NotFound` for a stranger, who learns nothing."""
        if self.agency is None or self.contact is None:
            raise NotFound("refused.stranger")
        return self.agency, self.contact

    @property
    def is_coordinator(self) -> bool:
        """Whether she coordinates for her own agency."""
        return self.contact is not None and self.contact.role is Role.COORDINATOR
