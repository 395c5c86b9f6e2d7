"""The machine in trouble: a full disk, a locked database, one that is gone and comes back, clocks that jump, downtime."""

from __future__ import annotations

import asyncio
import resource
import sqlite3
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, text, update

from bot import manifest
from bot.domain.deliveries import PENDING, DeliveryKind, DeliveryState
from bot.domain.matters import DueClock
from bot.sandbox.server import Options, Sandbox
from bot.usecases import delivery, followups
from storage.deliveries import deliveries
from storage.engine import open_engine
from storage.matters import matters
from storage.schema import new_id
from storage.sending import LEASE
from tests.chaos.crowd import Crowd
from tests.chaos.fleet import Fleet
from tests.databases import migrated
from tests.world import World

CROWD = Crowd(people=30, cases=30, reminders=30)
FIRST = 10
"""So many are due at once, the others while there is trouble."""
PATIENCE = 60.0
pytestmark = pytest.mark.timeout(200)


@dataclass
class Bot:
    """One bot, a process of its own, with reminders to send."""

    engine: Engine
    sandbox: Sandbox
    fleet: Fleet

    async def until_sent(self, count: int) -> None:
        """Wait until so many were sent."""
        patience = time.monotonic() + PATIENCE
        while await asyncio.to_thread(self.sent) < count:
            assert time.monotonic() < patience, "they should have been sent"
            await asyncio.sleep(0.1)

    def sent(self) -> int:
        """How many were sent."""
        query = select(func.count()).where(deliveries.c.state == DeliveryState.SENT)
        with self.engine.connect().execution_options(reading=True) as connection:
            return int(connection.execute(query).scalar_one())

    def make_due(self) -> None:
        """What was due later is due now."""
        with self.engine.begin() as connection:
            waiting = deliveries.c.state == DeliveryState.DUE
            connection.execute(update(deliveries).where(waiting).values(next_attempt_at=datetime.now(UTC)))

    def check(self) -> None:
        """All came, each of them once."""
        with self.engine.connect().execution_options(reading=True) as connection:
            assert not connection.execute(select(deliveries.c.id).where(deliveries.c.state.in_(PENDING))).all()
        model = self.sandbox.standin.model
        found = Counter(
            message.metadata["event_payload"]["id"]
            for channel in model.messages.values()
            for message in channel.values()
            if message.metadata
        )
        assert len(found) == CROWD.reminders
        assert set(found.values()) == {1}


@asynccontextmanager
async def bot(address: str, folder: Path) -> AsyncIterator[Bot]:
    """A bot that has sent the first of its reminders; the others are due in an hour."""
    migrated(address)
    engine = open_engine(address)
    now = datetime.now(UTC)
    await asyncio.to_thread(CROWD.fill, engine, now, now)
    with engine.begin() as connection:
        later = [row.id for row in connection.execute(select(deliveries.c.id))][FIRST:]
        hour = update(deliveries).where(deliveries.c.id.in_(later))
        connection.execute(hour.values(next_attempt_at=now + timedelta(hours=1)))
    sandbox = Sandbox(Options(CROWD.world(), manifest.build("da", thread_guard=False)))
    running = await sandbox.start()
    try:
        async with Fleet(running, address, folder, 1) as fleet:
            made = Bot(engine, sandbox, fleet)
            await made.until_sent(FIRST)
            yield made
    finally:
        await sandbox.stop()
        engine.dispose()


async def test_a_full_disk_stops_nothing_for_good(tmp_path: Path) -> None:
    """Not one byte can be written for some seconds: nothing is sent, and when there is room again all of it comes, once."""
    async with bot(f"sqlite:///{tmp_path / 'bindeled.db'}", tmp_path) as made:
        (process,) = made.fleet.processes
        _, hard = resource.prlimit(process, resource.RLIMIT_FSIZE)
        resource.prlimit(process, resource.RLIMIT_FSIZE, (0, hard))
        await asyncio.to_thread(made.make_due)
        await asyncio.sleep(3)
        assert made.sent() == FIRST
        resource.prlimit(process, resource.RLIMIT_FSIZE, (hard, hard))
        await made.until_sent(CROWD.reminders)
        made.check()


