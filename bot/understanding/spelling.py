"""How else people write a word: without æ ø å, with aa ae oe, and with one or two slips of the finger."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_WAYS = {"æ": ("æ", "ae", "a", "e"), "ø": ("ø", "oe", "o"), "å": ("å", "aa", "a"), "aa": ("aa", "å", "a")}
_DRAWN = re.compile(r"([aeiouyæøå])\1+")
_MANY = 3
"""More special letters than this are written all in the same way by whoever lacks them."""
_SHORT, _LONG, _NAME_LONG = 4, 10, 8
MOST_SLIPS = 2


def _cut(word: str) -> list[str]:
    """A word as letters, `aa` as one."""
    parts: list[str] = []
    for char in word:
        if char == "a" and parts and parts[-1] == "a":
            parts[-1] = "aa"
        else:
            parts.append(char)
    return parts


@lru_cache(maxsize=20_000)
def ways(word: str) -> tuple[str, ...]:
    """The ways a word is typed, itself first: `vallensbæk` → also `vallensbaek`, `vallensbak`."""
    parts = _cut(word)
    special = sum(part in _WAYS for part in parts)
    if special == 0:
        return (word,)
    if special > _MANY:
        return tuple(
            dict.fromkeys(
                "".join(_WAYS.get(p, (p,))[min(n, len(_WAYS.get(p, (p,))) - 1)] for p in parts) for n in range(3)
            )
        )
    return tuple(
        dict.fromkeys([word, *("".join(way) for way in product(*(_WAYS.get(part, (part,)) for part in parts)))])
    )


def slips_allowed(length: int, *, name: bool = False) -> int:
    """How many slips (a letter too many, too few, wrong, or two swapped) a word of this length may have; names are rarer."""
    long = _NAME_LONG if name else _LONG
    return 0 if length < _SHORT + 1 else 1 if length < long else MOST_SLIPS


def near(word: str, known: Sequence[str], limit: int) -> tuple[list[str], int]:
    """The known words nearest to a word within `limit` slips, and how many slips; empty when there is none."""
    hits = process.extract(word, known, scorer=OSA.distance, score_cutoff=limit, limit=12)
    if not hits:
        return [], 0
    best = int(min(hit[1] for hit in hits))
    return [hit[0] for hit in hits if hit[1] == best], best


def _single(word: str) -> str:
    """A word with every double letter single: the slip people make most."""
    return "".join(char for char, before in zip(word, " " + word, strict=False) if char != before)


def drawn(word: str) -> str:
    """A word whose vowels are drawn out ("nuu", "kniiv") as it is said in one breath."""
    return _DRAWN.sub(r"\1", word)


class Spelling:
    """Finds the words of the vocabulary a misspelt word can mean."""

    def __init__(
        self, vocabulary: Collection[str], ordinary: Collection[str], firm: Collection[str] = frozenset()
    ) -> None:
        """Take the words that may be meant, those that are right as they stand, and those never meant by a slip."""
        self._right = frozenset(ordinary) | frozenset(vocabulary) | frozenset(firm)
        self._firm = frozenset(firm) - frozenset(vocabulary) - frozenset(ordinary)
        self._by_length: dict[int, list[str]] = {}
        self._nothing = frozenset(ordinary) - frozenset(vocabulary)
        for word in self._right:
            if len(word) > _SHORT:
                self._by_length.setdefault(len(word), []).append(word)
        self._pools: dict[tuple[int, str], list[str]] = {}

    def _around(self, word: str) -> list[str]:
        """The words of about this length; people hardly ever miss the first letter of a short one."""
        length, first = len(word), word[0] if len(word) < _LONG else ""
        if (length, first) not in self._pools:
            slips = slips_allowed(length)
            near_by = (w for n in range(length - slips, length + slips + 1) for w in self._by_length.get(n, ()))
            self._pools[length, first] = sorted({w for w in near_by if w.startswith(first)})
        return self._pools[length, first]

    def meant(self, word: str) -> list[str]:
        """The words nearest to this one; none where it is right, short, far from all, or an everyday word misspelt."""
        if word in self._right or not word.isalpha():
            return []
        limit = slips_allowed(len(word))
        hits, _ = near(word, self._around(word), limit) if limit else ([], 0)
        hits = [hit for hit in hits if _single(hit) == _single(word)] or hits
        hits = [hit for hit in hits if hit not in self._firm]
        if any(hit in self._nothing for hit in hits):
            return []
        return hits
