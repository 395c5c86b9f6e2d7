"""`bindeled demo`: the stand-in and the real bot in one process; `--play` acts the main job."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.demo.stage import Stage


def configure(parser: argparse.ArgumentParser) -> None:
    """The options."""
    parser.add_argument("--port", type=_port, default=0, metavar="N", help="port of the stand-in; 0 picks a free one")
    parser.add_argument("--play", action="store_true", help="act the main job, print what each person sees, and end")
    parser.add_argument("--prepare", action="store_true", help="fill the database in --data with the demo and end")
    parser.add_argument(
        "--bot-api-url", metavar="URL", help="the Web API address the bot uses instead of the stand-in's"
    )
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="folder of the database (default: one that is deleted)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Run it until the play is over or a signal ends it; 0 only if all of the play happened."""
    from bot import log
    from bot.errors import WrongUseError

    log.configure()
    if arguments.prepare and arguments.data is None:
        raise WrongUseError("--prepare needs a folder to fill: add --data DIR.")
    if arguments.bot_api_url and not arguments.bot_api_url.endswith("/api/"):
        raise WrongUseError("--bot-api-url must end in /api/.")
    with ExitStack() as stack:
        data = arguments.data or Path(stack.enter_context(TemporaryDirectory(prefix="bindeled-demo-")))
        if arguments.prepare:
            return _prepare(data)
        return asyncio.run(_demo(arguments, data))


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:  # noqa: PLR2004 - the highest port there is
        raise argparse.ArgumentTypeError("a port lies between 0 and 65535")
    return port


def _prepare(data: Path) -> int:
    from bot.demo.clock import MovableClock
    from bot.demo.stage import prepare

    prepare(data, MovableClock()).dispose()
    print(f"The demo directory and its rooms are in {data}.")
    return 0


async def _demo(arguments: argparse.Namespace, data: Path) -> int:
    from bot.demo.stage import Stage

    throwaway = arguments.data is None  # a folder that somebody named is somebody's, and is not emptied by a click
    async with Stage(data, port=arguments.port, api_url=arguments.bot_api_url, may_start_over=throwaway) as stage:
        print(stage.running.as_json(), flush=True)
        print("ready", flush=True)
        if arguments.play:
            return await _play(stage)
        print(f"Open {stage.running.page} in a browser; Ctrl-C ends the demo.", file=sys.stderr, flush=True)
        ended = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, ended.set)
        await ended.wait()
    return 0


async def _play(stage: Stage) -> int:
    import aiohttp

    from bot.demo.person import NotSeenError
    from bot.demo.play import Play
    from bot.demo.transcript import Transcript

    async with aiohttp.ClientSession() as session:
        try:
            await Play(stage, session, Transcript(print)).act()
        except NotSeenError as error:
            print(f"bindeled: the play failed: {error}.", file=sys.stderr)
            return 1
    print("\nAll of it happened.")
    return 0
