"""What an element holds after a person chose, and what Slack's client would not have let her choose."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from bot.sandbox.blocks.composition import CHANNEL_ID, CONVERSATION_ID, MENU_OPTION, USER_ID, offered
from bot.sandbox.blocks.elements import TEN_DIGITS, is_date, is_time
from bot.sandbox.blocks.values import HELD, as_sent, echoed
from bot.sandbox.blocks.walk import interactive_elements

if TYPE_CHECKING:
    from bot.sandbox.blocks.schema import Str

Element = Mapping[str, object]


def chosen(element: Element, choice: object) -> dict[str, object]:
    """What state or action holds after the person chose, `{type, <value key>: …}`; for buttons `{type, text, value}`.

    `choice` is a string (text, option value, date, time, id), an int (datetimepicker), a list (multi-selects, checkboxes,
    files), an option object (external selects), or None for cleared; a button is pressed with None or its own value.

    Raises:
        ValueError: with a plain sentence, when Slack's client would not have let a person choose this.
    """
    kind = str(element.get("type"))
    if kind in PRESSED:
        return PRESSED[kind](element, choice)
    held = HELD.get(kind)
    if held is None:
        raise ValueError(f"An element of type {kind} offers nothing to choose.")
    if choice in (None, "", []):
        return {"type": kind, held.key: [] if held.many else None}
    read = READ[kind]
    if not held.many:
        return {"type": kind, held.key: as_sent(read(element, choice), held)}
    if not isinstance(choice, list):
        raise ValueError(f"A {kind} takes a list of choices, not {choice!r}.")  # noqa: TRY004 (one kind of refusal)
    most = element.get("max_files", 10) if kind == "file_input" else element.get("max_selected_items")
    if isinstance(most, int) and len(choice) > most:
        raise ValueError(f"At most {most} can be chosen here, not {len(choice)}.")
    if any(choice[i] in choice[:i] for i in range(len(choice))):
        raise ValueError("Each can be chosen only once.")
    return {"type": kind, held.key: as_sent([read(element, each) for each in choice], held)}


def unanswered(view: Mapping[str, object], values: Mapping[str, Mapping[str, Mapping[str, object]]]) -> list[str]:
    """The block_ids of input blocks that are not optional and hold nothing: Slack's client does not submit such a view."""
    blocks = view.get("blocks")
    optional = {
        block.get("block_id")
        for block in (blocks if isinstance(blocks, list) else [])
        if isinstance(block, Mapping) and block.get("optional") is True
    }
    missing = []
    for placed in interactive_elements(view):
        held = HELD.get(str(placed.element.get("type")))
        if placed.input and held is not None and placed.block_id not in optional:
            state = values.get(placed.block_id, {}).get(str(placed.element.get("action_id")), {})
            if state.get(held.key) in (None, "", []):
                missing.append(placed.block_id)
    return missing


def _words(choice: object) -> str:
    if not isinstance(choice, str):
        raise ValueError(f"A string is needed here, not {choice!r}.")  # noqa: TRY004 (one kind of refusal)
    return choice


def _option(element: Element, choice: object) -> object:
    for each in offered(element):
        if each.get("value") == choice:
            return each
    known = ", ".join(str(each.get("value")) for each in offered(element))
    raise ValueError(f"{choice!r} is not offered here; there are: {known}.")


def _found_option(element: Element, choice: object) -> object:
    if not isinstance(choice, Mapping) or any(MENU_OPTION.problems(choice, "")):
        raise ValueError(f"A {element['type']} takes one of the options its app offered, as an object, not {choice!r}.")
    return choice


def _text(element: Element, choice: object) -> str:
    words, least, most = _words(choice), element.get("min_length", 0), element.get("max_length", 3000)
    if isinstance(least, int) and len(words) < least:
        raise ValueError(f"At least {least} characters are needed here, not {len(words)}.")
    if isinstance(most, int) and len(words) > most:
        raise ValueError(f"At most {most} characters fit here, not {len(words)}.")
    if "\n" in words and element.get("multiline") is not True:
        raise ValueError("This field has only one line.")
    return words


