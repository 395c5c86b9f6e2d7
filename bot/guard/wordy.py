"""Names that are ordinary words, written small: what is said around them tells the person from the thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.guard.lists import listed

if TYPE_CHECKING:
    from bot.guard.page import Page

_MEETS, _SEES, _WITH = frozenset(listed("meets")), frozenset(listed("sees")), frozenset({"med", "til", "till", "hos"})
_DAYS, _AFTERWARDS = frozenset(listed("days")), frozenset(listed("afterwards"))
_WELL = frozenset(listed("well"))
_HAS = frozenset({"har", "hadde", "havde", "hade"})
_AND = frozenset({"og", "och", "blandt", "bland", "af", "av"})
_PAIRED = frozenset(listed("paired"))
_MET = 2.9  # lifts a name that is mostly a word over the threshold where somebody is met
_PAIR = 1.5


def met(page: Page, i: int, before: str, further: str) -> float:
    """What meeting, seeing, or talking with a small word that is also a name adds: "besøgte liv", "set liv i går"."""
    reading, token = page.readings[i], page.words[i]
    if token.title or token.upper or not reading.name or not reading.word:
        return 0.0
    after = page.word(i + 1)
    if before in _MEETS:
        return 0.0 if after in _AND and not _person(page, i + 2) else _MET
    spoken = before in _WITH and (further in page.cues.towards)
    return _MET if (before in _SEES or spoken) and _some_time(page, i) else 0.0


def _some_time(page: Page, i: int) -> bool:
    """Whether a time, or what that person then did, follows at once: "yesterday", "and she seemed"."""
    after = page.word(i + 1)
    if after in {"i", "og", "och"}:
        return page.word(i + 2) in _DAYS or _person(page, i + 2)
    return after in _AFTERWARDS


def _person(page: Page, i: int) -> bool:
    """Whether word `i` speaks of him or her."""
    return page.word(i) in {"han", "hun", "hon", "ho", "mor", "far", "mamma", "pappa"}


def well(page: Page, i: int) -> bool:
    """Whether word `i` is said to be well or unwell: "har det bedre"."""
    return page.word(i + 1) in _HAS and page.word(i + 2) == "det" and bool(page.near(i + 3, i + 6) & _WELL)


def paired(page: Page, i: int) -> float:
    """What speaks against a name in a fixed pair of words: "fred og ro"."""
    if page.word(i + 1) not in _AND or page.word(i + 2) not in _PAIRED:
        return 0.0
    small = not page.words[i].title and page.readings[i].word >= page.readings[i].name
    return _PAIR if small else 0.0
