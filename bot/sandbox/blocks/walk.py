"""Walking through blocks: every block, the elements each holds, and which of them a person can use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

Json = Mapping[str, object]

NOT_INTERACTIVE = frozenset(("image", "plain_text", "mrkdwn"))
SILENT = frozenset(("workflow_button",))  # it starts a workflow and sends no `block_actions`
_INNER_BLOCKS = {"carousel": "elements", "container": "child_blocks", "plan": "tasks"}
_INNER_ELEMENTS = {
    "section": ("accessory",),
    "actions": ("elements",),
    "context_actions": ("elements",),
    "input": ("element",),
    "card": ("actions",),
}


@dataclass(frozen=True)
class Placed:
    """An interactive element where it stands.

    `input` says whether it is inside an input block, `dispatch` whether using it sends `block_actions` at once.
    """

    block_id: str
    element: Json
    input: bool
    dispatch: bool


def _listed(value: object) -> list[tuple[str, Json]]:
    """The objects in a value that is one object or a list of them, each with its pointer below the value."""
    if isinstance(value, Mapping):
        return [("", value)]
    return (
        [(f"/{i}", each) for i, each in enumerate(value) if isinstance(each, Mapping)]
        if isinstance(value, list)
        else []
    )


def every_block(blocks: object, at: str = "") -> Iterator[tuple[str, Json]]:
    """Every block with its pointer, those inside carousels, containers and plans included."""
    for below, block in _listed(blocks):
        yield f"{at}{below}", block
        if (name := _INNER_BLOCKS.get(str(block.get("type")))) is not None:
            yield from every_block(block.get(name), f"{at}{below}/{name}")


def elements_of(block: Json) -> Iterator[tuple[str, Json]]:
    """The interactive elements of one block, each with its pointer below the block."""
    for name in _INNER_ELEMENTS.get(str(block.get("type")), ()):
        for below, element in _listed(block.get(name)):
            if element.get("type") not in NOT_INTERACTIVE:
                yield f"/{name}{below}", element


def interactive_elements(view_or_blocks: object) -> Iterator[Placed]:
    """Every element a person can use, in the order shown, of a view or of a list of blocks."""
    blocks = view_or_blocks.get("blocks") if isinstance(view_or_blocks, Mapping) else view_or_blocks
    for _, block in every_block(blocks):
        inside = block.get("type") == "input"
        for _, element in elements_of(block):
            yield Placed(
                block_id=str(block.get("block_id", "")),
                element=element,
                input=inside,
                dispatch=element.get("type") not in SILENT and (not inside or block.get("dispatch_action") is True),
            )
