"""When work is looked for: every few seconds, and at once after a commit that made some. It knows nothing about the work."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = structlog.get_logger(__name__)


class Ticker:
    """Calls `work` on every tick and on every `wake()`, never twice at the same time.

    APScheduler holds no business state: an in-memory store, one job, coalesced.
    """

    def __init__(self, work: Callable[[], Awaitable[object]], *, seconds: float) -> None:
        self._work = work
        self._awake = asyncio.Event()
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._scheduler.add_job(self.wake, "interval", seconds=seconds, coalesce=True, max_instances=1)
        self._loop: asyncio.Task[None] | None = None
        self._under_way: asyncio.Future[object] | None = None

    def start(self) -> None:
        """Begin; the first look is at once."""
        self._scheduler.start()
        self._loop = asyncio.create_task(self._run(), name="ticker")
        self.wake()

    def wake(self) -> None:
        """Look as soon as possible; cheap, and safe to call often."""
        self._awake.set()

    async def stop(self) -> None:
        """End after the piece of work that is under way."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        for task in (self._loop, self._under_way):
            if task is self._loop and task is not None:
                task.cancel()
            if task is not None:
                await asyncio.gather(task, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            await self._awake.wait()
            self._awake.clear()
            try:
                # A stop must not cut a send in two: what is under way is shielded and finishes.
                self._under_way = asyncio.ensure_future(self._work())
                await asyncio.shield(self._under_way)
            except Exception:
                log.exception("tick.failed")
