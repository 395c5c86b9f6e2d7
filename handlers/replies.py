"""An answer to whoever tapped something: beside the message for her alone, in her window, or in her direct message."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from http import HTTPStatus
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.domain.people import Actor
from handlers.cards import help as help_cards
from handlers.cards.parts import Card
from handlers.deps import Deps
from handlers.parsing import Payload

PATIENCE = 3
"""How often Slack may ask to wait before an answer is given up; the person can ask again."""


async def patiently(call: Callable[[], Awaitable[object]]) -> None:
    """Send an answer somebody waits for; where Slack says how long to wait (429) it did not take it, so wait and send.

    Nothing else is tried again: an answer whose fate is unknown would come twice.
    """
    for _ in range(PATIENCE):
        try:
            await call()
        except SlackApiError as error:
            if error.response.status_code != HTTPStatus.TOO_MANY_REQUESTS:
                raise
            await asyncio.sleep(float(error.response.headers.get("Retry-After", "1")))
        else:
            return
    await call()


async def in_window(deps: Deps, actor: Actor, view_id: str, card: Card) -> None:
    """What came of a form, in its window; where she has closed it she reads it in her direct message."""
    try:
        await deps.client.views_update(view_id=view_id, view=help_cards.told(deps.reader_of(actor), card))
    except SlackApiError:
        await deps.client.chat_postMessage(channel=actor.slack_id, text=card.text, blocks=list(card.blocks))


async def reply(deps: Deps, body: Payload, card: Card) -> None:
    """Answer the person behind a click, to her alone; a click in Home carries no address for an answer."""
    message: dict[str, Any] = {"text": card.text, "blocks": list(card.blocks) or None}
    address = body.get("response_url")
    if address:
        webhook = AsyncWebhookClient(address, retry_handlers=[])
        await webhook.send(**message, response_type="ephemeral", replace_original=False)
    else:
        await patiently(partial(deps.client.chat_postMessage, channel=body["user"]["id"], **message))
