"""The demo world as tests act in it: the real bot and the stand-in, over a real socket, in a folder of the test's own.

A test takes the fixture `world`, lets persons act (`world.person("case1")`), moves the clock, breaks things
(`world.fault`), and looks at what people see, what went over the wire and what the database keeps. When the test is
over, the fixture reads the whole wire once more and fails where Slack refused something for its form, where a message
lacks its text or where an error was logged.
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import aiohttp
import structlog

from bot.app import open_database
from bot.demo.clock import MovableClock
from bot.demo.directory import KOEGE, entries
from bot.demo.person import NotSeenError, Person, Seen, written
from bot.demo.stage import CONFIRMED, ROOM, Stage, settings
from bot.demo.stage import world as demo_world
from bot.domain.cases import Room
from bot.domain.routing import RoutingRule
from bot.sandbox.server import Options, Sandbox
from bot.settings import Settings
from bot.usecases import directory
from bot.working_time import calendar
from storage import directory_changes
from storage.uow import UnitOfWork
from tests.wire import check_form

EXTERNAL_ROOM = "samarbejde-ekstern"
QUIET_SECONDS = 0.15
"""So long nothing may have gone over the wire before it counts as quiet."""
PATIENCE = 15.0
UNDER_WAY = """
    SELECT id FROM deliveries d WHERE state IN ('claimed', 'sending') OR (
        state = 'due' AND next_attempt_at <= ? AND NOT EXISTS (
            SELECT 1 FROM deliveries b WHERE b.state = 'unknown' AND (b.id = d.after_id OR b.lane = d.lane)))
