"""The form about reminders, and what leads to it."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel

from bot.domain.errors import NotFound
from handlers.parsing import Click, Form, Moment


class Choice(BaseModel):
    """What was chosen from the list on a reminder: of which matter, and when; empty is a moment of one's own."""

    matter_id: str
    later: str = ""

    @classmethod
    def of(cls, click: Click) -> Self:
        """From the choice; raises `NotFound` where another version wrote it.

        Whoever closes the form and chooses the same once more takes her choice back in Slack's eyes: it comes without
        a value, and the row it stands in tells which matter is meant.
        """
        matter_id, _, later = click.value.partition(":")
        row = click.actions[0].block_id.split(":")
        if not matter_id and len(row) == 1:
            raise NotFound("help.too_old")
        return cls(matter_id=matter_id or row[1], later=later)


class Target(BaseModel):
    """What the form is about: the matter, and the channel in which it was asked for; empty in a direct message."""

    matter_id: str
    channel: str = ""

    def as_value(self) -> str:
        """As the form carries it."""
        return f"{self.matter_id}:{self.channel}"

    @classmethod
    def parse(cls, value: str) -> Self:
        """From the form."""
        matter_id, _, channel = value.partition(":")
        return cls(matter_id=matter_id, channel=channel)


class SnoozeForm(Form):
    """When to be reminded again; `meta` is a `Target`."""

    due: Moment

    @property
    def target(self) -> Target:
        """What it is about."""
        return Target.parse(self.meta)
