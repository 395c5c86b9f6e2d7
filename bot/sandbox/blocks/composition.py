"""Composition objects: texts, options, confirmations, filters, and what menus are made of.

Source: https://docs.slack.dev/reference/block-kit/composition-objects
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.sandbox.blocks.schema import (
    ByType,
    Flag,
    Items,
    Rule,
    Shape,
    Spec,
    Str,
    at_least_one_field,
    one_of_fields,
    typed,
)

BLOCK_ID = Str(most=255)
ACTION_ID = Str(most=255)
HTTP_URL = Str(most=3000, pattern=r"(?i)^https?://[^\s/]", wrong="invalid url")
HTTPS_URL = Str(most=3000, pattern=r"(?i)^https://[^\s/]", wrong="invalid url")
# A button may also open another program (`slack://`, `mailto:`); Slack's page sets no scheme, so any scheme passes.
LINK = Str(most=3000, pattern=r"(?i)^(https?://[^\s/]\S*|(?!https?:)[a-z][a-z0-9+.\-]*:\S+)$", wrong="invalid url")
COLOUR_SCHEME = Str(one_of=("primary", "danger"))
USER_ID = Str(pattern=r"^[UW][A-Z0-9]+$", like="a user id")
CHANNEL_ID = Str(pattern=r"^[CG][A-Z0-9]+$", like="a channel id")
CONVERSATION_ID = Str(pattern=r"^[CGDUW][A-Z0-9]+$", like="a conversation id")


def plain(most: int = 3000) -> ByType:
    """A plain_text object of 1 to `most` characters; `verbatim` belongs to mrkdwn alone."""
    return ByType({"plain_text": typed({"text": Str(most=most)}, {"emoji": Flag()})})


def text(most: int = 3000) -> ByType:
    """A plain_text or mrkdwn object of 1 to `most` characters; `emoji` belongs to plain_text alone."""
    return ByType({**plain(most).kinds, "mrkdwn": typed({"text": Str(most=most)}, {"verbatim": Flag()})})


def option(words: Spec, *, url: bool = False) -> Shape:
    """An option; only those of an overflow menu may have a `url`."""
    # The page gives no least length for `value`; an empty one is refused here because a person's choice could not be told
    # from another, and menus are refused by Slack for empty strings elsewhere.
    return Shape(
        {"text": words, "value": Str(most=150)},
        {"description": words, **({"url": LINK} if url else {})},
    )


MENU_OPTION = option(plain(75))
BOX_OPTION = option(text(75))  # checkboxes and radio buttons may use mrkdwn, also in the description
OVERFLOW_OPTION = option(plain(75), url=True)
OPTION_GROUP = Shape({"label": plain(75), "options": Items(MENU_OPTION, most=100)})

# The page calls all four plain_text; `text` has always been taken as mrkdwn too (Slack's own SDKs build it so).
CONFIRM = Shape(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)}, {"style": COLOUR_SCHEME}
)

DISPATCH_CONFIG = Shape(
    {"trigger_actions_on": Items(Str(one_of=("on_enter_pressed", "on_character_entered")), most=2, distinct=True)}
)
CONVERSATION_FILTER = Shape(
    may={
        "include": Items(Str(one_of=("im", "mpim", "private", "public")), most=4),
        "exclude_external_shared_channels": Flag(),
        "exclude_bot_users": Flag(),
    },
    rules=(at_least_one_field("include", "exclude_external_shared_channels", "exclude_bot_users"),),
)
SLACK_FILE = Shape(may={"id": Str(), "url": HTTP_URL}, rules=(one_of_fields("id", "url"),))
WORKFLOW = Shape(
    {
        "trigger": Shape(
            {"url": HTTP_URL},
            {"customizable_input_parameters": Items(Shape({"name": Str(), "value": Str(least=0)}), least=0)},
        )
    }
)

OPTIONS_ANSWER = Shape(
    may={"options": Items(MENU_OPTION, least=0, most=100), "option_groups": Items(OPTION_GROUP, least=0, most=100)},
    rules=(one_of_fields("options", "option_groups"),),
)
"""What an app answers to `block_suggestion`; an empty list means "no results"."""


def words_of(value: object) -> str:
    """The text inside a text object, or the empty string."""
    return str(value.get("text", "")) if isinstance(value, Mapping) else ""


def same_option(one: object, other: object) -> bool:
    """Whether two options are the same to Slack: value and words; `emoji` and `verbatim` have defaults and do not count."""
    return _essence(one) == _essence(other)


def _essence(each: object) -> tuple[object, str, str]:
    if not isinstance(each, Mapping):
        return each, "", ""
    return each.get("value"), words_of(each.get("text")), words_of(each.get("description"))


def offered(menu: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """Every option of a menu, those in groups included, in the order shown."""
    options = menu.get("options")
    if isinstance(options, list):
        yield from (each for each in options if isinstance(each, Mapping))
    groups = menu.get("option_groups")
    if isinstance(groups, list):
        for group in groups:
            if isinstance(group, Mapping):
                yield from offered(group)


def initial_is_offered(field: str) -> Rule:
    """The rule that what is chosen from the start is among the options (`initial_option` or `initial_options`)."""

    def rule(menu: Mapping[str, object]) -> Iterator[tuple[str, str]]:
        first = menu.get(field, [])
        for chosen in first if isinstance(first, list) else [first]:
            if not any(same_option(chosen, each) for each in offered(menu)):
                yield f"/{field}", "must match one of the provided options"

    return rule


def initial_within_limit(field: str) -> Rule:
    """The rule that no more is chosen from the start than `max_selected_items` allows."""

    def rule(menu: Mapping[str, object]) -> Iterator[tuple[str, str]]:
        first, limit = menu.get(field), menu.get("max_selected_items")
        if isinstance(first, list) and isinstance(limit, int) and len(first) > limit:
            yield f"/{field}", f"no more than {limit} items allowed"

    return rule
