"""What is carried to the bot, and what comes of it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from bot.sandbox.jsons import Json
    from bot.sandbox.wire import Kind

EnvelopeKind = Literal["events_api", "slash_commands", "interactive"]
WIRE_KIND: dict[str, Kind] = {"events_api": "event", "slash_commands": "command", "interactive": "interactive"}

TIMEOUT = "operation_timeout"
UNREACHABLE = "dispatch_failed"
BAD_STATUS = "http_error"


@dataclass(frozen=True)
class Envelope:
    """One event, command or interaction on its way. `name` is its type, command or action for people to read."""

    kind: EnvelopeKind
    name: str
    payload: Json
    wants_answer: bool = False
    retry: int = 0
    retry_reason: str = ""
    id: str = field(default_factory=lambda: secrets.token_hex(16))


@dataclass(frozen=True)
class Receipt:
    """What came back: an acknowledgement with or without a body, or why not. `ms` is real time."""

    acked: bool
    ack: Any = None
    ms: float = 0.0
    error: str | None = None
    no_retry: bool = False


class Transport(Protocol):
    """A way to the bot."""

    @property
    def connected(self) -> bool:
        """Whether the bot is there, as far as is known."""
        ...

    async def carry(self, envelope: Envelope) -> Receipt:
        """Bring an envelope to the bot and wait for the acknowledgement."""
        ...

    async def drop(self) -> int:
        """Cut every connection at once; how many there were."""
        ...

    async def close(self) -> None:
        """End in good order."""
        ...
