"""The two ways in from Slack: Socket Mode, or HTTP on a port of our own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.errors import SlackApiError

from bot.app import Product, web_client
from bot.errors import BindeledError
from bot.settings import Settings

EVENTS = "/slack/events"
LOOK_AT_SOCKET = 3
"""Seconds between two looks whether the socket is alive: so long at most nobody listens after it broke."""


@asynccontextmanager
async def serving(product: Product, settings: Settings) -> AsyncIterator[None]:
    """The product reachable for Slack while the block runs. Raises `BindeledError` where Slack refuses the app token."""
    if settings.uses_socket:
        async with AsyncExitStack() as both:
            if settings.port:
                await both.enter_async_context(_listening(health_app(product), settings))
            await both.enter_async_context(_socket(product, settings))
            yield
    else:
        async with _listening(http_app(product), settings):
            yield


@asynccontextmanager
async def _socket(product: Product, settings: Settings) -> AsyncIterator[None]:
    token = settings.app_token.get_secret_value() if settings.app_token else ""
    # The base address stands twice: on the app's client and here, else the socket is asked for at Slack's own address.
    client = web_client(settings)
    try:
        # Asked once beforehand: the handler itself would go on trying a token that Slack does not know.
        await client.apps_connections_open(app_token=token)
    except SlackApiError as error:
        code = error.response.get("error")
        message = f"Slack does not accept SLACK_APP_TOKEN ({code}): make an app-level token with connections:write and restart."
        raise BindeledError(message) from error
    handler = AsyncSocketModeHandler(product.app, token, web_client=client, ping_interval=LOOK_AT_SOCKET)
    try:
        await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
        yield
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]  # likewise


@asynccontextmanager
async def _listening(app: web.Application, settings: Settings) -> AsyncIterator[None]:
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
        yield
    finally:
        await runner.cleanup()


def http_app(product: Product) -> web.Application:
    """Everything Slack sends over HTTP, at one address; signatures are checked by Bolt."""

    async def received(request: web.Request) -> web.Response:
        answer = await product.app.async_dispatch(await to_bolt_request(request))
        return await to_aiohttp_response(answer)

    app = health_app(product)
    app.router.add_post(EVENTS, received)
    return app


def health_app(product: Product) -> web.Application:
    """What an operator asks: `/livez`, `/readyz`, `/metrics`."""
    app = web.Application()
    app.router.add_routes(product.health.routes())
    return app
