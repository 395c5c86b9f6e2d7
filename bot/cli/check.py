"""`bindeled check`: walks through what `run` needs and says the next step at the first thing that is missing."""

from __future__ import annotations

import argparse
import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.domain.cases import Room
    from bot.settings import Settings


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
    from bot.usecases.setup import how_far, rooms_of
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
    step = (await asyncio.to_thread(how_far, work, workspace_id=access.team_id)).next_step
    rooms = await asyncio.to_thread(rooms_of, work, workspace_id=access.team_id)
    engine.dispose()
    if step:
        raise BindeledError(NEXT[step])
    print("Directory and rooms: found.")
    for room in rooms:
        await _check_room(client, room)
    print("Bindeled is in every room. Start with bindeled run, then ask it: who is my police contact?")
    return 0


async def _check_room(client: AsyncWebClient, room: Room) -> None:
    """Raise `BindeledError` where the bot could not post in a room."""
    from slack_sdk.errors import SlackApiError

    from bot.errors import BindeledError

    where = f"{room.channel}, the room of {room.country} {room.municipality}"
    try:
        channel = (await client.conversations_info(channel=room.channel))["channel"]
    except SlackApiError as error:
        raise BindeledError(
            f"Slack does not show Bindeled the channel {where}: invite Bindeled there, or choose another with bindeled directory room."
        ) from error
    if channel.get("is_archived"):
        raise BindeledError(f"The channel {where}, is archived: choose another with bindeled directory room.")
    if not channel.get("is_member"):
        raise BindeledError(f"Bindeled is not in the channel {where}: type /invite @Bindeled there, then check again.")


NEXT = {
    "agencies": "The directory has no municipality or no police agency yet: fill it with bindeled directory import, then check again (docs/directory.md).",
    "coordinator": "Nobody coordinates yet: name yourself in BINDELED_COORDINATORS (U123@agency-key), start bindeled run once, then check again.",
    "contacts": "No contact can be reached in Slack: give each a work e-mail or Slack id in the directory, import it, then check again (docs/directory.md).",
    "rules": "No routing rule says who answers for which municipality: import one, or type /bindeled rules in Slack, then check again (docs/directory.md).",
    "room": "No room is chosen for case threads: choose one with bindeled directory room, then check again (docs/directory.md).",
}
"""By step of `bot.domain.setup`: the sentence for the first thing a workspace lacks."""
