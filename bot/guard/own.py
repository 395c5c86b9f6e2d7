"""What a word says by itself, and what its capitals say, on the scale of names.py (a name from two upwards)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.guard.lists import listed
from bot.guard.vocabulary import FORMED, LIKELY

if TYPE_CHECKING:
    from bot.guard.page import Page
    from bot.guard.readings import Reading
    from bot.guard.surroundings import Weighed
    from bot.guard.tokens import Token

_FIRST, _LAST, _PLACE, _PER_WEIGHT, _PLURAL = 3.0, 2.2, 2.2, 1.3, 0.6
_AT_LEAST = -0.4  # for a word that is also a name, where only a person fits
_ONLY_PERSON, _SURE_LEFT, _LEFT_OF_FORMED, _BESIDE_FORMED, _LEFT_OF_PLACE = 2.0, 2.8, 2.1, 3.0, 2.1
_FORMED_SHORT, _FORMED_LONG, _SHORT_WORD = -1.6, -3.4, 6
_LIKELY, _ELSEWHERE, _ELSEWHERE_PERSON = -2.2, -4.2, -1.5
_UNKNOWN, _TAIL = -1.0, 1.0
_UNKNOWN_PERSON, _SHAPE_PERSON, _TAIL_PERSON, _DEFINITE_PERSON = -0.8, 0.35, 0.3, 0.9
_DEFINITE = listed("definite")
_LONG = 7
_ACRONYM, _ACRONYM_LENGTH, _CAPITALS = -2.5, 4, 0.6
_OPENS, _INSIDE, _INSIDE_WORD = 0.6, 2.7, 1.9
_FIELD, _LOWER_PERSON, _LOWER_FOREIGN = 1.2, 0.0, -3.0
_LOWER_FIRST, _LOWER_LAST, _LOWER_BOTH, _LOWER_UNKNOWN = -0.8, -1.4, -1.0, -1.2
_SURE_CUES = frozenset({"kin", "named"})


def itself(reading: Reading, token: Token, around: Weighed) -> float:
    """What the word says by itself; where a person is expected, its shape and other readings count less."""
    if reading.name:
        return _name(reading, token, around)
    if reading.word >= FORMED:
        # Short words have many chance endings.
        short = token.end - token.start <= _SHORT_WORD and "-" not in token.lower
        return _FORMED_SHORT if short else _FORMED_LONG
    if reading.word >= LIKELY:
        return _LIKELY
    if reading.place or reading.organisation:
        person = around.left > _LEFT_OF_PLACE and around.cue != "towards" and not reading.organisation
        return _ELSEWHERE_PERSON if person else _ELSEWHERE
    if around.person:
        definite = len(token.lower) >= _LONG and token.lower.endswith(_DEFINITE)
        brakes = (_TAIL_PERSON if reading.tail else 0.0) + (_DEFINITE_PERSON if definite else 0.0)
        return _UNKNOWN_PERSON + _SHAPE_PERSON * reading.shape - brakes
    return _UNKNOWN + reading.shape - (_TAIL if reading.tail else 0.0)


def _name(reading: Reading, token: Token, around: Weighed) -> float:
    if not reading.word:
        elsewhere = reading.place or reading.organisation
        return (_FIRST if reading.first else _LAST) - (_PLACE if elsewhere else 0.0)
    weight = (reading.name - reading.word) * _PER_WEIGHT
    acts = token.title and around.right >= _ONLY_PERSON
    called = (token.title or token.upper) and around.left >= _SURE_LEFT
    if acts or called:
        return max(_AT_LEAST, weight)
    return weight - (_PLURAL if reading.genitive and token.lower.endswith("s") else 0.0)


def stands_out(reading: Reading, token: Token, around: Weighed) -> bool:
    """Whether an inflected or compound word is, by its place and its capitals, somebody after all."""
    placed = around.left >= _LEFT_OF_FORMED or around.beside >= _BESIDE_FORMED
    return reading.word == FORMED and placed and (token.title or token.upper)


def written(page: Page, reading: Reading, token: Token, around: Weighed) -> float:
    """What the word's capitals, or their absence, say."""
    if token.upper and not page.shouting:
        if around.left >= _ONLY_PERSON:
            return 0.0  # after a word for a person capitals are emphasis
        return _ACRONYM if token.end - token.start <= _ACRONYM_LENGTH else _CAPITALS
    if token.title and not page.shouting:
        if token.opens:
            return _OPENS if page.prose else page.field_bonus
        return _INSIDE_WORD if reading.word >= FORMED else _INSIDE
    return _lower(page, reading, around)


def _lower(page: Page, reading: Reading, around: Weighed) -> float:
    if reading.name:
        return _LOWER_BOTH if reading.word else _LOWER_FIRST if reading.first else _LOWER_LAST
    if page.field:
        return _FIELD
    if around.person:
        return _LOWER_FOREIGN if page.foreign and around.cue not in _SURE_CUES else _LOWER_PERSON - page.doubt
    return _LOWER_UNKNOWN
