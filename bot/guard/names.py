"""Names of people: what a word is by itself, how it is written, and what stands around it, weighed together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.guard import beside
from bot.guard.findings import Kind
from bot.guard.hits import Hit
from bot.guard.lists import listed
from bot.guard.own import itself, stands_out, written
from bot.guard.page import Cues, Page
from bot.guard.surroundings import weigh
from bot.guard.vocabulary import FORMED, LISTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.guard.lexicon import Lexicon
    from bot.guard.readings import Reader, Reading
    from bot.guard.surroundings import Weighed
    from bot.guard.tokens import Token

THRESHOLD = 2.0
_LEAST, _MOST, _SLOPE = 0.5, 0.98, 0.12  # certainty at the threshold, at best, and per point between
_DOUBTED = 0.68
_CASE, _CHILDREN = frozenset(listed("case")), frozenset(listed("child_case"))
_FEW_LETTERS = 4  # fewer letters with points between them are an abbreviation
_ACRONYM = 4  # letters
_SPACED = re.compile(r"(?<![^\W_])[^\W\d_](?:( |\.|-|_|/)[^\W\d_])(?:\1[^\W\d_]){1,}(?![^\W_])")
_INITIALS = re.compile(r"(?<![\w.])([^\W\d_])\. ?([^\W\d_])\.(?: ?[^\W\d_]\.)?(?![\w.])")
_ACTS = re.compile(
    r" (?:er|är|har|hadde|havde|hade|skal|ska|må|måste|vil|vill|kan|får|sier|siger|säger|seier|ringte|ringede|ringde|bor|bur|sover|tør|vågar|våger|kommer|kom|ble|blev)(?![\w])"
)
_HOUSE = re.compile(rf" [A-ZÆØÅÄÖ][\w-]+ [\w-]*(?:{'|'.join(listed('hospital_end'))})(?![\w])", re.IGNORECASE)
_STARRED = re.compile(
    r"(?<![\w*])(?:[A-ZÆØÅÄÖ][^\W\d_]{1,5}\*{1,6}[^\W\d_]{1,6}|[A-ZÆØÅÄÖ][^\W\d_]{1,5}\*\*{1,6})(?![\w*])"
)
_FUNCTION, _PRONOUNS = frozenset(listed("function")), frozenset(listed("pronoun"))
_CODES = frozenset(listed("code"))
_SHORT = frozenset(listed("short"))
_FOREIGN = frozenset({"fi", "is"})  # the vocabulary does not cover these: an unknown word says nothing there


class Names:
    """Finds people's names in the words of a text."""

    def __init__(self, lexicon: Lexicon, reader: Reader) -> None:
        self._reader = reader
        self._cues = Cues(lexicon)
        self._acts = self._cues.does | self._cues.is_ | self._cues.doing

    def find(self, text: str, words: Sequence[Token], cleared: frozenset[int], lang: str) -> list[Hit]:
        """Hits for the words of a folded text, apart from those (by index) that a registered contact accounts for."""
        seen: dict[str, Reading] = {}
        for token in words:
            if token.lower not in seen:
                seen[token.lower] = self._reader.read(token.lower)
        readings = [seen[token.lower] for token in words]
        page = Page(self._cues, text, words, readings, cleared=cleared, foreign=lang in _FOREIGN)
        found = (
            self._look_at(page, i, token, readings[i])
            for i, token in enumerate(words)
            if i not in cleared and _worth(readings[i], token) and not self._acting(readings[i], token)
        )
        return [*(hit for hit in found if hit), *_initials(text), *_starred(text), *self._spaced(text)]

    def _acting(self, reading: Reading, token: Token) -> bool:
        """Whether a small word is what people do, and so nobody itself."""
        return token.lower in self._acts and not (reading.name or token.title)

    def _look_at(self, page: Page, i: int, token: Token, reading: Reading) -> Hit | None:
        case = self._of_case(token)
        if case is not None:
            return case
        if token.end - token.start == 1:
            cue = None if token.opens else beside.letter(page, i)
            return Hit(token.start, token.end, Kind.NAME, 0.75, "guard.name.initials", cue) if cue else None
        if self._thing(page.text, token) or (not token.alpha and page.word(i - 1) in _CODES):
            return None
        around = weigh(page, i)
        if not reading.name and reading.word >= FORMED and not stands_out(reading, token, around):
            return None
        score = itself(reading, token, around) + written(page, reading, token, around) + around.score
        if score < THRESHOLD:
            return None
        why, cue = _reason(reading, around)
        # What nothing around it confirms is asked about, unless it is a first name and nothing else.
        sure = cue is not None or (reading.first > 0 and not reading.word)
        certainty = min(_MOST if sure else _DOUBTED, _LEAST + (score - THRESHOLD) * _SLOPE)
        return Hit(token.start, token.end, Kind.NAME, certainty, why, cue)

    def _of_case(self, token: Token) -> Hit | None:
        """The saga of "X-sagen": the part before the hyphen is somebody, unless it is a word, a place, a body."""
        head, joint, tail = token.lower.rpartition("-")
        children = tail in _CHILDREN
        if not joint or not head or not (children or tail in _CASE):
            return None
        reading = self._reader.read(head)
        if children and token.title and reading.last and not reading.organisation:
            return Hit(token.start, token.start + len(head), Kind.NAME, 0.9, "guard.name.case", "case")
        acronym = not reading.name and len(head) <= _ACRONYM and token.upper
        if reading.place or reading.organisation or reading.word > reading.name or acronym:
            return None
        return Hit(token.start, token.start + len(head), Kind.NAME, 0.9, "guard.name.case", "case")

    def _thing(self, text: str, token: Token) -> bool:
        """Whether a hyphen joins a body, a place or an unknown word to a thing: "EU-landene", "Bahama-registrert"."""
        head, joint, tail = text[token.start : token.end].partition("-")
        if not joint or not head[:1].isupper() or not tail[:1].islower() or len(head) == 1:
            return False
        return not self._reader.read(head.lower()).name and not self._reader.read(tail.rpartition("-")[2].lower()).name

    def _spaced(self, text: str) -> list[Hit]:
        hits: list[Hit] = []
        for found in _SPACED.finditer(text):
            reading = self._reader.read("".join(c for c in found[0] if c.isalpha()).lower())
            known = reading.name >= LISTED and not reading.word
            known |= bool(reading.name) and found[1] in ".-" and len(found[0]) >= 2 * _FEW_LETTERS - 1
            if known or (found[1] == " " and reading.word < LISTED and not reading.organisation):
                certainty = 0.9 if known else 0.6
                hits.append(Hit(found.start(), found.end(), Kind.NAME, certainty, "guard.name.spaced", "spaced"))
        return hits


