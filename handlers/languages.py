"""A person chooses her language."""

from __future__ import annotations

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext

from bot.usecases import languages
from handlers.deps import Deps, actor_of
from handlers.parsing import Click, Payload


def register(app: AsyncApp, deps: Deps) -> None:
    """Listen for the choice in Home."""
    app.action("language.choose")(partial(chosen, deps))


async def chosen(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """Another language was chosen; Home is written anew in it."""
    click = Click.model_validate(body)
    await deps.run(languages.choose, actor_of(context), language=click.value, key=click.key)
    await ack()
