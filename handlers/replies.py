"""An answer to whoever tapped something: beside the message for her alone, or, from Home, in her direct message."""

from __future__ import annotations

from typing import Any

from slack_sdk.webhook.async_client import AsyncWebhookClient

from handlers.cards.parts import Card
from handlers.deps import Deps
from handlers.parsing import Payload


async def reply(deps: Deps, body: Payload, card: Card) -> None:
    """Answer the person behind a click, to her alone; a click in Home carries no address for an answer."""
    message: dict[str, Any] = {"text": card.text, "blocks": list(card.blocks) or None}
    address = body.get("response_url")
    if address:
        webhook = AsyncWebhookClient(address, retry_handlers=[])
        await webhook.send(**message, response_type="ephemeral", replace_original=False)
    else:
        await deps.client.chat_postMessage(channel=body["user"]["id"], **message)
