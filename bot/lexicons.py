"""Puts bundled words and their readers together: the understanding, and the guard; each once a process."""

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
    """The guard with its bundled lexicon; a fraction of a second, loaded where a text is first to be looked at."""
    from bot.guard import load_guard

    return load_guard()
