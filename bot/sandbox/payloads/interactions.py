"""What Slack sends when a person clicks, types, submits or calls a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.payloads.objects import message_object, view_object

if TYPE_CHECKING:
    from bot.sandbox.jsons import Json
    from bot.sandbox.model.store import Model
    from bot.sandbox.model.things import Channel, Message, User, View
    from bot.sandbox.tokens import Tokens


def common(model: Model, tokens: Tokens, user: User, kind: str) -> Json:
    """The fields every interactive payload has."""
    team = model.teams[user.team]
    return {
        "type": kind,
        "user": {"id": user.id, "username": user.handle, "name": user.handle, "team_id": user.team},
        "team": {"id": team.id, "domain": team.domain},
        "api_app_id": model.app_id,
        "token": tokens.verification,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def channel_name(channel: Channel) -> str:
    """What Slack calls a conversation in commands and interactions."""
    if channel.is_im:
        return "directmessage"
    return "privategroup" if channel.is_private else channel.name


def in_message(model: Model, channel: Channel, message: Message) -> Json:
    """Where a click in a message happened. An ephemeral message is not told again."""
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": message.ephemeral_to is not None,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    found: Json = {"container": container, "channel": {"id": channel.id, "name": channel_name(channel)}}
    if message.ephemeral_to is None:
        found["message"] = message_object(model, message)
    return found


def in_view(model: Model, view: View) -> Json:
    """Where a click in a modal or a Home happened."""
    return {"container": {"type": "view", "view_id": view.id}, "view": view_object(model, view)}


def command(model: Model, tokens: Tokens, user: User, channel: Channel, *, name: str, text: str) -> Json:
    """The form fields of a slash command; trigger and response address are added by the caller."""
    team = model.teams[user.team]
    return {
        "token": tokens.verification,
        "team_id": team.id,
        "team_domain": team.domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": user.id,
        "user_name": user.handle,
        "command": name,
        "text": text,
        "api_app_id": model.app_id,
        "is_enterprise_install": "false",
    }


def shortcut_on(model: Model, channel: Channel, message: Message) -> Json:
    """What a message shortcut carries of its message."""
    return {
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "message_ts": message.ts,
        "message": message_object(model, message),
    }
