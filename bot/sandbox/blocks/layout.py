"""The blocks themselves, per surface.

Source: https://docs.slack.dev/reference/block-kit/blocks and the pages below it; surfaces from
https://docs.slack.dev/blocks.json. Not known here, because no published page describes them in full: `auth_provider`.
"""

from __future__ import annotations

from functools import cache

from bot.sandbox.blocks.composition import BLOCK_ID, HTTP_URL, HTTPS_URL, SLACK_FILE, plain, text
from bot.sandbox.blocks.elements import IMAGE, Surface, elements_in
from bot.sandbox.blocks.figures import DATA_TABLE, DATA_VISUALIZATION, TABLE
from bot.sandbox.blocks.rich_text import RICH_TEXT
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

MOST_BLOCKS: dict[Surface, int] = {"message": 50, "modal": 100, "home": 100}
MARKDOWN_CHARACTERS = 12_000

_MESSAGE_ONLY: frozenset[Surface] = frozenset(("message",))
_EVERYWHERE: frozenset[Surface] = frozenset(("message", "modal", "home"))

SURFACES_OF_BLOCK: dict[str, frozenset[Surface]] = {
    **dict.fromkeys(
        ("actions", "card", "context", "divider", "header", "image", "input", "rich_text", "section", "video"),
        _EVERYWHERE,
    ),
    **dict.fromkeys(("call", "container", "context_actions", "file", "markdown", "plan", "task_card"), _MESSAGE_ONLY),
    **dict.fromkeys(("table", "data_table", "data_visualization"), _MESSAGE_ONLY),
    "alert": frozenset(("modal",)),
    "carousel": frozenset(("message", "home")),
}

_TASK_STATUS = Str(one_of=("pending", "in_progress", "complete", "error"))
_RICH = ByType({"rich_text": RICH_TEXT})
_URL_SOURCE = ByType({"url": typed({"url": HTTP_URL, "text": Str()})})


def _block(
    need: dict[str, Spec] | None = None, may: dict[str, Spec] | None = None, rules: tuple[Rule, ...] = ()
) -> Shape:
    """A block: its type, perhaps a `block_id`, and its own fields."""
    return typed(need, {"block_id": BLOCK_ID, **(may or {})}, rules)


_CONTEXT_ITEM = ByType({**text(3000).kinds, "image": IMAGE})

# Blocks that are the same on every surface that has them.
FIXED: dict[str, Shape] = {
    "context": _block({"elements": Items(_CONTEXT_ITEM, most=10)}),
    "divider": _block(),
    "file": _block({"external_id": Str(), "source": Str(one_of=("remote",))}),
    "header": _block({"text": plain(150)}),
    "image": _block(
        {"alt_text": Str(most=2000)},
        {"image_url": HTTP_URL, "slack_file": SLACK_FILE, "title": plain(2000)},
        (one_of_fields("image_url", "slack_file"),),
    ),
    "rich_text": RICH_TEXT,
    "video": _block(
        {"alt_text": Str(), "title": plain(199), "thumbnail_url": HTTP_URL, "video_url": HTTPS_URL},
        {
            "title_url": HTTPS_URL,
            "description": plain(200),
            "provider_icon_url": HTTP_URL,
            "provider_name": Str(),
            "author_name": Str(most=49),  # "must be less than 50 characters", as the title's "less than 200"
        },
    ),
    "markdown": _block({"text": Str(most=MARKDOWN_CHARACTERS)}),
    "alert": _block({"text": text(200)}, {"level": Str(one_of=("default", "info", "warning", "error", "success"))}),
    "call": _block({"call_id": Str()}),
    "task_card": _block(
        {"task_id": Str(), "title": Str(), "status": _TASK_STATUS},
        {"details": _RICH, "output": _RICH, "sources": Items(_URL_SOURCE)},
    ),
    "table": TABLE,
    "data_table": DATA_TABLE,
    "data_visualization": DATA_VISUALIZATION,
}


def _standing(surface: Surface) -> dict[str, Shape]:
    """Every block that holds no other blocks, as it is on this surface."""
    return {
        **FIXED,
        "section": _block(
            may={
                "text": text(3000),
                "fields": Items(text(2000), most=10),
                "accessory": elements_in("section", surface),
                "expand": Flag(),
            },
            rules=(at_least_one_field("text", "fields"),),
        ),
        "actions": _block({"elements": Items(elements_in("actions", surface), most=25)}),
        "context_actions": _block({"elements": Items(elements_in("context_actions", surface), most=5)}),
        "input": _block(
            {"label": plain(2000), "element": elements_in("input", surface)},
            {"hint": plain(2000), "optional": Flag(), "dispatch_action": Flag()},
        ),
        "card": _block(
            may={
                "hero_image": ByType({"image": IMAGE}),
                "icon": ByType({"image": IMAGE}),
                "title": text(150),
                "subtitle": text(150),
                "body": text(200),
                "subtext": text(200),
                "actions": Items(elements_in("card", surface), most=3),
            },
            rules=(at_least_one_field("hero_image", "title", "actions", "body"),),
        ),
    }


@cache
def blocks_on(surface: Surface) -> ByType:
    """Every block this surface takes, those that hold other blocks included."""
    standing = _standing(surface)
    # The page of `container` does not list which blocks it takes; here: all of the surface but another container.
    inner = {kind: shape for kind, shape in standing.items() if surface in SURFACES_OF_BLOCK[kind]}
    holding: dict[str, Shape] = {
        "carousel": _block({"elements": Items(ByType({"card": standing["card"]}), most=10)}),
        "plan": _block({"title": Str()}, {"tasks": Items(ByType({"task_card": standing["task_card"]}), least=0)}),
        "container": _block(
            {"child_blocks": Items(ByType(inner), most=10)},
            {
                "title": plain(150),
                "rich_text_title": _RICH,
                "subtitle": text(150),
                "width": Str(one_of=("narrow", "standard", "wide", "full")),
                "icon": ByType({"image": IMAGE}),
                "is_collapsible": Flag(),
                "default_collapsed": Flag(),
                "has_header_divider": Flag(),
            },
            (at_least_one_field("title", "rich_text_title"),),
        ),
    }
    return ByType(
        {kind: shape for kind, shape in {**standing, **holding}.items() if surface in SURFACES_OF_BLOCK[kind]}
    )
