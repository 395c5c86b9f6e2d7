"""Putting messages into conversations: the bot's, the people's, and Slack's own notices of coming and going."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox import happenings
from bot.sandbox.blocks import problems_in_message, with_block_ids
from bot.sandbox.errors import RefusedError
from bot.sandbox.model import messages
from bot.sandbox.model.things import Message

if TYPE_CHECKING:
    from bot.sandbox.happenings import Told
    from bot.sandbox.jsons import Json
    from bot.sandbox.model.things import Channel, User
    from bot.sandbox.standin import Standin

MOST_TEXT = 40_000  # chat.postMessage cuts longer texts
MOST_ATTACHMENTS = 100


def check_content(content: Json) -> None:
    """Refuse what Slack refuses in a message's text, blocks, attachments, metadata."""
    if not (content.get("text") or content.get("blocks") or content.get("attachments")):
        raise RefusedError("no_text")
    attachments = content.get("attachments") or []
    if isinstance(attachments, list) and len(attachments) > MOST_ATTACHMENTS:
        raise RefusedError("too_many_attachments")
    problems = problems_in_message(content)
    in_metadata = [problem for problem in problems if "/metadata" in problem]
    in_attachments = [problem for problem in problems if "/attachments" in problem]
    if in_metadata:
        raise RefusedError.because("invalid_metadata_format", in_metadata)
    if len(in_attachments) == len(problems) and problems:
        raise RefusedError.because("invalid_attachments", problems)
    if problems:
        refused = RefusedError.because("invalid_blocks", problems)
        refused.extra["errors"] = problems
        raise refused


def post_as_bot(
    standin: Standin,
    channel: Channel,
    content: Json,
    *,
    thread_ts: str | None = None,
    ephemeral_to: str | None = None,
    broadcast: bool = False,
    extra: Json | None = None,
) -> Message:
    """Keep a message of the bot and tell the bot of it, as Slack does. The content has been checked."""
    model = standin.model
    message = Message(
        channel=channel.id,
        ts=model.new_ts(),
        user=model.bot.id,
        team=model.home_team.id,
        text=str(content.get("text") or "")[:MOST_TEXT],
        blocks=[dict(block) for block in with_block_ids(content.get("blocks") or [])],
        attachments=list(content.get("attachments") or []),
        files=list(content.get("files") or []),
        metadata=content.get("metadata") or None,
        by_bot=True,
        thread_ts=thread_ts,
        broadcast=broadcast,
        ephemeral_to=ephemeral_to,
        extra=extra or {},
    )
    if broadcast:
        message.subtype = "thread_broadcast"
    messages.keep(model, message)
    if ephemeral_to is None:
        happenings.posted(standin, message)
    return message


def apply_content(message: Message, content: Json) -> None:
    """Put new text, blocks, attachments, metadata on a message; what is not given stays, what is empty goes."""
    if content.get("text") is not None:
        message.text = str(content["text"])
    if content.get("blocks") is not None:
        message.blocks = [dict(block) for block in with_block_ids(content["blocks"])]
    if content.get("attachments") is not None:
        message.attachments = list(content["attachments"])
    if content.get("metadata") is not None:
        message.metadata = content["metadata"] or None


def notice(standin: Standin, channel: Channel, user: User, *, joined: bool, inviter: User | None = None) -> Told:
    """Slack's own line that somebody joined or left."""
    model = standin.model
    side = "group" if channel.is_private else "channel"
    message = Message(
        channel=channel.id,
        ts=model.new_ts(),
        user=user.id,
        team=user.team,
        text=f"<@{user.id}> has {'joined' if joined else 'left'} the {side}",
        subtype=f"{side}_{'join' if joined else 'leave'}",
        extra={"inviter": inviter.id} if inviter else {},
    )
    messages.keep(model, message)
    return happenings.posted(standin, message)
