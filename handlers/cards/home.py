"""App Home as its owner sees it."""

from __future__ import annotations

from handlers.cards.parts import Block, Card, divider

MOST_BLOCKS = 100
"""Slack's limit for one Home."""


def home(contact: Card, waiting: Card) -> Block:
    """The contact first, then what waits for her and what she waits for."""
    return {"type": "home", "blocks": [*contact.blocks, divider(), *waiting.blocks][:MOST_BLOCKS]}
