"""One stand-in on one loopback port: start it, use it, stop it."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox.clock import SystemClock
from bot.sandbox.control.endpoint import Control
from bot.sandbox.errors import StartError
from bot.sandbox.faults import Faults
from bot.sandbox.manifest import Manifest
from bot.sandbox.manners import Manners
from bot.sandbox.model.changes import Changes
from bot.sandbox.model.store import Model
from bot.sandbox.page.serving import Page, own_pages_only
from bot.sandbox.socket.connections import SocketMode
from bot.sandbox.socket.events import Events
from bot.sandbox.socket.request_url import RequestUrl
from bot.sandbox.standin import Standin
from bot.sandbox.tokens import Tokens
from bot.sandbox.web_api.endpoint import Endpoint
from bot.sandbox.web_api.response_urls import ResponseUrls
from bot.sandbox.web_api.uploads import Uploads
from bot.sandbox.wire import Wire
from bot.sandbox.world import World

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from bot.sandbox.clock import Clock

MOST_BODY_BYTES = 64 * 1024 * 1024
SHUTDOWN_SECONDS = 0.5
TURNS_TO_SETTLE = 5


@dataclass(frozen=True)
class Options:
    """How a stand-in is to be.

    Attributes:
        world: The beginning, as a `World` or as the mapping of its YAML.
        manifest: The app's manifest as a mapping; None grants every scope, event, command and shortcut.
        host: Where to listen.
        port: 0 picks a free one.
        request_url: HTTP mode, posting to this address; None is Socket Mode.
        clock: Message times, response_url ages and event repetitions go by it.
        move_clock: Moves that clock forward to a moment; None makes `/sandbox/clock` answer `no_clock`.
        start_over: Begins the whole demo again; None makes `/sandbox/start-over` answer `no_start_over`.
        guide: What the page is told about this world by whoever made it: the guided tour.
        manners: Slack's waiting times and bounds.
        tokens: Made anew where not given.
    """

    world: World | Mapping[str, Any]
    manifest: Mapping[str, Any] | None = None
    host: str = "127.0.0.1"
    port: int = 0
    request_url: str | None = None
    clock: Clock = field(default_factory=SystemClock)
    move_clock: Callable[[datetime], Awaitable[None]] | None = None
    start_over: Callable[[], Awaitable[None]] | None = None
    guide: Mapping[str, Any] = field(default_factory=dict)
    manners: Manners = field(default_factory=Manners)
    tokens: Tokens = field(default_factory=Tokens)


@dataclass(frozen=True)
class Running:
    """Where the stand-in is and what the bot needs. `api_url` ends in `/api/`."""

    page: str
    control_url: str
    api_url: str
    bot_token: str
    app_token: str
    signing_secret: str
    team_id: str
    app_id: str
    bot_user_id: str

    def as_json(self) -> str:
        """One line of JSON with exactly these fields."""
        return json.dumps(asdict(self), ensure_ascii=False)


class Sandbox:
    """A stand-in that can be started and stopped. ValueError or WorldError where the options make no sense."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._runner: web.AppRunner | None = None
        world = options.world if isinstance(options.world, World) else World.from_mapping(options.world)
        manifest = None if options.manifest is None else Manifest.from_mapping(options.manifest)
        changes, faults, tokens = Changes(), Faults(), options.tokens
        model = Model(world, options.clock, changes)
        wire = Wire(options.clock, changes, tokens, most=options.manners.wire_lines)
        sockets = SocketMode(wire, faults, options.manners, model.app_id)
        self._posting = (
            RequestUrl(options.request_url, tokens, wire, faults, options.manners) if options.request_url else None
        )
        transport = self._posting or sockets
        self.standin = Standin(
            clock=options.clock,
            changes=changes,
            model=model,
            tokens=tokens,
            manifest=manifest,
            manners=options.manners,
            wire=wire,
            faults=faults,
            sockets=sockets,
            transport=transport,
            events=Events(model, tokens, transport, manifest, options.manners),
            move_clock=options.move_clock,
            start_over=options.start_over,
            guide=options.guide,
        )
        self._page = Page(self.standin)

    def _application(self) -> web.Application:
        standin = self.standin
        app = web.Application(client_max_size=MOST_BODY_BYTES, middlewares=[own_pages_only])
        endpoint, uploads = Endpoint(standin), Uploads(standin)
        app.router.add_routes(
            [
                web.post("/api/{method}", endpoint.handle),
                web.get("/api/{method}", endpoint.handle),
                web.get("/socket", standin.sockets.serve),
                web.post("/response/{id}", ResponseUrls(standin).handle),
                web.post("/upload/v1/{id}", uploads.receive),
                web.put("/upload/v1/{id}", uploads.receive),
                web.get("/files/{id}", uploads.fetch),
                *Control(standin).routes(),
                *self._page.routes(),
            ]
        )
        return app

    async def start(self) -> Running:
        """Listen. StartError where the port cannot be had."""
        options = self._options
        runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
        await runner.setup()
        try:
            await web.TCPSite(runner, options.host, options.port).start()
        except OSError as error:
            await runner.cleanup()
            reason = error.strerror or str(error)
            raise StartError(
                f"The stand-in cannot listen on {options.host}:{options.port} ({reason}); choose another --port, or 0 for a free one."
            ) from None
        self._runner = runner
        port = runner.addresses[0][1]
        base = f"http://{options.host}:{port}"
        self.standin.base = base
        if self._posting is not None:
            self._posting.start()
        model, tokens = self.standin.model, self.standin.tokens
        return Running(
            page=f"{base}/",
            control_url=f"{base}/sandbox/",
            api_url=f"{base}/api/",
            bot_token=tokens.bot,
            app_token=tokens.app,
            signing_secret=tokens.signing_secret,
            team_id=model.home_team.id,
            app_id=model.app_id,
            bot_user_id=model.bot.id,
        )

    async def stop(self) -> None:
        """End every connection and forget everything."""
        await self._page.close()
        await self.standin.events.close()
        await self.standin.sockets.close()
        await self.standin.transport.close()
        if self._runner is not None:
            for site in list(self._runner.sites):
                await site.stop()
            for _ in range(TURNS_TO_SETTLE):
                await asyncio.sleep(0)  # a connection taken just before the end is made known, so that it can be closed
            await self._runner.cleanup()
            self._runner = None
