"""What a single word is by itself: a first name, a surname, an ordinary word, a place, an organisation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.guard.lists import listed
from bot.guard.vocabulary import FORMED, LISTED, UNKNOWN

if TYPE_CHECKING:
    from bot.guard.lexicon import Lexicon
    from bot.guard.shape import Shape
    from bot.guard.vocabulary import Vocabulary

_NAME_WEIGHT = 3.0
_TWO_PART = 2.0
_LONGEST_PART = 12
_BEGINS, _ENDS = frozenset(listed("name_begin")), frozenset(listed("name_end"))
_LEET = (str.maketrans("0134578$@!", "oieastbsai"), str.maketrans("0134578$@!", "oleastbsal"))
_LEET_DIGITS, _LEET_LETTERS = frozenset("0134578$@"), 4
_ASCII = (("æ", "ae"), ("ø", "oe"), ("å", "aa"), ("ö", "oe"), ("ä", "ae"), ("ü", "ue"))
_FARM_BEGINS, _FARM_ENDS = frozenset(listed("farm_begin")), frozenset(listed("farm_end"))
_SWEDISH_BEGINS, _SWEDISH_ENDS = frozenset(listed("swedish_begin")), frozenset(listed("swedish_end"))
_KIN_ENDS, _KIN_BASE = listed("kin_end"), 6  # letters of the whole word at least
_BEFORES, _AFTER_BEFORE = listed("name_before"), 4  # letters of the name that follows
_SECOND_PARTS = frozenset(listed("second_part"))
_MISSPELT_FROM, _MISSPELT = 5, 0.7  # letters of the name; how much more like a name its misspelling is
_ORGANISATION_TAIL = re.compile(
    r".{3,}(?:skolen?s?|skulen?s?|skolan|skola|huset|husets|hjemmet|heimen|hemmet|cent(?:er|ret|eret)|senteret|systemet|sykehuset|hospitalet|sygehuset|"
    r"sjukhuset|barnehagen?|børnehaven?|förskolan?|politiet?|polisen|kommunen?s?|kommun|retten|rätten|rett|tinget|posten|tidende|bladet|avisen|banken|"
    r"partiet|forbundet|foreningen|verket|styrelsen|direktoratet|tilsynet|kirken?|kyrkan?|stadion|hallen|parken|klubben|galleriet|museet|teatret|universitetet|"
    r"loven|lovens|lova|balken|lagen|programmet|projektet|prosjektet|modellen|metoden|planen|avtalen|aftalen|fondet|fonden|gruppen|krigen|"
    r"havet|fjorden|kysten|dalen|sletten|øya|øyene|øerne|øen|erne|erna|erne?s|isk|iske|ska|ske|ar|sk)$"
)
_PLACE_TAIL = re.compile(
    r".{2,}(?:köping|borg|sjö|sjøen|fjord|fjärden|holmen|havn|hamn|minde|løse|rup|inge|ville|town|city|stan|grad|burg|ien|ia|land)s?$"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """Weights from 0 to 3: how much of a first name, of a surname, of an ordinary word; and what else it is."""

    first: float = 0.0
    last: float = 0.0
    word: float = 0.0
    place: bool = False
    organisation: bool = False
    genitive: bool = False
    tail: bool = False  # ends as places and organisations do
    shape: float = 0.0

    @property
    def name(self) -> float:
        """The better of the two name weights."""
        return max(self.first, self.last)


class Reader:
    """Reads single lower-case words; remembers the project's own words, never those of a text."""

    def __init__(self, lexicon: Lexicon, vocabulary: Vocabulary, shape: Shape) -> None:
        self._lexicon = lexicon
        self._vocabulary = vocabulary
        self._shape = shape
        self._first = lexicon.first | _spelled_out(lexicon.first)
        self._shortened = {
            name[:i] + name[i + 1 :]
            for name in lexicon.first
            if name.isalpha() and len(name) >= _MISSPELT_FROM
            for i in range(1, len(name))
        }
        self._last = lexicon.last | _spelled_out(lexicon.last)
        plain = lexicon.words - lexicon.weights.keys() - self._first - self._last
        plain -= lexicon.places | lexicon.organisations
        ordinary = Reading(word=LISTED)
        self._plain = dict.fromkeys(plain, ordinary)

    def read(self, word: str) -> Reading:
        """A lower-case word (letters, hyphens, apostrophes; digits as disguise) → its reading."""
        plain = self._plain.get(word)
        if plain is not None:
            return plain
        known = self._known(word)
        if known is not None:
            return known
        for ending in ("'s", "s'", "'", "s"):
            if word.endswith(ending) and len(word) - len(ending) > 1:
                bare = self._known(word[: -len(ending)])
                if bare is not None and (bare.name or bare.place or bare.organisation):
                    ordinary = max(bare.word, self._vocabulary.weight(word) if ending == "s" else 0.0)
                    return Reading(bare.first, bare.last, ordinary, bare.place, bare.organisation, genitive=True)
                break
        return self._unknown(word)

    def _known(self, word: str) -> Reading | None:
        lexicon = self._lexicon
        first = _NAME_WEIGHT if word in self._first else 0.0
        last = _NAME_WEIGHT if word in self._last else 0.0
        place, organisation = word in lexicon.places, word in lexicon.organisations
        weighed = lexicon.weights.get(word)
        if weighed is not None:
            name, ordinary = float(weighed[0]), float(weighed[1])
            return Reading(
                min(first, name) if last else name,
                name if last else 0.0,
                ordinary,
                place and name < LISTED,
                organisation,
            )
        if not (first or last or place or organisation):
            return self._joined(word)
        ordinary = LISTED if word in lexicon.words else FORMED if word in lexicon.nature else 0.0
        if not ordinary and (first or last) and self._vocabulary.weight(word) >= FORMED:
            ordinary = 0.5
        if ordinary == LISTED and (first or last):
            first, last = min(first, 1.0), min(last, 1.0)
        return Reading(first, last, ordinary, place, organisation)

    def _joined(self, word: str) -> Reading | None:
        """Names joined by a hyphen, and letters written as digits."""
        if "-" in word:
            parts = [p for p in word.split("-") if p]
            if len(parts) == 2 and parts[0] in self._first and parts[1] in _SECOND_PARTS:  # noqa: PLR2004 - a pair
                return Reading(_NAME_WEIGHT)
            if len(parts) > 1 and all(p in self._first or p in self._last for p in parts):
                firsts = all(p in self._first for p in parts)
                return Reading(_NAME_WEIGHT if firsts else 0.0, 0.0 if firsts else _NAME_WEIGHT)
        if any(c in _LEET_DIGITS for c in word) and sum(c.isalpha() for c in word) > 1:
            return self._leet(word)
        return None

    def _leet(self, word: str) -> Reading | None:
        """A word with digits for letters: a name, or something between letters that is no word either."""
        inside = word[0].isalpha() and word[-1].isalnum() and any(c in _LEET_DIGITS for c in word[1:-1])
        mixed = inside and any(a.isdigit() and b.isalpha() for a, b in pairwise(word))
        for table in _LEET:
            undone = word.translate(table)
            if undone in self._first or undone in self._last:
                return Reading(_NAME_WEIGHT)
            if mixed and sum(c.isalpha() for c in word) >= _LEET_LETTERS:
                made = _two_part(undone) or _surname(undone)
                if made or self._shape.like_surname(undone) or self._shape.likeness(undone) > 1.0:
                    return Reading(0.0 if undone in self._lexicon.words else _TWO_PART)
        return None

    def _unknown(self, word: str) -> Reading:
        ordinary = FORMED if word in self._lexicon.nature else self._vocabulary.weight(word)
        genitive = word.endswith("s") and len(word) > 3  # noqa: PLR2004 - a name of three letters and its s
        if ordinary > UNKNOWN:
            return Reading(word=ordinary, genitive=genitive)
        bare = word[:-1] if genitive else word
        if _two_part(word) or _two_part(bare):
            return Reading(_TWO_PART, genitive=genitive)
        if _surname(bare) or _surname(word) or self._prefixed(bare) or self._patronym(bare):
            return Reading(0.0, _TWO_PART, genitive=genitive)
        likeness = max(self._shape.likeness(word), self._shape.likeness(bare))
        tail = _ORGANISATION_TAIL.match(word) is not None or _PLACE_TAIL.match(word) is not None
        if self._shape.like_surname(bare):
            likeness += 0.6
        if not tail and self._misspelt(word):
            likeness += _MISSPELT
        return Reading(genitive=genitive, tail=tail, shape=likeness)

    def _misspelt(self, word: str) -> bool:
        """Whether a first name lacks a letter, has one twice, or has two neighbours swapped."""
        if len(word) < _MISSPELT_FROM - 1 or not word.isalpha():
            return False
        if word in self._shortened:
            return True
        for i in range(len(word) - 1):
            if word[:i] + word[i + 1] + word[i] + word[i + 2 :] in self._first:
                return True
            if word[i] == word[i + 1] and word[:i] + word[i + 1 :] in self._first:
                return True
        return False

    def _patronym(self, word: str) -> bool:
        """Whether a word is a known first name and "son" or "daughter"."""
        if not word.endswith(("sen", "son", "datter", "dotter")):
            return False
        tail = 6 if word.endswith("er") else 3
        return any(word[: -tail + kept] in self._first for kept in (0, 1)) or word[: -tail - 1] in self._first

    def _prefixed(self, word: str) -> bool:
        """Whether a word is a known name behind "abdul", "gebre", "al" and the like."""
        for before in _BEFORES:
            if word.startswith(before) and len(word) - len(before) >= _AFTER_BEFORE:
                after = word[len(before) :].lstrip("-'")
                if after in self._first or after in self._last:
                    return True
        return False


