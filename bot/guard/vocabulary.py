"""How ordinary a word is: listed, an inflected form of a listed word, or a compound of listed words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.guard.lists import listed

if TYPE_CHECKING:
    from bot.guard.lexicon import Lexicon

LISTED, FORMED, LIKELY, UNKNOWN = 3.0, 2.0, 1.0, 0.0

# Endings of the Nordic languages, longest first: nouns, adjectives, verbs, their genitives and passives.
ENDINGS = listed("endings")
# Small words have no endings of their own: what looks like one is another word, often a name.
_BARE = frozenset(listed("bare"))
# Endings that make a word and seldom a name.
WORDY = listed("wordy")
# Words too small or too name-like to be the first part of a compound.
_SMALL = frozenset(listed("small"))
_SHORTEST_PART = 3
_SHORTEST_HEAD = 4
_SHORTEST_COMPOUND = 7
_LONGEST = 40


class Vocabulary:
    """Answers how ordinary a lower-case word is, from the listed words alone; keeps nothing it was asked."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._listed = lexicon.words | lexicon.nature
        self._parts = frozenset(w for w in lexicon.words if len(w) >= _SHORTEST_PART) - lexicon.nature - _SMALL
        self._stems = frozenset(w for w in self._listed if len(w) >= _SHORTEST_PART) - _BARE - lexicon.nature
        self._endings = tuple(dict.fromkeys(ENDINGS))
        self._by_last = {
            last: tuple(e for e in self._endings if e[-1] == last) for last in {e[-1] for e in self._endings}
        }
        self._wordy = tuple(WORDY)

    def weight(self, word: str) -> float:
        """LISTED, FORMED (inflected or compound), LIKELY (looks like a word) or UNKNOWN."""
        if word in self._listed:
            return LISTED
        if len(word) > _LONGEST or self._inflected(word, self._stems):
            return FORMED
        if "-" in word:
            return FORMED if self.weight(word.rpartition("-")[2]) >= FORMED else UNKNOWN
        if len(word) >= _SHORTEST_COMPOUND and self._compound(word):
            return FORMED
        if len(word) >= _SHORTEST_COMPOUND and word.endswith(self._wordy):
            return LIKELY
        return UNKNOWN

    def _inflected(self, word: str, among: frozenset[str]) -> bool:
        if not word.endswith(self._endings):
            return False
        for ending in self._by_last.get(word[-1], ()):
            if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_PART:
                stem = word[: -len(ending)]
                if stem in among or stem + "e" in among or stem + "a" in among:
                    return True
                if ending[0] in "eaoi" and stem[-1] == stem[-2] and stem[:-1] in among:
                    return True
        return False

    def _head(self, word: str) -> bool:
        return len(word) >= _SHORTEST_HEAD and (word in self._parts or self._inflected(word, self._parts))

    def _compound(self, word: str) -> bool:
        for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_HEAD + 1):
            left = word[:cut]
            if left not in self._parts and not (
                left[-1] in "se" and len(left) > _SHORTEST_PART and left[:-1] in self._parts
            ):
                continue
            right = word[cut:]
            if self._head(right) or (len(right) >= _SHORTEST_COMPOUND and self._compound(right)):
                return True
        return False
