"""Processes of the bot that share one database and one stand-in, and die without a word."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.sandbox.server import Running

ROOT = Path(__file__).resolve().parents[2]
KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV", "COVERAGE_PROCESS_START")
READY_SECONDS = 60
CONNECTED = b"bindeled: connected\n"


class Fleet:
    """So many processes of the bot; leaving the block ends them all."""

    def __init__(self, running: Running, address: str, data: Path, size: int) -> None:
        self._environment = {
            **{name: os.environ[name] for name in KEPT if name in os.environ},
            "PYTHONPATH": str(ROOT),
            "SLACK_BOT_TOKEN": running.bot_token,
            "SLACK_APP_TOKEN": running.app_token,
            "SLACK_API_URL": running.api_url,
            "DATABASE_URL": address,
            "BINDELED_DATA": str(data),
            "BINDELED_TICK_SECONDS": "0.2",
            "BINDELED_PORT": "0",
        }
        self._size = size
        self._living: list[int] = []
        self._mother: asyncio.subprocess.Process
        self.kills = 0

    async def __aenter__(self) -> Self:
        self._mother = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.chaos.run", cwd=ROOT, env=self._environment,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        for _ in range(self._size):
            await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._living:
            os.kill(process, signal.SIGKILL)
        self._mother.kill()
        await self._mother.communicate()

    @property
    def processes(self) -> list[int]:
        """Their ids, the one that lived longest first."""
        return list(self._living)

    async def kill_one(self) -> None:
        """The one that lived longest dies at this instant; it is gone in the end."""
        process = self._living.pop(0)
        os.kill(process, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError):
            while True:  # on SQLite the next one is refused as long as this one holds the file
                os.kill(process, 0)
                await asyncio.sleep(0.01)
        self.kills += 1

    async def start(self) -> None:
        """Another one; it is connected in the end."""
        assert self._mother.stdin is not None
        assert self._mother.stdout is not None
        self._mother.stdin.write(b"one more\n")
        said = {await asyncio.wait_for(self._mother.stdout.readline(), READY_SECONDS) for _ in range(2)}
        assert CONNECTED in said
        self._living.append(int(next(line for line in said if line != CONNECTED)))
