"""The composition root: the only place that knows everyone. Builds the product from its settings and starts it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import structlog
from aiohttp import ClientSession, ClientTimeout, TCPConnector
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import Engine

import handlers.absences
import handlers.accounts
import handlers.agreements
import handlers.callbacks
import handlers.cases
import handlers.channels
import handlers.clearances
import handlers.closing
import handlers.confirmations
import handlers.contacts
import handlers.corrections
import handlers.counters
import handlers.deadlines
import handlers.editing
import handlers.errors
import handlers.fallback
import handlers.followups
import handlers.handovers
import handlers.home
import handlers.incidents
import handlers.intake
import handlers.languages
import handlers.memberships
import handlers.middleware
import handlers.opening
import handlers.preferences
import handlers.reminders
import handlers.rooms
import handlers.setup
import handlers.stuck
import handlers.tracks
import handlers.upkeep
import handlers.words
from bot.clock import Clock, SystemClock
from bot.data.countries import country
from bot.data.municipalities import municipality
from bot.domain.people import Actor
from bot.domain.routing import control_room
from bot.health import Health
from bot.lexicons import guard, understanding
from bot.rounds import Rounds
from bot.settings import Settings
from bot.slack_access import profile_of, who_we_are
from bot.texts.catalogue import texts
from bot.ticker import Ticker
from bot.timelines import timelines_of
from bot.usecases.contacts import Lookup, note_lookups
from bot.usecases.coordinators import Appointed, appoint
from bot.usecases.delivery import LEASE
from bot.usecases.intake import Intake
from bot.usecases.watching import Watch
from bot.working_time import calendar
from handlers.cards.parts import Reader
from handlers.delivery import Postman
from handlers.deps import Deps
from storage import backup
from storage.engine import check_reachable, open_engine
from storage.uow import UnitOfWork
from storage.upgrade import check_schema, is_outdated, upgrade

log = structlog.get_logger(__name__)

P = ParamSpec("P")
R = TypeVar("R")

THREADS = 4
"""Sync SQLAlchemy in a small bounded pool beat the async drivers; more threads only queue at the one writer."""
TIMEOUT = 20
"""Seconds Slack may take for one answer before its outcome counts as unknown."""
KEEP_ALIVE = 10
"""Seconds an idle connection to Slack is kept: less than Slack keeps it, so that a message never meets one that ends."""


def reader(language: str, land: str) -> Reader:
    """Whom a card is written for."""
    found = country(land)
    last = control_room(found.control_room_name, found.control_room, found.control_room_dial)

    def place(code: str) -> str:
        known = municipality(land, code)
        return known.display_name if known else code

    return Reader(texts(language), found.zone, last, place)


def open_database(settings: Settings) -> Engine:
    """The database, upgraded to this program's schema. Raises `storage.errors.DatabaseError` with what to do."""
    if settings.database_url is None:
        settings.prepare_data_folder()
    engine = open_engine(settings.database, threads=THREADS)
    check_reachable(engine)
    if is_outdated(engine):
        now = SystemClock().now()
        path = backup_file(settings, now, "before-upgrade")
        backup.write(engine, path, now)
        log.info("database.backup", file=path.name)
    upgrade(engine)
    check_schema(engine)
    return engine


def backup_file(settings: Settings, now: datetime, name: str) -> Path:
    """Where a backup made at this moment goes: a file of its own in the data folder."""
    return settings.prepare_data_folder() / "backups" / f"{name}-{now:%Y%m%d-%H%M%S}.jsonl.gz"


def web_client(settings: Settings) -> AsyncWebClient:
    """A client for Slack's Web API that never retries by itself: a retry of its own posts twice."""
    token = settings.bot_token.get_secret_value() if settings.bot_token else None
    return AsyncWebClient(token=token, base_url=settings.api_url, timeout=TIMEOUT, retry_handlers=[])


class Dispatching(AsyncApp):
    """Bolt's app, and what is done with each request once its listener has run."""

    afterwards: Sequence[Callable[[dict[str, Any], AsyncBoltContext], None]] = ()

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """Bolt's own, then the rest."""
        answer = await super().async_dispatch(req)
        for then in self.afterwards:
            then(req.body, req.context)
        return answer


@dataclass
class Product:
    """The running product without its way in from Slack: Bolt app, ticker, database."""

    app: AsyncApp
    deps: Deps
    ticker: Ticker
    postman: Postman
    engine: Engine
    pool: ThreadPoolExecutor
    finish: Callable[[], Awaitable[None]]
    health: Health
    background: set[asyncio.Task[None]] = field(default_factory=set)

    async def stop(self) -> None:
        """Finish what is under way, then let go of everything."""
        await self.ticker.stop()
        while self.background:
            await asyncio.gather(*self.background, return_exceptions=True)
        await self.finish()
        session = self.deps.client.session
        if session is not None and not session.closed:
            await session.close()
        self.pool.shutdown()
        self.engine.dispose()


