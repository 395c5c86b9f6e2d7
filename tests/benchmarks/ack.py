"""A signed `/kontakt` over HTTP to its ack: the product with the demo's directory beside a bare AsyncApp, in one run.

    python -m tests.benchmarks.ack [--rounds 300] [--rules 20000]

Both stand in processes of their own, on loopback, and are asked in turns, so that whatever else the machine does falls
on both alike. Printed are medians and the slowest per cent in milliseconds, and the ratio (aim: at most 3 at the median).
It gates nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from multiprocessing.connection import Connection
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from bot.demo.stage import prepare, settings, world
from bot.sandbox.clock import real_seconds
from bot.sandbox.server import Options, Running, Sandbox
from bot.sandbox.socket.request_url import signed
from bot.usecases import directory
from bot.working_time import calendar
from storage.uow import UnitOfWork
from tests.benchmarks.directory import many

WARM_UP = 30
RULES = "BENCHMARK_RULES"
"""Tells the product's process how many rules to put beside the demo's directory."""
MS = 1000.0


async def _product(running: Running, data: Path) -> web.Application:
    from bot.app import build
    from bot.demo.clock import MovableClock
    from bot.server import http_app

    clock = MovableClock()
    chosen = settings(data, running).model_copy(update={"app_token": None, "mode": None})
    engine = await asyncio.to_thread(prepare, data, clock)
    if rules := int(os.environ.get(RULES, "0")):
        work = UnitOfWork(engine, clock.now(), calendar)
        await asyncio.to_thread(directory.put, work, running.team_id, many(rules))
    product = await build(chosen, clock, engine)
    product.ticker.start()
    return http_app(product)


async def _bare(running: Running, _data: Path) -> web.Application:
    from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
    from slack_bolt.async_app import AsyncAck, AsyncApp
    from slack_sdk.web.async_client import AsyncWebClient

    client = AsyncWebClient(token=running.bot_token, base_url=running.api_url)
    app = AsyncApp(client=client, signing_secret=running.signing_secret, process_before_response=True)

    @app.command("/kontakt")
    async def nothing(ack: AsyncAck) -> None:
        await ack()

    async def received(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    http = web.Application()
    http.router.add_post("/slack/events", received)
    return http


MAKERS = {"product": _product, "bare": _bare}


def _serve(name: str, running: Running, data: Path, tell: Connection) -> None:
    async def forever() -> None:
        runner = web.AppRunner(await MAKERS[name](running, data), access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        tell.send(runner.addresses[0][1])
        await asyncio.Event().wait()

    asyncio.run(forever())


async def _ask(session: aiohttp.ClientSession, url: str, body: str, secret: str) -> float:
    head = {"Content-Type": "application/x-www-form-urlencoded", **signed(secret, body, now=real_seconds())}
    began = time.perf_counter()
    async with session.post(url, data=body, headers=head) as answer:
        await answer.read()
        assert answer.status == 200, await answer.text()
    return (time.perf_counter() - began) * MS


async def measure(rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each ack, by who was asked."""
    spawn = multiprocessing.get_context("spawn")
    async with AsyncExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        sandbox = Sandbox(Options(world=world()))
        running = await sandbox.start()
        stack.push_async_callback(sandbox.stop)
        urls = {}
        for name in MAKERS:
            heard, tell = spawn.Pipe(duplex=False)
            process = spawn.Process(target=_serve, args=(name, running, data / name, tell), daemon=True)
            process.start()
            stack.callback(process.terminate)
            urls[name] = f"http://127.0.0.1:{await asyncio.to_thread(_port, heard.recv)}/slack/events"
        body = urlencode(
            {
                "command": "/kontakt", "text": "", "user_id": "U0CASE1", "user_name": "case1", "team_id": running.team_id,
                "channel_id": "C0ALLE", "trigger_id": "1.2.3", "response_url": f"{running.page}response/1",
                "api_app_id": running.app_id,
            }
        )  # fmt: skip
        session = await stack.enter_async_context(aiohttp.ClientSession())
        taken: dict[str, list[float]] = {name: [] for name in MAKERS}
        for at in range(WARM_UP + rounds):
            for name, url in urls.items():
                ms = await _ask(session, url, body, running.signing_secret)
                if at >= WARM_UP:
                    taken[name].append(ms)
        return taken


def _port(receive: Callable[[], object]) -> int:
    port = receive()
    assert isinstance(port, int)
    return port


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="the ack of a signed /kontakt beside a bare AsyncApp")
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--rules", type=int, default=0, help="so many rules and 2,000 contacts beside the demo's")
    chosen = parser.parse_args()
    os.environ[RULES] = str(chosen.rules)
    taken = asyncio.run(measure(chosen.rounds))
    figures = {
        name: {"median_ms": round(statistics.median(ms), 2), "p99_ms": round(statistics.quantiles(ms, n=100)[98], 2)}
        for name, ms in taken.items()
    }
    ratio = statistics.median(taken["product"]) / statistics.median(taken["bare"])
    print(json.dumps({**figures, "ratio_at_median": round(ratio, 2)}))  # noqa: T201 - that is what it is run for


if __name__ == "__main__":
    main()