def _worth(reading: Reading, token: Token) -> bool:
    """Whether a word can be a name at all: listed ordinary words that are no name are not weighed."""
    if token.lower in _PRONOUNS or (token.lower in _FUNCTION and not (token.title and reading.name)):
        return False
    if not token.alpha:
        return reading.name > 0
    return token.end - token.start == 1 or "-" in token.lower or reading.word < LISTED or reading.name > 0


def _reason(reading: Reading, around: Weighed) -> tuple[str, str | None]:
    if around.cue is not None:
        return f"guard.name.{around.cue}", around.cue
    if reading.name and reading.word:
        return "guard.name.word", None
    return ("guard.name.known" if reading.name else "guard.name.unknown"), None


def _starred(text: str) -> list[Hit]:
    """Capitalised words with stars for letters: "Cam***a"."""
    if "*" not in text:
        return []
    hits = _STARRED.finditer(text)
    return [Hit(found.start(), found.end(), Kind.NAME, 0.6, "guard.name.spaced", "spaced") for found in hits]


def _initials(text: str) -> list[Hit]:
    return [
        Hit(found.start(), found.end(), Kind.NAME, 0.8, "guard.name.initials", "initials")
        for found in _INITIALS.finditer(text)
        if found[1].isupper()
        and found[2].isupper()
        and not _HOUSE.match(text, found.end())
        and (not _shortened(found) or _ACTS.match(text, found.end()))
    ]


def _shortened(found: re.Match[str]) -> bool:
    return f"{found[1]}.{found[2]}".lower() in _SHORT