async def build(settings: Settings, clock: Clock, engine: Engine, *, lease: timedelta = LEASE) -> Product:
    """Put the product together and ask Slack who we are; raises `BindeledError` where Slack refuses the token.

    `lease` is how long a process may keep a delivery that it took.
    """
    client = web_client(settings)
    timelines = timelines_of(settings.data)
    workspace_id = (await who_we_are(client)).team_id
    pool = ThreadPoolExecutor(THREADS, thread_name_prefix="usecase")
    background: set[asyncio.Task[None]] = set()
    ticking: list[Ticker] = []

    async def run(usecase: Callable[Concatenate[UnitOfWork, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        work = UnitOfWork(engine, clock.now(), calendar, timelines)
        result = await asyncio.get_running_loop().run_in_executor(pool, partial(usecase, work, *args, **kwargs))
        if work.woke and ticking:
            ticking[0].wake()
        return result

    def later(act: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(_logged(act))
        background.add(task)
        task.add_done_callback(background.discard)

    lookups: list[Lookup] = []

    def looked_up(actor: Actor, municipality: str) -> None:
        lookups.append(Lookup(actor, municipality, clock.now()))

    async def write_lookups() -> None:
        if lookups:
            noted = lookups[:]
            await run(note_lookups, noted)
            del lookups[: len(noted)]

    deps = Deps(
        run=run,
        later=later,
        looked_up=looked_up,
        intake=Intake(understanding(), guard(), settings.key()),
        watch=Watch(await asyncio.to_thread(guard)) if settings.thread_guard == "on" else None,
        reader=reader,
        client=client,
        workspace_id=workspace_id,
        language=settings.language,
        country=settings.country,
    )
    secret = settings.signing_secret.get_secret_value() if settings.signing_secret else "unused-in-socket-mode"
    app = Dispatching(
        client=client,
        signing_secret=secret,
        request_verification_enabled=not settings.uses_socket,
        process_before_response=True,
    )
    app.afterwards = deps.afterwards
    for module in (
        handlers.errors, handlers.middleware, handlers.intake, handlers.contacts, handlers.cases, handlers.opening, handlers.tracks,
        handlers.rooms, handlers.channels, handlers.followups,
        handlers.absences, handlers.accounts, handlers.home, handlers.callbacks, handlers.corrections, handlers.deadlines, handlers.upkeep,
        handlers.confirmations, handlers.editing, handlers.closing, handlers.handovers, handlers.memberships,
        handlers.incidents, handlers.languages, handlers.preferences, handlers.setup, handlers.agreements, handlers.counters, handlers.clearances,
        handlers.words, handlers.reminders, handlers.stuck, handlers.fallback,
    ):  # fmt: skip
        module.register(app, deps)
    health = Health()
    postman = Postman(deps, health, partial(handlers.incidents.look_first, deps), lease)
    rounds = Rounds(deps, clock, health, postman, write_lookups, settings.retention)
    await _appoint(settings, deps)
    ticker = Ticker(rounds.go, seconds=settings.tick_seconds)
    ticking.append(ticker)
    # Without a session of its own the client opens a connection for every message.
    client.session = ClientSession(
        connector=TCPConnector(keepalive_timeout=KEEP_ALIVE), timeout=ClientTimeout(total=TIMEOUT)
    )
    return Product(app, deps, ticker, postman, engine, pool, write_lookups, health, background)


async def _appoint(settings: Settings, deps: Deps) -> None:
    """The coordinators that BINDELED_COORDINATORS names; whoever cannot be one is logged, and the start goes on."""
    for wanted in settings.appointments:
        who = await profile_of(deps.client, wanted.slack_id)
        outcome = await deps.run(
            appoint,
            workspace_id=deps.workspace_id,
            slack_id=wanted.slack_id,
            agency_key=wanted.agency_key,
            name=who.name if who else "",
            email=who.email if who else "",
        )
        if outcome is not Appointed.DONE:
            log.warning(
                "coordinator.not_appointed", slack_id=wanted.slack_id, agency=wanted.agency_key, why=outcome.value
            )


async def _logged(act: Coroutine[Any, Any, None]) -> None:
    try:
        await act
    except Exception:
        log.exception("after_ack.failed")
