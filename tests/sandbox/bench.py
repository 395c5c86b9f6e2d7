"""A stand-in on a free port with real clients beside it: what every test of `bot/sandbox` begins with."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.manners import Manners
from bot.sandbox.server import Options, Running, Sandbox
from bot.sandbox.world import World

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

Json = dict[str, Any]

PUBLIC, ROOM, SHARED = "C0ALLE", "C0SAMARBEJDEKOEGE", "C0SAMARBEJDEEKSTERN"
QUICK = Manners(ack_seconds=0.4, event_retries=(0.0, 0.2, 0.4), retry_glance_seconds=0.02)


def manifest(**changes: Any) -> Json:
    """An app manifest as the product's might be; scopes, events, home and so on can be replaced."""
    scopes = [
        "app_mentions:read",
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "groups:history",
        "groups:read",
        "im:history",
        "im:read",
        "im:write",
        "reactions:read",
        "reactions:write",
        "users:read",
        "users:read.email",
    ]
    events = [
        "app_home_opened",
        "app_mention",
        "member_joined_channel",
        "message.channels",
        "message.groups",
        "message.im",
        "reaction_added",
        "user_change",
    ]
    return {
        "display_information": {"name": "Prøve"},
        "features": {
            "app_home": {
                "home_tab_enabled": changes.get("home", True),
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Prøve", "always_online": True},
            "slash_commands": [
                {"command": "/kontakt", "description": "Find kontakt", "should_escape": changes.get("escape", False)}
            ],
            "shortcuts": [
                {"name": "Ny sag", "type": "global", "callback_id": "case.open", "description": "Åbn en sag"},
                {"name": "Aftal", "type": "message", "callback_id": "followup.new", "description": "Ny aftale"},
            ],
        },
        "oauth_config": {"scopes": {"bot": changes.get("scopes", scopes)}},
        "settings": {
            "event_subscriptions": {"bot_events": changes.get("events", events)},
            "interactivity": {"is_enabled": True},
            "socket_mode_enabled": True,
        },
    }


def demo_world() -> World:
    """The demo's own world."""
    return World.from_text(files("bot.demo").joinpath("world.yml").read_text("utf-8"))


@dataclass
class MovableClock:
    """A clock that stands still until it is moved."""

    moment: datetime = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        """The moment it was moved to."""
        return self.moment

    async def move(self, to: datetime) -> None:
        """Set it."""
        self.moment = to


@dataclass
class Bench:
    """A running stand-in, a Web API client of the bot, and the control address."""

    running: Running
    sandbox: Sandbox
    http: aiohttp.ClientSession
    web: AsyncWebClient
    handlers: list[AsyncSocketModeHandler] = field(default_factory=list)
    sockets: list[aiohttp.ClientWebSocketResponse] = field(default_factory=list)

    async def act(self, who: str, kind: str, **fields: Any) -> Json:
        """A person does something."""
        async with self.http.post(f"{self.running.control_url}act", json={"as": who, "type": kind, **fields}) as answer:
            return dict(await answer.json())

    async def did(self, who: str, kind: str, **fields: Any) -> Json:
        """A person does something that must succeed."""
        outcome = await self.act(who, kind, **fields)
        assert outcome["ok"], outcome
        return outcome

    async def get(self, path: str, **query: Any) -> Any:
        """Read from the control address."""
        async with self.http.get(f"{self.running.control_url}{path}", params=query) as answer:
            return await answer.json()

    async def post(self, path: str, body: Any) -> Json:
        """Write to the control address."""
        async with self.http.post(f"{self.running.control_url}{path}", json=body) as answer:
            return dict(await answer.json())

    async def state(self, who: str | None = None) -> Json:
        """The state, or what one person sees of it."""
        return dict(await self.get("state", **({"as": who} if who else {})))

    async def messages(self, who: str | None = None, channel: str | None = None) -> list[Json]:
        """The messages, oldest first."""
        return [m for m in (await self.state(who))["messages"] if channel in {None, m["channel"]}]

    async def wire(self, kind: str, method: str | None = None, **wanted: Any) -> list[Json]:
        """What went over the wire of one kind."""
        return [
            line
            for line in await self.get("wire")
            if line["kind"] == kind
            and method in {None, line["method"]}
            and all(line[name] == value for name, value in wanted.items())
        ]

    async def until(self, holds: Callable[[Json], Any], seconds: float = 5.0) -> Json:
        """Wait, without polling, until the state has a property."""
        async with asyncio.timeout(seconds):
            while True:
                state = await self.state()
                if holds(state):
                    return state
                await self.get("wait", after=state["seq"], timeout=seconds)

    async def quiet(self, seconds: float = 0.3) -> None:
        """Wait until nothing has happened for a while: the SDK may open a second socket when it reconnects."""
        seq = (await self.state())["seq"]
        while (waited := await self.get("wait", after=seq, timeout=seconds))["changed"]:
            seq = waited["seq"]

    def app(self) -> AsyncApp:
        """A real Bolt app."""
        client = AsyncWebClient(token=self.running.bot_token, base_url=self.running.api_url, retry_handlers=[])
        return AsyncApp(client=client, signing_secret=self.running.signing_secret, process_before_response=True)

    async def connect(self, app: AsyncApp) -> AsyncSocketModeHandler:
        """Connect a Bolt app over a real WebSocket."""
        web = AsyncWebClient(base_url=self.running.api_url, retry_handlers=[])
        handler = AsyncSocketModeHandler(app, self.running.app_token, web_client=web, ping_interval=1)
        self.handlers.append(handler)
        before = await self.state()
        await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt left it without annotations
        async with asyncio.timeout(5):
            while not [line for line in await self.wire("socket", "hello") if line["seq"] > before["seq"]]:
                await self.get("wait", after=(await self.state())["seq"], timeout=0.05)
        return handler

    async def disconnect(self) -> None:
        """End every Bolt connection."""
        while self.handlers:
            await self.handlers.pop().close_async()  # type: ignore[no-untyped-call]  # Bolt left it without annotations

    async def socket(self) -> aiohttp.ClientWebSocketResponse:
        """A bare WebSocket that has read its hello and acknowledges nothing by itself."""
        opened = await AsyncWebClient(token=self.running.app_token, base_url=self.running.api_url).api_call(
            "apps.connections.open"
        )
        socket = await self.http.ws_connect(str(opened["url"]))
        self.sockets.append(socket)  # one that nobody holds is closed
        assert (await socket.receive_json(timeout=3))["type"] in {"hello", "disconnect"}
        return socket

    async def direct(self, who: str = "U0CASE1") -> str:
        """The id of the bot's direct conversation with a person."""
        opened = await self.web.conversations_open(users=who)
        return str(opened["channel"]["id"])

    async def post_button(self, channel: str, **fields: Any) -> str:
        """Post one button `a.b` and return the message's ts."""
        posted = await self.web.chat_postMessage(channel=channel, text="knap", blocks=[button()], **fields)
        return str(posted["ts"])


def plain(text: str) -> Json:
    """A plain text object."""
    return {"type": "plain_text", "text": text}


def button(action_id: str = "a.b", value: str = "1") -> Json:
    """An actions block with one button."""
    return {
        "type": "actions",
        "block_id": "knapper",
        "elements": [{"type": "button", "action_id": action_id, "text": plain("Tryk"), "value": value}],
    }


def text_input(block_id: str = "b", action_id: str = "t", **fields: Any) -> Json:
    """An input block with a text field."""
    element = {"type": "plain_text_input", "action_id": action_id, **fields.pop("element", {})}
    return {"type": "input", "block_id": block_id, "label": plain("Felt"), "element": element, **fields}


def modal(*blocks: Json, **fields: Any) -> Json:
    """A modal."""
    return {
        "type": "modal",
        "callback_id": "m.c",
        "title": plain("Titel"),
        "submit": plain("Send"),
        "blocks": list(blocks) or [text_input()],
        **fields,
    }


@asynccontextmanager
async def standin(**options: Any) -> AsyncIterator[Bench]:
    """A stand-in with the demo world for as long as the block lasts."""
    sandbox = Sandbox(Options(**{"world": demo_world(), **options}))
    running = await sandbox.start()
    web = AsyncWebClient(token=running.bot_token, base_url=running.api_url, retry_handlers=[])
    async with aiohttp.ClientSession() as http:
        bench = Bench(running, sandbox, http, web)
        try:
            yield bench
        finally:
            await bench.disconnect()
            for socket in bench.sockets:
                await socket.close()
            await sandbox.stop()


@contextmanager
def refused(code: str) -> Iterator[Json]:
    """The call inside is refused by Slack with this code; what it answered is filled in."""
    answer: Json = {}
    with pytest.raises(SlackApiError) as caught:
        yield answer
    answer |= caught.value.response.data if isinstance(caught.value.response.data, dict) else {}
    assert caught.value.response["error"] == code
