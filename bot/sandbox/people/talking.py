"""Writing, editing, deleting, reacting."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING

from bot.sandbox import happenings
from bot.sandbox.errors import ActRefusedError
from bot.sandbox.model import messages
from bot.sandbox.model.things import Message
from bot.sandbox.payloads.objects import message_object
from bot.sandbox.people.acts import told
from bot.sandbox.people.typing import stored

if TYPE_CHECKING:
    from bot.sandbox.model.things import Channel
    from bot.sandbox.people.acts import Act, Doing, Outcome

MOST_TYPED = 12_000  # characters a client sends as one message
EMOJI = re.compile(r"[a-z0-9_+'\-]+(::skin-tone-[2-6])?")


async def write(act: Act) -> Outcome:
    """A message, or with `thread_ts` a reply."""
    channel = act.member_channel()
    _may_write_to_bot(act, channel)
    typed = act.text("text")
    if not typed.strip():
        raise ActRefusedError("no_text")
    if len(typed) > MOST_TYPED:
        raise ActRefusedError("msg_too_long")
    text, blocks, mentions = stored(act.model, typed)
    message = Message(
        channel=channel.id,
        ts=act.model.new_ts(),
        user=act.user.id,
        team=act.user.team,
        text=text,
        blocks=blocks,
        thread_ts=_thread(act, channel),
        client_msg_id=str(uuid.uuid4()),
    )
    messages.keep(act.model, message)
    sent = happenings.posted(act.standin, message, mentions=mentions)
    return await told(sent, ts=message.ts, seconds=act.standin.manners.ack_seconds)


def _may_write_to_bot(act: Act, channel: Channel) -> None:
    manifest = act.standin.manifest
    if channel.is_im and manifest is not None and (not manifest.messages_tab or manifest.messages_tab_read_only):
        raise ActRefusedError("messages_tab_disabled")


def _thread(act: Act, channel: Channel) -> str | None:
    ts = act.wish.get("thread_ts")
    if not ts:
        return None
    parent = act.model.message(channel.id, str(ts))
    if parent is None or parent.ephemeral_to is not None or parent.thread_ts not in {None, parent.ts}:
        raise ActRefusedError("thread_not_found")
    return parent.ts


def _own(act: Act, channel: Channel, code: str) -> Message:
    message = act.message(channel)
    if message.user != act.user.id or message.subtype is not None or message.ephemeral_to is not None:
        raise ActRefusedError(code)
    return message


async def edit(act: Act) -> Outcome:
    """Change an own message."""
    channel = act.member_channel()
    message = _own(act, channel, "cant_update_message")
    typed = act.text("text")
    if not typed.strip():
        raise ActRefusedError("no_text")
    before = message_object(act.model, message)
    message.text, message.blocks, _mentions = stored(act.model, typed)
    messages.edit(act.model, message, act.user)
    sent = happenings.changed(act.standin, message, before)
    return await told(sent, ts=message.ts, seconds=act.standin.manners.ack_seconds)


async def delete(act: Act) -> Outcome:
    """Take an own message back."""
    channel = act.member_channel()
    message = _own(act, channel, "cant_delete_message")
    before = message_object(act.model, message)
    tombstone = messages.delete(act.model, message)
    sent = (happenings.changed if tombstone else happenings.deleted)(act.standin, message, before)
    return await told(sent, ts=message.ts, seconds=act.standin.manners.ack_seconds)


async def react(act: Act) -> Outcome:
    """Give or take back a reaction."""
    channel = act.member_channel()
    message = act.message(channel)
    name = act.text("name").strip(":")
    remove = bool(act.wish.get("remove"))
    if not EMOJI.fullmatch(name):
        raise ActRefusedError("invalid_name")
    if message.ephemeral_to is not None:
        raise ActRefusedError("message_not_found")
    done = (messages.unreact if remove else messages.react)(act.model, message, act.user, name)
    if not done:
        raise ActRefusedError("no_reaction" if remove else "already_reacted")
    sent = happenings.reacted(act.standin, message, act.user, name, added=not remove)
    return await told(sent, ts=message.ts, seconds=act.standin.manners.ack_seconds)


ACTS: dict[str, Doing] = {"message": write, "edit": edit, "delete": delete, "reaction": react}
