"""Which scopes Slack asks for: by method, by event, and which exist at all for a bot.

Source: the facts on each page below https://docs.slack.dev/reference/methods, /events and /scopes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

KIND_ROOTS: Mapping[str, str] = {
    "public_channel": "channels",
    "private_channel": "groups",
    "im": "im",
    "mpim": "mpim",
}
"""Type of conversation → how its scopes begin."""


def _any(*scopes: str) -> tuple[frozenset[str], ...]:
    """Alternatives: any one of these scopes is enough."""
    return tuple(frozenset((scope,)) for scope in scopes)


def _by_kind(verb: str) -> tuple[frozenset[str], ...]:
    """The same right for each type of conversation."""
    return _any(*(f"{root}:{verb}" for root in KIND_ROOTS.values()))


_NONE: tuple[frozenset[str], ...] = ()
_MANAGE = _any("channels:manage", "groups:write")
_MANAGE_ALL = _any("channels:manage", "groups:write", "im:write", "mpim:write")
_TOPIC = _any("channels:manage", "channels:write.topic", "groups:write", "groups:write.topic", "im:write.topic")
_TOPIC_ALL = (*_TOPIC, *_any("im:write", "mpim:write", "mpim:write.topic"))

SCOPES_FOR_METHOD: Mapping[str, tuple[frozenset[str], ...]] = {
    **dict.fromkeys(
        (
            "api.test",
            "auth.test",
            "auth.revoke",
            "blocks.validate",
            "chat.getPermalink",
            "views.open",
            "views.push",
            "views.update",
            "views.publish",
            "apps.connections.open",  # an app-level token with connections:write, no scope of the bot
        ),
        _NONE,
    ),
    **dict.fromkeys(
        (
            "chat.postMessage",
            "chat.postEphemeral",
            "chat.update",
            "chat.delete",
            "chat.scheduleMessage",
            "chat.deleteScheduledMessage",
        ),
        _any("chat:write"),
    ),
    "chat.scheduledMessages.list": _NONE,
    "conversations.history": _by_kind("history"),
    "conversations.replies": _by_kind("history"),
    "conversations.info": _by_kind("read"),
    "conversations.list": _by_kind("read"),
    "conversations.members": _by_kind("read"),
    "users.conversations": _by_kind("read"),
    "conversations.open": _MANAGE_ALL,
    "conversations.close": _MANAGE_ALL,
    "conversations.mark": _MANAGE_ALL,
    "conversations.join": _any("channels:join"),
    "conversations.invite": (*_MANAGE, *_any("channels:write.invites", "groups:write.invites", "mpim:write")),
    "conversations.kick": _MANAGE,
    "conversations.create": _MANAGE,
    "conversations.archive": _MANAGE,
    "conversations.unarchive": _MANAGE,
    "conversations.rename": _MANAGE,
    "conversations.leave": _MANAGE,
    "conversations.setTopic": _TOPIC_ALL,
    "conversations.setPurpose": _TOPIC_ALL,
    "users.info": _any("users:read"),
    "users.list": _any("users:read"),
    "users.getPresence": _any("users:read"),
    "users.setPresence": _any("users:write"),
    "bots.info": _any("users:read"),
    # `users:read.email` alone would do by the method's page, but it can only be granted together with `users:read`.
    "users.lookupByEmail": _any("users:read.email"),
    "users.profile.get": _any("users.profile:read"),
    "reactions.add": _any("reactions:write"),
    "reactions.remove": _any("reactions:write"),
    "reactions.get": _any("reactions:read"),
    "reactions.list": _any("reactions:read"),
    "files.getUploadURLExternal": _any("files:write"),
    "files.completeUploadExternal": _any("files:write"),
    "files.delete": _any("files:write"),
    "files.info": _any("files:read"),
    "files.list": _any("files:read"),
    "pins.add": _any("pins:write"),
    "pins.remove": _any("pins:write"),
    "pins.list": _any("pins:read"),
    "bookmarks.add": _any("bookmarks:write"),
    "bookmarks.edit": _any("bookmarks:write"),
    "bookmarks.remove": _any("bookmarks:write"),
    "bookmarks.list": _any("bookmarks:read"),
    "team.info": _any("team:read"),
    "emoji.list": _any("emoji:read"),
    "dnd.info": _any("dnd:read"),
    "dnd.teamInfo": _any("dnd:read"),
    "usergroups.list": _any("usergroups:read"),
    "usergroups.users.list": _any("usergroups:read"),
}
"""Method → alternatives; any one set is enough, none at all means that no scope is asked for."""


def scopes_for(method: str, kind: str | None = None) -> tuple[frozenset[str], ...]:
    """The alternatives for a method on one kind of conversation (`public_channel`, `private_channel`, `im`, `mpim`).

    Without a kind, or where the method makes no difference or knows no such kind, all alternatives. Raises KeyError for an unknown method.
    """
    all_of_them = SCOPES_FOR_METHOD[method]
    if kind is None or len(all_of_them) < 2:  # noqa: PLR2004 (one alternative makes no difference between kinds)
        return all_of_them
    own = tuple(each for each in all_of_them if next(iter(each)).startswith(f"{KIND_ROOTS[kind]}:"))
    return own or all_of_them


def _events(scopes: tuple[str, ...], *names: str) -> dict[str, frozenset[str]]:
    return dict.fromkeys(names, frozenset(scopes))


_EITHER_CHANNEL = ("channels:read", "groups:read")

SCOPE_FOR_EVENT: Mapping[str, frozenset[str]] = {
    **_events(
        (),
        "app_home_opened",
        "app_rate_limited",
        "app_uninstalled",
        "tokens_revoked",
        "function_executed",
        "grid_migration_finished",
        "grid_migration_started",
        "message.app_home",
        "team_access_granted",
        "team_access_revoked",
    ),
    **_events(("app_mentions:read",), "app_mention"),
    **_events(("assistant:write",), "assistant_thread_started", "assistant_thread_context_changed"),
    **_events(("channels:history",), "message.channels", "channel_history_changed"),
    **_events(("groups:history",), "message.groups", "group_history_changed"),
    **_events(("im:history",), "message.im", "im_history_changed"),
    **_events(("mpim:history",), "message.mpim"),
    **_events(_EITHER_CHANNEL, "member_joined_channel", "member_left_channel"),
    **_events((*_EITHER_CHANNEL, "mpim:read"), "channel_shared", "channel_unshared"),
    **_events((*_EITHER_CHANNEL, "mpim:read"), "channel_id_changed"),
    **_events(
        ("channels:read",),
        "channel_archive",
        "channel_created",
        "channel_deleted",
        "channel_left",
        "channel_rename",
        "channel_unarchive",
    ),
    **_events(
        ("groups:read",),
        "group_archive",
        "group_close",
        "group_deleted",
        "group_left",
        "group_open",
        "group_rename",
        "group_unarchive",
    ),
    **_events(("im:read",), "im_close", "im_created", "im_open"),
    **_events(
        ("files:read",), "file_change", "file_created", "file_deleted", "file_public", "file_shared", "file_unshared"
    ),
    **_events(("users:read",), "user_change", "team_join", "user_huddle_changed"),
    **_events(("users.profile:read",), "user_profile_changed", "user_status_changed"),
    **_events(("reactions:read",), "reaction_added", "reaction_removed"),
    **_events(("pins:read",), "pin_added", "pin_removed"),
    **_events(("emoji:read",), "emoji_changed"),
    **_events(("dnd:read",), "dnd_updated_user"),
    **_events(("links:read",), "link_shared"),
    **_events(("team:read",), "team_domain_change", "team_rename", "email_domain_changed"),
    **_events(
        ("usergroups:read",),
        "subteam_created",
        "subteam_members_changed",
        "subteam_updated",
    ),
    **_events(("conversations.connect:manage",), "shared_channel_invite_accepted", "shared_channel_invite_approved"),
    **_events(("conversations.connect:manage",), "shared_channel_invite_declined", "shared_channel_invite_requested"),
    **_events(("conversations.connect:write",), "shared_channel_invite_received"),
    **_events(
        ("metadata.message:read",), "message_metadata_posted", "message_metadata_updated", "message_metadata_deleted"
    ),
    **_events(("calls:read",), "call_rejected"),
}
"""Event a bot can subscribe to → scopes of which one is needed (an empty set: none)."""

BOT_SCOPES: frozenset[str] = frozenset(
    scope
    for scopes in (
        *(each for alternatives in SCOPES_FOR_METHOD.values() for each in alternatives),
        *SCOPE_FOR_EVENT.values(),
    )
    for scope in scopes
) | frozenset(
    (
        "bookmarks:read",
        "calls:write",
        "canvases:read",
        "canvases:write",
        "chat:write.customize",
        "chat:write.public",
        "commands",
        "conversations.connect:read",
        "incoming-webhook",
        "links.embed:write",
        "links:write",
        "lists:read",
        "lists:write",
        "remote_files:read",
        "remote_files:share",
        "remote_files:write",
        "team.billing:read",
        "team.preferences:read",
        "triggers:read",
        "triggers:write",
        "usergroups:write",
        "users:read.email",
        "users:write",
        "workflow.steps:execute",
        "workflows.templates:read",
        "workflows.templates:write",
        "datastore:read",
        "datastore:write",
        "search:read.public",
        "search:read.files",
        "search:read.users",
    )
)
"""Every scope a bot token can be given."""
