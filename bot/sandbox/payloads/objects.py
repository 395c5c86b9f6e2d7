"""Teams, users, channels, messages and views in Slack's documented shape."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.sandbox.model.views import values_of

if TYPE_CHECKING:
    from bot.sandbox.jsons import Json
    from bot.sandbox.model.store import Model
    from bot.sandbox.model.things import Channel, Message, User, View

PLAIN = (None, "thread_broadcast")  # messages that somebody wrote, unlike Slack's own notices


def user_object(model: Model, user: User, *, email: bool, locale: bool = False, to_home: bool = True) -> Json:
    """`user` of users.info. `email` needs its own scope; a stranger's e-mail is never told."""
    stranger = to_home and model.is_external(user)
    zone = ZoneInfo(user.tz)
    now = model.clock.now().astimezone(zone)
    offset = now.utcoffset()
    first, _, last = user.real_name.partition(" ")
    profile: Json = {
        "title": user.title,
        "phone": "",
        "skype": "",
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": user.handle,
        "display_name_normalized": user.handle,
        "first_name": first,
        "last_name": last,
        "status_text": "",
        "status_emoji": "",
        "status_expiration": 0,
        "avatar_hash": _digest(user.id),
        "fields": {},
        "team": user.team,
    }
    if email and user.email and not stranger:
        profile["email"] = user.email
    if user.is_bot:
        profile |= {"bot_id": model.bot_id, "api_app_id": model.app_id, "always_active": True}
    found: Json = {
        "id": user.id,
        "team_id": user.team,
        "name": user.handle,
        "deleted": user.deleted,
        "color": _digest(user.id)[:6],
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": now.tzname() or user.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": profile,
        "is_admin": False,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "is_email_confirmed": True,
        "updated": user.updated,
        "who_can_share_contact_card": "EVERYONE",
    }
    if stranger:
        found["is_stranger"] = True
    if locale:
        found["locale"] = user.locale
    return found


def user_profile(user: User) -> Json:
    """The short profile Slack adds to messages of people from another workspace."""
    return {
        "real_name": user.real_name,
        "display_name": user.handle,
        "name": user.handle,
        "first_name": user.real_name.partition(" ")[0],
        "team": user.team,
        "avatar_hash": _digest(user.id),
        "image_72": "",
        "is_restricted": False,
        "is_ultra_restricted": False,
    }


def channel_object(model: Model, channel: Channel, *, members: bool = False) -> Json:
    """A conversation as the bot sees it."""
    if channel.is_im:
        person = next(user for user in channel.members if user != model.bot.id)
        return {
            "id": channel.id,
            "created": channel.created,
            "is_archived": channel.is_archived,
            "is_im": True,
            "is_org_shared": False,
            "is_ext_shared": channel.is_ext_shared,
            "context_team_id": model.home_team.id,
            "updated": channel.created * 1000,
            "user": person,
            "is_user_deleted": model.users[person].deleted,
            "is_open": True,
            "priority": 0,
        }
    others = [team for team in channel.teams if team != model.home_team.id]
    found: Json = {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": not channel.is_private,
        "is_group": channel.is_private and not channel.is_mpim,
        "is_im": False,
        "is_mpim": channel.is_mpim,
        "is_private": channel.is_private,
        "is_archived": channel.is_archived,
        "is_general": False,
        "is_shared": channel.is_ext_shared,
        "is_ext_shared": channel.is_ext_shared,
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "pending_connected_team_ids": [],
        "parent_conversation": None,
        "context_team_id": model.home_team.id,
        "shared_team_ids": list(channel.teams),
        "internal_team_ids": [],
        "connected_team_ids": others,
        "created": channel.created,
        "updated": channel.created * 1000,
        "creator": channel.creator,
        "unlinked": 0,
        "is_member": model.bot.id in channel.members,
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": channel.purpose, "creator": "", "last_set": 0},
        "previous_names": [],
    }
    if members:
        found["num_members"] = len(channel.members)
    return found


def message_object(model: Model, message: Message, *, metadata: bool = False) -> Json:
    """A message as history, replies, events and interactions carry it; `metadata` only where asked for."""
    found: Json = {"type": "message", "user": message.user, "ts": message.ts, "text": message.text}
    if message.subtype:
        found |= {"subtype": message.subtype, **({"hidden": True} if message.subtype == "tombstone" else {})}
    if message.subtype in PLAIN:
        found["team"] = message.team
    if message.client_msg_id:
        found["client_msg_id"] = message.client_msg_id
    if message.by_bot and message.subtype in PLAIN:
        found |= {"bot_id": model.bot_id, "app_id": model.app_id, "bot_profile": bot_profile(model)}
    contents = {
        "blocks": message.blocks,
        "attachments": message.attachments,
        "files": message.files,
        "edited": message.edited,
        "reactions": reactions_of(message),
    }
    found |= {name: value for name, value in contents.items() if value}
    if metadata and message.metadata:
        found["metadata"] = message.metadata
    author = model.users.get(message.user)
    if author and model.is_external(author):
        found |= {"user_team": author.team, "source_team": author.team, "user_profile": user_profile(author)}
    return found | _thread_fields(model, message) | message.extra


def reactions_of(message: Message) -> list[Json]:
    """Reactions with who gave them."""
    return [{"name": name, "users": list(users), "count": len(users)} for name, users in message.reactions.items()]


def _thread_fields(model: Model, message: Message) -> Json:
    if message.ephemeral_to is not None:
        return {"thread_ts": message.thread_ts} if message.thread_ts else {}
    if message.thread_ts and message.thread_ts != message.ts:
        parent = model.message(message.channel, message.thread_ts)
        return {"thread_ts": message.thread_ts, **({"parent_user_id": parent.user} if parent else {})}
    replies = model.replies(message)
    if not replies:
        return {}
    people = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users_count": len(people),
        "latest_reply": replies[-1].ts,
        "reply_users": people[:5],
        "is_locked": False,
        "subscribed": False,
    }


def bot_profile(model: Model) -> Json:
    """The bot as its messages show it."""
    return {
        "id": model.bot_id,
        "app_id": model.app_id,
        "user_id": model.bot.id,
        "name": model.bot.real_name,
        "icons": {},
        "deleted": False,
        "updated": model.bot.updated,
        "team_id": model.home_team.id,
    }


def view_object(model: Model, view: View) -> Json:
    """An open modal or a Home with its state."""
    return {
        "id": view.id,
        "team_id": view.team,
        "type": view.body["type"],
        "blocks": view.body["blocks"],
        "private_metadata": view.body["private_metadata"],
        "callback_id": view.body["callback_id"],
        "state": {"values": values_of(view)},
        "hash": view.hash,
        "title": view.body["title"] or {"type": "plain_text", "text": "View Title", "emoji": True},
        "clear_on_close": view.body["clear_on_close"],
        "notify_on_close": view.body["notify_on_close"],
        "close": view.body["close"],
        "submit": view.body["submit"],
        "previous_view_id": view.previous,
        "root_view_id": view.root,
        "app_id": model.app_id,
        "external_id": view.body["external_id"],
        "app_installed_team_id": model.home_team.id,
        "bot_id": model.bot_id,
    }


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
