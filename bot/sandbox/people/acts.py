"""One act of one person: who, what with, and what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import ActRefusedError
from bot.sandbox.model import channels, sight, views
from bot.sandbox.socket.envelopes import TIMEOUT, Envelope, Receipt

if TYPE_CHECKING:
    from bot.sandbox.happenings import Told
    from bot.sandbox.jsons import Json
    from bot.sandbox.model.store import Model
    from bot.sandbox.model.things import Channel, Message, User
    from bot.sandbox.standin import Standin


@dataclass(frozen=True)
class Outcome:
    """What the person sees at once. `error` is set where something failed before their eyes; `ms` until the ack."""

    acked: bool = False
    ack: Any = None
    ms: float = 0.0
    ts: str | None = None
    error: str | None = None


@dataclass(frozen=True)
class Act:
    """A person's wish with its fields, and the readers for them."""

    standin: Standin
    user: User
    wish: Json

    @property
    def model(self) -> Model:
        """The state."""
        return self.standin.model

    def text(self, name: str, default: str | None = None) -> str:
        """A text field of the wish; ActRefusedError where it is missing and has no default."""
        value = self.wish.get(name, default)
        if not isinstance(value, str):
            raise ActRefusedError(f"missing_field: {name}")
        return value

    def channel(self, default: str | None = None) -> Channel:
        """The conversation the person means, if they see it. `@handle` opens the one with the bot."""
        name = self.text("channel", default)
        if name.startswith("@"):
            meant = self.model.person(name)
            if meant is not None and meant.id in {self.user.id, self.model.bot.id}:
                return self.direct()
        channel = sight.channel_for(self.model, self.user, name)
        if channel is None:
            raise ActRefusedError("channel_not_found")
        return channel

    def direct(self) -> Channel:
        """The direct conversation with the bot. People of another workspace can only answer in an open one."""
        channel = self.model.direct(self.user.id)
        if channel is None and self.model.is_external(self.user):
            raise ActRefusedError("channel_not_found")
        return channel or channels.open_direct(self.model, self.user)[0]

    def member_channel(self) -> Channel:
        """Like `channel`, and the person is in it and it is not archived."""
        channel = self.channel()
        if self.user.id not in channel.members:
            raise ActRefusedError("not_in_channel")
        if channel.is_archived:
            raise ActRefusedError("is_archived")
        return channel

    def message(self, channel: Channel) -> Message:
        """The message named by `ts`, if the person sees it."""
        message = self.model.message(channel.id, self.text("ts"))
        if message is None or not sight.sees_message(self.user, channel, message):
            raise ActRefusedError("message_not_found")
        return message

    def inside(self) -> None:
        """Refuse what people of another workspace do not have: commands, shortcuts, Home."""
        if self.model.is_external(self.user):
            raise ActRefusedError("not_available_to_external_people")

    def top_view(self) -> str | None:
        """The modal the person has before them now."""
        stack = views.stack_of(self.model, self.user)
        return stack[-1].id if stack else None

    async def reach(self, envelope: Envelope) -> Receipt:
        """Bring a command or interaction to the bot. Never repeated: a failure is the person's to see."""
        manifest = self.standin.manifest
        if envelope.kind == "interactive" and manifest is not None and not manifest.interactivity:
            raise ActRefusedError("interactivity_not_enabled")
        return await self.standin.transport.carry(envelope)


async def told(futures: Told, *, ts: str | None = None, seconds: float = 3.0) -> Outcome:
    """Wait for the first attempts at some events. An unacknowledged event is no error to the person."""
    if not futures:
        return Outcome(ts=ts)
    done, _ = await asyncio.wait(futures, timeout=seconds + 0.5)
    receipts = [future.result() for future in done]
    acked = len(receipts) == len(futures) and all(receipt.acked for receipt in receipts)
    return Outcome(acked=acked, ms=max((receipt.ms for receipt in receipts), default=0.0), ts=ts)


def shown(receipt: Receipt, *, ts: str | None = None) -> Outcome:
    """What a person sees of a command or click: its error where it was not acknowledged."""
    error = None if receipt.acked else receipt.error or TIMEOUT
    return Outcome(acked=receipt.acked, ack=receipt.ack, ms=receipt.ms, ts=ts, error=error)


Doing = Callable[[Act], Awaitable[Outcome]]
