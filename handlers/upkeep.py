"""The holes of the directory: `/bindeled huller`, and the weekly notice that leads there. For coordinators."""

from __future__ import annotations

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext, AsyncRespond

from bot.usecases import upkeep
from handlers.cards import upkeep as cards
from handlers.cards.parts import Card
from handlers.deps import Deps, actor_of
from handlers.parsing import Click, Payload, first_word

WORDS = ("huller", "hull", "hol", "luckor", "holes")
"""After `/bindeled`, in every language."""


def register(app: AsyncApp, deps: Deps) -> None:
    """Listen for everything about holes."""
    app.command("/bindeled", matchers=[first_word(*WORDS)])(partial(commanded, deps))
    app.action("upkeep.show")(partial(asked_to_show, deps))
    for turning in ("upkeep.before", "upkeep.after"):
        app.action(turning)(partial(turned, deps))


async def commanded(deps: Deps, ack: AsyncAck, context: AsyncBoltContext) -> None:
    """`/bindeled huller`: the first page, to the coordinator alone."""
    card = await _page(deps, context, 0)
    await ack(text=card.text, blocks=list(card.blocks), response_type="ephemeral")


async def asked_to_show(deps: Deps, ack: AsyncAck, context: AsyncBoltContext, respond: AsyncRespond) -> None:
    """*Vis alle* under the weekly notice: the first page below it; the notice stays."""
    deps.later(_say(respond, await _page(deps, context, 0), replace=False))
    await ack()


async def turned(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, respond: AsyncRespond) -> None:
    """Another page, in place of the one before."""
    said = Click.model_validate(body).value
    deps.later(_say(respond, await _page(deps, context, int(said) if said.isdecimal() else 0), replace=True))
    await ack()


async def _page(deps: Deps, context: AsyncBoltContext, number: int) -> Card:
    actor = actor_of(context)
    return cards.page(deps.reader_of(actor), await deps.run(upkeep.holes, actor, number=number))


async def _say(respond: AsyncRespond, card: Card, *, replace: bool) -> None:
    await respond(text=card.text, blocks=list(card.blocks), response_type="ephemeral", replace_original=replace)
