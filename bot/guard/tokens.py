"""Folded text → words, each with what separates it from the one before and how it is written."""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.guard.lists import listed

_WORD = re.compile(r"[^\W_]+(?:['\-·][^\W_]+)*")
_ABBREVIATED = frozenset(listed("abbreviated"))
_GAP = 12  # characters of a separator that are kept
_ENDS = frozenset(".!?\n•:;·")


class Token(NamedTuple):
    """A word: its place in the folded text, lower-case form, the separator before it, and how it is written."""

    start: int
    end: int
    lower: str
    gap: str  # what stands between the word before and this one
    title: bool  # a capital first, not all capitals
    upper: bool  # two letters or more, all capitals
    opens: bool  # opens a sentence, a line, a bullet
    alpha: bool  # letters only (and joints)


def tokens(text: str) -> list[Token]:
    """The words of a folded text in order."""
    out: list[Token] = []
    last = 0
    for found in _WORD.finditer(text):
        start, end = found.span()
        word = found[0]
        gap = (
            text[last:start]
            if start - last <= _GAP
            else text[last : last + _GAP // 2] + text[start - _GAP // 2 : start]
        )
        opens = not out or (gap != " " and _opens(gap, out[-1]))
        lower = word.lower()
        title = word[0] != lower[0]
        upper = title and len(word) > 1 and word.isupper()
        alpha = word.isalpha() or not any(c.isdigit() for c in word)
        out.append(Token(start, end, lower, gap, title and not upper, upper, opens, alpha))
        last = end
    return out


def _opens(gap: str, before: Token) -> bool:
    if "." in gap and not any(c in gap for c in "!?\n•:;"):
        return before.lower not in _ABBREVIATED and before.end - before.start > 1
    return any(c in _ENDS for c in gap) or '"' in gap or "- " in gap
