"""What Slack would refuse in an app manifest.

Source: https://docs.slack.dev/reference/app-manifest and Slack's published JSON schema
(github.com/slackapi/manifest-schema, manifest.schema.1.0.0.json).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.sandbox.blocks.schema import Anything, Flag, Items, Num, Shape, Spec, Str, problem
from bot.sandbox.scopes import BOT_SCOPES, SCOPE_FOR_EVENT

Json = Mapping[str, object]

_REQUEST_URL = Str(most=3500, pattern=r"^https?://", wrong="invalid url")
_SCOPES = Items(Str(most=50), least=0, most=255)
_EVENTS = Items(Str(most=50), least=0, most=100, distinct=True)
_PROMPTS = Items(Shape({"title": Str(), "message": Str()}), least=0, most=4)
# The schema asks for the slash and the length; capital letters and spaces are refused on Slack's settings page.
_COMMAND = Str(least=2, most=32, pattern=r"^/[^\sA-Z/]+$", like="a command: a slash, then lowercase and without spaces")

_FEATURES: dict[str, Spec] = {
    "app_home": Shape(
        may=dict.fromkeys(("home_tab_enabled", "messages_tab_enabled", "messages_tab_read_only_enabled"), Flag())
    ),
    "bot_user": Shape({"display_name": Str(most=80)}, {"always_online": Flag()}),
    "shortcuts": Items(
        Shape(
            {
                "name": Str(most=24),
                "type": Str(one_of=("message", "global")),
                "callback_id": Str(most=255),
                "description": Str(most=150),
            }
        ),
        most=10,
    ),
    "slash_commands": Items(
        Shape(
            {"command": _COMMAND, "description": Str(most=2000)},
            {
                "url": Str(most=3000, pattern=r"^https?://", wrong="invalid url"),
                "usage_hint": Str(most=1000),
                "should_escape": Flag(),
            },
        ),
        most=50,
    ),
    "workflow_steps": Items(Shape({"name": Str(most=50), "callback_id": Str(most=50)}), most=10),
    "unfurl_domains": Items(Str(most=255), most=5, distinct=True),
    "assistant_view": Shape({"assistant_description": Str()}, {"suggested_prompts": _PROMPTS}),
    "agent_view": Shape(may={"agent_description": Str(most=300), "suggested_prompts": _PROMPTS, "actions": Anything()}),
}

_SETTINGS: dict[str, Spec] = {
    "allowed_ip_address_ranges": Items(Str(), most=50, distinct=True),
    "event_subscriptions": Shape(
        may={
            "request_url": _REQUEST_URL,
            "user_events": _EVENTS,
            "bot_events": _EVENTS,
            "metadata_subscriptions": Items(
                Shape({"app_id": Str(), "event_type": Str(most=50)}), most=20, distinct=True
            ),
        }
    ),
    "incoming_webhooks": Shape(may={"incoming_webhooks_enabled": Flag()}),
    "interactivity": Shape(
        {"is_enabled": Flag()}, {"request_url": _REQUEST_URL, "message_menu_options_url": _REQUEST_URL}
    ),
    **dict.fromkeys(
        ("org_deploy_enabled", "socket_mode_enabled", "is_hosted", "token_rotation_enabled", "is_mcp_enabled"), Flag()
    ),
    "siws_links": Shape(may={"initiate_uri": Str(most=3500, pattern=r"^https://", wrong="invalid url")}),
    "hermes_app_type": Str(),
    "function_runtime": Str(),
}

# What belongs to Slack's own hosting is passed on unread: the stand-in has none of it.
_HOSTED = dict.fromkeys(
    ("functions", "workflows", "datastores", "outgoing_domains", "types", "external_auth_providers", "mcp_servers"),
    Anything(),
)

MANIFEST = Shape(
    {
        "display_information": Shape(
            {"name": Str(most=35)},
            {
                "description": Str(most=140),
                "long_description": Str(least=175, most=4000),
                "background_color": Str(pattern=r"^#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?$", like="a hex color"),
            },
        )
    },
    {
        "$schema": Str(),
        "_metadata": Shape(
            may={"major_version": Num(1, 2), **dict.fromkeys(("minor_version", "schema_version", "min_version"), Num())}
        ),
        "app_directory": Anything(),
        "features": Shape(may=_FEATURES),
        "oauth_config": Shape(
            may={
                "redirect_urls": Items(Str(most=2500), least=0, most=1000, distinct=True),
                "scopes": Shape(may=dict.fromkeys(("bot", "user", "bot_optional", "user_optional"), _SCOPES)),
                "token_management_enabled": Flag(),
                "pkce_enabled": Flag(),
            }
        ),
        "settings": Shape(may=_SETTINGS),
        **_HOSTED,
    },
)


def problems_in_manifest(manifest: object) -> list[str]:
    """What Slack would refuse in an app manifest (already read from YAML or JSON), worded like its other refusals."""
    found = list(MANIFEST.problems(manifest, ""))
    if not found and isinstance(manifest, Mapping):
        for rule in (_bot_user, _scopes, _events, _addresses, _names):
            found += [problem(message, at) for at, message in rule(manifest)]
    return found


def found_at(manifest: Json, *path: str) -> object:
    """What stands at this path, None where nothing does."""
    here: object = manifest
    for name in path:
        here = here.get(name) if isinstance(here, Mapping) else None
    return here


def objects_at(manifest: Json, *path: str) -> list[Json]:
    """The objects in the list at this path, none where there is no list."""
    there = found_at(manifest, *path)
    return [each for each in there if isinstance(each, Mapping)] if isinstance(there, list) else []


def strings_at(manifest: Json, *path: str) -> list[str]:
    """The strings in the list at this path, none where there is no list."""
    there = found_at(manifest, *path)
    return [str(each) for each in there] if isinstance(there, list) else []


def _bot_user(manifest: Json) -> Iterator[tuple[str, str]]:
    if strings_at(manifest, "oauth_config", "scopes", "bot") and found_at(manifest, "features", "bot_user") is None:
        yield "/features", "missing required field: bot_user (there are bot scopes)"


def _scopes(manifest: Json) -> Iterator[tuple[str, str]]:
    for kind in ("bot", "bot_optional"):
        for index, scope in enumerate(strings_at(manifest, "oauth_config", "scopes", kind)):
            if scope not in BOT_SCOPES:
                yield f"/oauth_config/scopes/{kind}/{index}", f"unknown scope: {scope}"
    has = strings_at(manifest, "oauth_config", "scopes", "bot")
    for feature in ("slash_commands", "shortcuts"):
        if objects_at(manifest, "features", feature) and "commands" not in has:
            yield f"/features/{feature}", "needs the scope commands"
    if "users:read.email" in has and "users:read" not in has:
        yield "/oauth_config/scopes/bot", "users:read.email needs the scope users:read"


def _events(manifest: Json) -> Iterator[tuple[str, str]]:
    has = frozenset(strings_at(manifest, "oauth_config", "scopes", "bot"))
    for index, event in enumerate(strings_at(manifest, "settings", "event_subscriptions", "bot_events")):
        at = f"/settings/event_subscriptions/bot_events/{index}"
        if event not in SCOPE_FOR_EVENT:
            yield at, f"unknown event: {event}"
        elif SCOPE_FOR_EVENT[event] and not SCOPE_FOR_EVENT[event] & has:
            yield at, f"{event} needs the scope {' or '.join(sorted(SCOPE_FOR_EVENT[event]))}"


def _addresses(manifest: Json) -> Iterator[tuple[str, str]]:
    """Over HTTP everything that reaches the app needs an address; in Socket Mode nothing does."""
    if found_at(manifest, "settings", "socket_mode_enabled") is True:
        return
    events, interactivity = ("settings", "event_subscriptions"), ("settings", "interactivity")
    if strings_at(manifest, *events, "bot_events") and found_at(manifest, *events, "request_url") is None:
        yield "/settings/event_subscriptions", "missing required field: request_url (Socket Mode is off)"
    if (
        found_at(manifest, *interactivity, "is_enabled") is True
        and found_at(manifest, *interactivity, "request_url") is None
    ):
        yield "/settings/interactivity", "missing required field: request_url (Socket Mode is off)"
    for index, command in enumerate(objects_at(manifest, "features", "slash_commands")):
        if "url" not in command:
            yield f"/features/slash_commands/{index}", "missing required field: url (Socket Mode is off)"


def _names(manifest: Json) -> Iterator[tuple[str, str]]:
    """What is named twice, and shortcuts that nothing would carry to the app."""
    for feature, name in (("slash_commands", "command"), ("shortcuts", "callback_id")):
        seen: set[object] = set()
        for index, each in enumerate(objects_at(manifest, "features", feature)):
            if each[name] in seen:
                yield f"/features/{feature}/{index}/{name}", f"already used: {each[name]}"
            seen.add(each[name])
    # The schema does not tie the two together; without interactivity a shortcut would reach nobody.
    if (
        objects_at(manifest, "features", "shortcuts")
        and found_at(manifest, "settings", "interactivity", "is_enabled") is not True
    ):
        yield "/features/shortcuts", "shortcuts need settings.interactivity.is_enabled"
