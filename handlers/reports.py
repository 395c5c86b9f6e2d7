"""What became of deliveries is written down: many reports in one transaction where many come at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar, cast

from bot.usecases import delivery as usecase
from handlers.deps import Runner

R = TypeVar("R")

GATHER = 0.02
"""Seconds the first report waits for others that are on their way: to write costs the same for one and for many."""


class Noted(Protocol):
    """Takes down how deliveries end, as numbers."""

    def sent(self, kind: str, *, delay: float) -> None:
        """Slack took it, so many seconds after it was due."""

    def outcome(self, kind: str, outcome: str) -> None:
        """Slack did not: `later`, `unknown`, `parked`."""


@dataclass(slots=True)
class Reports:
    """Writes down what became of deliveries. What arrives while one report is written goes into the next one together."""

    run: Runner
    coming: int = 0
    """How many are expected that have not ended."""
    waiting: list[tuple[Callable[[Any], object], asyncio.Future[Any]]] = field(default_factory=list)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def expected(self, work: Coroutine[object, object, None]) -> None:
        """Work that ends with a report, so that others wait for it, if only for a moment."""
        self.coming += 1
        try:
            await work
        finally:
            self.coming -= 1

    async def write(self, report: Callable[[Any], R]) -> R:
        """Returns what the report (a use case with all it needs but its unit of work) does, once it is written."""
        mine: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self.waiting.append((report, mine))
        async with self.turn:
            if not mine.done():
                if self.coming > len(self.waiting):
                    await asyncio.sleep(GATHER)
                await self._write()
        return await mine

    async def _write(self) -> None:
        together = self.waiting[:]
        self.waiting.clear()
        await self._write_these(together)

    async def _write_these(self, together: Sequence[tuple[Callable[[Any], object], asyncio.Future[Any]]]) -> None:
        try:
            done = await self.run(usecase.report_together, [report for report, _ in together])
        except Exception as error:  # noqa: BLE001 - handed on to whoever waits for it
            if len(together) == 1:
                together[0][1].set_exception(error)
            else:  # nothing of it was written: each by itself, so that one that cannot be takes no other with it
                await asyncio.gather(*(self._write_these([one]) for one in together))
            return
        for (_, future), result in zip(together, cast("list[Any]", done), strict=True):
            future.set_result(result)
