"""Who sees what. The bot's Web API calls and every person's act pass through here."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.sandbox.model.store import Model
    from bot.sandbox.model.things import Channel, Message, User


def sees_channel(user: User, channel: Channel) -> bool:
    """Members see it; a public channel is seen by everyone of the workspaces it belongs to."""
    if user.id in channel.members:
        return True
    return channel.kind == "channel" and user.team in channel.teams


def sees_message(user: User, channel: Channel, message: Message) -> bool:
    """Who sees the channel sees its messages; an ephemeral one only its reader."""
    return sees_channel(user, channel) and message.ephemeral_to in {None, user.id}


def knows(model: Model, user: User, other: User) -> bool:
    """Whether a person can look another up: same workspace, or together in a shared channel."""
    if user.team == other.team:
        return True
    return any(user.id in c.members and other.id in c.members for c in model.channels.values())


def channel_for(model: Model, user: User, name: str) -> Channel | None:
    """The channel a person means by an id, a name or `@handle` (the direct conversation with the bot)."""
    if name.startswith("@"):
        meant = model.person(name)
        if meant is None or meant.id not in {user.id, model.bot.id}:
            return None
        return model.direct(user.id)
    channel = model.channel_named(name)
    return channel if channel and sees_channel(user, channel) else None
