"""How far a workspace is from answering its first question, and the one next step."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from bot.domain.matters import Matter, MatterKind
from bot.domain.people import Contact


class Step(StrEnum):
    """What comes next, in the order in which it helps."""

    AGENCIES = "agencies"
    """There is no municipality, or no police agency."""
    COORDINATOR = "coordinator"
    """Nobody coordinates: nobody can keep the directory in Slack."""
    CONTACTS = "contacts"
    """No contact of one of the sides can be reached in Slack."""
    RULES = "rules"
    """No rule says who answers for which municipality."""
    ROOM = "room"
    """No room is chosen for case threads."""


@dataclass(frozen=True, slots=True)
class SetUp:
    """Counts of what a workspace has."""

    municipalities: int
    police: int
    coordinators: int
    contacts: int
    contacts_without_slack: int
    rules: int
    rooms: int

    @property
    def next_step(self) -> Step | None:
        """The first thing that is missing; None where the first question can be answered and the first case opened."""
        missing = {
            Step.AGENCIES: not (self.municipalities and self.police),
            Step.COORDINATOR: not self.coordinators,
            Step.CONTACTS: self.contacts == self.contacts_without_slack,
            Step.RULES: not self.rules,
            Step.ROOM: not self.rooms,
        }
        return next((step for step in Step if missing[step]), None)


@dataclass(frozen=True, slots=True)
class SetupView:
    """The welcome to a coordinator: what is missing at this moment, or nothing."""

    matter: Matter
    owner: Contact
    step: Step | None
    country: str
    language: str

    @property
    def asked_by(self) -> str:
        """The contact it is for."""
        return self.owner.id


@dataclass(frozen=True, slots=True)
class Hello:
    """What the bot says where it was invited; nobody in particular asked for it."""

    country: str = ""
    language: str = ""
    """Empty: those of the house."""
    asked_by: str = ""


def welcome_id(contact_id: str) -> str:
    """The same for the same coordinator: everybody is welcomed once."""
    return sha256(f"{MatterKind.SETUP}:{contact_id}".encode()).hexdigest()[:24]
