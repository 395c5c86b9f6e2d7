"""The bot as a process of its own, `bindeled run`, that dies without a word (SIGKILL) and is started again."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, select, update

from bot.app import open_database
from bot.clock import SystemClock
from bot.demo.stage import Stage, prepare, settings
from bot.domain.deliveries import PENDING, DeliveryKind, DeliveryState
from storage.deliveries import deliveries
from storage.sending import LEASE

READY_SECONDS = 30
LOOK = 0.6
"""Seconds in which the other process has looked for work at least once."""
AWAY = LEASE + timedelta(seconds=1)
MOMENTS = ("due_at", "next_attempt_at", "lease_until")
KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV", "COVERAGE_PROCESS_START")


class KilledStage(Stage):
    """A stage whose bot is a process of its own; `stop_bot` kills it.

    `bindeled run` has no clock that can be moved. But the schedule is the database: to move every row that waits back
    in time is to let time pass.
    """

    def __init__(self, data: Path) -> None:
        super().__init__(data)
        self._process: asyncio.subprocess.Process | None = None
        self.kills = 0

    async def start_bot(self) -> None:
        """`bindeled run`, until it says that it is connected."""
        if not (self._data / "bindeled.db").exists():
            (await asyncio.to_thread(prepare, self._data, self._clock)).dispose()
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run",
            env=self._environment(), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        assert self._process.stdout is not None
        line = await asyncio.wait_for(self._process.stdout.readline(), READY_SECONDS)
        assert line == b"bindeled: connected\n"

    async def stop_bot(self) -> None:
        """It dies."""
        if self._process is not None:
            self._process.kill()
            await self._process.communicate()
            self._process = None
            self.kills += 1

    async def die_and_come_back(self) -> None:
        """It is killed, stays away until its leases have run out, and is started again."""
        await self.stop_bot()
        engine = await asyncio.to_thread(open_database, settings(self._data))
        await asyncio.to_thread(_bring_nearer, engine, AWAY)
        engine.dispose()
        await self.start_bot()

    def _environment(self) -> dict[str, str]:
        mine = settings(self._data, self.running)
        assert mine.database_url
        return {
            **{name: os.environ[name] for name in KEPT if name in os.environ},
            "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
            "SLACK_BOT_TOKEN": self.running.bot_token,
            "SLACK_APP_TOKEN": self.running.app_token,
            "SLACK_API_URL": self.running.api_url,
            "DATABASE_URL": mine.database_url.get_secret_value(),
            "BINDELED_DATA": str(self._data),
            "BINDELED_TICK_SECONDS": "0.2",
            "BINDELED_PORT": "0",
        }

    async def _move_clock(self, moment: datetime) -> None:
        step = moment - self._clock.now()
        self._clock.move_to(moment)
        engine = await asyncio.to_thread(open_database, settings(self._data))
        try:
            await asyncio.to_thread(_bring_nearer, engine, step)
            await self._until_sent(engine)
            # A digest is planned by the calendar, which cannot be moved: whoever moved on to a morning finds hers there.
            await asyncio.to_thread(_it_is_morning, engine)
            await self._until_sent(engine)
        finally:
            engine.dispose()

    async def _until_sent(self, engine: Engine) -> None:
        await asyncio.sleep(LOOK)
        while await asyncio.to_thread(_waits, engine, SystemClock().now()):  # noqa: ASYNC110 - another process works
            await asyncio.sleep(0.1)


def _it_is_morning(engine: Engine) -> None:
    now = SystemClock().now()
    waiting = (deliveries.c.kind == DeliveryKind.DIGEST) & (deliveries.c.state == DeliveryState.DUE)
    with engine.begin() as connection:
        for which in (waiting, deliveries.c.state == DeliveryState.BUNDLED):
            connection.execute(update(deliveries).where(which).values(due_at=now, next_attempt_at=now))


def _bring_nearer(engine: Engine, step: timedelta) -> None:
    with engine.begin() as connection:
        for row in connection.execute(
            select(deliveries).where(deliveries.c.state.in_((*PENDING, DeliveryState.BUNDLED)))
        ).all():
            nearer = {name: row._mapping[name] - step for name in MOMENTS if row._mapping[name]}  # noqa: SLF001 - SQLAlchemy's public mapping of a row
            connection.execute(update(deliveries).where(deliveries.c.id == row.id).values(nearer))


def _waits(engine: Engine, now: datetime) -> bool:
    query = select(deliveries.c.id).where(deliveries.c.state.in_(PENDING), deliveries.c.next_attempt_at <= now)
    with engine.connect().execution_options(reading=True) as connection:
        return connection.execute(query).first() is not None
