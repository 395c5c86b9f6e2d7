"""Somebody nobody knows says which agency she works for. It counts only after that agency's coordinator confirmed it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from bot.domain.matters import Matter, MatterKind
from bot.domain.people import Agency, Contact, Role

KEPT = timedelta(days=30)
"""How long a claim waits for its answer; then it ends, and nothing of it is kept."""
LAPSED = "lapsed"
"""Why a claim ended that nobody answered."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody says: she is this person in Slack (id, name, work e-mail) and works for the agency of a place."""

    slack_id: str
    name: str
    email: str
    place: str
    """A municipality's code, or empty where she named a police district."""


@dataclass(frozen=True, slots=True)
class MembershipView:
    """A claim as the coordinator sees it; `member` is who came of it, where it was confirmed."""

    matter: Matter
    claim: Claim
    agency: Agency
    owner: Contact
    member: Contact | None = None

    @property
    def country(self) -> str:
        """Whose hours hold where a reader's own are not known."""
        return self.agency.country

    @property
    def language(self) -> str:
        """The language of a reader whose own is not known."""
        return self.agency.language

    @property
    def asked_by(self) -> str:
        """The contact who gets the receipt: whoever said it, once she is known."""
        return self.member.id if self.member else self.owner.id


def claim_id(slack_id: str, agency_id: str, month: str) -> str:
    """The same for the same claim, so that saying it twice asks once. `month` is "2026-03": next month she may ask again."""
    return sha256(f"{MatterKind.MEMBERSHIP}:{slack_id}:{agency_id}:{month}".encode()).hexdigest()[:24]


def member(claim: Claim, agency: Agency, *, key: str, confirmed_by: Contact) -> Contact:
    """The contact a confirmed claim makes: a caseworker of the agency, known by her Slack id and work e-mail."""
    return Contact(
        id="", workspace_id=agency.workspace_id, key=key, agency_id=agency.id, agency_name=agency.name,
        side=agency.side, name=claim.name, role=Role.CASEWORKER, email=claim.email, slack_id=claim.slack_id,
        municipalities=(claim.place,) if claim.place else (), country=agency.country, agency_key=agency.key,
        confirmed_by=confirmed_by.name,
    )  # fmt: skip
