"""The whole state as JSON, or what one person may see of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.model import sight
from bot.sandbox.model.views import values_of
from bot.sandbox.payloads.objects import reactions_of, view_object

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.sandbox.jsons import Json
    from bot.sandbox.model.things import Channel, Message, User, View
    from bot.sandbox.standin import Standin


def state(standin: Standin, eye: User | None = None) -> Json:
    """Everything, or with `eye` only what that person may see."""
    model = standin.model
    seen = [c for c in model.channels.values() if eye is None or sight.sees_channel(eye, c)]
    return {
        "ok": True,
        "seq": standin.changes.seq,
        "age": model.age,
        "now": standin.clock.now().isoformat(),
        "bot_connected": standin.transport.connected,
        "bot": {"user_id": model.bot.id, "bot_id": model.bot_id, "app_id": model.app_id},
        "teams": [{"id": team.id, "name": team.name, "bot": team.has_bot} for team in model.teams.values()],
        "users": [_user(user) for user in model.users.values() if eye is None or sight.knows(model, eye, user)],
        "channels": [_channel(channel) for channel in seen],
        "messages": [_message(message) for message in _messages(standin, seen, eye)],
        "views": [_view(standin, view) for view in model.views.values() if eye is None or view.user == eye.id],
        "homes": [
            {"user": user, "view": view_object(model, view)}
            for user, view in model.homes.items()
            if eye is None or user == eye.id
        ],
    } | _offers(standin, eye)


def _offers(standin: Standin, eye: User | None) -> Json:
    """Commands and shortcuts a client would list; none for people of another workspace."""
    manifest = standin.manifest
    if manifest is None or (eye is not None and standin.model.is_external(eye)):
        return {"commands": [], "shortcuts": []}
    commands = [
        {"command": command.command, "description": command.description, "usage_hint": command.usage_hint}
        for command in manifest.commands.values()
    ]
    shortcuts = [
        {"callback_id": shortcut.callback_id, "type": shortcut.type, "name": shortcut.name}
        for shortcut in manifest.shortcuts.values()
    ]
    return {"commands": commands, "shortcuts": shortcuts}


def _user(user: User) -> Json:
    return {
        "id": user.id,
        "handle": user.handle,
        "real_name": user.real_name,
        "title": user.title,
        "team_id": user.team,
        "locale": user.locale,
        "tz": user.tz,
        "is_bot": user.is_bot,
        "deleted": user.deleted,
    }


def _channel(channel: Channel) -> Json:
    return {
        "id": channel.id,
        "name": channel.name,
        "is_private": channel.is_private,
        "is_im": channel.is_im,
        "is_ext_shared": channel.is_ext_shared and not channel.is_im,
        "is_archived": channel.is_archived,
        "members": list(channel.members),
    }


def _messages(standin: Standin, channels: list[Channel], eye: User | None) -> Iterator[Message]:
    for channel in channels:
        for message in standin.model.messages[channel.id].values():
            if eye is None or sight.sees_message(eye, channel, message):
                yield message


def _message(message: Message) -> Json:
    return {
        "channel": message.channel,
        "ts": message.ts,
        "thread_ts": message.thread_ts,
        "user": message.user,
        "bot_id": f"B{message.user[1:]}" if message.by_bot else None,
        "subtype": message.subtype,
        "text": message.text,
        "blocks": message.blocks,
        "attachments": message.attachments,
        "files": message.files,
        "metadata": message.metadata,
        "edited_ts": message.edited["ts"] if message.edited else None,
        "ephemeral_to": message.ephemeral_to,
        "reactions": reactions_of(message),
    }


def _view(standin: Standin, view: View) -> Json:
    whole = view_object(standin.model, view)
    kept = ("id", "callback_id", "title", "submit", "close", "blocks", "hash", "root_view_id", "previous_view_id")
    return {
        **{name: whole[name] for name in kept},
        "user": view.user,
        "state": {"values": values_of(view)},
        "errors": view.errors,
    }
