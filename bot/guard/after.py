"""What stands after a word: an age, kin that belongs to it, what only people do, are or have done to them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.guard.page import Page

_AGE = re.compile(r" ?(?:,|\(|-) ?(?:\d{1,2}(?: ?år| mdr|\)| ?,|\.?$)|f\. ?\d|født|född|fødd)")
_AGED = re.compile(r" \d{1,2} ?(?:år|mdr|mnd)(?![\w])")
_AGE_REACH = 14
_BRACKETED = re.compile(r" ?\( ?(?:f\.|f |født|fødd|född|født den|\d{1,2}(?: år| mdr)?\)|\d{1,2}[./]\d{1,2})")
_PAST = ("ede", "ade", "ades", "edes", "erte", "erede", "erade", "ertes")
_SHORTEST_PAST = 5
_CLAUSES = frozenset({"at", "att", "men", "og", "och", "når", "fordi", "hvis", "om", "siden"})
_ALSO = frozenset({"og", "och", "&", "samt", "eller"})
_SIN = frozenset({"sin", "si", "sitt", "sit", "sine", "sina"})
_SAME_NAME, _JUNIOR = frozenset({"junior", "senior", "jr", "sr"}), 3.0
_SURELY = 1.2
_OLD, _OWNS_KIN, _DOING, _AND_KIN = 2.2, 4.0, 3.4, 1.8
_DOES, _IS, _DID = (3.2, 1.8), (0.8, 0.5), (1.0, 0.4)  # where a clause can begin, and elsewhere
_BARE = 2.2  # more for an unknown word without a noun's ending, where a clause can begin


def weigh(page: Page, i: int) -> tuple[float, str | None]:
    """What stands after word `i` says for a name, and the cue as a key."""
    token = page.words[i]
    if _AGE.match(page.text[token.end : token.end + _AGE_REACH]):
        return _OLD + (_SURELY if _BRACKETED.match(page.text[token.end : token.end + _AGE_REACH]) else 0.0), "age"
    if page.readings[i].name > page.readings[i].word and _AGED.match(page.text, token.end):
        return _OLD, "age"
    if page.gap(i + 1) != " ":
        return 0.0, None
    after = page.word(i + 1)
    kin = _kin(page, i, after)
    if kin:
        return kin, "kin"
    return (0.0, None) if page.words[i + 1].title else _verb(page, i, after)


def _kin(page: Page, i: int, after: str) -> float:
    """What somebody's kin, said just after, adds: "X's mother", "X and mother", "X junior"."""
    if page.words[i].title and after in _SAME_NAME:
        return _JUNIOR
    if page.readings[i].genitive and after in page.cues.kin:
        return _OWNS_KIN
    if page.word(i + 2) not in page.cues.kin:
        return 0.0
    return _OWNS_KIN if after in _SIN else _AND_KIN if after in _ALSO else 0.0


def _verb(page: Page, i: int, after: str) -> tuple[float, str | None]:
    begins = page.words[i].opens or page.word(i - 1) in _CLAUSES
    place = 0 if begins else 1
    if after in page.cues.does:
        return _DOES[place], "does"
    if after in page.cues.is_:
        if page.near(i + 2, i + 6) & page.cues.doing:
            return _DOING, "does"
        return _IS[place] + (_BARE if begins and page.bare(i) else 0.0), None
    if len(after) >= _SHORTEST_PAST and after.endswith(_PAST):
        return _DID[place] + (_BARE if begins and page.bare(i) else 0.0), None
    return 0.0, None
