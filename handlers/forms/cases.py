"""The forms about cases, and what the buttons that lead to them carry."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel

from bot.domain.cases import Urgency
from bot.domain.errors import NotFound
from handlers.parsing import Form


class CaseTarget(BaseModel):
    """What the buttons under a contact carry: a municipality, a contact, perhaps a kind of case and an urgency."""

    municipality: str
    contact_id: str
    kind: str = ""
    urgency: Urgency | None = None

    def as_value(self) -> str:
        """As a button carries it; the urgency stands there only where it is known."""
        value = f"{self.municipality}:{self.contact_id}:{self.kind}"
        return f"{value}:{self.urgency}" if self.urgency else value

    @classmethod
    def parse(cls, value: str) -> Self:
        """From the button's value; raises `NotFound` where another version wrote it."""
        try:
            municipality, contact_id, kind, *urgency = value.split(":")
            known = Urgency(urgency[0]) if urgency else None
        except ValueError as error:
            raise NotFound("help.too_old") from error
        return cls(municipality=municipality, contact_id=contact_id, kind=kind, urgency=known)


class OpenCaseForm(Form):
    """Kind and urgency; `meta` holds the municipality and the contact."""

    kind: str
    urgency: Urgency

    @property
    def place(self) -> CaseTarget:
        """For which municipality and with whom."""
        return CaseTarget.parse(self.meta)


class DeclineForm(Form):
    """A reason from a closed list; `meta` is the request."""

    reason: str
