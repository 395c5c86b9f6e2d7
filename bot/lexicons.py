"""Puts bundled names, the understanding and the guard together: light enough for the shell, used by the product alike."""

from __future__ import annotations

from functools import cache

from bot.data.lexicon import lexicon_from_data
from bot.guard import Guard, load_guard
from bot.understanding import Lexicon, Understanding


@cache
def understanding() -> Understanding:
    """The understanding with the bundled names and keys; a fraction of a second, once a process."""
    return Understanding(Lexicon.build(**lexicon_from_data()))


@cache
def guard() -> Guard:
    """The guard with the bundled lexicon; about a second, once a process."""
    return load_guard()
