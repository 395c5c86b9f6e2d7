"""The ids Slack gives to blocks and elements that came without one."""

from __future__ import annotations

import base64
import copy
import hashlib
from collections.abc import Iterable, Mapping, MutableMapping

from bot.sandbox.blocks.walk import elements_of, every_block


def with_block_ids(blocks: Iterable[object]) -> list[dict[str, object]]:
    """A deep copy of the blocks in which every block has a `block_id` and every interactive element an `action_id`.

    The made-up ids look like Slack's own (five characters such as `x3/aK`); the same blocks get the same ids. What is not
    an object is no block and is left out.
    """
    own = [copy.deepcopy(dict(block)) for block in blocks if isinstance(block, Mapping)]
    taken = {str(block["block_id"]) for _, block in every_block(own) if "block_id" in block}
    for where, block in every_block(own):
        _give(block, "block_id", where, taken)
        actions = {str(element["action_id"]) for _, element in elements_of(block) if "action_id" in element}
        for below, element in elements_of(block):
            _give(element, "action_id", where + below, actions)
    return own


def _give(owner: object, name: str, where: str, taken: set[str]) -> None:
    """Put a new id under `name` where none stands."""
    if isinstance(owner, MutableMapping) and name not in owner:
        new = next(each for each in _candidates(f"{where} {owner!r}") if each not in taken)
        taken.add(new)
        owner[name] = new


def _candidates(seed: str) -> Iterable[str]:
    """Ids that look like Slack's, one after the other, always the same for the same seed."""
    tried = 0
    while True:
        digest = hashlib.sha256(f"{seed} {tried}".encode()).digest()
        yield base64.b64encode(digest).decode("ascii").replace("=", "")[:5]
        tried += 1
