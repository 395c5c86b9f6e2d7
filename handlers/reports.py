"""What Slack took is written down: many reports in one transaction where many come at once."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Protocol

from bot.domain.deliveries import Sent
from bot.usecases import delivery as usecase
from handlers.deps import Runner


class Noted(Protocol):
    """Takes down how deliveries end, as numbers."""

    def sent(self, kind: str, *, delay: float) -> None:
        """Slack took it, so many seconds after it was due."""

    def outcome(self, kind: str, outcome: str) -> None:
        """Slack did not: `later`, `unknown`, `parked`."""


@dataclass(frozen=True, slots=True)
class Reports:
    """Writes down what Slack took. What arrives while one report is written goes into the next one together."""

    run: Runner
    waiting: list[tuple[str, Sent, asyncio.Future[float]]] = field(default_factory=list)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def sent(self, delivery_id: str, sent: Sent) -> float:
        """Returns when it is written, with the seconds since it was due."""
        mine: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self.waiting.append((delivery_id, sent, mine))
        async with self.turn:
            if not mine.done():
                await self._write()
        return await mine

    async def _write(self) -> None:
        together = self.waiting[:]
        self.waiting.clear()
        try:
            delays = await self.run(usecase.report_all_sent, [(name, sent) for name, sent, _ in together])
        except Exception as error:  # noqa: BLE001 - handed on to everybody who waits for it
            for *_, future in together:
                future.set_exception(error)
            return
        for (*_, future), delay in zip(together, delays, strict=True):
            future.set_result(delay)
