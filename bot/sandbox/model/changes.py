"""One row of numbers for everything that happens, so that a watcher can say "what came after 17"."""

from __future__ import annotations

import asyncio


class Changes:
    """Counts what happened and wakes those who wait for the next."""

    def __init__(self) -> None:
        self.seq = 0
        self._waiting: set[asyncio.Future[None]] = set()

    def note(self) -> int:
        """Give the present happening its number and wake all waiters."""
        self.seq += 1
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)
        self._waiting.clear()
        return self.seq

    async def wait_after(self, seq: int, seconds: float) -> int:
        """The latest number, as soon as it is greater than `seq`, at the latest after `seconds` of real time."""
        if self.seq > seq or seconds <= 0:
            return self.seq
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        try:
            async with asyncio.timeout(seconds):
                await waiter
        except TimeoutError:
            pass
        finally:
            self._waiting.discard(waiter)
        return self.seq
