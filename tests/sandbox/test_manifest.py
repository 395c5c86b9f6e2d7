from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

from bot.sandbox.manifest import Command, Manifest, Shortcut, problems_in_manifest
from bot.sandbox.scopes import BOT_SCOPES, SCOPE_FOR_EVENT, SCOPES_FOR_METHOD, scopes_for

if TYPE_CHECKING:
    from collections.abc import Callable

GOOD: dict[str, Any] = {
    "_metadata": {"major_version": 1, "minor_version": 1},
    "display_information": {"name": "Bindeled", "description": "x", "background_color": "#0a3d62"},
    "features": {
        "bot_user": {"display_name": "bindeled", "always_online": True},
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
        "slash_commands": [{"command": "/kontakt", "description": "x", "usage_hint": "[hvem]", "should_escape": True}],
        "shortcuts": [{"name": "Opret sag", "type": "message", "callback_id": "case.open", "description": "x"}],
    },
    "oauth_config": {"scopes": {"bot": ["chat:write", "commands", "im:history", "groups:read", "users:read"]}},
    "settings": {
        "event_subscriptions": {"bot_events": ["app_home_opened", "message.im", "member_joined_channel"]},
        "interactivity": {"is_enabled": True},
        "org_deploy_enabled": False,
        "socket_mode_enabled": True,
        "token_rotation_enabled": False,
    },
}


def changed(path: str, value: object) -> dict[str, Any]:
    """The good manifest with one thing changed, or dropped when the value is `...`."""
    manifest = copy.deepcopy(GOOD)
    here: Any = manifest
    *way, last = path.split("/")
    for name in way:
        here = here[int(name) if name.isdigit() else name]
    if value is ...:
        del here[last]
    else:
        here[int(last) if last.isdigit() else last] = value
    return manifest


def test_a_good_manifest_is_read():
    """A manifest Slack takes becomes the values the stand-in works with."""
    manifest = Manifest.from_mapping(GOOD)
    assert (manifest.name, manifest.bot_display_name) == ("Bindeled", "bindeled")
    assert manifest.scopes == {"chat:write", "commands", "im:history", "groups:read", "users:read"}
    assert manifest.commands == {"/kontakt": Command("/kontakt", "x", "[hvem]", should_escape=True)}
    assert manifest.shortcuts == {"case.open": Shortcut("case.open", "message", "Opret sag", "x")}
    assert manifest.events == {"app_home_opened", "message.im", "member_joined_channel"}
    assert manifest.socket_mode
    assert manifest.interactivity
    assert (manifest.home_tab, manifest.messages_tab, manifest.messages_tab_read_only) == (True, True, False)
    assert manifest.request_url is None


COMMAND = GOOD["features"]["slash_commands"][0]
SHORTCUT = GOOD["features"]["shortcuts"][0]
LIMITS: dict[str, tuple[Callable[[int], Any], int, int]] = {
    "display_information/name": (lambda n: "x" * n, 1, 35),
    "display_information/description": (lambda n: "x" * n, 1, 140),
    "display_information/long_description": (lambda n: "x" * n, 175, 4000),
    "features/bot_user/display_name": (lambda n: "x" * n, 1, 80),
    "features/slash_commands": (lambda n: [{**COMMAND, "command": f"/x{i}"} for i in range(n)], 1, 50),
    "features/slash_commands/0/command": (lambda n: "/" + "x" * (n - 1), 2, 32),
    "features/slash_commands/0/description": (lambda n: "x" * n, 1, 2000),
    "features/slash_commands/0/usage_hint": (lambda n: "x" * n, 1, 1000),
    "features/shortcuts": (lambda n: [{**SHORTCUT, "callback_id": str(i)} for i in range(n)], 1, 10),
    "features/shortcuts/0/name": (lambda n: "x" * n, 1, 24),
    "features/shortcuts/0/callback_id": (lambda n: "x" * n, 1, 255),
    "features/shortcuts/0/description": (lambda n: "x" * n, 1, 150),
}


