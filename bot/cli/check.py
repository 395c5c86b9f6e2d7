"""`bindeled check`: walks through what `run` needs and says the next step at the first thing that is missing."""

from __future__ import annotations

import argparse
import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.usecases.setup import SetUp


def configure(_parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(_arguments: argparse.Namespace) -> int:
    """0 where nothing is missing, 1 with the next step where something is."""
    from bot import settings

    loaded = settings.load()
    loaded.check_slack()
    print("Settings: found.")
    return asyncio.run(_check(loaded))


async def _check(settings: Settings) -> int:
    from bot.app import open_database, web_client
    from bot.clock import SystemClock
    from bot.errors import BindeledError
    from bot.manifest import SCOPES, THREAD_GUARD_SCOPES
    from bot.slack_access import granted_scopes, who_we_are
    from bot.usecases.setup import how_far
    from bot.working_time import calendar
    from storage.uow import UnitOfWork

    client = web_client(settings)
    access = await who_we_are(client)
    print(f"Slack: connected to {access.team}.")
    wanted = {*SCOPES, *(THREAD_GUARD_SCOPES if settings.thread_guard == "on" else ())}
    missing = sorted(wanted - granted_scopes(access))
    if missing:
        raise BindeledError(
            f"The app lacks the scopes {', '.join(missing)}: paste the output of bindeled manifest into the app's manifest, then reinstall it."
        )
    print("Scopes: all granted.")
    engine = open_database(settings)
    print("Database: up to date.")
    work = UnitOfWork(engine, SystemClock().now(), calendar)
    step = _next_step(await asyncio.to_thread(how_far, work, workspace_id=access.team_id))
    engine.dispose()
    if step:
        raise BindeledError(step)
    print("Directory and rooms: found. Start with bindeled run.")
    return 0


def _next_step(found: SetUp) -> str | None:
    """The sentence for the first thing a workspace lacks."""
    if not (found.municipalities and found.police):
        return "The directory has no municipality or no police agency yet: fill it with bindeled directory import, then check again (docs/directory.md)."
    if not found.rules:
        return (
            "No routing rule says who answers for which municipality: import one, then check again (docs/directory.md)."
        )
    if not found.rooms:
        return "No room is chosen for case threads: choose one with bindeled directory room, then check again (docs/directory.md)."
    return None
