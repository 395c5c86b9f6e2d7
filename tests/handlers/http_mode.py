"""The product in HTTP mode: Slack posts to it, signed; no app token, no socket."""

from __future__ import annotations

import asyncio
import socket
from contextlib import closing
from pathlib import Path

from pydantic import SecretStr

from bot import manifest
from bot.app import build
from bot.demo.stage import Stage, prepare, settings, world
from bot.sandbox.server import Options, Sandbox
from bot.server import EVENTS, serving


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class HttpStage(Stage):
    """A stage whose stand-in posts to the bot's own port; `address` is the bot's, events and all."""

    def __init__(self, data: Path) -> None:
        super().__init__(data)
        self._bot_port = free_port()
        self.address = f"http://127.0.0.1:{self._bot_port}{EVENTS}"
        self._sandbox = Sandbox(
            Options(
                world=world(),
                manifest=manifest.build("da", thread_guard=True),
                request_url=self.address,
                clock=self._clock,
                move_clock=self._move_clock,
            )
        )

    async def start_bot(self) -> None:
        """The bot as an operator without an app token would run it."""
        engine = await asyncio.to_thread(prepare, self._data, self._clock)
        chosen = settings(self._data, self.running).model_copy(
            update={"app_token": None, "mode": None, "port": self._bot_port}
        )
        assert not chosen.uses_socket
        product = await build(chosen, self._clock, engine)
        self._bot.push_async_callback(product.stop)
        await self._bot.enter_async_context(serving(product, chosen))
        product.ticker.start()
        self._product = product

    @property
    def secret(self) -> SecretStr:
        """What both sides sign with."""
        return SecretStr(self.running.signing_secret)