@pytest.mark.parametrize("path", LIMITS)
def test_a_limit_of_the_schema_is_kept_at_both_ends(path):
    """At both ends a value is taken, one beyond either end it is refused."""
    build, least, most = LIMITS[path]
    assert problems_in_manifest(changed(path, build(least))) == []
    assert problems_in_manifest(changed(path, build(most))) == []
    assert problems_in_manifest(changed(path, build(least - 1))) != []
    assert problems_in_manifest(changed(path, build(most + 1))) != []


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("display_information", ..., "missing required field: display_information [json-pointer:]"),
        ("display_info", {}, "invalid additional property: display_info [json-pointer:]"),
        (
            "display_information/background_color",
            "blue",
            "must be a hex color [json-pointer:/display_information/background_color]",
        ),
        (
            "features/slash_commands/0/command",
            "kontakt",
            "must be a command: a slash, then lowercase and without spaces [json-pointer:/features/slash_commands/0/command]",
        ),
        (
            "features/slash_commands/0/command",
            "/Kontakt",
            "must be a command: a slash, then lowercase and without spaces [json-pointer:/features/slash_commands/0/command]",
        ),
        (
            "features/shortcuts/0/type",
            "channel",
            "must be one of: message, global [json-pointer:/features/shortcuts/0/type]",
        ),
        ("features/bot_user", ..., "missing required field: bot_user (there are bot scopes) [json-pointer:/features]"),
        (
            "oauth_config/scopes/bot/0",
            "chat:shout",
            "unknown scope: chat:shout [json-pointer:/oauth_config/scopes/bot/0]",
        ),
        (
            "settings/event_subscriptions/bot_events/1",
            "message.secret",
            "unknown event: message.secret [json-pointer:/settings/event_subscriptions/bot_events/1]",
        ),
        (
            "settings/event_subscriptions/bot_events/1",
            "message.channels",
            "message.channels needs the scope channels:history [json-pointer:/settings/event_subscriptions/bot_events/1]",
        ),
        (
            "settings/event_subscriptions/bot_events/1",
            "app_home_opened",
            "items must be unique [json-pointer:/settings/event_subscriptions/bot_events]",
        ),
        (
            "settings/interactivity/is_enabled",
            False,
            "shortcuts need settings.interactivity.is_enabled [json-pointer:/features/shortcuts]",
        ),
        ("settings/colour", "red", "invalid additional property: colour [json-pointer:/settings]"),
        (
            "oauth_config/scopes/bot/4",
            "users:read.email",
            "users:read.email needs the scope users:read [json-pointer:/oauth_config/scopes/bot]",
        ),
    ],
)
def test_what_is_wrong_in_a_manifest_is_named_with_its_place(path, value, problem):
    """One wrong thing gives one problem, and reading the manifest raises it."""
    manifest = changed(path, value)
    assert problems_in_manifest(manifest) == [f"[ERROR] {problem}"]
    with pytest.raises(ValueError, match="ERROR"):
        Manifest.from_mapping(manifest)


def test_commands_and_shortcuts_need_their_scope():
    """Without the scope `commands` neither slash commands nor shortcuts are taken."""
    problems = problems_in_manifest(changed("oauth_config/scopes/bot/1", "reactions:read"))
    assert [problem.partition(" [")[0] for problem in problems] == ["[ERROR] needs the scope commands"] * 2


def test_without_socket_mode_everything_needs_an_address():
    """Over HTTP events, interactivity and each command must say where to send."""
    manifest = changed("settings/socket_mode_enabled", ...)
    assert len(problems_in_manifest(manifest)) == 3
    url = "https://bindeled.example/slack/events"
    manifest["settings"]["event_subscriptions"]["request_url"] = url
    manifest["settings"]["interactivity"]["request_url"] = url
    manifest["features"]["slash_commands"][0]["url"] = url
    read = Manifest.from_mapping(manifest)
    assert (read.request_url, read.interactivity_url, read.commands["/kontakt"].url) == (url, url, url)


@pytest.mark.parametrize("feature", ["slash_commands", "shortcuts"])
def test_nothing_may_be_named_twice(feature):
    """Two commands of one name, or two shortcuts of one callback id, could not be told apart."""
    entry = GOOD["features"][feature][0]
    (problem,) = problems_in_manifest(changed(f"features/{feature}", [entry, entry]))
    assert "already used" in problem


def test_every_scope_that_is_asked_for_can_be_given():
    """A scope named by a method or an event is one a bot can have, and conversations differ by kind."""
    assert {scope for event in SCOPE_FOR_EVENT.values() for scope in event} <= BOT_SCOPES
    assert {scope for sets in SCOPES_FOR_METHOD.values() for each in sets for scope in each} <= BOT_SCOPES
    assert scopes_for("conversations.history", "private_channel") == (frozenset({"groups:history"}),)
    assert scopes_for("chat.postMessage", "im") == (frozenset({"chat:write"}),)
    assert len(scopes_for("conversations.info")) == 4
    assert scopes_for("conversations.kick", "im") == SCOPES_FOR_METHOD["conversations.kick"]
