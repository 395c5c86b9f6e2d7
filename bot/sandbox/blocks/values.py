"""What the input elements of a view hold before anyone has touched them: Slack's `state.values`."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass

from bot.sandbox.blocks.walk import interactive_elements


@dataclass(frozen=True)
class Held:
    """Under which key an element holds its value, from which field it starts, and whether it holds many."""

    key: str
    initial: str
    many: bool = False


HELD: dict[str, Held] = {
    **dict.fromkeys(
        ("plain_text_input", "email_text_input", "url_text_input", "number_input"), Held("value", "initial_value")
    ),
    "rich_text_input": Held("rich_text_value", "initial_value"),
    "static_select": Held("selected_option", "initial_option"),
    "external_select": Held("selected_option", "initial_option"),
    "radio_buttons": Held("selected_option", "initial_option"),
    "users_select": Held("selected_user", "initial_user"),
    "conversations_select": Held("selected_conversation", "initial_conversation"),
    "channels_select": Held("selected_channel", "initial_channel"),
    "datepicker": Held("selected_date", "initial_date"),
    "timepicker": Held("selected_time", "initial_time"),
    "datetimepicker": Held("selected_date_time", "initial_date_time"),
    "checkboxes": Held("selected_options", "initial_options", many=True),
    "multi_static_select": Held("selected_options", "initial_options", many=True),
    "multi_external_select": Held("selected_options", "initial_options", many=True),
    "multi_users_select": Held("selected_users", "initial_users", many=True),
    "multi_conversations_select": Held("selected_conversations", "initial_conversations", many=True),
    "multi_channels_select": Held("selected_channels", "initial_channels", many=True),
    "file_input": Held("files", "", many=True),
}
"""Every element that keeps a value; buttons and overflow menus keep none.

Source: the payload pages (https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload) and the samples in
Slack's own SDKs. What an untouched rich_text_input sends is not documented; here its value is null.
"""


def initial_values(view: Mapping[str, object]) -> dict[str, dict[str, dict[str, object]]]:
    """`state.values` of a fresh view: block_id → action_id → `{type, <value key>}` for every element that keeps a value.

    Elements in section and actions blocks are there too ("A full state on view submission and block actions",
    https://api.slack.com/changelog/2020-09-full-state-on-view-submisson-and-block-actions). Ids must already be given (`with_block_ids`);
    `default_to_current_conversation` is for whoever knows the conversation.
    """
    values: dict[str, dict[str, dict[str, object]]] = {}
    for placed in interactive_elements(view):
        kind = str(placed.element.get("type"))
        if (held := HELD.get(kind)) is not None:
            first = placed.element.get(held.initial)
            action_id = str(placed.element.get("action_id", ""))
            values.setdefault(placed.block_id, {})[action_id] = {"type": kind, held.key: as_sent(first, held)}
    return values


def as_sent(value: object, held: Held) -> object:
    """A value as Slack sends it: an empty text is null, options come back with `emoji` filled in."""
    if value is None or value == "":
        return [] if held.many else None
    if held.key == "selected_options" and isinstance(value, list):
        return [echoed(option) for option in value]
    return echoed(value) if held.key == "selected_option" else copy.deepcopy(value)


def echoed(option: object) -> object:
    """An option as Slack sends it back: each plain text says whether it has `emoji` (it does, unless told otherwise)."""
    if not isinstance(option, Mapping):
        return option
    return {name: _filled(each) for name, each in option.items()}


def _filled(text: object) -> object:
    if not isinstance(text, Mapping):
        return text
    default = {"emoji": True} if text.get("type") == "plain_text" else {"verbatim": False}
    return {**text, **{name: value for name, value in default.items() if name not in text}}