async def test_a_locked_database_is_waited_for(tmp_path: Path) -> None:
    """Another program holds the file for longer than the bot waits: the tick fails, the next ones do the work."""
    file = tmp_path / "bindeled.db"
    async with bot(f"sqlite:///{file}", tmp_path) as made:
        await asyncio.to_thread(made.make_due)
        with closing(sqlite3.connect(file, isolation_level=None, timeout=20)) as other:
            other.execute("BEGIN EXCLUSIVE")
            await asyncio.sleep(12)
            other.execute("ROLLBACK")
        await made.until_sent(CROWD.reminders)
        made.check()


async def test_a_database_that_is_gone_for_ten_seconds_is_found_again(postgresql_address: str, tmp_path: Path) -> None:
    """Every connection breaks and none can be made: when it is back, the bot is, too, without being started again."""
    name = f"gone_{new_id()}"
    chief = open_engine(postgresql_address).execution_options(isolation_level="AUTOCOMMIT")

    def allow(words: str) -> None:
        with chief.connect() as connection:
            connection.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {words}"))
            connection.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :n"), {"n": name}
            )

    with chief.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    address = chief.url.set(database=name, drivername="postgresql").render_as_string(hide_password=False)
    try:
        async with bot(address, tmp_path) as made:
            await asyncio.to_thread(made.make_due)
            await asyncio.to_thread(allow, "false")
            await asyncio.sleep(10)
            await asyncio.to_thread(allow, "true")
            await made.until_sent(CROWD.reminders)
            made.check()
    finally:
        with chief.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        chief.dispose()


def agreed(world: World, sides, **due: float):
    """A follow-up that is agreed, in a case of its own."""
    case = world.accepted_case(sides.asker, sides.asked)
    matter = world.propose(case, sides.asker, sides.asked, due=world.now + timedelta(**due))
    world.answer(followups.agree, sides.asked, matter)
    world.deliver()
    return matter


def test_a_clock_that_jumps_ahead_by_an_hour_makes_nothing_come_twice(both_worlds, sides):
    """What was being sent counts as unknown to others, until its sender reports: then it is sent, once."""
    agreed(both_worlds, sides, hours=2)
    both_worlds.later(hours=2)
    (item,) = both_worlds.take()
    both_worlds.later(hours=1)
    assert both_worlds.take() == []
    both_worlds.do(delivery.report_sent, item.delivery.id, delivery.Sent("D1", "1.1"))
    both_worlds.do(delivery.report_not_found, item.delivery.id)
    assert not [i for i in both_worlds.deliver() if i.delivery.id == item.delivery.id]


def test_a_clock_that_is_set_back_by_an_hour_loses_nothing(both_worlds, sides):
    """A process dies, and the clock that comes back is an hour behind: what it held comes when its time has come again."""
    agreed(both_worlds, sides, hours=2)
    both_worlds.later(hours=2)
    (held,) = both_worlds.do(delivery.claim, workspace_id="T-HOME", limit=9)
    both_worlds.later(hours=-1)
    assert held.id not in {i.delivery.id for i in both_worlds.deliver()}
    both_worlds.later(hours=1, seconds=LEASE.total_seconds() + 1)
    assert [i.delivery.id for i in both_worlds.deliver()].count(held.id) == 1


def test_after_three_days_of_downtime_each_person_gets_one_digest_and_what_the_law_wants_at_once(both_worlds, sides):
    """Ten agreements and one statutory deadline passed meanwhile: one message for the deadline, one digest for the rest."""
    usual = [agreed(both_worlds, sides, hours=5 + n) for n in range(10)]
    statutory = agreed(both_worlds, sides, hours=6)
    with both_worlds.engine.begin() as connection:
        change = update(matters).where(matters.c.id == statutory.id)
        connection.execute(change.values(clock=DueClock.STATUTORY))
    both_worlds.later(days=3, hours=1)
    at_once = [i for i in both_worlds.deliver() if i.delivery.kind is DeliveryKind.NUDGE]
    assert {i.matter.id for i in at_once if i.matter} == {statutory.id}
    both_worlds.later(hours=22)
    mine = [i for i in both_worlds.deliver() if i.delivery.kind is DeliveryKind.DIGEST]
    ours = [i for i in mine if i.recipient == both_worlds.contact(sides.asked)]
    assert len(ours) == 1
    assert {task.matter.id for task in ours[0].digest.tasks.on_me} >= {matter.id for matter in usual}