"""
"""What is being sent, or could be sent now: not what waits for something whose outcome nobody knows yet."""
CODE = re.compile(r"\b[A-Z]\d{3}-[A-Z]\d{2}-[A-Z0-9]\b")
"""What a case code looks like."""


@dataclass
class World:
    """A running stage with a test's ways to act on it. `allowed_errors` are log events a test expects."""

    stage: Stage
    session: aiohttp.ClientSession
    data: Path
    log: list[Any] = field(default_factory=list)
    allowed_errors: set[str] = field(default_factory=set)

    @property
    def control(self) -> str:
        """The stand-in's control address."""
        return self.stage.running.control_url

    def person(self, handle: str) -> Person:
        """One of the demo people."""
        return Person(self.session, self.control, handle)

    async def state(self) -> Seen:
        """Everything there is, whoever may see it."""
        async with self.session.get(f"{self.control}state") as response:
            seen: Seen = await response.json()
        return seen

    async def seen_by(self, handle: str, *words: str) -> list[Seen]:
        """All messages of the bot that a person sees now and that hold these words, oldest first."""
        state = await self.person(handle).state()
        mine = [m for m in state["messages"] if m["bot_id"] and all(word in written(m) for word in words)]
        return sorted(mine, key=lambda m: float(m["ts"]))

    async def channel_id(self, name: str) -> str:
        """A channel's id."""
        return next(str(c["id"]) for c in (await self.state())["channels"] if c["name"] == name)

    async def wire(self, *, kind: str | None = None, method: str | None = None) -> list[Seen]:
        """What went over the wire, oldest first."""
        async with self.session.get(f"{self.control}wire") as response:
            lines: list[Seen] = await response.json()
        return [x for x in lines if kind in {None, x["kind"]} and method in {None, x["method"]}]

    async def call(self, method: str, **what: object) -> Seen:
        """The Web API with the bot's own token, for what no demo person can do (archive a channel, leave one)."""
        head = {"Authorization": f"Bearer {self.stage.running.bot_token}"}
        async with self.session.post(f"{self.stage.running.api_url}{method}", json=what, headers=head) as response:
            answer: Seen = await response.json()
        assert answer["ok"], answer
        return answer

    async def fault(self, kind: str, method: str | None = None, **what: object) -> None:
        """From now on something breaks; see DESIGN.md section 4."""
        wish = {"kind": kind, **({"method": method} if method else {}), **what}
        async with self.session.post(f"{self.control}fault", json=wish) as response:
            assert (await response.json())["ok"]

    async def heal(self) -> None:
        """Everything works again."""
        async with self.session.delete(f"{self.control}fault") as response:
            assert (await response.json())["ok"]

    async def advance(self, seconds: float) -> None:
        """Time passes; what is due by then has been sent."""
        async with self.session.post(f"{self.control}clock", json={"advance": seconds}) as response:
            assert (await response.json())["ok"]

    async def reach(self, moment: datetime) -> None:
        """It is that moment, and what is due by then has been sent."""
        async with self.session.post(f"{self.control}clock", json={"to": moment.isoformat()}) as response:
            assert (await response.json())["ok"]

    async def restart(self) -> None:
        """The bot is stopped and started again."""
        await self.stage.stop_bot()
        await self.stage.start_bot()

    async def until(self, what: str, found: Callable[[], bool]) -> None:
        """Wait until something is so; raises `NotSeenError` where it does not become so in time."""
        patience = time.monotonic() + PATIENCE
        while not found():
            if time.monotonic() > patience:
                raise NotSeenError(f"it should have come so far that {what}")
            await asyncio.sleep(0.05)

    async def quiet(self) -> None:
        """Wait until the bot has said all it has to say at this moment."""
        patience = time.monotonic() + PATIENCE
        while time.monotonic() < patience:
            before = await self.state()
            await asyncio.sleep(QUIET_SECONDS)
            now = (await self.state())["now"].replace("T", " ")
            under_way = self.rows(UNDER_WAY, now)
            if not under_way and (await self.state())["seq"] == before["seq"]:
                return
        raise NotSeenError("the bot should have come to rest")

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What the database says, read from outside the bot."""
        with closing(sqlite3.connect(f"file:{self.data / 'bindeled.db'}?mode=ro", uri=True)) as connection:
            return connection.execute(query, values).fetchall()

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return int(self.rows(f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608 - the names are the tests' own

    @asynccontextmanager
    async def work(self) -> AsyncIterator[UnitOfWork]:
        """A unit of work of another process on the same database, at the world's present moment."""
        clock = MovableClock()
        engine = open_database(settings(self.data))
        try:
            yield UnitOfWork(engine, clock.now(), calendar)
        finally:
            engine.dispose()

    async def change_directory(
        self,
        *,
        room: str = ROOM,
        language: dict[str, str] | None = None,
        rules: Sequence[RoutingRule] = (),
        slack_ids: dict[str, str] | None = None,
    ) -> None:
        """Another room for Køge, other rules, languages of agencies and Slack ids of people, each by key.

        A restart of the stage undoes it.
        """
        state = await self.state()
        home = next(str(team["id"]) for team in state["teams"] if team["bot"])
        async with self.work() as work:
            made = entries(await self.channel_id(room), work.now - CONFIRMED)
            known = dict(self.rows("SELECT key, slack_id FROM contacts"))
            changed = replace(
                made,
                agencies=[replace(a, language=(language or {}).get(a.key, a.language)) for a in made.agencies],
                contacts=[replace(c, slack_id=(slack_ids or {}).get(c.key, known[c.key])) for c in made.contacts],
                rules=[*made.rules, *rules],
                rooms=[
                    Room(
                        id="",
                        workspace_id="",
                        country="DK",
                        municipality=KOEGE,
                        channel=await self.channel_id(room),
                        language="da",
                    )
                ],
            )
            directory.put(work, home, changed)

    async def end_contact(self, handle: str) -> None:
        """A person's place in the directory ends now."""
        async with self.work() as work:
            with work:
                directory_changes.end_contacts(work, self.stage.running.team_id, [handle])
                work.commit()

    def errors(self) -> list[Any]:
        """Errors in the log that no test said to expect."""
        bad = {"error", "critical"}
        return [x for x in self.log if x["log_level"] in bad and x["event"] not in self.allowed_errors]


class Scene(Stage):
    """The demo's stage, where a test may also give the app every right Slack has to give, or run without the thread guard."""

    def __init__(self, data: Path, *, all_rights: bool = False, thread_guard: Literal["on", "off"] = "on") -> None:
        super().__init__(data)
        self._thread_guard = thread_guard
        if all_rights:
            options = Options(world=demo_world(), manifest=None, clock=self._clock, move_clock=self._move_clock)
            self._sandbox = Sandbox(options)

    def _settings(self) -> Settings:
        return super()._settings().model_copy(update={"thread_guard": self._thread_guard})


@asynccontextmanager
async def running(stage: Stage, data: Path) -> AsyncIterator[World]:
    """A stage with the tests' ways to act on it; at the end its wire and its log are looked through."""
    with structlog.testing.capture_logs() as log:
        async with stage, aiohttp.ClientSession() as session:
            world = World(stage, session, data, log=log)
            yield world
            await world.heal()
            check_form(await world.wire(), await world.state())
    assert not world.errors(), world.errors()
