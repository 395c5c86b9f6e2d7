"""What is stuck: `/bindeled hænger`, and *Prøv igen* beside what could not be sent. For coordinators."""

from __future__ import annotations

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext, AsyncRespond

from bot.usecases import stuck
from handlers.cards import stuck as cards
from handlers.cards.parts import Card
from handlers.deps import Deps, actor_of
from handlers.parsing import Click, Payload, first_word

WORDS = ("hænger", "henger", "heng", "hänger", "stuck")
"""After `/bindeled`, in every language."""


def register(app: AsyncApp, deps: Deps) -> None:
    """Listen for who wants to see it, and for the button beside each."""
    app.command("/bindeled", matchers=[first_word(*WORDS)])(partial(commanded, deps))
    app.action("stuck.retry")(partial(retried, deps))


async def commanded(deps: Deps, ack: AsyncAck, context: AsyncBoltContext) -> None:
    """`/bindeled hænger`: the list, to the coordinator alone."""
    card = await _list(deps, context)
    await ack(text=card.text, blocks=list(card.blocks), response_type="ephemeral")


async def retried(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, respond: AsyncRespond) -> None:
    """*Prøv igen*: it is due again, and the list is shown without it."""
    click = Click.model_validate(body)
    await deps.run(stuck.retry, actor_of(context), delivery_id=click.value, key=click.key)
    if body.get("response_url"):
        deps.later(_show(respond, await _list(deps, context)))
    await ack()


async def _list(deps: Deps, context: AsyncBoltContext) -> Card:
    actor = actor_of(context)
    return cards.stuck(deps.reader_of(actor), await deps.run(stuck.look, actor))


async def _show(respond: AsyncRespond, card: Card) -> None:
    await respond(text=card.text, blocks=list(card.blocks), response_type="ephemeral", replace_original=True)