def _made_of(word: str, begins: frozenset[str], ends: frozenset[str]) -> bool:
    return any(word[:cut] in begins and word[cut:] in ends for cut in range(1, min(len(word), _LONGEST_PART)))


def _two_part(word: str) -> bool:
    """Whether a word is made as Nordic first names are, of two old parts: known parts, maybe in a new pair."""
    return _made_of(word, _BEGINS, _ENDS)


def _surname(word: str) -> bool:
    """Whether a word is made as surnames are: after a farm, of two parts as in Sweden, or after a father."""
    made = _made_of(word, _FARM_BEGINS, _FARM_ENDS) or _made_of(word, _SWEDISH_BEGINS, _SWEDISH_ENDS)
    return made or (len(word) >= _KIN_BASE and word.endswith(_KIN_ENDS))


def _spelled_out(names: frozenset[str]) -> frozenset[str]:
    """The names as they are typed without Nordic letters, and without accents of other alphabets."""
    out: set[str] = set()
    for name in names:
        if name.isascii():
            continue
        plain = name
        for letter, pair in _ASCII:
            plain = plain.replace(letter, pair)
        out.add(plain)
        single = name.translate(
            str.maketrans("æøåöäüéèçğışńłśżźćąęóáíúñýðžščřěôâîêëï", "aoaoaueecgisnlszzcaeoaiunydzscreoaieei")
        )
        if len(single) > 3:  # noqa: PLR2004 - shorter ones meet too many ordinary words
            out.add(single)
    return frozenset(out)
