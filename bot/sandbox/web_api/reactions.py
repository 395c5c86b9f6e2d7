"""`reactions.*`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.sandbox import happenings
from bot.sandbox.errors import RefusedError
from bot.sandbox.model import messages

if TYPE_CHECKING:
    from bot.sandbox.jsons import Json
    from bot.sandbox.model.things import Message
    from bot.sandbox.web_api.call import Call, Method

NAME = re.compile(r"[a-z0-9_+'\-]+(::skin-tone-[2-6])?")
MOST_KINDS = 50  # different reactions on one message


def _target(call: Call) -> tuple[str, Message]:
    name = call.args.need("name", "invalid_name").strip(":")
    if not NAME.fullmatch(name):
        raise RefusedError("invalid_name")
    channel = call.joined_channel()
    if channel.is_archived:
        raise RefusedError("is_archived")
    message = call.model.message(channel.id, call.args.need("timestamp", "no_item_specified"))
    if message is None or message.ephemeral_to is not None:
        raise RefusedError("message_not_found")
    return name, message


def add(call: Call) -> Json:
    """`reactions.add`."""
    name, message = _target(call)
    if name not in message.reactions and len(message.reactions) >= MOST_KINDS:
        raise RefusedError("too_many_emoji")
    if not messages.react(call.model, message, call.bot, name):
        raise RefusedError("already_reacted")
    happenings.reacted(call.standin, message, call.bot, name, added=True)
    return {}


def remove(call: Call) -> Json:
    """`reactions.remove`."""
    name, message = _target(call)
    if not messages.unreact(call.model, message, call.bot, name):
        raise RefusedError("no_reaction")
    happenings.reacted(call.standin, message, call.bot, name, added=False)
    return {}


METHODS: dict[str, Method] = {"reactions.add": add, "reactions.remove": remove}
