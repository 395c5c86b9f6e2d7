"""`bindeled run` again and again, each a process of its own, without loading the program anew: one for every line read.

The same program in everything but two: a lease so short that a test can wait for it, and the time it takes to begin.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import timedelta

import bot.app
import bot.server
from bot import log, settings
from bot.cli.run import work
from bot.lexicons import guard, understanding
from bot.running import only_one

LEASE = timedelta(seconds=5)


def one() -> None:
    """One bot until it is killed."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    loaded = settings.load()
    loaded.check_slack()
    log.configure(verbose=False)
    with only_one(loaded):
        asyncio.run(work(loaded, lease=LEASE))


def main() -> None:
    """Begin one for each line, say its id; end with the input."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # whoever is killed leaves nothing behind
    _ = bot.app, bot.server, understanding(), guard()  # read once, for all of them
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            one()
            return
        print(child, flush=True)  # noqa: T201 - how its parent is told


if __name__ == "__main__":
    main()
