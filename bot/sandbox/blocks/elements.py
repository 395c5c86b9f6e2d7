"""Block elements: buttons, pickers, inputs, menus; and which block on which surface takes which.

Source: https://docs.slack.dev/reference/block-kit/block-elements and its table "available in surfaces / works with block
types"; https://docs.slack.dev/blocks.json for the newer blocks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from bot.sandbox.blocks.composition import (
    ACTION_ID,
    BOX_OPTION,
    COLOUR_SCHEME,
    CONFIRM,
    DISPATCH_CONFIG,
    HTTP_URL,
    LINK,
    OVERFLOW_OPTION,
    SLACK_FILE,
    USER_ID,
    WORKFLOW,
    initial_is_offered,
    plain,
)
from bot.sandbox.blocks.menus import MENUS
from bot.sandbox.blocks.rich_text import RICH_TEXT
from bot.sandbox.blocks.schema import ByType, Flag, Items, Num, Shape, Spec, Str, in_order, one_of_fields, typed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Surface = Literal["message", "modal", "home"]
Holder = Literal["section", "actions", "input", "context", "context_actions", "card"]

TEN_DIGITS = (1_000_000_000, 9_999_999_999)
_NUMERIC = Str(most=3000, pattern=r"^-?\d+(\.\d+)?$", like="a number written as a string")
_ACTION: dict[str, Spec] = {"action_id": ACTION_ID}
_ASKED: dict[str, Spec] = {**_ACTION, "confirm": CONFIRM}
_FIELD: dict[str, Spec] = {**_ACTION, "focus_on_load": Flag(), "placeholder": plain(150)}
_TYPED: dict[str, Spec] = {**_FIELD, "dispatch_action_config": DISPATCH_CONFIG}


def real_date(value: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The rule that `initial_date` is a day of the calendar."""
    if (first := value.get("initial_date")) is not None and not is_date(str(first)):
        yield "/initial_date", "must be a valid date (YYYY-MM-DD)"


def is_date(words: str) -> bool:
    """Whether the words are a day of the calendar written YYYY-MM-DD."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", words, re.ASCII):
        return False
    try:
        date.fromisoformat(words)
    except ValueError:
        return False
    return True


def is_time(words: str) -> bool:
    """Whether the words are a time of day written HH:MM, 00:00 to 23:59."""
    return re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", words, re.ASCII) is not None


def real_number(value: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The rule that numbers without `is_decimal_allowed` have no decimals."""
    for name in ("initial_value", "min_value", "max_value"):
        if name in value and not value["is_decimal_allowed"] and "." in str(value[name]):
            yield f"/{name}", "must be an integer when is_decimal_allowed is false"


