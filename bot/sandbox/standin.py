"""The parts of one stand-in, held together for those who act on it."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from bot.sandbox.clock import Clock
    from bot.sandbox.faults import Faults
    from bot.sandbox.manifest import Manifest
    from bot.sandbox.manners import Manners
    from bot.sandbox.model.changes import Changes
    from bot.sandbox.model.store import Model
    from bot.sandbox.socket.connections import SocketMode
    from bot.sandbox.socket.envelopes import Transport
    from bot.sandbox.socket.events import Events
    from bot.sandbox.tokens import Tokens
    from bot.sandbox.wire import Wire


@dataclass
class Standin:
    """Everything the Web API, the people and the control address work with. `base` is the page's address."""

    clock: Clock
    changes: Changes
    model: Model
    tokens: Tokens
    manifest: Manifest | None
    manners: Manners
    wire: Wire
    faults: Faults
    sockets: SocketMode
    transport: Transport
    events: Events
    move_clock: Callable[[datetime], Awaitable[None]] | None = None
    start_over: Callable[[], Awaitable[None]] | None = None
    guide: Mapping[str, Any] = field(default_factory=dict)
    base: str = ""
    down_until: float = field(default=0.0)

    @property
    def is_down(self) -> bool:
        """Whether a `restart` with a delay is still going on."""
        return time.monotonic() < self.down_until

    def scopes(self) -> frozenset[str] | None:
        """What the bot token may do; None means everything."""
        return None if self.manifest is None else frozenset(self.manifest.scopes)

    async def begin_again(self) -> None:
        """Everything that was said and done is gone; whoever starts the bot anew calls this while it is away."""
        await self.events.close()
        await self.transport.drop()
        self.faults.clear()
        self.down_until = 0.0
        self.model.begin()
        self.wire.clear()
        self.changes.note()

    async def restart(self, delay_ms: int) -> None:
        """Drop every socket, keep the state, and stay away for a while."""
        self.down_until = time.monotonic() + delay_ms / 1000
        await self.transport.drop()
        await asyncio.sleep(0)
