"""Select menus and multi-select menus, over five sources: static, external, users, conversations, channels.

Source: https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element and multi-select-menu-element
"""

from __future__ import annotations

from bot.sandbox.blocks.composition import (
    ACTION_ID,
    CHANNEL_ID,
    CONFIRM,
    CONVERSATION_FILTER,
    CONVERSATION_ID,
    MENU_OPTION,
    OPTION_GROUP,
    USER_ID,
    initial_is_offered,
    initial_within_limit,
    plain,
)
from bot.sandbox.blocks.schema import Flag, Items, Num, Shape, Spec, one_of_fields, typed

_MENU: dict[str, Spec] = {
    "action_id": ACTION_ID,
    "placeholder": plain(150),
    "confirm": CONFIRM,
    "focus_on_load": Flag(),
}
_MULTI: dict[str, Spec] = {**_MENU, "max_selected_items": Num(1)}
_STATIC: dict[str, Spec] = {"options": Items(MENU_OPTION, most=100), "option_groups": Items(OPTION_GROUP, most=100)}
_EXTERNAL: dict[str, Spec] = {"min_query_length": Num(0)}
_CONVERSATIONS: dict[str, Spec] = {"default_to_current_conversation": Flag(), "filter": CONVERSATION_FILTER}
# `response_url_enabled` works only in the input blocks of a modal; the page does not say that it is refused elsewhere.
_RESPONSE_URL: dict[str, Spec] = {"response_url_enabled": Flag()}
_ONE_SOURCE = one_of_fields("options", "option_groups")


def _multi(fields: dict[str, Spec], initial: str, item: Spec) -> Shape:
    """A multi-select menu whose first choices stand in the field `initial`."""
    return typed(may={**_MULTI, **fields, initial: Items(item)}, rules=(initial_within_limit(initial),))


MENUS: dict[str, Shape] = {
    "static_select": typed(
        may={**_MENU, **_STATIC, "initial_option": MENU_OPTION},
        rules=(_ONE_SOURCE, initial_is_offered("initial_option")),
    ),
    "external_select": typed(may={**_MENU, **_EXTERNAL, "initial_option": MENU_OPTION}),
    "users_select": typed(may={**_MENU, "initial_user": USER_ID}),
    "conversations_select": typed(
        may={**_MENU, **_CONVERSATIONS, **_RESPONSE_URL, "initial_conversation": CONVERSATION_ID}
    ),
    "channels_select": typed(may={**_MENU, **_RESPONSE_URL, "initial_channel": CHANNEL_ID}),
    "multi_static_select": typed(
        may={**_MULTI, **_STATIC, "initial_options": Items(MENU_OPTION, most=100)},
        rules=(_ONE_SOURCE, initial_is_offered("initial_options"), initial_within_limit("initial_options")),
    ),
    "multi_external_select": _multi(_EXTERNAL, "initial_options", MENU_OPTION),
    "multi_users_select": _multi({}, "initial_users", USER_ID),
    "multi_conversations_select": _multi(_CONVERSATIONS, "initial_conversations", CONVERSATION_ID),
    "multi_channels_select": _multi({}, "initial_channels", CHANNEL_ID),
}
