"""Slack tells that somebody's account was closed, or opened again."""

from __future__ import annotations

from functools import partial

from slack_bolt.async_app import AsyncApp, AsyncBoltContext

from bot.usecases import accounts
from handlers.deps import Deps, actor_of
from handlers.parsing import Payload


def register(app: AsyncApp, deps: Deps) -> None:
    """Listen for changed accounts; a stranger's never come this far (`handlers/middleware.py`)."""
    app.event("user_change")(partial(changed, deps))


async def changed(deps: Deps, body: Payload, context: AsyncBoltContext) -> None:
    """Only whether it is closed is looked at; status, picture and name are nobody's business here."""
    await deps.run(accounts.changed, actor_of(context), closed=bool(body["event"]["user"].get("deleted")))
