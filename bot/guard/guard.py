"""The guard itself: one text in, findings out. Holds no text; may be asked from several threads at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.guard import addresses, dates, numbers, papers, patterns, quasi, spoken
from bot.guard.contacts import cleared_words
from bot.guard.decide import decide
from bot.guard.digits import undisguised
from bot.guard.findings import Registered
from bot.guard.lexicon import load_lexicon
from bot.guard.names import Names
from bot.guard.normalise import fold
from bot.guard.readings import Reader
from bot.guard.shape import Shape
from bot.guard.tokens import tokens
from bot.guard.vocabulary import FORMED, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.guard.findings import Finding
    from bot.guard.lexicon import Lexicon

_NOBODY = Registered()


class Guard:
    """Looks at texts. `pardoned(word)` says of a lower-case word that somebody answered "not a person"."""

    def __init__(self, lexicon: Lexicon, *, pardoned: Callable[[str], bool] | None = None) -> None:
        vocabulary = Vocabulary(lexicon)
        self._lexicon = lexicon
        self._reader = Reader(lexicon, vocabulary, Shape(lexicon))
        self._names = Names(lexicon, self._reader)
        self._greetings = lexicon.cue("greeting")
        self._pardoned = pardoned

    def look(self, text: str, *, lang: str, contacts: Registered = _NOBODY) -> tuple[Finding, ...]:
        """What must not be in `text`, in its order; offsets into `text`. `lang` is da, nb, nn, sv, en, fi or is."""
        folded = fold(text)
        plain = folded.text
        lowered = plain.lower()
        if len(lowered) != len(plain):
            lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)
        words = tokens(plain)
        cleared = cleared_words(words, contacts, self._greetings)
        index: dict[str, list[int]] = {}
        for word in words:
            index.setdefault(word.lower, []).append(word.start)
        hits = [
            *patterns.emails(plain),
            *patterns.plates(plain),
            *(
                h
                for h in patterns.usernames(plain, self._ordinary, index)
                if not any(words[i].start == h.start for i in cleared)
            ),
            *numbers.find(undisguised(plain), lowered, lang),
            *papers.find(lowered),
            *spoken.find(lowered, words),
            *dates.find(lowered),
            *addresses.find(plain, self._ordinary, self._place),
            *self._names.find(plain, words, cleared, lang),
            *quasi.find(plain, index),
        ]
        return decide(hits, folded, contacts, self._pardoned)

    def _ordinary(self, word: str) -> bool:
        reading = self._reader.read(word)
        return reading.word >= FORMED and reading.word > reading.name

    def _place(self, word: str) -> bool:
        return word in self._lexicon.places


def load_guard(extra: Path | None = None, *, pardoned: Callable[[str], bool] | None = None) -> Guard:
    """A guard with the bundled lexicon and, if given, an operator's own list of names. Raises OSError for the list."""
    numbers.warm()
    return Guard(load_lexicon(extra), pardoned=pardoned)
