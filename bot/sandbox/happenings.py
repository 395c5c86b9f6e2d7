"""What the bot is told when something happened in the workspace: events for messages, members, reactions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.payloads.objects import channel_object, message_object, user_object, view_object

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Sequence

    from bot.sandbox.jsons import Json
    from bot.sandbox.model.things import Channel, Message, User
    from bot.sandbox.socket.envelopes import Receipt
    from bot.sandbox.standin import Standin

SUBSCRIPTION = {"im": "message.im", "mpim": "message.mpim", "group": "message.groups", "channel": "message.channels"}
Told = list["asyncio.Future[Receipt]"]


def _send(standin: Standin, name: str, event: Json, channel: Channel | None = None) -> Told:
    sent = standin.events.send(name, event, channel)
    return [] if sent is None else [sent]


def posted(standin: Standin, message: Message, *, mentions: Sequence[str] = ()) -> Told:
    """A message came in; if it mentions the bot, that too is told (not in direct messages)."""
    channel = standin.model.channels[message.channel]
    if standin.model.bot.id not in channel.members:
        return []
    whole = message_object(standin.model, message)
    stamp = {"channel": channel.id, "event_ts": message.ts}
    told = _send(standin, SUBSCRIPTION[channel.kind], whole | stamp | {"channel_type": channel.kind}, channel)
    if standin.model.bot.id in mentions and not channel.is_im and not message.by_bot:
        told += _send(standin, "app_mention", whole | stamp | {"type": "app_mention"}, channel)
    return told


def changed(standin: Standin, message: Message, before: Json) -> Told:
    """A message was edited, or became a tombstone."""
    after = message_object(standin.model, message)
    return _hidden(standin, message, "message_changed", {"message": after, "previous_message": before})


def deleted(standin: Standin, message: Message, before: Json) -> Told:
    """A message was taken away."""
    return _hidden(standin, message, "message_deleted", {"deleted_ts": message.ts, "previous_message": before})


def _hidden(standin: Standin, message: Message, subtype: str, what: Json) -> Told:
    channel = standin.model.channels[message.channel]
    if message.ephemeral_to is not None or standin.model.bot.id not in channel.members:
        return []
    ts = standin.model.new_ts()
    event = {
        "type": "message",
        "subtype": subtype,
        **what,
        "channel": channel.id,
        "hidden": True,
        "ts": ts,
        "event_ts": ts,
        "channel_type": channel.kind,
    }
    return _send(standin, SUBSCRIPTION[channel.kind], event, channel)


def reacted(standin: Standin, message: Message, user: User, name: str, *, added: bool) -> Told:
    """A reaction came or went."""
    channel = standin.model.channels[message.channel]
    if standin.model.bot.id not in channel.members:
        return []
    kind = "reaction_added" if added else "reaction_removed"
    event = {
        "type": kind,
        "user": user.id,
        "reaction": name,
        "item": {"type": "message", "channel": channel.id, "ts": message.ts},
        "item_user": message.user,
        "event_ts": standin.model.new_ts(),
    }
    return _send(standin, kind, event, channel)


def came_or_went(standin: Standin, channel: Channel, user: User, *, joined: bool, inviter: User | None = None) -> Told:
    """Somebody joined or left a channel in which the bot is (or was until now)."""
    bot = standin.model.bot
    if bot.id not in channel.members and user.id != bot.id:
        return []
    kind = "member_joined_channel" if joined else "member_left_channel"
    event: Json = {
        "type": kind,
        "user": user.id,
        "channel": channel.id,
        "channel_type": "G" if channel.is_private else "C",
        "team": user.team,
        "event_ts": standin.model.new_ts(),
    }
    if inviter is not None:
        event["inviter"] = inviter.id
    return _send(standin, kind, event, channel)


def archived(standin: Standin, channel: Channel, by: User) -> Told:
    """A channel was archived."""
    kind = "group_archive" if channel.is_private else "channel_archive"
    event = {"type": kind, "channel": channel.id, "user": by.id, "is_moved": 0, "event_ts": standin.model.new_ts()}
    return _send(standin, kind, event, channel)


def created(standin: Standin, channel: Channel) -> Told:
    """A public channel came into being."""
    if channel.is_private:
        return []
    event = {
        "type": "channel_created",
        "channel": channel_object(standin.model, channel),
        "event_ts": standin.model.new_ts(),
    }
    return _send(standin, "channel_created", event, channel)


def user_changed(standin: Standin, user: User) -> Told:
    """A person's account changed."""
    event = {
        "type": "user_change",
        "user": user_object(standin.model, user, email=has_scope(standin, "users:read.email"), locale=True),
        "cache_ts": standin.model.seconds(),
        "event_ts": standin.model.new_ts(),
    }
    return _send(standin, "user_change", event)


def home_opened(standin: Standin, user: User, channel: Channel) -> Told:
    """A person looks at the app's Home."""
    event: Json = {
        "type": "app_home_opened",
        "user": user.id,
        "channel": channel.id,
        "tab": "home",
        "event_ts": standin.model.new_ts(),
    }
    home = standin.model.homes.get(user.id)
    if home is not None:
        event["view"] = view_object(standin.model, home)
    return _send(standin, "app_home_opened", event)


def has_scope(standin: Standin, scope: str) -> bool:
    """Whether the bot token carries a scope."""
    granted = standin.scopes()
    return granted is None or scope in granted
