"""Puts bundled names and the understanding together: light enough for `bindeled ask`, and used by the product alike."""

from __future__ import annotations

from functools import cache

from bot.data.lexicon import lexicon_from_data
from bot.understanding import Lexicon, Understanding


@cache
def understanding() -> Understanding:
    """The understanding with the bundled names and keys; a fraction of a second, once a process."""
    return Understanding(Lexicon.build(**lexicon_from_data()))
