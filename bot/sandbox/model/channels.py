"""What changes a channel: opening, creating, coming, going, archiving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.model.things import Channel

if TYPE_CHECKING:
    from bot.sandbox.model.store import Model
    from bot.sandbox.model.things import User


def open_direct(model: Model, user: User) -> tuple[Channel, bool]:
    """The direct conversation between a person and the bot, and whether it was already open."""
    channel = model.direct(user.id)
    if channel is not None:
        return channel, True
    channel = Channel(
        id=f"D{user.id[1:]}",
        name="",
        teams=tuple(dict.fromkeys((model.home_team.id, user.team))),
        members=[user.id, model.bot.id],
        creator=model.bot.id,
        created=model.seconds(),
        is_im=True,
    )
    model.channels[channel.id] = channel
    model.changes.note()
    return channel, False


def open_group(model: Model, users: list[User]) -> tuple[Channel, bool]:
    """The direct conversation of the bot with several people, and whether it was already open."""
    members = [*(user.id for user in users), model.bot.id]
    for channel in model.channels.values():
        if channel.is_mpim and set(channel.members) == set(members):
            return channel, True
    names = "--".join(user.handle for user in [*users, model.bot])
    channel = Channel(
        id=model.new_id("G"),
        name=f"mpdm-{names}-1",
        teams=(model.home_team.id,),
        members=members,
        creator=model.bot.id,
        created=model.seconds(),
        is_private=True,
        is_mpim=True,
    )
    model.channels[channel.id] = channel
    model.changes.note()
    return channel, False


def create(model: Model, name: str, *, is_private: bool, creator: User) -> Channel:
    """A new channel with its creator as first member. The name has been checked."""
    channel = Channel(
        id=model.new_id("C"),
        name=name,
        teams=(model.home_team.id,),
        members=[creator.id],
        creator=creator.id,
        created=model.seconds(),
        is_private=is_private,
    )
    model.channels[channel.id] = channel
    model.changes.note()
    return channel


def add_member(model: Model, channel: Channel, user: User) -> None:
    """A person comes in."""
    channel.members.append(user.id)
    model.changes.note()


def remove_member(model: Model, channel: Channel, user: User) -> None:
    """A person goes."""
    channel.members.remove(user.id)
    model.changes.note()


def archive(model: Model, channel: Channel) -> None:
    """The channel is closed for good; it can still be read."""
    channel.is_archived = True
    model.changes.note()


def deactivate(model: Model, user: User) -> None:
    """The account ends: the person leaves every channel and closes every view."""
    user.deleted = True
    user.updated = model.seconds()
    for channel in model.channels.values():
        if user.id in channel.members and not channel.is_im:
            channel.members.remove(user.id)
    model.views = {view.id: view for view in model.views.values() if view.user != user.id}
    model.changes.note()
