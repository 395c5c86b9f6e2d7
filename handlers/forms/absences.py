"""The form about an absence, and what the button that leads to it carries."""

from __future__ import annotations

from datetime import date
from typing import Self

from pydantic import BaseModel

from bot.domain.absences import HalfDays
from bot.domain.errors import NotFound
from handlers.parsing import Form


class AbsenceForm(Form):
    """Who (a coordinator may name somebody), local days, half days, who stands in; `meta` is the absence it replaces."""

    first: date
    last: date
    half: HalfDays
    person: str | None = None
    substitute: str | None = None


class AbsenceTarget(BaseModel):
    """What the button *Meld fravær* carries: an absence to change, or days that were understood from a message."""

    replaces: str = ""
    first: date | None = None
    last: date | None = None

    def as_value(self) -> str:
        """As a button carries it."""
        days = (day.isoformat() if day else "" for day in (self.first, self.last))
        return ":".join(("absence", self.replaces, *days))

    @classmethod
    def parse(cls, value: str) -> Self:
        """From the button's value; raises `NotFound` where another version wrote it."""
        try:
            _, replaces, first, last = value.split(":")
            return cls.model_validate({"replaces": replaces, "first": first or None, "last": last or None})
        except ValueError as error:  # pydantic's own is one, too
            raise NotFound("help.too_old") from error