def within_own_length(value: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The rule that the text a field starts with fits the field's own `max_length`."""
    first, most = value.get("initial_value", ""), value.get("max_length", 3000)
    if isinstance(first, str) and isinstance(most, int) and len(first) > most:
        yield "/initial_value", f"must be less than {most + 1} characters"


_FEEDBACK = Shape({"text": plain(75), "value": Str(most=2000)}, {"accessibility_label": Str(most=75)})

IMAGE = typed(
    {"alt_text": Str(most=2000)},
    {"image_url": HTTP_URL, "slack_file": SLACK_FILE},
    (one_of_fields("image_url", "slack_file"),),
)

ELEMENTS: dict[str, Shape] = {
    **MENUS,
    "image": IMAGE,
    "button": typed(
        {"text": plain(75)},
        {
            **_ASKED,
            "url": LINK,
            "value": Str(least=0, most=2000),
            "style": COLOUR_SCHEME,
            "accessibility_label": Str(most=75),
            "agent_prompt": Str(most=4000),
            "agent_prompt_display": Str(),
            "visible_to_user_ids": Items(USER_ID, most=10),
        },
    ),
    "workflow_button": typed(
        {"text": plain(75), "workflow": WORKFLOW},
        {**_ACTION, "style": COLOUR_SCHEME, "accessibility_label": Str(most=75)},
    ),
    "feedback_buttons": typed({"positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, _ACTION),
    "icon_button": typed(
        {"icon": Str(one_of=("trash",)), "text": plain(75)},
        {
            **_ASKED,
            "value": Str(least=0, most=2000),
            "accessibility_label": Str(most=75),
            "visible_to_user_ids": Items(USER_ID, most=10),
        },
    ),
    "overflow": typed({"options": Items(OVERFLOW_OPTION, most=5)}, _ASKED),
    "checkboxes": typed(
        {"options": Items(BOX_OPTION, most=10)},
        {**_ASKED, "initial_options": Items(BOX_OPTION, most=10), "focus_on_load": Flag()},
        (initial_is_offered("initial_options"),),
    ),
    "radio_buttons": typed(
        {"options": Items(BOX_OPTION, most=10)},
        {**_ASKED, "initial_option": BOX_OPTION, "focus_on_load": Flag()},
        (initial_is_offered("initial_option"),),
    ),
    "datepicker": typed(may={**_FIELD, "confirm": CONFIRM, "initial_date": Str()}, rules=(real_date,)),
    "timepicker": typed(
        may={
            **_FIELD,
            "confirm": CONFIRM,
            "initial_time": Str(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", like="a valid time (HH:mm)"),
            "timezone": Str(),
        }
    ),
    "datetimepicker": typed(may={**_ASKED, "focus_on_load": Flag(), "initial_date_time": Num(*TEN_DIGITS)}),
    "plain_text_input": typed(
        may={
            **_TYPED,
            "initial_value": Str(least=0, most=3000),
            "multiline": Flag(),
            "min_length": Num(0, 3000),
            "max_length": Num(1, 3000),
        },
        rules=(in_order("min_length", "max_length"), within_own_length),
    ),
    "email_text_input": typed(may={**_TYPED, "initial_value": Str(least=0, most=3000)}),
    "url_text_input": typed(may={**_TYPED, "initial_value": Str(least=0, most=3000)}),
    "number_input": typed(
        {"is_decimal_allowed": Flag()},
        {**_TYPED, "initial_value": _NUMERIC, "min_value": _NUMERIC, "max_value": _NUMERIC},
        (
            real_number,
            in_order("min_value", "max_value"),
            in_order("min_value", "initial_value"),
            in_order("initial_value", "max_value"),
        ),
    ),
    "rich_text_input": typed(
        may={
            **_TYPED,
            "initial_value": ByType({"rich_text": RICH_TEXT}),
            "min_lines": Num(1),
            "max_lines": Num(1),
        },
        rules=(in_order("min_lines", "max_lines"),),
    ),
    "file_input": typed(may={**_ACTION, "filetypes": Items(Str()), "max_files": Num(1, 10)}),
}


@dataclass(frozen=True)
class Place:
    """In which blocks and on which surfaces an element may stand."""

    holders: frozenset[Holder]
    surfaces: frozenset[Surface] = frozenset(("message", "modal", "home"))


_CHOICE = Place(frozenset(("section", "actions", "input")))
_PRESSED = Place(frozenset(("section", "actions")))
_MODAL_FIELD = Place(frozenset(("input",)), frozenset(("modal",)))
_ASSISTANT = Place(frozenset(("context_actions",)), frozenset(("message",)))

PLACES: dict[str, Place] = {
    # Older pages keep multi-select menus out of `actions`; blocks.json of 2026 lists them there.
    **dict.fromkeys((*MENUS, "checkboxes", "radio_buttons", "datepicker", "timepicker"), _CHOICE),
    "button": Place(frozenset(("section", "actions", "card"))),
    "overflow": _PRESSED,
    "workflow_button": Place(_PRESSED.holders, frozenset(("message",))),
    "datetimepicker": Place(frozenset(("actions", "input")), frozenset(("modal", "message"))),
    "plain_text_input": Place(frozenset(("input",))),
    "rich_text_input": Place(frozenset(("actions", "input")), frozenset(("modal", "home"))),
    **dict.fromkeys(("email_text_input", "url_text_input", "number_input", "file_input"), _MODAL_FIELD),
    "image": Place(frozenset(("section", "context"))),
    "feedback_buttons": _ASSISTANT,
    "icon_button": _ASSISTANT,
}


def elements_in(holder: Holder, surface: Surface) -> ByType:
    """The elements that may stand in a block of this kind on this surface."""
    return ByType(
        {
            kind: ELEMENTS[kind]
            for kind, place in PLACES.items()
            if holder in place.holders and surface in place.surfaces
        }
    )
