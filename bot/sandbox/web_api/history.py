"""`conversations.history` and `conversations.replies`: what was said, without ephemeral messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.errors import RefusedError
from bot.sandbox.model.store import parts_of_ts
from bot.sandbox.payloads.objects import message_object
from bot.sandbox.web_api.call import next_cursor

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.sandbox.jsons import Json
    from bot.sandbox.model.things import Message
    from bot.sandbox.web_api.call import Call, Method

MOST_HISTORY = 999
MOST_REPLIES = 1000


def history(call: Call) -> Json:
    """`conversations.history`: newest first, replies only where they were also sent to the channel."""
    channel = call.joined_channel()
    top = [
        message
        for message in call.model.lasting(channel.id)
        if message.thread_ts in {None, message.ts} or message.broadcast
    ]
    found = list(reversed(_between(call, top)))
    page, cursor = call.page(found, most=MOST_HISTORY)
    return _answer(call, list(page), cursor) | {"pin_count": 0}


def replies(call: Call) -> Json:
    """`conversations.replies`: the thread's first message, then its replies, oldest first."""
    channel = call.joined_channel()
    message = call.model.message(channel.id, call.args.need("ts"))
    if message is None or message.ephemeral_to is not None:
        raise RefusedError("thread_not_found")
    parent = call.model.message(channel.id, message.thread_ts) if message.thread_ts else message
    if parent is None:
        raise RefusedError("thread_not_found")
    found = _between(call, call.model.replies(parent))
    page, cursor = call.page([parent, *found], most=MOST_REPLIES)
    return _answer(call, list(page), cursor)


def _between(call: Call, found: Iterable[Message]) -> list[Message]:
    oldest, latest = _bound(call, "oldest"), _bound(call, "latest")
    inclusive = call.args.flag("inclusive")

    def fits(message: Message) -> bool:
        at = parts_of_ts(message.ts)
        if inclusive and at in {oldest, latest}:
            return True
        return (oldest is None or at > oldest) and (latest is None or at < latest)

    return [message for message in found if fits(message)]


def _bound(call: Call, name: str) -> tuple[int, int] | None:
    text = call.args.text(name)
    if not text or text == "0":
        return None
    try:
        return parts_of_ts(text)
    except ValueError:
        raise RefusedError(f"invalid_ts_{name}") from None


def _answer(call: Call, page: list[Message], cursor: str) -> Json:
    metadata = call.args.flag("include_all_metadata")
    return {
        "messages": [message_object(call.model, message, metadata=metadata) for message in page],
        "has_more": bool(cursor),
    } | (next_cursor(cursor) if cursor else {})


METHODS: dict[str, Method] = {
    "conversations.history": history,
    "conversations.replies": replies,
}
