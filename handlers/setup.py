"""First steps: the welcome to a coordinator, and one short hello where the bot joins a channel."""

from __future__ import annotations

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext

from bot.usecases import setup
from handlers.cards import setup as cards
from handlers.deps import Deps, actor_of
from handlers.parsing import Click, Payload
from handlers.replies import reply


def register(app: AsyncApp, deps: Deps) -> None:
    """Listen for first steps."""
    app.action("setup.check")(partial(checked, deps))
    app.event("member_joined_channel", matchers=[_it_is_me])(partial(joined, deps))


async def checked(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """*Tjek igen*: the next step, said again to her alone where it is still the same."""
    click, actor = Click.model_validate(body), actor_of(context)
    found = await deps.run(setup.check, actor, matter_id=click.value, key=click.key)
    deps.later(reply(deps, body, cards.where(deps.reader_of(actor), found)))
    await ack()


async def joined(deps: Deps, body: Payload, context: AsyncBoltContext) -> None:
    """The bot was invited somewhere: it will say in two sentences what it does there, once."""
    event = body["event"]
    await deps.run(setup.joined, actor_of(context), channel=event["channel"], key=f"event:{body['event_id']}")


async def _it_is_me(body: Payload, context: AsyncBoltContext) -> bool:
    return bool(context.bot_user_id) and body["event"].get("user") == context.bot_user_id
