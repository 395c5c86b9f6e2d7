"""Which municipality a message is about."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from bot.understanding.spelling import MOST_SLIPS, near, slips_allowed, ways
from bot.understanding.text import forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.understanding.lexicon import PlaceName
    from bot.understanding.text import Word

_AT = frozenset(
    {
        "i",
        "på",
        "for",
        "før",
        "fra",
        "frå",
        "från",
        "til",
        "in",
        "at",
        "hos",
        "of",
        "from",
        "om",
        "ved",
        "hjå",
        "vid",
        "by",
        "under",
        "åt",
        "omkring",
    }
)
_AND = "og"
_STOPS = frozenset(":–,.?!;()\n")
_SURE_OF_SLIP = 7
_SHORTEST = 4


class Slot(IntEnum):
    """How clearly a place is meant where a name stands."""

    BARE = 0
    AT = 1
    """After a preposition: "i X"."""
    BELONGS = 2
    """Where a place belongs: "politikontakten i X", "hvem har X", "X: …"."""
    MUNICIPALITY = 3
    """Beside the word for municipality."""


@dataclass(frozen=True)
class Found:
    """A place named in a message: the words from `start` up to but not including `end`."""

    codes: tuple[str, ...]
    sort: str
    start: int
    end: int
    slot: Slot
    slips: int


class Gazetteer:
    """The names of the places of one country."""

    def __init__(self, names: Iterable[PlaceName]) -> None:
        """Index the names by their first word, in every way each is typed."""
        self._entries: dict[str, list[tuple[tuple[str, ...], PlaceName, bool]]] = defaultdict(list)
        single: dict[str, list[PlaceName]] = defaultdict(list)
        for name in names:
            parts = forms(name.name)
            for n, typed in enumerate(_typed(parts)):
                self._entries[typed[0]].append((typed, name, n == 0))
                if len(typed) == 1 and not (name.ordinary and n):
                    single[typed[0]].append(name)
        for entries in self._entries.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        self._single = single
        self._pools = {
            length: [word for word in single if len(word) >= _SHORTEST and abs(len(word) - length) <= MOST_SLIPS]
            for length in range(_SHORTEST, max(map(len, single), default=_SHORTEST) + MOST_SLIPS + 1)
        }

    def find(self, words: Sequence[Word], tags: Sequence[frozenset[str]], right: frozenset[str]) -> list[Found]:
        """Every place named, longest names first; `right` words are not taken for misspelt names."""
        found: list[Found] = []
        at = 0
        shouting = sum(word.form.upper() != word.form and word.capital for word in words) > 2 * len(words) / 3
        while at < len(words):
            hit = self._exact(words, tags, at, right, shouting=shouting) or self._near(words, tags, at, right)
            if hit is None:
                at += 1
            else:
                found.append(hit)
                at = hit.end
        return found

    def _exact(
        self, words: Sequence[Word], tags: Sequence[frozenset[str]], at: int, right: frozenset[str], *, shouting: bool
    ) -> Found | None:
        heads = self._entries.get(words[at].form, ())
        genitive = self._entries.get(words[at].form.removesuffix("s"), ()) if words[at].form.endswith("s") else ()
        best: list[tuple[tuple[str, ...], PlaceName, bool]] = []
        for typed, name, own in (*heads, *genitive):
            if best and len(typed) < len(best[0][0]):
                continue
            end = at + len(typed)
            if end > len(words) or not _same(typed, words, at):
                continue
            if name.ordinary and not _meant(
                words, tags, at, end, own=own or _nothing_else(typed[0], tags[at], right), shouting=shouting
            ):
                continue
            if best and len(typed) > len(best[0][0]):
                best = []
            best.append((typed, name, own))
        if not best:
            return None
        best = [entry for entry in best if entry[2]] or best
        end = at + len(best[0][0])
        while end < len(words) and words[end].form == "s" and words[end].before == "'":
            end += 1
        first = min(best, key=lambda b: ("municipality", "town", "region", "district").index(b[1].sort))[1].sort
        codes = tuple(dict.fromkeys(code for _, name, _ in best if name.sort == first for code in name.codes))
        return Found(codes, first, at, end, slot(words, tags, at, end), 0)

    def _near(
        self, words: Sequence[Word], tags: Sequence[frozenset[str]], at: int, right: frozenset[str]
    ) -> Found | None:
        """A misspelt name: two words as one where both mean nothing else, or the word alone unless it hangs on another."""
        word = words[at]
        strange = [n for n in range(at, min(at + 2, len(words))) if not tags[n] and words[n].form not in right]
        if len(strange) > 1 and words[at + 1].clause == word.clause:
            joined = self._misspelt(word.form + words[at + 1].form, words, tags, at, at + 2)
            if joined is not None:
                return joined
        if word.before == "-" or word.form in right or tags[at]:
            return None
        return self._misspelt(word.form, words, tags, at, at + 1)

    def _misspelt(
        self, form: str, words: Sequence[Word], tags: Sequence[frozenset[str]], at: int, end: int
    ) -> Found | None:
        if not form.isalpha() or len(form) < _SHORTEST:
            return None
        where = slot(words, tags, at, end)
        limit = slips_allowed(len(form), name=True)
        candidates: dict[int, list[PlaceName]] = {}
        for bare in dict.fromkeys((form, form.removesuffix("s"))):
            hits, slips = near(bare, self._pools.get(len(bare), []), limit)
            for hit in hits:
                if hit[0] == bare[0] or len(bare) >= _SURE_OF_SLIP:
                    candidates.setdefault(slips, []).extend(self._single[hit])
        if not candidates:
            return None
        slips = min(candidates)
        unlikely = len(form) < _SURE_OF_SLIP or slips > 1
        if where == Slot.BARE and unlikely and (words[at].first or not words[at].capital):
            return None
        names = [name for name in candidates[slips] if not name.ordinary or where >= Slot.BELONGS]
        codes = tuple(dict.fromkeys(code for name in names for code in name.codes))
        return Found(codes, names[0].sort, at, end, where, slips) if codes else None


def _typed(parts: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The ways a name is typed: each word in its ways, with and without `og`, and written together."""
    found = [parts]
    if _AND in parts[1:-1]:
        found.append(tuple(part for part in parts if part != _AND))
    typed: list[tuple[str, ...]] = []
    for some in found:
        heads: list[tuple[str, ...]] = [()]
        for part in some:
            heads = [(*head, way) for head in heads for way in ways(part)][:24]
        typed += heads
        if len(some) > 1:
            typed += [("".join(head),) for head in heads]
    return list(dict.fromkeys(typed))


