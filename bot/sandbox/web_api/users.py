"""`users.*`: who is who."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.errors import RefusedError
from bot.sandbox.happenings import has_scope
from bot.sandbox.payloads.objects import channel_object, user_object
from bot.sandbox.web_api.call import next_cursor
from bot.sandbox.web_api.conversations import wanted_kinds

if TYPE_CHECKING:
    from bot.sandbox.jsons import Json
    from bot.sandbox.model.things import User
    from bot.sandbox.web_api.call import Call, Method


def _whole(call: Call, user: User) -> Json:
    email = has_scope(call.standin, "users:read.email")
    return user_object(call.model, user, email=email, locale=call.args.flag("include_locale"))


def info(call: Call) -> Json:
    """`users.info`; the language only with `include_locale`, the e-mail only with its scope."""
    return {"user": _whole(call, call.user())}


def list_users(call: Call) -> Json:
    """`users.list`: the workspace's own people and bots, the deactivated too."""
    own = [user for user in call.model.users.values() if not call.model.is_external(user)]
    page, cursor = call.page(own)
    members = [_whole(call, user) for user in page]
    return {"members": members, "cache_ts": call.model.seconds()} | next_cursor(cursor)


def lookup_by_email(call: Call) -> Json:
    """`users.lookupByEmail`: people of the bot's own workspace who are still there."""
    email = call.args.need("email").lower()
    for user in call.model.users.values():
        if user.email.lower() == email and not user.deleted and not call.model.is_external(user):
            return {"user": _whole(call, user)}
    raise RefusedError("users_not_found")


def conversations(call: Call) -> Json:
    """`users.conversations`: what the bot, or the named person, is in; of another's only what the bot may know."""
    user = call.user() if "user" in call.args else call.bot
    kinds, no_archived = wanted_kinds(call), call.args.flag("exclude_archived")
    found = [
        channel
        for channel in call.model.channels.values()
        if user.id in channel.members
        and channel.kind in kinds
        and call.may_know(channel)
        and not (no_archived and channel.is_archived)
    ]
    page, cursor = call.page(found)
    return {"channels": [channel_object(call.model, channel) for channel in page]} | next_cursor(cursor)


METHODS: dict[str, Method] = {
    "users.info": info,
    "users.list": list_users,
    "users.lookupByEmail": lookup_by_email,
    "users.conversations": conversations,
}
