"""HTTP mode: a real Bolt server checks real signatures."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.tokens import Tokens
from tests.sandbox.bench import QUICK, ROOM, Bench, MovableClock, modal, standin

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

Json = dict[str, Any]
TOKENS = Tokens()


@asynccontextmanager
async def served(handle: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> AsyncIterator[str]:
    """A web server with one address, as a bot's request URL."""
    application = web.Application()
    application.router.add_post("/slack/events", handle)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def recorded(*statuses: int, **headers: str) -> AsyncIterator[tuple[Bench, list[tuple[web.Request, str]]]]:
    """A stand-in that posts to a recorder, which answers url_verification, then these statuses, then 200."""
    got: list[tuple[web.Request, str]] = []
    answers = list(statuses)

    async def record(request: web.Request) -> web.Response:
        text = await request.text()
        if '"url_verification"' in text:
            return web.json_response({"challenge": json.loads(text)["challenge"]})
        got.append((request, text))
        return web.Response(status=answers.pop(0) if answers else 200, headers=headers)

    async with served(record) as url, standin(request_url=url, manners=QUICK, tokens=TOKENS) as bench:
        await bench.until(lambda state: state["bot_connected"])
        yield bench, got


async def test_a_bolt_server_is_served_whole():
    """Events, commands, clicks and submissions pass Bolt's signature check; answers come in the response."""
    app: list[AsyncApp] = []

    async def hand_on(request: web.Request) -> web.StreamResponse:
        from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request

        response = await app[0].async_dispatch(await to_bolt_request(request))
        return await to_aiohttp_response(response)

    clock = MovableClock()  # months from the real present: signatures must not go by it
    async with (
        served(hand_on) as url,
        standin(request_url=url, tokens=TOKENS, clock=clock) as bench,
    ):
        client = AsyncWebClient(token=TOKENS.bot, base_url=bench.running.api_url, retry_handlers=[])
        bolt = AsyncApp(client=client, signing_secret=TOKENS.signing_secret, process_before_response=True)

        @bolt.event("message")
        async def hello(event: Json, say: Any) -> None:
            await say(text=f"hørte {event['text']}")

        @bolt.command("/kontakt")
        async def kontakt(ack: Any, body: Json, client: Any) -> None:
            await client.views_open(trigger_id=body["trigger_id"], view=modal())
            await ack("svar")

        @bolt.view("m.c")
        async def submitted(ack: Any) -> None:
            await ack(response_action="errors", errors={"b": "nej"})

        app.append(bolt)
        await bench.until(lambda state: state["bot_connected"])
        assert (await bench.did("case1", "message", channel=ROOM, text="hej"))["acked"] is True
        await bench.until(lambda state: [m["text"] for m in state["messages"]] == ["hej", "hørte hej"])
        asked = await bench.did("case1", "command", command="/kontakt", channel=ROOM)
        assert asked["ack"] in ("svar", {"text": "svar"})
        outcome = await bench.did("case1", "submit", view_id=asked["view_id"], values={"b": {"t": "x"}})
        assert outcome["ack"]["errors"] == {"b": "nej"}


async def test_requests_are_signed_and_encoded_as_slack_does():
    """JSON for events, forms for commands and interactions, v0 signatures over the raw body."""
    async with recorded() as (bench, got):
        await bench.did("case1", "message", channel=ROOM, text="hej")
        await bench.did("case1", "command", command="/kontakt", text="æ &")
        await bench.did("case1", "click", channel=ROOM, ts=await bench.post_button(ROOM), action_id="a.b")
        verifier = SignatureVerifier(TOKENS.signing_secret)
        for request, text in got:
            assert verifier.is_valid_request(text, dict(request.headers))
        event = json.loads(got[0][1])
        assert (got[0][0].content_type, event["event"]["text"]) == ("application/json", "hej")
        command = parse_qs(next(text for _, text in got if "command=" in text))
        assert (command["command"], command["text"]) == (["/kontakt"], ["æ &"])
        click = json.loads(parse_qs(next(text for _, text in got if text.startswith("payload=")))["payload"][0])
        assert click["type"] == "block_actions"


async def test_a_refused_event_is_repeated_with_headers():
    """X-Slack-Retry-Num and -Reason: http_error; the third time it is taken."""
    async with recorded(500, 503) as (bench, got):
        outcome = await bench.act("case1", "message", channel=ROOM, text="hej")
        assert (outcome["ok"], outcome["acked"]) == (True, False)
        async with asyncio.timeout(3):
            while len(got) < 3:
                await bench.get("wait", after=(await bench.state())["seq"], timeout=0.1)
        retries = [(r.headers.get("X-Slack-Retry-Num"), r.headers.get("X-Slack-Retry-Reason")) for r, _ in got]
        assert retries == [(None, None), ("1", "http_error"), ("2", "http_error")]
        assert len({json.loads(text)["event_id"] for _, text in got}) == 1


async def test_no_retry_is_honoured():
    """X-Slack-No-Retry: 1 on the answer ends the repetition."""
    async with recorded(500, **{"X-Slack-No-Retry": "1"}) as (bench, got):
        await bench.act("case1", "message", channel=ROOM, text="hej")
        await asyncio.sleep(0.5)
        assert len(got) == 1


async def test_a_refused_command_is_the_persons_error():
    """Not 2xx: http_error, and no second try."""
    async with recorded(500) as (bench, got):
        assert (await bench.act("case1", "command", command="/kontakt"))["error"] == "http_error"
        await asyncio.sleep(0.5)
        assert len(got) == 1


async def test_without_a_server_nothing_is_connected():
    """dispatch_failed, and bot_connected stays false."""
    async with standin(request_url="http://127.0.0.1:1/slack/events", manners=QUICK) as bench:
        assert (await bench.act("case1", "command", command="/kontakt"))["error"] == "dispatch_failed"
        assert (await bench.state())["bot_connected"] is False


async def test_the_same_request_can_be_sent_twice():
    """The fault `twice` posts one event two times with the same id."""
    async with recorded() as (bench, got):
        await bench.post("fault", {"kind": "twice", "method": "message"})
        await bench.did("case1", "message", channel=ROOM, text="hej")
        assert len({json.loads(text)["event_id"] for _, text in got}) == 1
        assert len(got) == 2
