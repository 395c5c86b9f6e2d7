"""Clicking a button, choosing in a menu, looking for options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.blocks import problems_in_options
from bot.sandbox.errors import ActRefusedError
from bot.sandbox.model.views import new_response_url, new_trigger
from bot.sandbox.payloads import interactions
from bot.sandbox.people.acts import Outcome, shown
from bot.sandbox.people.places import EXTERNAL, place_of
from bot.sandbox.socket.envelopes import Envelope

if TYPE_CHECKING:
    from bot.sandbox.jsons import Json
    from bot.sandbox.people.acts import Act, Doing
    from bot.sandbox.people.places import Place

LEAST_QUERY = 3  # Slack's default min_query_length
PLAIN_BUTTON = {"type": "plain_text", "text": "…", "emoji": True}


async def click(act: Act) -> Outcome:
    """Use an element. With `force`, as an old client would that still shows what is gone."""
    place = place_of(act)
    action_id = act.text("action_id")
    block_id = act.wish.get("block_id")
    action: Json
    try:
        placed = place.find(action_id, block_id)
    except ActRefusedError:
        if not act.wish.get("force"):
            raise
        action = {"type": "button", "text": PLAIN_BUTTON, "value": act.wish.get("value")}
        action = {key: value for key, value in action.items() if value is not None}
        block_id = block_id or "stale"
    else:
        value = act.wish.get("value")
        stale = act.wish.get("force") and placed.element.get("type") == "button" and value is not None
        held = place.enter(placed, None if stale else value)
        action = held | ({"value": value} if stale else {})
        block_id = placed.block_id
        act.model.changes.note()
        if not placed.dispatch:
            return Outcome(ts=place.message.ts if place.message else None)
    action |= {"action_id": action_id, "block_id": block_id, "action_ts": act.model.new_ts()}
    payload = _payload(act, place) | {"actions": [action]}
    receipt = await act.reach(Envelope("interactive", action_id, payload))
    return shown(receipt, ts=place.message.ts if place.message else None)


def _payload(act: Act, place: Place) -> Json:
    payload = interactions.common(act.model, act.standin.tokens, act.user, "block_actions") | place.payload()
    payload["trigger_id"] = new_trigger(act.model, act.user, place.view)
    if place.channel is not None and place.message is not None:
        url = new_response_url(act.model, act.user, place.channel.id, place.message, place.message.thread_ts)
        payload["response_url"] = f"{act.standin.base}/response/{url.id}"
    return payload


async def options(act: Act) -> Outcome:
    """Type into an external select: the app is asked what it offers. What it answers can then be chosen."""
    place = place_of(act)
    placed = place.find(act.text("action_id"), act.wish.get("block_id"))
    element, query = placed.element, act.text("query", "")
    if element.get("type") not in EXTERNAL:
        raise ActRefusedError("no_external_options")
    least = element.get("min_query_length", LEAST_QUERY)
    if isinstance(least, int) and len(query) < least:
        raise ActRefusedError(f"query_too_short: at least {least} characters")
    common = interactions.common(act.model, act.standin.tokens, act.user, "block_suggestion")
    where = place.payload()
    where.pop("state", None)
    action_id = str(element["action_id"])
    payload = common | where | {"action_id": action_id, "block_id": placed.block_id, "value": query}
    receipt = await act.reach(Envelope("interactive", action_id, payload, wants_answer=True))
    if not receipt.acked:
        return shown(receipt)
    answer = receipt.ack if receipt.ack is not None else {}
    if problems := problems_in_options(answer):
        return Outcome(acked=True, ack=answer, ms=receipt.ms, error="invalid_options: " + "; ".join(problems))
    offered = [option for group in answer.get("option_groups") or [answer] for option in group.get("options", [])]
    act.model.offered[act.user.id, place.key, placed.block_id, action_id] = offered
    return Outcome(acked=True, ack=answer, ms=receipt.ms)


ACTS: dict[str, Doing] = {"click": click, "options": options}
