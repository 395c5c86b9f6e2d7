"""How fast reminders go out, how late the last of many is, and what a tick costs when there is nothing to do.

    python -m tests.benchmarks.delivery sent [--people 1000]
    python -m tests.benchmarks.delivery morning [--people 10000]
    python -m tests.benchmarks.delivery idle [--rows 10000 100000 1000000] [--runs 200]

Each on SQLite and, where its programs are found, on PostgreSQL. `sent`: one reminder a person, all due, one process
against the stand-in (a process of its own) without limits; aim: 200 a second. `morning`: so many due at one moment; how
late they come. `idle`: a look at a table of so many rows of which none is due; aim: flat, 2 ms on PostgreSQL, 0.5 ms on
SQLite. It gates nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import Engine, insert

from bot import log
from bot.app import build
from bot.clock import SystemClock
from bot.domain.deliveries import DeliveryKind, DeliveryState
from bot.settings import Settings
from bot.usecases import delivery
from bot.working_time import calendar
from storage.deliveries import deliveries
from storage.engine import open_engine
from storage.schema import new_id
from storage.uow import UnitOfWork
from tests.chaos.crowd import HOME, Crowd
from tests.databases import UnavailableError, migrated, postgresql_server, schema_of_its_own

BATCH = 10_000
A_CASE = 2
"""Reminders of one case."""


@contextmanager
def databases() -> Iterator[list[tuple[str, str]]]:
    """The name and address of a new database of each kind."""
    with tempfile.TemporaryDirectory() as folder:
        found = [("SQLite", f"sqlite:///{Path(folder) / 'bindeled.db'}")]
        try:
            with postgresql_server() as server, schema_of_its_own(server) as address:
                yield [*found, ("PostgreSQL", address)]
        except UnavailableError as error:
            print(error)  # noqa: T201 - this is its face
            yield found


@contextmanager
def stand_in(crowd: Crowd) -> Iterator[dict[str, str]]:
    """The stand-in in a process of its own, as the bot's settings want it."""
    with tempfile.TemporaryDirectory() as folder:
        world = Path(folder) / "world.yml"
        world.write_text(json.dumps(crowd.world()), encoding="utf-8")  # JSON is YAML, too
        words = [sys.executable, "-m", "bot", "sandbox", "--world", str(world)]
        process = subprocess.Popen(words, stdout=subprocess.PIPE)
        try:
            assert process.stdout is not None
            yield json.loads(process.stdout.readline())
        finally:
            process.kill()
            process.communicate()


async def send(address: str, people: int) -> list[float]:
    """The seconds after its due moment at which each of so many reminders was sent; one a person, all due at once."""
    crowd = Crowd(people=people, cases=people // A_CASE, reminders=people)
    migrated(address)
    engine = open_engine(address)
    crowd.fill(engine, SystemClock().now(), SystemClock().now())
    with stand_in(crowd) as slack:
        settings = Settings(
            bot_token=SecretStr(slack["bot_token"]), app_token=SecretStr(slack["app_token"]), api_url=slack["api_url"],
            data=Path(tempfile.mkdtemp()), port=0,
        )  # fmt: skip
        product = await build(settings, SystemClock(), engine)
        begins, worked = datetime.now(UTC), time.process_time()
        await product.postman.deliver_due()
        worked = time.process_time() - worked
        await product.stop()
    with engine.connect() as connection:
        rows = connection.execute(deliveries.select().where(deliveries.c.state == DeliveryState.SENT)).all()
    engine.dispose()
    assert len(rows) == people
    print(f"{1000 * worked / people:.1f} ms of one core each;", end=" ")  # noqa: T201 - likewise
    return sorted((row.sent_at - begins).total_seconds() for row in rows)


def sent(people: int) -> None:
    """One process, one message a person."""
    with databases() as found:
        for name, address in found:
            late = asyncio.run(send(address, people))
            print(  # noqa: T201 - likewise
                f"{name:<12} {people} reminders: {people / late[-1]:6.0f} a second; "
                f"late by {statistics.median(late):.1f} s (median), {late[len(late) * 99 // 100]:.1f} s (99 of 100), "
                f"{late[-1]:.1f} s (the last)",
                flush=True,
            )


def fill_idle(engine: Engine, rows: int) -> None:
    """So many rows: nine in ten long sent, the others due in a year."""
    now = datetime.now(UTC)
    with engine.begin() as connection:
        for start in range(0, rows, BATCH):
            connection.execute(
                insert(deliveries),
                [
                    {
                        "id": new_id(), "workspace_id": HOME, "kind": DeliveryKind.NUDGE,
                        "state": DeliveryState.DUE if n % 10 == 0 else DeliveryState.SENT,
                        "due_at": now + timedelta(days=365 if n % 10 == 0 else -1), "lane": f"person:{n % 5000}",
                        "next_attempt_at": now + timedelta(days=365 if n % 10 == 0 else -1), "revision": 1,
                        "attempts": 1, "dedupe": new_id(), "matter_id": new_id(),
                    }
                    for n in range(start, min(start + BATCH, rows))
                ],
            )  # fmt: skip
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("ANALYZE deliveries")


def look(engine: Engine) -> None:
    """All the database is asked on a tick with nothing to do."""
    assert not delivery.is_anything(UnitOfWork(engine, datetime.now(UTC), calendar), workspace_id=HOME)


def idle(sizes: list[int], runs: int) -> None:
    """A look at tables of several sizes."""
    with databases() as found:
        for name, address in found:
            migrated(address)
            engine = open_engine(address)
            held = 0
            for size in sorted(sizes):
                fill_idle(engine, size - held)
                held = size
                took, worked = [], time.process_time()
                for _ in range(runs):
                    begins = time.perf_counter()
                    look(engine)
                    took.append((time.perf_counter() - begins) * 1000)
                worked = (time.process_time() - worked) * 1000 / runs
                print(  # noqa: T201 - likewise
                    f"{name:<12} {size:>9} rows: {statistics.median(took):6.2f} ms (median), "
                    f"{statistics.quantiles(took, n=20)[-1]:6.2f} ms (19 of 20), {worked:5.2f} ms of our own time"
                )
            engine.dispose()


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["sent", "morning", "idle"])
    parser.add_argument("--people", type=int)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--runs", type=int, default=200)
    chosen = parser.parse_args()
    log.configure(verbose=False)
    if chosen.what == "idle":
        idle(chosen.rows, chosen.runs)
    else:
        sent(chosen.people or (1000 if chosen.what == "sent" else 10_000))


if __name__ == "__main__":
    main()
