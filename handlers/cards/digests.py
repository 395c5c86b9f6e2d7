"""The morning digest as its reader sees it: what waits for her, each with its one tap, then what she waits for."""

from __future__ import annotations

from bot.domain.digests import DigestView
from handlers.cards import tasks as task_cards
from handlers.cards.parts import Card, Reader, joined, section


def morning(reader: Reader, view: DigestView) -> Card:
    """One message for everything that need not come alone."""
    lead = reader.texts.md("digest.lead")
    lists = task_cards.waiting(reader, view.tasks)
    return Card(joined(lead, lists.text), [section(lead), *lists.blocks])
