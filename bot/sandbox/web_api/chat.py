"""`chat.*`: posting, editing, deleting, linking."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.sandbox import happenings, posting
from bot.sandbox.errors import RefusedError
from bot.sandbox.model import channels, messages
from bot.sandbox.payloads.objects import message_object
from bot.sandbox.web_api.arguments import bad

if TYPE_CHECKING:
    from bot.sandbox.jsons import Json
    from bot.sandbox.model.things import Channel, Message
    from bot.sandbox.web_api.call import Call, Method

TS = re.compile(r"\d{10}\.\d{6}")
MOST_UPDATE = 4000  # characters; chat.update refuses longer texts
MOST_METADATA_BYTES = 16_000


def _content(call: Call) -> Json:
    """The parts of a message that the call gives, decoded; what is absent stays absent."""
    args = call.args
    content: Json = {}
    if "text" in args:
        content["text"] = args.text("text")
    for name, code in (
        ("blocks", "invalid_blocks_format"),
        ("attachments", "invalid_attachments"),
        ("metadata", "invalid_metadata_format"),
    ):
        value = args.data(name, code=code)
        if value is not None:
            content[name] = value
    if not isinstance(content.get("blocks", []), list):
        raise RefusedError("invalid_blocks_format")
    if len(str(content.get("metadata", ""))) > MOST_METADATA_BYTES:
        raise RefusedError("metadata_too_large")
    return content


def _target(call: Call) -> Channel:
    """Where to post: an id, a user's id (then the direct conversation), or `#name` of a public channel."""
    model, name = call.model, call.args.need("channel", "channel_not_found")
    user = model.users.get(name)
    if user is not None:
        if user.is_bot or user.deleted or model.is_external(user):
            raise RefusedError("channel_not_found")
        return channels.open_direct(model, user)[0]
    channel = model.channel_named(name)
    if channel is None or not call.may_know(channel):
        raise RefusedError("channel_not_found")
    if channel.is_im and any(model.users[member].deleted for member in channel.members):
        raise RefusedError("channel_not_found")
    return channel


def _may_post(call: Call, channel: Channel) -> None:
    if channel.is_archived:
        raise RefusedError("is_archived")
    if call.bot.id in channel.members:
        return
    if channel.kind == "channel" and happenings.has_scope(call.standin, "chat:write.public"):
        return
    raise RefusedError("not_in_channel")


def _thread(call: Call, channel: Channel) -> str | None:
    ts = call.args.text("thread_ts")
    if not ts:
        return None
    if not TS.fullmatch(ts):
        raise RefusedError.because("invalid_thread_ts", [f"{ts} is not a valid thread_ts"])
    parent = call.model.message(channel.id, ts)
    if parent is None or parent.ephemeral_to is not None:
        raise RefusedError("thread_not_found")
    if parent.thread_ts not in {None, parent.ts} or parent.subtype not in {None, "thread_broadcast"}:
        raise RefusedError("cannot_reply_to_message")
    return ts


def _look(call: Call) -> Json:
    """Another name or face for this message, where the app may."""
    wanted = {name: call.args.text(name) for name in ("username", "icon_emoji", "icon_url") if name in call.args}
    if wanted and not happenings.has_scope(call.standin, "chat:write.customize"):
        granted = call.standin.scopes() or frozenset()
        raise RefusedError("missing_scope", needed="chat:write.customize", provided=",".join(sorted(granted)))
    return wanted


def post_message(call: Call) -> Json:
    """`chat.postMessage`."""
    channel = _target(call)
    _may_post(call, channel)
    content, thread_ts, look = _content(call), _thread(call, channel), _look(call)
    posting.check_content(content)
    broadcast = thread_ts is not None and call.args.flag("reply_broadcast")
    message = posting.post_as_bot(call.standin, channel, content, thread_ts=thread_ts, broadcast=broadcast, extra=look)
    whole = message_object(call.model, message, metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": whole}


def post_ephemeral(call: Call) -> Json:
    """`chat.postEphemeral`: shown to one member, never in history."""
    channel = _target(call)
    _may_post(call, channel)
    reader = call.args.need("user", "user_not_in_channel")
    if reader not in channel.members:
        raise RefusedError("user_not_in_channel")
    content, thread_ts = _content(call), _thread(call, channel)
    posting.check_content(content)
    message = posting.post_as_bot(call.standin, channel, content, thread_ts=thread_ts, ephemeral_to=reader)
    return {"message_ts": message.ts}


def _own_message(call: Call, channel: Channel, code: str) -> Message:
    message = call.model.message(channel.id, call.args.need("ts"))
    if message is None or message.ephemeral_to is not None or message.subtype == "tombstone":
        raise RefusedError("message_not_found")
    if not message.by_bot:
        raise RefusedError(code)
    return message


def update(call: Call) -> Json:
    """`chat.update`: what is not given stays as it was; an empty list takes blocks or attachments away."""
    channel = call.channel()
    message = _own_message(call, channel, "cant_update_message")
    if channel.is_archived:
        raise RefusedError("is_archived")
    content = _content(call)
    if len(content.get("text", "")) > MOST_UPDATE:
        raise RefusedError("msg_too_long")
    if not {"text", "blocks", "attachments"} & content.keys():
        raise RefusedError("no_text")
    would_be = {"text": message.text, "blocks": message.blocks, "attachments": message.attachments} | content
    posting.check_content(would_be)
    before = message_object(call.model, message)
    posting.apply_content(message, content)
    messages.edit(call.model, message, call.bot)
    happenings.changed(call.standin, message, before)
    whole = message_object(call.model, message, metadata=True)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": whole}


def delete(call: Call) -> Json:
    """`chat.delete`."""
    channel = call.channel()
    message = _own_message(call, channel, "cant_delete_message")
    before = message_object(call.model, message)
    if messages.delete(call.model, message):
        happenings.changed(call.standin, message, before)
    else:
        happenings.deleted(call.standin, message, before)
    return {"channel": channel.id, "ts": message.ts}


def get_permalink(call: Call) -> Json:
    """`chat.getPermalink`; the address lies at the stand-in's page."""
    channel = call.channel()
    ts = call.args.need("message_ts")
    message = call.model.message(channel.id, ts)
    if message is None or message.ephemeral_to is not None:
        raise RefusedError("message_not_found")
    if "." not in ts:
        raise bad("must be a message ts [json-pointer:/message_ts]")
    link = f"{call.standin.base}/archives/{channel.id}/p{ts.replace('.', '')}"
    if message.thread_ts and message.thread_ts != ts:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


METHODS: dict[str, Method] = {
    "chat.postMessage": post_message,
    "chat.postEphemeral": post_ephemeral,
    "chat.update": update,
    "chat.delete": delete,
    "chat.getPermalink": get_permalink,
}
