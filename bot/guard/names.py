"""Names of people: what a word is by itself, how it is written, and what stands around it, weighed together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.guard.lists import listed
from bot.guard.findings import Kind
from bot.guard.hits import Hit
from bot.guard.surroundings import Cues, Surroundings, Weighed
from bot.guard.vocabulary import FORMED, LIKELY, LISTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.guard.lexicon import Lexicon
    from bot.guard.readings import Reader, Reading
    from bot.guard.tokens import Token

THRESHOLD = 2.0


_SURE = 4.5
_CASE = frozenset(listed("case"))
_SPACED = re.compile(r"(?<![^\W_])[^\W\d_](?:( |\.|-|_|/)[^\W\d_])(?:\1[^\W\d_]){1,}(?![^\W_])")
_INITIALS = re.compile(r"(?<![\w.])([^\W\d_])\. ?([^\W\d_])\.(?: ?[^\W\d_]\.)?(?![\w.])")
_SHORT = frozenset(listed("short"))
_PLAIN, _INITIAL_NEXT = 0.0, 2.6


_DEFINITE = ("en", "et", "ne", "na", "ingen", "elsen", "tion", "sjon", "erne", "ingar", "inger", "else", "het", "hed")
_LONG = 7
_FOREIGN = frozenset({"fi", "is"})  # the vocabulary does not cover these: unknown words mean nothing there


def _definite(word: str) -> bool:
    """Whether a word has the ending of a thing already spoken of, which long unknown nouns have and names seldom."""
    return len(word) >= _LONG and word.endswith(_DEFINITE)


class Names:
    """Finds people's names in the words of a text."""

    def __init__(self, lexicon: Lexicon, reader: Reader) -> None:
        self._reader = reader
        self._cues = Cues(lexicon)

    def find(self, text: str, words: Sequence[Token], cleared: frozenset[int], lang: str) -> list[Hit]:
        """Hits for the words of a folded text, apart from those (by index) that a registered contact accounts for."""
        seen: dict[str, Reading] = {}
        readings: list[Reading] = []
        for token in words:
            reading = seen.get(token.lower)
            if reading is None:
                reading = seen[token.lower] = self._reader.read(token.lower)
            readings.append(reading)
        around = Surroundings(self._cues, text, words, readings, foreign=lang in _FOREIGN)
        hits = [
            hit
            for i, token in enumerate(words)
            if i not in cleared
            and self._worth(readings[i], token)
            and (hit := self._weigh(i, token, readings[i], around, cleared))
        ]
        hits += self._initials(text, words) + self._spaced(text)
        return hits

    @staticmethod
    def _worth(reading: Reading, token: Token) -> bool:
        """Whether a word can be a name at all: listed ordinary words that are no name are not weighed."""
        if not token.alpha:
            return reading.name > 0
        if token.end - token.start == 1:
            return True
        return "-" in token.lower or reading.word < LISTED or reading.name > 0

    def _weigh(
        self, i: int, token: Token, reading: Reading, surroundings: Surroundings, cleared: frozenset[int]
    ) -> Hit | None:
        case = self._of_case(token)
        if case is not None:
            return case
        if token.end - token.start == 1:
            return self._letter(i, token, surroundings)
        around = surroundings.weigh(i, cleared)
        score = self._own(reading, token, around) + self._written(token, reading, surroundings, around) + around.score
        if reading.name == 0 and reading.word >= FORMED and not self._stands_out(reading, token, around):  # noqa: PLR2004
            return None
        if score < THRESHOLD:
            return None
        certainty = min(0.98, 0.5 + (score - THRESHOLD) * 0.12)
        why, cue = self._reason(reading, around)
        return Hit(token.start, token.end, Kind.NAME, certainty, why, cue)

    @staticmethod
    def _stands_out(reading: Reading, token: Token, around: Weighed) -> bool:
        """Whether an inflected or compound word is, by its place and its capitals, somebody after all."""
        return reading.word == FORMED and (around.left >= 2.1 or around.beside >= 3) and (token.title or token.upper)  # noqa: PLR2004

    @staticmethod
    def _own(reading: Reading, token: Token, around: Weighed) -> float:
        """What the word says by itself."""
        if reading.name:
            if reading.word:
                if (token.title and around.right >= 2) or ((token.title or token.upper) and around.left >= 2.8):  # noqa: PLR2004 - only a person fits here
                    return max(-0.4, (reading.name - reading.word) * 1.3)
                return (reading.name - reading.word) * 1.3 - (
                    0.6 if token.lower[-1] == "s" and reading.genitive else 0.0
                )
            base = 3.0 if reading.first else 2.2
            return base - (2.2 if reading.place or reading.organisation else 0.0)
        if reading.word >= FORMED:
            return -1.6 if token.end - token.start <= 6 and "-" not in token.lower else -3.4  # noqa: PLR2004 - short words have many chance endings
        if reading.word >= LIKELY:
            return -2.0
        if reading.place or reading.organisation:
            return -1.5 if around.left > 2.1 and around.cue != "towards" and not reading.organisation else -4.2  # noqa: PLR2004
        if around.left >= 2 or around.right >= 2:  # noqa: PLR2004 - beside a word for a person the shape says little
            return (
                -0.8 + 0.5 * reading.shape - (0.3 if reading.tail else 0.0) - (0.9 if _definite(token.lower) else 0.0)
            )
        return -1.0 + reading.shape - (1.0 if reading.tail else 0.0)

    @staticmethod
    def _written(token: Token, reading: Reading, around: Surroundings, weighed: Weighed) -> float:
        """What its capitals say."""
        if token.upper and not around.shouting:
            if weighed.left >= 2:  # noqa: PLR2004 - after a word for a person capitals are emphasis
                return 0.0
            return -2.5 if token.end - token.start <= 4 else 0.6  # noqa: PLR2004 - acronyms are short
        if token.title and not around.shouting:
            if token.opens:
                return 0.6 if around.prose else around.field_bonus
            return 1.9 if reading.word >= FORMED else 2.7
        if around.field and not reading.name:
            return 1.2
        if not reading.name and (weighed.left >= 2 or weighed.right >= 2):  # noqa: PLR2004
            return -3.0 if around.foreign and weighed.cue not in {"kin", "named"} else -0.6
        if reading.name and not reading.word:
            return -0.8 if reading.first else -1.4
        return -1.0 if reading.name else -1.2

    def _of_case(self, token: Token) -> Hit | None:
        """The saga of "X-sagen": the part before the hyphen is somebody, unless it is a word, a place, a body."""
        head, joint, tail = token.lower.rpartition("-")
        if not joint or tail not in _CASE:
            return None
        reading = self._reader.read(head)
        if reading.place or reading.organisation or (reading.word > reading.name) or len(head) < 2:  # noqa: PLR2004
            return None
        if reading.name == 0 and token.end - token.start - len(tail) - 1 <= 4 and token.upper:  # noqa: PLR2004
            return None
        return Hit(token.start, token.start + len(head), Kind.NAME, 0.9, "guard.name.case", "case")

    @staticmethod
    def _letter(i: int, token: Token, around: Surroundings) -> Hit | None:
        """A single capital that stands for somebody: "drengen M.", "Billy S."."""
        if not (token.title or token.lower.upper() == token.lower) or token.opens:
            return None
        kin = around.letter(i)
        if kin is None:
            return None
        return Hit(token.start, token.end, Kind.NAME, 0.75, "guard.name.initials", kin)

    @staticmethod
    def _reason(reading: Reading, around: Weighed) -> tuple[str, str | None]:
        if around.cue is not None:
            return f"guard.name.{around.cue}", around.cue
        if reading.name and reading.word:
            return "guard.name.word", None
        return ("guard.name.known" if reading.name else "guard.name.unknown"), None

    def _initials(self, text: str, words: Sequence[Token]) -> list[Hit]:
        hits: list[Hit] = []
        for found in _INITIALS.finditer(text):
            if f"{found[1]}.{found[2]}".lower() in _SHORT:
                continue
            if not (found[1].isupper() and found[2].isupper()):
                continue
            hits.append(Hit(found.start(), found.end(), Kind.NAME, 0.8, "guard.name.initials", "initials"))
        return hits

    def _spaced(self, text: str) -> list[Hit]:
        hits: list[Hit] = []
        for found in _SPACED.finditer(text):
            joined = "".join(c for c in found[0] if c.isalpha()).lower()
            reading = self._reader.read(joined)
            known = reading.name >= LISTED and not reading.word
            if not known and (found[1] != " " or reading.word >= LISTED or reading.organisation):
                continue
            hits.append(
                Hit(found.start(), found.end(), Kind.NAME, 0.9 if known else 0.6, "guard.name.spaced", "spaced")
            )
        return hits
