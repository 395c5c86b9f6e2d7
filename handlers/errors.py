"""Errors become words for the person who waits, in one place: `app.error`, and its twin for what runs after the ack."""

from __future__ import annotations

import json
import secrets
from functools import partial
from typing import Any

import structlog
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_sdk.errors import SlackApiError

from bot.domain.errors import BadInput, Refused, Repeated
from bot.domain.intake import Held
from bot.texts.catalogue import Mrkdwn
from bot.usecases import intake
from handlers import typed
from handlers.cards import help as help_cards
from handlers.cards import intake as intake_cards
from handlers.cards import memberships as membership_cards
from handlers.cards.parts import Card, Reader, section
from handlers.deps import Deps
from handlers.parsing import Payload, is_said_in_channel
from handlers.replies import patiently, reply

log = structlog.get_logger(__name__)

STRANGER = "refused.stranger"
EXPIRED = "expired_trigger_id"
"""A form must open within three seconds of the tap; after that only another tap helps."""
USED = "exchanged_trigger_id"
"""Slack delivered a tap twice, and the first delivery has opened the form: there is nothing left to say."""


def register(app: AsyncApp, deps: Deps) -> None:
    """Every error of every listener and middleware ends here."""

    async def on_error(error: Exception, body: Payload, context: AsyncBoltContext) -> BoltResponse:
        if isinstance(error, Repeated) or _trigger(error) == USED:
            return BoltResponse(status=200)
        if is_said_in_channel(body):  # nobody waits for an answer, and what was not looked at Slack shall send again
            log.error("unexpected", exc_info=error)
            return BoltResponse(status=500)
        reader = deps.reader_of(context["actor"]) if "actor" in context else deps.reader(deps.language, deps.country)
        said = _sentence(reader, error)
        if body.get("type") == "view_submission":
            return _in_view(reader, error, said, body)
        card = _card(reader, error, said)
        if "command" in body:
            blocks = {"blocks": list(card.blocks)} if card.blocks else {}
            return _json({"response_type": "ephemeral", "text": said, **blocks})
        if await _told_before(deps, error, body, context):
            return BoltResponse(status=200)
        if body.get("type") in {"block_actions", "shortcut"}:
            deps.later(reply(deps, body, card))
        elif body.get("type") == "event_callback":
            deps.later(_answer(deps, body["event"], card))
        return BoltResponse(status=200)

    app.error(on_error)


def _sentence(reader: Reader, error: Exception) -> Mrkdwn:
    if isinstance(error, Refused):
        return reader.texts.md(error.key, **error.values)
    if _trigger(error) == EXPIRED:
        return reader.texts.md("error.form_expired")
    reference = secrets.token_hex(4)
    log.error("unexpected", reference=reference, exc_info=error)
    return reader.texts.md("error.unexpected", reference=reference)


def _card(reader: Reader, error: Exception, said: Mrkdwn) -> Card:
    """The sentence, with the way on for a stranger."""
    return membership_cards.refused(reader, said) if getattr(error, "key", "") == STRANGER else Card(said)


def _trigger(error: Exception) -> str | None:
    """Why Slack would not open a form, where that is what went wrong."""
    if not isinstance(error, SlackApiError) or not isinstance(error.response.data, dict):
        return None
    code = error.response.data.get("error")
    return code if code in {EXPIRED, USED} else None


async def _told_before(deps: Deps, error: Exception, body: Payload, context: AsyncBoltContext) -> bool:
    """Whether a repeated delivery was refused and answered already. An unexpected error is never kept quiet."""
    if not isinstance(error, Refused) or "actor" not in context:
        return False
    try:
        await deps.run(intake.take, context["actor"], key=f"refused:{body.get('event_id') or body.get('trigger_id')}")
    except Repeated:
        return True
    return False


def _in_view(reader: Reader, error: Exception, said: Mrkdwn, body: Payload) -> BoltResponse:
    if isinstance(error, Held):
        return _held(reader, error, body["view"])
    if isinstance(error, BadInput) and error.field in typed.fields(body["view"]):
        return _json({"response_action": "errors", "errors": {error.field: said}})
    view = help_cards.told(reader, Card(said, [section(said)]))
    return _json({"response_action": "update", "view": view})


def _held(reader: Reader, held: Held, view: Payload) -> BoltResponse:
    """What the guard stops is said below its field; what may be a person is asked in the same form."""
    if held.stopped:
        return _json({"response_action": "errors", "errors": intake_cards.stopped(reader, held)})
    words = [typed.shown(view, one) for one in held.found]
    asking = intake_cards.asking(reader, held, view, typed.kept(view), words)
    return _json({"response_action": "update", "view": asking})


def _json(body: dict[str, Any]) -> BoltResponse:
    return BoltResponse(status=200, body=json.dumps(body), headers={"content-type": "application/json"})


async def _answer(deps: Deps, event: Payload, card: Card) -> None:
    message: dict[str, Any] = {"text": card.text, "blocks": list(card.blocks) or None}
    channel, user = event.get("channel"), event.get("user")
    if channel and event.get("channel_type") == "im":
        await patiently(partial(deps.client.chat_postMessage, channel=channel, **message))
    elif channel and user:
        await patiently(partial(deps.client.chat_postEphemeral, channel=channel, user=user, **message))
