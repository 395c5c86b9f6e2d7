"""Typed text as Slack stores it: escaped, with mentions, channels and addresses marked up; and its rich text block."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.sandbox.jsons import Json
    from bot.sandbox.model.store import Model

TOKEN = re.compile(
    r"<@(?P<user>[UW][A-Z0-9]+)(?:\|[^>]*)?>"
    r"|(?<![\w@.])@(?P<handle>[A-Za-z0-9][\w.\-]*)"
    r"|<#(?P<channel>[CG][A-Z0-9]+)(?:\|[^>]*)?>"
    r"|(?<![\w#])#(?P<name>[a-z0-9æøåäö][\w\-]*)"
    r"|<?(?P<url>https?://[^\s<>|]+)(?:\|[^>]*)?>?"
)
BROADCASTS = frozenset({"here", "channel", "everyone"})


def escaped(text: str) -> str:
    """The three characters Slack escapes."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def pieces(model: Model, typed: str) -> Iterator[Json]:
    """Typed text as rich text elements, in order."""
    end = 0
    for found in TOKEN.finditer(typed):
        element, length = _element(model, found)
        if element is None:
            continue
        if found.start() > end:
            yield {"type": "text", "text": typed[end : found.start()]}
        yield element
        end = found.start() + length
    if end < len(typed):
        yield {"type": "text", "text": typed[end:]}


def _element(model: Model, found: re.Match[str]) -> tuple[Json | None, int]:
    """The element for a match, and how many characters of it were used; None where it is plain text after all."""
    whole = len(found[0])
    if handle := found["handle"]:
        bare = handle.rstrip(".-")
        if bare in BROADCASTS:
            return {"type": "broadcast", "range": bare}, len(bare) + 1
        user = model.person(bare)
        return ({"type": "user", "user_id": user.id} if user else None), len(bare) + 1
    if found["user"]:
        return ({"type": "user", "user_id": found["user"]} if found["user"] in model.users else None), whole
    if found["channel"] or found["name"]:
        channel = model.channel_named(found["channel"] or found["name"])
        return ({"type": "channel", "channel_id": channel.id} if channel else None), whole
    return {"type": "link", "url": found["url"]}, whole


def stored(model: Model, typed: str) -> tuple[str, list[Json], list[str]]:
    """Slack's text, the rich text block, and the ids of those mentioned."""
    elements = list(pieces(model, typed))
    text = "".join(_marked(model, element) for element in elements)
    block = {
        "type": "rich_text",
        "block_id": model.new_hash().rpartition(".")[2][:5],
        "elements": [{"type": "rich_text_section", "elements": elements}],
    }
    return text, [block], [element["user_id"] for element in elements if element["type"] == "user"]


def _marked(model: Model, element: Json) -> str:
    match element["type"]:
        case "user":
            return f"<@{element['user_id']}>"
        case "channel":
            return f"<#{element['channel_id']}|{model.channels[element['channel_id']].name}>"
        case "broadcast":
            return f"<!{element['range']}>"
        case "link":
            return f"<{escaped(element['url'])}>"
        case _:
            return escaped(element["text"])


def command_text(model: Model, typed: str, *, should_escape: bool) -> str:
    """The text of a slash command: raw, or with `<@id|name>` and `<#id|name>` where the manifest asks for it."""
    if not should_escape:
        return typed
    text = ""
    for element in pieces(model, typed):
        if element["type"] == "user":
            text += f"<@{element['user_id']}|{model.users[element['user_id']].handle}>"
        else:
            text += _marked(model, element)
    return text
