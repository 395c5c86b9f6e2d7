"""`bindeled run`: the product, connected to Slack."""

from __future__ import annotations

import argparse
import asyncio
import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import timedelta

    from bot.settings import Settings  # pydantic is slow to import, and --help needs none of it


def configure(parser: argparse.ArgumentParser) -> None:
    """The options."""
    parser.add_argument("--verbose", action="store_true", help="more log lines")


def run(arguments: argparse.Namespace) -> int:
    """Work until a signal ends it."""
    from bot import log, settings
    from bot.running import only_one

    loaded = settings.load()
    loaded.check_slack()
    log.configure(verbose=arguments.verbose)
    if loaded.database_url is None:
        loaded.prepare_data_folder()
    with only_one(loaded):
        asyncio.run(work(loaded))
    return 0


async def work(settings: Settings, **how: timedelta) -> None:
    """The product until a signal ends it; `how` is handed on to `bot.app.build`."""
    from bot.app import build, open_database
    from bot.clock import SystemClock
    from bot.server import serving

    engine = open_database(settings)
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    product = await build(settings, SystemClock(), engine, **how)
    try:
        async with serving(product, settings):
            product.ticker.start()
            print("bindeled: connected", flush=True)
            await ended.wait()
    finally:
        await product.stop()