def _same(typed: tuple[str, ...], words: Sequence[Word], at: int) -> bool:
    """Whether the words from `at` on are this name; the last one may stand in the genitive."""
    *front, last = typed
    here = [("og" if word.form in {"och", "and"} else word.form) for word in words[at : at + len(typed)]]
    return here[:-1] == front and (here[-1] == last or (here[-1] == last + "s" and len(last) > 1))


def slot(words: Sequence[Word], tags: Sequence[frozenset[str]], start: int, end: int) -> Slot:
    """How clearly a place is meant by the words from `start` to `end`."""
    before = tags[start - 1] if start else frozenset()
    after = tags[end] if end < len(words) else frozenset()
    same_clause = end < len(words) and words[end].clause == words[start].clause
    if ("{municipality}" in after and same_clause) or "{municipality}" in before:
        return Slot.MUNICIPALITY
    if start > 1 and words[start - 1].form in {"i", "of", "in"} and "{municipality}" in tags[start - 2]:
        return Slot.MUNICIPALITY
    preposition = start > 0 and words[start - 1].form in _AT and words[start - 1].sentence == words[start].sentence
    belongs = {"{police-contact}", "{contact}", "{police}", "{authority}"}
    if preposition and start > 1 and tags[start - 2] & belongs:
        return Slot.BELONGS
    if "{cover}" in before and any("{who}" in tag for tag in tags[max(0, start - 3) : start]):
        return Slot.BELONGS
    alone = (start == 0 or words[start - 1].clause != words[start].clause) and (
        end == len(words) or words[end].clause != words[start].clause or words[end - 1].after in _STOPS
    )
    if alone or all(tag & (belongs | {"{who}", "{greeting}"}) for n, tag in enumerate(tags) if not start <= n < end):
        return Slot.BELONGS
    return Slot.AT if preposition else Slot.BARE


def _nothing_else(form: str, tag: frozenset[str], right: frozenset[str]) -> bool:
    """Whether a name typed without its special letters is no other word."""
    return len(form) >= _SHORTEST and not tag and form not in right


def _meant(
    words: Sequence[Word], tags: Sequence[frozenset[str]], start: int, end: int, *, own: bool, shouting: bool
) -> bool:
    """Whether an everyday word is meant as a name here."""
    where = slot(words, tags, start, end)
    if where == Slot.MUNICIPALITY:
        return True
    if not own:
        return False
    capital = words[start].capital and not words[start].first and not shouting
    covered = start > 0 and "{cover}" in tags[start - 1]
    if where == Slot.BELONGS:
        return capital or not covered
    return capital
