"""What stands after a word: an age, kin that belongs to it, what only people do, are or have done to them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.guard import wordy
from bot.guard.lists import listed
from bot.guard.vocabulary import FORMED

if TYPE_CHECKING:
    from bot.guard.page import Page

_AGE = re.compile(r" ?(?:,|\(|-) ?(?:\d{1,2}(?: ?år| mdr|\)| ?,|\.?$)|f\. ?\d|født|född|fødd)")
_AGED = re.compile(r" \d{1,2} ?(?:år|mdr|mnd)(?![\w])")
_YOUNG, _YOUNG_WEIGHT = re.compile(r" 1?\d år(?![\w])"), 2.6
_AGE_REACH = 14
_BRACKETED = re.compile(r" ?\( ?(?:f\.|f |født|fødd|född|født den|\d{1,2}(?: år| mdr)?\)|\d{1,2}[./]\d{1,2})")
_PAST = ("ede", "ade", "ades", "edes", "erte", "erede", "erade", "ertes")
_SHORTEST_PAST, _SHORTEST_PRESENT = 5, 3
_ACTS = frozenset(listed("acts"))
_CLAUSES = frozenset({"at", "att", "men", "og", "och", "når", "fordi", "hvis", "om", "siden"})
_ALSO = frozenset({"og", "och", "&", "samt", "eller"})
_SIN = frozenset({"sin", "si", "sitt", "sit", "sine", "sina"})
_SAME_NAME, _JUNIOR = frozenset({"junior", "senior", "jr", "sr"}), 3.0
_SURELY = 1.2
_OLD, _OWNS_KIN, _DOING, _AND_KIN = 2.2, 4.0, 3.4, 1.8
_DOES, _IS, _DID = (3.2, 1.8), (0.8, 0.5), (1.0, 0.4)  # where a clause can begin, and elsewhere
_CASE_NOUNS = frozenset(listed("case_noun"))
_OWN_CASE, _STRANGE_CASE, _WELL = 3.4, 2.9, 3.4
_SURNAMED = 0.7  # more for a word made as surnames are, where a clause can begin
_BARE = 2.2  # more for an unknown word without a noun's ending, where a clause can begin


def weigh(page: Page, i: int) -> tuple[float, str | None]:
    """What stands after word `i` says for a name, and the cue as a key."""
    aged = _aged(page, i)
    if aged:
        return aged, "age"
    if page.gap(i + 1) != " ":
        return 0.0, None
    after = page.word(i + 1)
    kin = _kin(page, i, after)
    if kin:
        return kin, "kin"
    case = _case(page, i, after)
    if case:
        return case, "case"
    return (0.0, None) if page.words[i + 1].title else _verb(page, i, after)


def _aged(page: Page, i: int) -> float:
    """What an age said just after adds; without a comma only for a name, or an unknown word that opens a sentence."""
    token, reading = page.words[i], page.readings[i]
    said = page.text[token.end : token.end + _AGE_REACH]
    if _AGE.match(said):
        return _OLD + (_SURELY if _BRACKETED.match(said) else 0.0)
    if reading.name > reading.word and _AGED.match(said):
        return _OLD
    opens = token.title and token.opens and page.unknown(i)
    return _YOUNG_WEIGHT if opens and _YOUNG.match(said) else 0.0


def _kin(page: Page, i: int, after: str) -> float:
    """What somebody's kin, said just after, adds: "X's mother", "X and mother", "X junior"."""
    if page.words[i].title and after in _SAME_NAME:
        return _JUNIOR
    if page.readings[i].genitive and after in page.cues.kin:
        return _OWNS_KIN
    if page.word(i + 2) not in page.cues.kin:
        return 0.0
    return _OWNS_KIN if after in _SIN else _AND_KIN if after in _ALSO else 0.0


def _case(page: Page, i: int, after: str) -> float:
    """What "the case" said just after adds for a name, or for a word that nothing is known of: "hegelund sagen"."""
    if after not in _CASE_NOUNS or not page.words[i].alpha:
        return 0.0
    reading = page.readings[i]
    if reading.name > reading.word and not reading.genitive:
        return _OWN_CASE
    return _STRANGE_CASE if page.bare(i) else 0.0


def _verb(page: Page, i: int, after: str) -> tuple[float, str | None]:
    begins = page.words[i].opens or page.word(i - 1) in _CLAUSES
    place = 0 if begins else 1
    if after in page.cues.does:
        return _DOES[place], "does"
    if wordy.well(page, i):
        return _WELL, "does"
    if after in page.cues.is_:
        if page.near(i + 2, i + 6) & page.cues.doing:
            return _DOING, "does"
        return _IS[place] + (_made(page, i) if begins else 0.0), None
    if len(after) >= _SHORTEST_PAST and after.endswith(_PAST):
        return _DID[place] + (_made(page, i) if begins else 0.0), None
    acts = begins and (after in _ACTS or _present(page, i + 1)) and _surname(page, i)
    return (_IS[0] + _SURNAMED if acts else 0.0), None


def _surname(page: Page, i: int) -> bool:
    reading = page.readings[i]
    return reading.last > 0 and not (reading.word or reading.place or reading.genitive)


def _present(page: Page, i: int) -> bool:
    """Whether word `i` is an ordinary word with the ending of a verb in the present tense."""
    word, reading = page.word(i), page.readings[i]
    return len(word) >= _SHORTEST_PRESENT and word[-1] == "r" and reading.word >= FORMED and not reading.name


def _made(page: Page, i: int) -> float:
    """What it adds, where a clause begins, that a word is made as surnames are, or as no thing is."""
    if _surname(page, i):
        return _SURNAMED
    return _BARE if page.bare(i) else 0.0
