"""The Slack app manifest: what the product asks Slack for, in one language. `manifest.yml` is its output for Danish."""

from __future__ import annotations

from typing import Any

from bot.texts.catalogue import texts

COMMANDS = {
    "da": ("/kontakt", "/sag", "/aftale"),
    "nb": ("/kontakt", "/sak", "/avtale"),
    "nn": ("/kontakt", "/sak", "/avtale"),
    "sv": ("/kontakt", "/arende", "/avtal"),
    "en": ("/contact", "/case", "/agree"),
}
"""By language: who is my contact, open a case, propose a follow-up. `/bindeled` in all."""
MESSAGE_SHORTCUTS = {"followup.message": "agree"}
"""In the menu of a message: what is agreed in it becomes a proposal."""
SCOPES = (
    "app_mentions:read",  # @Bindeled in a channel
    "channels:join",  # a public room a coordinator chose
    "channels:read",  # who can read a room
    "chat:write",  # threads, reminders
    "commands",
    "files:write",  # a case as a file for the journal, taken away again after a day
    "groups:read",  # who can read a private room; finding the bot's own channel of a case again
    "groups:write",  # making a private room; making, filling, emptying and archiving the private channel of a case
    "im:history",  # direct messages to the bot, and finding a reminder again
    "im:write",  # opening a direct message
    "users:read",
    "users:read.email",  # a work e-mail tells which agency somebody belongs to
)
THREAD_GUARD_SCOPES = ("channels:history", "groups:history")
EVENTS = ("app_home_opened", "app_mention", "member_joined_channel", "message.im", "user_change")
THREAD_GUARD_EVENTS = ("message.channels", "message.groups")


def build(language: str, *, thread_guard: bool) -> dict[str, Any]:
    """The manifest as a mapping; without `thread_guard` it asks for no right to read channel messages."""
    t = texts(language)
    contact, case, agree = COMMANDS[language]
    commands = {contact: "contact", case: "case", agree: "agree", "/bindeled": "help"}
    scopes = [*SCOPES, *(THREAD_GUARD_SCOPES if thread_guard else ())]
    events = [*EVENTS, *(THREAD_GUARD_EVENTS if thread_guard else ())]
    return {
        "display_information": {
            "name": "Bindeled",
            "description": t("manifest.description"),
            "long_description": t("manifest.long_description"),
            "background_color": "#1f4e5f",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Bindeled", "always_online": True},
            "shortcuts": [
                {
                    "name": t("case.new.button"),
                    "type": "global",
                    "callback_id": "case.new",
                    "description": t("manifest.shortcut.case"),
                },
                *(
                    {
                        "name": t(f"manifest.shortcut.{what}"),
                        "type": "message",
                        "callback_id": callback_id,
                        "description": t(f"manifest.shortcut.{what}.description"),
                    }
                    for callback_id, what in MESSAGE_SHORTCUTS.items()
                ),
            ],
            "slash_commands": [
                {
                    "command": name,
                    "description": t(f"manifest.command.{what}"),
                    "usage_hint": t(f"manifest.hint.{what}"),
                    "should_escape": True,
                }
                for name, what in commands.items()
            ],
        },
        "oauth_config": {"scopes": {"bot": sorted(scopes)}},
        "settings": {
            "event_subscriptions": {"bot_events": sorted(events)},
            "interactivity": {"is_enabled": True},
            "org_deploy_enabled": False,
            "socket_mode_enabled": True,
            "token_rotation_enabled": False,
        },
    }


def as_yaml(language: str, *, thread_guard: bool) -> str:
    """The manifest as Slack's form takes it."""
    import yaml

    made: str = yaml.safe_dump(
        build(language, thread_guard=thread_guard), sort_keys=False, allow_unicode=True, width=100
    )
    return f"# Made by: bindeled manifest --language {language}{'' if thread_guard else ' --no-thread-guard'}\n{made}"
