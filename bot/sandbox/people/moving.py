"""Joining and leaving channels, losing the account, reloading the client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox import happenings, posting
from bot.sandbox.errors import ActRefusedError
from bot.sandbox.model import channels, messages, views
from bot.sandbox.people.acts import Outcome, told

if TYPE_CHECKING:
    from bot.sandbox.model.things import Channel
    from bot.sandbox.people.acts import Act, Doing


async def join(act: Act) -> Outcome:
    """Join a public channel of the own workspace."""
    channel = act.channel()
    if channel.kind != "channel":
        raise ActRefusedError("channel_not_found")
    if channel.is_archived:
        raise ActRefusedError("is_archived")
    if act.user.id in channel.members:
        raise ActRefusedError("already_in_channel")
    channels.add_member(act.model, channel, act.user)
    sent = posting.notice(act.standin, channel, act.user, joined=True)
    sent += happenings.came_or_went(act.standin, channel, act.user, joined=True)
    return await told(sent, seconds=act.standin.manners.ack_seconds)


async def leave(act: Act) -> Outcome:
    """Leave a channel."""
    channel = act.channel()
    if channel.is_im or channel.is_mpim or act.user.id not in channel.members:
        raise ActRefusedError("not_in_channel")
    sent = posting.notice(act.standin, channel, act.user, joined=False)
    channels.remove_member(act.model, channel, act.user)
    sent += happenings.came_or_went(act.standin, channel, act.user, joined=False)
    return await told(sent, seconds=act.standin.manners.ack_seconds)


async def invite(act: Act) -> Outcome:
    """Bring somebody, or the bot as `@bot`, into a channel one is in."""
    channel = act.member_channel()
    guest = act.model.person(act.text("user"))
    if channel.is_im or guest is None or guest.deleted or guest.team not in channel.teams:
        raise ActRefusedError("user_not_found")
    if guest.id in channel.members:
        raise ActRefusedError("already_in_channel")
    channels.add_member(act.model, channel, guest)
    sent = posting.notice(act.standin, channel, guest, joined=True, inviter=act.user)
    sent += happenings.came_or_went(act.standin, channel, guest, joined=True, inviter=act.user)
    return await told(sent, seconds=act.standin.manners.ack_seconds)


async def deactivate(act: Act) -> Outcome:
    """The account ends."""
    left: list[Channel] = [
        channel for channel in act.model.channels.values() if act.user.id in channel.members and not channel.is_im
    ]
    channels.deactivate(act.model, act.user)
    sent = happenings.user_changed(act.standin, act.user)
    for channel in left:
        sent += happenings.came_or_went(act.standin, channel, act.user, joined=False)
    return await told(sent, seconds=act.standin.manners.ack_seconds)


async def reload(act: Act) -> Outcome:
    """Load the client anew: what only this client showed is gone, ephemeral messages and open modals."""
    messages.forget_ephemeral(act.model, act.user)
    views.close_all(act.model, act.user)
    return Outcome()


ACTS: dict[str, Doing] = {
    "join": join,
    "leave": leave,
    "invite": invite,
    "deactivate": deactivate,
    "reload": reload,
}
