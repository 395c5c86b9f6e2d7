"""Pieces of work that go on at the same time, so that the next can begin before the slowest has ended."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

MOMENT = 1.0


@dataclass
class UnderWay:
    """What was begun and has not ended. Leaving the block waits for all of it; an error of one is raised by whoever waits."""

    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.gather(*self.tasks, return_exceptions=True)  # an error is on its way out already

    def __len__(self) -> int:
        return len(self.tasks)

    def add(self, work: Coroutine[object, object, None]) -> None:
        """One more begins."""
        self.tasks.add(asyncio.create_task(work))

    async def until_no_more_than(self, most: int) -> None:
        """Wait until there is room."""
        while len(self.tasks) > most:
            self._note(*await asyncio.wait(self.tasks, return_when=asyncio.FIRST_COMPLETED))

    async def for_a_moment(self) -> None:
        """Wait until all have ended, but a second at most."""
        self._note(*await asyncio.wait(self.tasks, timeout=MOMENT))

    def _note(self, ended: set[asyncio.Task[None]], going_on: set[asyncio.Task[None]]) -> None:
        self.tasks = going_on
        errors = [error for task in ended if (error := task.exception()) is not None]
        if errors:
            raise errors[0]
