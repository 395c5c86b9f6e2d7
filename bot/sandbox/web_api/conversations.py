"""`conversations.*` that change or describe a conversation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.sandbox import happenings, posting
from bot.sandbox.errors import RefusedError
from bot.sandbox.model import channels
from bot.sandbox.payloads.objects import channel_object
from bot.sandbox.web_api.call import next_cursor

if TYPE_CHECKING:
    from bot.sandbox.jsons import Json
    from bot.sandbox.model.things import Channel, User
    from bot.sandbox.web_api.call import Call, Method

NAME = re.compile(r"[\w\-]+")
MOST_NAME = 80
MOST_INVITED = 100
MOST_IN_GROUP = 8
TYPES = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}


def open_conversation(call: Call) -> Json:
    """`conversations.open`: the direct conversation with one person, or with several."""
    if "channel" in call.args:
        channel = call.channel()
        return {"channel": _opened(call, channel), "no_op": True, "already_open": True}
    users = [_partner(call, user_id) for user_id in call.args.names("users")]
    if not users:
        raise RefusedError("users_list_not_supplied")
    if len(users) > MOST_IN_GROUP:
        raise RefusedError("too_many_users")
    call.require("im" if len(users) == 1 else "mpim")
    if len(users) == 1:
        channel, already = channels.open_direct(call.model, users[0])
    else:
        channel, already = channels.open_group(call.model, users)
    answer: Json = {"channel": _opened(call, channel)}
    return answer | ({"no_op": True, "already_open": True} if already else {})


def _partner(call: Call, user_id: str) -> User:
    user = call.model.users.get(user_id)
    if user is None:
        raise RefusedError("user_not_found")
    if user.is_bot:
        raise RefusedError("cannot_dm_bot")
    if call.model.is_external(user):
        raise RefusedError("invalid_user_combination")
    if user.deleted:
        raise RefusedError("user_disabled")
    return user


def _opened(call: Call, channel: Channel) -> Json:
    if call.args.flag("return_im") or not channel.is_im:
        return channel_object(call.model, channel)
    return {"id": channel.id}


def info(call: Call) -> Json:
    """`conversations.info`."""
    return {"channel": channel_object(call.model, call.channel(), members=call.args.flag("include_num_members"))}


def members(call: Call) -> Json:
    """`conversations.members`."""
    page, cursor = call.page(call.channel().members)
    return {"members": list(page)} | next_cursor(cursor)


def join(call: Call) -> Json:
    """`conversations.join`: public channels only."""
    channel = call.channel()
    if channel.kind != "channel":
        raise RefusedError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise RefusedError("is_archived")
    if call.bot.id in channel.members:
        whole = channel_object(call.model, channel)
        return {
            "channel": whole,
            "warning": "already_in_channel",
            "response_metadata": {"warnings": ["already_in_channel"]},
        }
    channels.add_member(call.model, channel, call.bot)
    posting.notice(call.standin, channel, call.bot, joined=True)
    happenings.came_or_went(call.standin, channel, call.bot, joined=True)
    return {"channel": channel_object(call.model, channel)}


def leave(call: Call) -> Json:
    """`conversations.leave`."""
    channel = call.channel()
    if channel.is_im or channel.is_mpim:
        raise RefusedError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise RefusedError("is_archived")
    if call.bot.id not in channel.members:
        return {"not_in_channel": True}
    channels.remove_member(call.model, channel, call.bot)
    happenings.came_or_went(call.standin, channel, call.bot, joined=False)
    return {}


def invite(call: Call) -> Json:
    """`conversations.invite`: all of the named people or none."""
    channel = call.joined_channel()
    if channel.is_im or channel.is_mpim:
        raise RefusedError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise RefusedError("is_archived")
    names = call.args.names("users")
    if not names:
        raise RefusedError("no_user")
    if len(names) > MOST_INVITED:
        raise RefusedError("too_many_users")
    wrong: list[Json] = []
    guests: list[User] = []
    for name in names:
        code = _why_not_invited(call, channel, name)
        if code:
            wrong.append({"user": name, "ok": False, "error": code})
        else:
            guests.append(call.model.users[name])
    if wrong:
        raise RefusedError(wrong[0]["error"], errors=wrong)
    for guest in guests:
        channels.add_member(call.model, channel, guest)
        posting.notice(call.standin, channel, guest, joined=True, inviter=call.bot)
        happenings.came_or_went(call.standin, channel, guest, joined=True, inviter=call.bot)
    return {"channel": channel_object(call.model, channel)}


def _why_not_invited(call: Call, channel: Channel, name: str) -> str | None:
    user = call.model.users.get(name)
    if user is None or user.deleted or user.team not in channel.teams:
        return "user_not_found"
    if user.id == call.bot.id:
        return "cant_invite_self"
    return "already_in_channel" if user.id in channel.members else None


def create(call: Call) -> Json:
    """`conversations.create`: lower case, digits, `-` and `_`, at most 80 characters, not taken."""
    name = call.args.text("name").strip()
    if not name:
        raise RefusedError("invalid_name_required")
    if len(name) > MOST_NAME:
        raise RefusedError("invalid_name_maxlength")
    if not NAME.fullmatch(name) or name != name.lower():
        raise RefusedError("invalid_name_specials")
    if not name.strip("-_"):
        raise RefusedError("invalid_name_punctuation")
    if any(channel.name == name for channel in call.model.channels.values() if not channel.is_im):
        raise RefusedError("name_taken")
    is_private = call.args.flag("is_private")
    call.require("private_channel" if is_private else "public_channel")
    channel = channels.create(call.model, name, is_private=is_private, creator=call.bot)
    happenings.created(call.standin, channel)
    posting.notice(call.standin, channel, call.bot, joined=True)
    return {"channel": channel_object(call.model, channel)}


def archive(call: Call) -> Json:
    """`conversations.archive`."""
    channel = call.joined_channel()
    if channel.is_im or channel.is_mpim:
        raise RefusedError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise RefusedError("already_archived")
    channels.archive(call.model, channel)
    happenings.archived(call.standin, channel, call.bot)
    return {}


def unarchive(call: Call) -> Json:
    """`conversations.unarchive`: not for bots, which are in no archived channel (Slack: "Bot tokens cannot currently …")."""
    channel = call.channel()
    if channel.is_im or channel.is_mpim:
        raise RefusedError("method_not_supported_for_channel_type")
    raise RefusedError("not_in_channel" if channel.is_archived else "not_archived")


def kick(call: Call) -> Json:
    """`conversations.kick`: somebody else, out of a channel the bot is in."""
    channel = call.joined_channel()
    if channel.is_im or channel.is_mpim:
        raise RefusedError("method_not_supported_for_channel_type")
    user = call.user()
    if user.id == call.bot.id:
        raise RefusedError("cant_kick_self")
    if channel.is_archived:
        raise RefusedError("is_archived")
    if user.id not in channel.members:
        raise RefusedError("not_in_channel")
    posting.notice(call.standin, channel, user, joined=False, inviter=call.bot)
    channels.remove_member(call.model, channel, user)
    happenings.came_or_went(call.standin, channel, user, joined=False)
    return {"errors": {}}


def wanted_kinds(call: Call) -> set[str]:
    """The conversation types asked for; `invalid_types` where one does not exist."""
    names = call.args.names("types") or ["public_channel"]
    if not set(names) <= set(TYPES):
        raise RefusedError("invalid_types")
    for name in names:
        call.require(name)
    return {TYPES[name] for name in names}


def list_conversations(call: Call) -> Json:
    """`conversations.list`: public channels of the workspace, and of the others those the bot is in."""
    kinds, no_archived = wanted_kinds(call), call.args.flag("exclude_archived")
    found = [
        channel
        for channel in call.model.channels.values()
        if channel.kind in kinds and call.may_know(channel) and not (no_archived and channel.is_archived)
    ]
    page, cursor = call.page(found)
    return {"channels": [channel_object(call.model, c, members=True) for c in page]} | next_cursor(cursor)


METHODS: dict[str, Method] = {
    "conversations.open": open_conversation,
    "conversations.info": info,
    "conversations.members": members,
    "conversations.join": join,
    "conversations.leave": leave,
    "conversations.invite": invite,
    "conversations.create": create,
    "conversations.archive": archive,
    "conversations.unarchive": unarchive,
    "conversations.kick": kick,
    "conversations.list": list_conversations,
}
