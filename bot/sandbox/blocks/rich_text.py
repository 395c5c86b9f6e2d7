"""The rich_text block: sections, lists, quotes, preformatted text, and the pieces inside them.

Source: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

from __future__ import annotations

from bot.sandbox.blocks.composition import BLOCK_ID
from bot.sandbox.blocks.schema import ByType, Flag, Items, Num, Shape, Spec, Str, typed

TEXT_STYLE = Shape(may=dict.fromkeys(("bold", "italic", "strike", "underline", "code"), Flag()))
# Mentions know two more styles (`highlight`, `client_highlight`) and `unlink`, and no underline on the page; underline is
# taken on all pieces, as Slack's own SDKs send it.
MENTION_STYLE = Shape(may={**TEXT_STYLE.may, **dict.fromkeys(("highlight", "client_highlight", "unlink"), Flag())})

_STYLED: dict[str, Spec] = {"style": TEXT_STYLE}
_MENTION: dict[str, Spec] = {"style": MENTION_STYLE}

PIECES: dict[str, Shape] = {
    "text": typed({"text": Str()}, _STYLED),
    "link": typed({"url": Str(most=3000)}, {"text": Str(least=0), "unsafe": Flag(), **_STYLED}),
    "emoji": typed({"name": Str()}, {"unicode": Str(), "skin_tone": Num(1, 6), **_STYLED}),
    "user": typed({"user_id": Str()}, _MENTION),
    "usergroup": typed({"usergroup_id": Str()}, _MENTION),
    "channel": typed({"channel_id": Str()}, _MENTION),
    "team": typed({"team_id": Str()}, _MENTION),
    "broadcast": typed({"range": Str(one_of=("here", "channel", "everyone"))}, _STYLED),
    "color": typed({"value": Str(pattern=r"^#[0-9a-fA-F]{6}$", like="a hex color")}, _STYLED),
    "date": typed({"timestamp": Num(), "format": Str()}, {"url": Str(), "fallback": Str(), **_STYLED}),
}

SECTION = typed({"elements": Items(ByType(PIECES), least=0)})
_BORDER: dict[str, Spec] = {"border": Num(0, 1)}

RICH_TEXT = typed(
    {
        "elements": Items(
            ByType(
                {
                    "rich_text_section": SECTION,
                    "rich_text_list": typed(
                        {
                            "style": Str(one_of=("bullet", "ordered")),
                            "elements": Items(ByType({"rich_text_section": SECTION})),
                        },
                        # Slack's client indents up to eight levels; the page names no limit.
                        {"indent": Num(0, 8), "offset": Num(0), **_BORDER},
                    ),
                    "rich_text_preformatted": typed(
                        {"elements": Items(ByType({kind: PIECES[kind] for kind in ("text", "link")}), least=0)},
                        {**_BORDER, "language": Str()},
                    ),
                    "rich_text_quote": typed({"elements": Items(ByType(PIECES), least=0)}, _BORDER),
                }
            )
        )
    },
    {"block_id": BLOCK_ID},
)
