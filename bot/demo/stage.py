"""The demo's stage: the stand-in and the real bot in one process, over a real socket, with one movable clock."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Self

from pydantic import SecretStr
from sqlalchemy import Engine

from bot import manifest
from bot.app import Product, build, open_database
from bot.demo.clock import MovableClock
from bot.demo.directory import entries
from bot.demo.guide import guide
from bot.sandbox.server import Options, Running, Sandbox
from bot.sandbox.world import World
from bot.server import serving
from bot.settings import Settings
from bot.usecases import directory
from bot.usecases.delivery import next_due
from bot.working_time import calendar
from storage.uow import UnitOfWork

ROOM, NORWEGIAN_ROOM = "samarbejde-koege", "samarbeid-drammen"
SOON = timedelta(seconds=3)
"""What is due so soon after a move of the clock belongs to it: one channel takes one message a second."""
CONFIRMED = timedelta(days=12)
"""So long ago the demo's rules were confirmed."""


def world() -> World:
    """The demo's workspaces, people and channels."""
    return World.from_text(files("bot.demo").joinpath("world.yml").read_text("utf-8"), name="the demo world")


def settings(data: Path, running: Running | None = None, *, api_url: str | None = None) -> Settings:
    """The bot's settings in the demo; what the environment says about a real workspace is not used."""
    return Settings(
        bot_token=SecretStr(running.bot_token if running else "xoxb-demo"),
        app_token=SecretStr(running.app_token if running else "xapp-demo"),
        signing_secret=SecretStr(running.signing_secret if running else "demo"),
        mode="socket",
        api_url=api_url or (running.api_url if running else "http://127.0.0.1/api/"),
        database_url=SecretStr(f"sqlite:///{(data / 'bindeled.db').resolve()}"),
        data=data,
        country="DK",
        chosen_language="da",
        tick_seconds=1,
        port=0,
    )


def prepare(data: Path, clock: MovableClock) -> Engine:
    """A database in a folder, filled with the demo's directory and rooms."""
    place = world()
    home = next(team for team in place.teams if team.has_bot)
    rooms = {channel.name: channel.id for channel in place.channels}
    prepared = settings(data)
    prepared.prepare_data_folder()
    engine = open_database(prepared)
    work = UnitOfWork(engine, clock.now(), calendar)
    directory.put(work, home.id, entries(rooms[ROOM], clock.now() - CONFIRMED, drammen=rooms[NORWEGIAN_ROOM]))
    return engine


class Stage:
    """Stand-in and bot together; `async with Stage(...)` runs both until it is left."""

    def __init__(self, data: Path, *, port: int = 0, api_url: str | None = None, may_start_over: bool = False) -> None:
        self._data = data
        self._turn = asyncio.Lock()
        self._api_url = api_url
        self._clock = MovableClock()
        self._sandbox = Sandbox(
            Options(
                world=world(),
                manifest=manifest.build("da", thread_guard=True),
                port=port,
                clock=self._clock,
                move_clock=self._move_clock,
                start_over=self._start_over if may_start_over else None,
                guide=guide(world()),
            )
        )
        self._bot = AsyncExitStack()
        self._product: Product | None = None
        self.running: Running

    async def __aenter__(self) -> Self:
        self.running = await self._sandbox.start()
        try:
            await self.start_bot()
        except BaseException:
            await self._sandbox.stop()
            raise
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.stop_bot()
        await self._sandbox.stop()

    async def start_bot(self) -> None:
        """The bot, on the database in the data folder."""
        engine = await asyncio.to_thread(prepare, self._data, self._clock)
        chosen = self._settings()
        product = await build(chosen, self._clock, engine)
        self._bot.push_async_callback(product.stop)
        await self._bot.enter_async_context(serving(product, chosen))
        product.ticker.start()
        self._product = product

    def _settings(self) -> Settings:
        return settings(self._data, self.running, api_url=self._api_url)

    async def stop_bot(self) -> None:
        """The bot goes away; the stand-in and the database stay."""
        self._product = None
        await self._bot.aclose()

    async def _start_over(self) -> None:
        """The demo as it was when it started: an empty stand-in, a new database, the machine's own time."""
        async with self._turn:
            await self.stop_bot()
            for file in self._data.glob("bindeled.db*"):
                file.unlink()
            self._clock.begin()
            await self._sandbox.standin.begin_again()
            await self.start_bot()

    async def _move_clock(self, moment: datetime) -> None:
        """Move both sides' clock; the move ends when what is due by then has been sent."""
        async with self._turn:
            await self._move_clock_now(moment)

    async def _move_clock_now(self, moment: datetime) -> None:
        self._clock.move_to(max(moment, self._clock.now()))  # another move may have come first
        product = self._product
        while product is not None:
            await product.postman.deliver_due()
            due = await product.deps.run(next_due, workspace_id=product.deps.workspace_id)
            if due is None or due > self._clock.now() + SOON:
                return
            await asyncio.sleep(max(0.05, (due - self._clock.now()).total_seconds()))
