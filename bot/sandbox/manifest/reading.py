"""What the stand-in needs to know of an app, read from its manifest."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, cast

from bot.sandbox.manifest.rules import Json, found_at, objects_at, problems_in_manifest, strings_at

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Command:
    """A slash command."""

    command: str
    description: str
    usage_hint: str | None = None
    should_escape: bool = False
    url: str | None = None


@dataclass(frozen=True)
class Shortcut:
    """A shortcut in the search bar (`global`) or in the menu of a message (`message`)."""

    callback_id: str
    type: Literal["global", "message"]
    name: str
    description: str = ""


@dataclass(frozen=True)
class Manifest:
    """What the stand-in needs to know of an app."""

    name: str
    bot_display_name: str
    scopes: frozenset[str]
    commands: Mapping[str, Command]
    events: frozenset[str]
    shortcuts: Mapping[str, Shortcut]
    socket_mode: bool
    interactivity: bool
    request_url: str | None
    """Where events go over HTTP."""
    interactivity_url: str | None
    options_url: str | None
    home_tab: bool
    messages_tab: bool
    messages_tab_read_only: bool
    always_online: bool = False

    @classmethod
    def from_mapping(cls, mapping: Json) -> Manifest:
        """Read a manifest.

        Raises:
            ValueError: with all problems, one a line, when Slack would refuse it.
        """
        if found := problems_in_manifest(mapping):
            raise ValueError("\n".join(found))
        name = str(found_at(mapping, "display_information", "name"))
        home = ("features", "app_home")
        return cls(
            name=name,
            bot_display_name=_text(mapping, "features", "bot_user", "display_name") or name,
            scopes=frozenset(strings_at(mapping, "oauth_config", "scopes", "bot")),
            commands=MappingProxyType(
                {str(each["command"]): _command(each) for each in objects_at(mapping, "features", "slash_commands")}
            ),
            events=frozenset(strings_at(mapping, "settings", "event_subscriptions", "bot_events")),
            shortcuts=MappingProxyType(
                {str(each["callback_id"]): _shortcut(each) for each in objects_at(mapping, "features", "shortcuts")}
            ),
            socket_mode=_on(mapping, "settings", "socket_mode_enabled"),
            interactivity=_on(mapping, "settings", "interactivity", "is_enabled"),
            request_url=_text(mapping, "settings", "event_subscriptions", "request_url"),
            interactivity_url=_text(mapping, "settings", "interactivity", "request_url"),
            options_url=_text(mapping, "settings", "interactivity", "message_menu_options_url"),
            home_tab=_on(mapping, *home, "home_tab_enabled"),
            messages_tab=_on(mapping, *home, "messages_tab_enabled"),
            messages_tab_read_only=_on(mapping, *home, "messages_tab_read_only_enabled"),
            always_online=_on(mapping, "features", "bot_user", "always_online"),
        )


def _text(manifest: Json, *path: str) -> str | None:
    there = found_at(manifest, *path)
    return None if there is None else str(there)


def _on(manifest: Json, *path: str) -> bool:
    return found_at(manifest, *path) is True


def _command(each: Json) -> Command:
    return Command(
        command=str(each["command"]),
        description=str(each["description"]),
        usage_hint=_text(each, "usage_hint"),
        should_escape=_on(each, "should_escape"),
        url=_text(each, "url"),
    )


def _shortcut(each: Json) -> Shortcut:
    return Shortcut(
        callback_id=str(each["callback_id"]),
        type=cast("Literal['global', 'message']", each["type"]),
        name=str(each["name"]),
        description=str(each["description"]),
    )
