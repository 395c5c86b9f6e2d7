"""What Slack would refuse in blocks, views, messages and answers to `block_suggestion`.

Each function gives a list of problems worded as in `response_metadata.messages`, empty when all is well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from bot.sandbox.blocks.composition import OPTIONS_ANSWER, plain
from bot.sandbox.blocks.layout import MARKDOWN_CHARACTERS, MOST_BLOCKS, blocks_on
from bot.sandbox.blocks.schema import AnyObject, Anything, ByType, Flag, Items, Shape, Spec, Str, problem, typed
from bot.sandbox.blocks.walk import elements_of, every_block

if TYPE_CHECKING:
    from bot.sandbox.blocks.elements import Surface

# How many of a kind one message may hold. Table: "only one table per message"; data visualization: two.
MOST_OF_KIND = {"table": 1, "data_visualization": 2}


def problems_in_blocks(blocks: object, *, surface: Surface) -> list[str]:
    """What Slack would refuse in a list of blocks on this surface; pointers begin with `/blocks`, in views `/view/blocks`."""
    if surface != "message":
        return list(_blocks(blocks, surface, "/view/blocks"))
    return [*_blocks(blocks, surface, "/blocks"), *_too_many([block for _, block in every_block(blocks)])]


def _blocks(blocks: object, surface: Surface, at: str) -> Iterator[str]:
    yield from Items(blocks_on(surface), least=0, most=MOST_BLOCKS[surface]).problems(blocks, at)
    yield from _repeated_ids(blocks, at)
    yield from _focus(blocks, at)


def _repeated_ids(blocks: object, at: str) -> Iterator[str]:
    """Block ids used twice, and action ids used twice within one block."""
    seen: set[str] = set()
    for where, block in every_block(blocks, at):
        if isinstance(block_id := block.get("block_id"), str):
            if block_id in seen:
                yield problem(f"`block_id` already exists: {block_id}", f"{where}/block_id")
            seen.add(block_id)
        actions: set[str] = set()
        for below, element in elements_of(block):
            if isinstance(action_id := element.get("action_id"), str):
                if action_id in actions:
                    yield problem(f"`action_id` already exists in this block: {action_id}", f"{where}{below}/action_id")
                actions.add(action_id)


def _focus(blocks: object, at: str) -> Iterator[str]:
    """All but the first element that asks for the focus."""
    asking = [
        f"{where}{below}/focus_on_load"
        for where, block in every_block(blocks, at)
        for below, element in elements_of(block)
        if element.get("focus_on_load") is True
    ]
    yield from (problem("only one element can have focus_on_load set to true", where) for where in asking[1:])


def _too_many(blocks: list[Mapping[str, object]]) -> Iterator[str]:
    """More markdown, more tables or more charts than one message takes, attachments counted in."""
    written = sum(len(str(block.get("text", ""))) for block in blocks if block.get("type") == "markdown")
    if written > MARKDOWN_CHARACTERS:
        yield problem(f"markdown blocks must be less than {MARKDOWN_CHARACTERS + 1} characters together", "/blocks")
    for kind, most in MOST_OF_KIND.items():
        if sum(block.get("type") == kind for block in blocks) > most:
            yield problem(f"only_{'one' if most == 1 else 'two'}_{kind}_allowed", "/blocks")


_ANY_VIEW: dict[str, Spec] = {
    "private_metadata": Str(least=0, most=3000),
    "callback_id": Str(least=0, most=255),
    "external_id": Str(least=0, most=255),
}
# `submit_disabled` stands on the page but only for configuration modals of workflow steps, which are gone: Slack answers
# "invalid additional property: submit_disabled" (github.com/nicklambourne/slackblocks/issues/36).
VIEWS = ByType(
    {
        "modal": typed(
            {"title": plain(24), "blocks": Anything()},
            {**_ANY_VIEW, "submit": plain(24), "close": plain(24), "clear_on_close": Flag(), "notify_on_close": Flag()},
        ),
        "home": typed({"blocks": Anything()}, _ANY_VIEW),
    }
)


def problems_in_view(view: object) -> list[str]:
    """What Slack would refuse in a whole view, modal or home, given to `views.*`.

    Source: https://docs.slack.dev/reference/views. `view_too_large` is not looked at here.
    """
    found = list(VIEWS.problems(view, "/view"))
    if isinstance(view, Mapping) and "blocks" in view and str(view.get("type")) in VIEWS.kinds:
        modal = view["type"] == "modal"
        found += _blocks(view["blocks"], "modal" if modal else "home", "/view/blocks")
        # Slack's SDK asks for at least one block in every view; an empty home is how apps clear it, so it passes here.
        if modal and view["blocks"] == []:
            found.append(problem("no less than 1 items allowed", "/view/blocks"))
        asks = any(block.get("type") == "input" for _, block in every_block(view["blocks"]))
        if modal and asks and "submit" not in view:
            found.append(problem("must define `submit` to use an `input` block in modals", "/view"))
    return found


# Secondary attachments are legacy and Slack is lenient about their other fields.
_ATTACHMENT_TEXTS = ("fallback", "color", "pretext", "author_name", "title", "text", "footer", "callback_id")
MOST_ATTACHMENTS = 100
METADATA = Shape({"event_type": Str(most=255), "event_payload": AnyObject()}, {"entities": Items(AnyObject(), least=0)})


def problems_in_message(payload: Mapping[str, object]) -> list[str]:
    """What Slack would refuse in `blocks`, `attachments` and `metadata` of a message that is posted, updated or answered.

    The pointer tells which: `/blocks…`, `/attachments…`, `/metadata…`. Fields given as JSON text must be decoded before;
    None stands for an absent field (that is how the SDKs leave one out).
    """
    found: list[str] = []
    counted: list[Mapping[str, object]] = []
    if (blocks := payload.get("blocks")) is not None:
        found += _blocks(blocks, "message", "/blocks")
        counted += [block for _, block in every_block(blocks)]
    if (attachments := payload.get("attachments")) is not None:
        found += Items(AnyObject(), least=0, most=MOST_ATTACHMENTS).problems(attachments, "/attachments")
        for index, attachment in enumerate(attachments if isinstance(attachments, list) else []):
            if isinstance(attachment, Mapping):
                found += _attachment(attachment, f"/attachments/{index}")
                counted += [block for _, block in every_block(attachment.get("blocks"))]
    found += _too_many(counted)
    if (metadata := payload.get("metadata")) is not None:
        found += METADATA.problems(metadata, "/metadata")
    return found


def _attachment(attachment: Mapping[str, object], at: str) -> Iterator[str]:
    if attachment.get("blocks") is not None:
        yield from _blocks(attachment["blocks"], "message", f"{at}/blocks")
    for name in _ATTACHMENT_TEXTS:
        if attachment.get(name) is not None:
            yield from Str(least=0).problems(attachment[name], f"{at}/{name}")
    if attachment.get("actions") is not None:
        yield from Items(AnyObject(), least=0, most=5).problems(attachment["actions"], f"{at}/actions")


def problems_in_options(response: object) -> list[str]:
    """What Slack would refuse in the answer to `block_suggestion`: `options` or `option_groups`, at most 100."""
    return list(OPTIONS_ANSWER.problems(response, ""))
