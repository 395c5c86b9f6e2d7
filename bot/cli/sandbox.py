"""`bindeled sandbox`: the local stand-in for Slack, alone."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from bot.sandbox.server import Options
    from bot.sandbox.world import World

FAILURE, WRONG_USE = 1, 2
HIGHEST_PORT = 65535


def configure(parser: argparse.ArgumentParser) -> None:
    """Add this command's options."""
    parser.add_argument("--port", type=int, default=0, metavar="N", help="port on loopback; 0 picks a free one")
    parser.add_argument(
        "--world", type=Path, metavar="FILE.yml", help="the workspaces, people and channels to begin with"
    )
    parser.add_argument(
        "--manifest",
        type=Path,
        metavar="FILE",
        help="the app manifest whose scopes and commands apply (default: the product's own)",
    )
    parser.add_argument("--request-url", metavar="URL", help="post events here (HTTP mode) instead of Socket Mode")


def run(args: argparse.Namespace) -> int:
    """Run until interrupted. First line on standard output: the JSON a bot needs. 1 on failure, 2 on wrong use."""
    import asyncio

    from bot.sandbox.errors import SandboxError
    from bot.sandbox.server import Options

    try:
        _check_use(args)
        options = Options(
            world=_world(args.world), manifest=_manifest(args.manifest), port=args.port, request_url=args.request_url
        )
        asyncio.run(_serve(options))
    except UseError as error:
        print(error, file=sys.stderr)
        return WRONG_USE
    except (SandboxError, ValueError) as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return FAILURE
    except KeyboardInterrupt:
        pass
    return 0


class UseError(Exception):
    """The command line makes no sense; the message says what would."""


def _check_use(args: argparse.Namespace) -> None:
    if not 0 <= args.port <= HIGHEST_PORT:
        raise UseError(f"--port must lie between 0 and {HIGHEST_PORT}, not {args.port}; 0 picks a free one.")
    if args.request_url is None:
        return
    url = args.request_url
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UseError(f"--request-url must be an http address such as http://127.0.0.1:3000/slack/events, not {url}.")


def _world(path: Path | None) -> World:
    from importlib.resources import files

    from bot.sandbox.world import World

    if path is not None:
        return World.from_file(path)
    return World.from_text(files("bot.demo").joinpath("world.yml").read_text("utf-8"), name="the demo world")


def _manifest(path: Path | None) -> Mapping[str, Any]:
    import yaml

    from bot.manifest import build
    from bot.sandbox.errors import StartError

    if path is None:
        return build("da", thread_guard=True)
    try:
        mapping = yaml.safe_load(path.read_text("utf-8"))  # JSON is YAML too
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        raise StartError(
            f"The manifest {path} cannot be read ({reason}); give --manifest a YAML or JSON file."
        ) from None
    if not isinstance(mapping, dict):
        raise StartError(f"The manifest {path} is no mapping; give --manifest an app manifest.")
    return mapping


async def _serve(options: Options) -> None:
    import asyncio
    import contextlib
    import signal

    from bot.sandbox.server import Sandbox

    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows has no signal handlers in its event loop
            asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    sandbox = Sandbox(options)
    running = await sandbox.start()
    print(running.as_json(), flush=True)
    try:
        await stopped.wait()
    finally:
        await sandbox.stop()
