"""The forms about a contact and a call-back."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel

from bot.domain.corrections import Wrong
from bot.domain.errors import NotFound
from handlers.forms.cases import CaseTarget
from handlers.parsing import Form


class PassForm(Form):
    """Who rings instead; `meta` is the call-back."""

    receiver: str


class WrongForm(Form):
    """What is wrong; `meta` says with which contact."""

    wrong: Wrong

    @property
    def place(self) -> CaseTarget:
        """With whom, seen from which municipality and kind."""
        return CaseTarget.parse(self.meta)


class AnswerTarget(BaseModel):
    """What *Send mig det* carries: the question, as closed-list values."""

    municipality: str
    kind: str = ""
    urgency: str = ""

    @classmethod
    def parse(cls, value: str) -> Self:
        """From the button's value; raises `NotFound` where another version wrote it."""
        try:
            municipality, kind, urgency = value.split(":")
        except ValueError as error:
            raise NotFound("help.too_old") from error
        return cls(municipality=municipality, kind=kind, urgency=urgency)
