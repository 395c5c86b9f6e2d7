"""The door for free text: nothing a person typed goes further than this module as it was typed."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.people import Actor
from bot.understanding import Intent, Question, Understanding
from storage import audit
from storage.uow import UnitOfWork

__all__ = ["Intake", "Intent", "Question", "take"]


@dataclass(frozen=True, slots=True)
class Intake:
    """Text in; a question made of closed-list values out. The text itself is dropped here."""

    understanding: Understanding

    def question(self, text: str, *, country: str) -> Question:
        """What the text asks for, seen from a country (`DK`, `NO`, `SE`)."""
        return self.understanding.understand(text, country=country)


def take(work: UnitOfWork, actor: Actor, *, key: str) -> None:
    """Take an event from the inbox before it is answered; raises `Repeated` where it was answered already."""
    with work:
        audit.take(work, actor, key)
        work.commit()
