"""Puts bundled names, the understanding and the guard together: light enough for the shell, used by the product alike."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bot.data.lexicon import lexicon_from_data
from bot.understanding import Lexicon, Understanding

if TYPE_CHECKING:
    from bot.guard import Guard


@cache
def understanding() -> Understanding:
    """The understanding with the bundled names and keys; a fraction of a second, once a process."""
    return Understanding(Lexicon.build(**lexicon_from_data()))


@cache
def guard() -> Guard:
    """The guard with the bundled lexicon; about a second, once a process, and nothing for whoever does not ask for it."""
    from bot.guard import load_guard

    return load_guard()