def _number(element: Element, choice: object) -> str:
    words = str(choice) if isinstance(choice, int) and not isinstance(choice, bool) else _words(choice)
    if not re.fullmatch(r"-?\d+(\.\d+)?", words, re.ASCII):
        raise ValueError(f"{words!r} is not a number.")
    if "." in words and element.get("is_decimal_allowed") is not True:
        raise ValueError("Only whole numbers are taken here.")
    if "min_value" in element and float(words) < float(str(element["min_value"])):
        raise ValueError(f"The number must be at least {element['min_value']}.")
    if "max_value" in element and float(words) > float(str(element["max_value"])):
        raise ValueError(f"The number must be at most {element['max_value']}.")
    return words


def _fitting(fits: Callable[[str], bool], what: str) -> Callable[[Element, object], object]:
    """A reader that takes a string when it fits."""

    def read(_element: Element, choice: object) -> object:
        if not fits(words := _words(choice)):
            raise ValueError(f"{words!r} is not {what}.")
        return words

    return read


def _matching(spec: Str) -> Callable[[Element, object], object]:
    """A reader that takes a string the spec has nothing against."""
    return _fitting(lambda words: not any(spec.problems(words, "")), spec.like)


def _moment(_element: Element, choice: object) -> int:
    if isinstance(choice, bool) or not isinstance(choice, int) or not TEN_DIGITS[0] <= choice <= TEN_DIGITS[1]:
        raise ValueError(f"A moment is a whole number of seconds with ten digits, not {choice!r}.")
    return choice


def _rich(_element: Element, choice: object) -> object:
    if isinstance(choice, Mapping):
        return choice
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": _words(choice)}]}
    return {"type": "rich_text", "elements": [section]}


def _file(_element: Element, choice: object) -> object:
    return choice if isinstance(choice, Mapping) else {"id": _words(choice)}


def _press(element: Element, choice: object) -> dict[str, object]:
    if choice is not None and choice != element.get("value"):
        raise ValueError(f"This button carries {element.get('value')!r}, not {choice!r}.")
    kept = ("text", "value", "style")
    return {"type": element["type"], **_echoed({name: element[name] for name in kept if name in element})}


def _overflow(element: Element, choice: object) -> dict[str, object]:
    return {"type": "overflow", "selected_option": echoed(_option(element, choice))}


def _feedback(element: Element, choice: object) -> dict[str, object]:
    for name in ("positive_button", "negative_button"):
        button = element.get(name)
        if isinstance(button, Mapping) and button.get("value") == choice:
            kept = {each: button[each] for each in ("text", "value") if each in button}
            return {"type": "feedback_buttons", **_echoed(kept)}
    raise ValueError(f"{choice!r} is the value of neither feedback button.")


def _echoed(fields: Mapping[str, object]) -> dict[str, object]:
    done = echoed(fields)
    return dict(done) if isinstance(done, Mapping) else {}


PRESSED: dict[str, Callable[[Element, object], dict[str, object]]] = {
    "button": _press,
    "workflow_button": _press,
    "icon_button": _press,
    "overflow": _overflow,
    "feedback_buttons": _feedback,
}

_USER, _CHANNEL, _CONVERSATION = _matching(USER_ID), _matching(CHANNEL_ID), _matching(CONVERSATION_ID)

READ: dict[str, Callable[[Element, object], object]] = {
    "plain_text_input": _text,
    "email_text_input": _fitting(
        lambda words: re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", words) is not None, "an e-mail address"
    ),
    "url_text_input": _fitting(
        lambda words: re.fullmatch(r"(?i)https?://[^\s/]\S*", words) is not None, "a web address"
    ),
    "number_input": _number,
    "rich_text_input": _rich,
    "file_input": _file,
    "static_select": _option,
    "multi_static_select": _option,
    "checkboxes": _option,
    "radio_buttons": _option,
    "external_select": _found_option,
    "multi_external_select": _found_option,
    "users_select": _USER,
    "multi_users_select": _USER,
    "conversations_select": _CONVERSATION,
    "multi_conversations_select": _CONVERSATION,
    "channels_select": _CHANNEL,
    "multi_channels_select": _CHANNEL,
    "datepicker": _fitting(is_date, "a day of the calendar (YYYY-MM-DD)"),
    "timepicker": _fitting(is_time, "a time of day (HH:MM)"),
    "datetimepicker": _moment,
}
