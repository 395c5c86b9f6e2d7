"""Short builders of Block Kit JSON for the tests of the stand-in."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def plain(text: str = "Hej") -> Json:
    """A plain text."""
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "Hej") -> Json:
    """A mrkdwn text."""
    return {"type": "mrkdwn", "text": text}


def option(value: str = "a", **more: object) -> Json:
    """An option whose words are its value."""
    return {"text": plain(value), "value": value, **more}


def options_of(length: int) -> list[Json]:
    """So many different options."""
    return [option(str(index)) for index in range(length)]


def section(**more: object) -> Json:
    """A section with a text."""
    return {"type": "section", "text": mrkdwn(), **more}


def actions(*elements: Json) -> Json:
    """An actions block."""
    return {"type": "actions", "elements": list(elements)}


def button(**more: object) -> Json:
    """A button."""
    return {"type": "button", "text": plain(), **more}


def select(**more: object) -> Json:
    """A menu of `a` and `b`."""
    return {"type": "static_select", "options": [option("a"), option("b")], **more}


def asking(element: Json, **more: object) -> Json:
    """An input block."""
    return {"type": "input", "label": plain(), "element": element, **more}


def rich(*elements: Json) -> Json:
    """A rich text."""
    return {"type": "rich_text", "elements": list(elements)}


def cells(count: int, text: str = "x") -> list[Json]:
    """A row of a table."""
    return [{"type": "raw_text", "text": text}] * count


def modal(**more: object) -> Json:
    """A modal with one block."""
    return {"type": "modal", "title": plain(), "blocks": [{"type": "divider"}], **more}


def home(**more: object) -> Json:
    """A home with one block."""
    return {"type": "home", "blocks": [{"type": "divider"}], **more}
