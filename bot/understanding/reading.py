"""A message that has been read: its words, the places and the cues in it, with what is denied or over taken out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from bot.understanding.matching import longest
from bot.understanding.text import words as cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.understanding.matching import Match, Matcher
    from bot.understanding.places import Found, Gazetteer
    from bot.understanding.text import Word

PLACE = "{place}"
_REACH_OF_NOT = 4
_CLOSE = 4


@dataclass(frozen=True)
class Reading:
    """What stands in a message."""

    words: tuple[Word, ...]
    tags: tuple[frozenset[str], ...]
    """What each word stands for."""
    matches: tuple[Match, ...]
    places: tuple[Found, ...]
    new: tuple[int, ...]
    """The words that are neither names, nor cues, nor everyday words."""

    @cached_property
    def _rooms(self) -> dict[str, list[Match]]:
        """The cues by the first part of their meaning."""
        rooms: dict[str, list[Match]] = defaultdict(list)
        for m in self.matches:
            rooms[m.meaning.partition(".")[0]].append(m)
        return rooms

    @cached_property
    def said(self) -> frozenset[str]:
        """Every name a word of the message stands for."""
        return frozenset().union(*self.tags)

    def family(self, prefix: str, sentence: int | None = None) -> list[Match]:
        """The cues of a family (`kind.`), in one sentence or in all."""
        room = self._rooms.get(prefix.partition(".")[0], ())
        return [m for m in room if m.meaning.startswith(prefix) and sentence in (None, m.sentence)]

    def weight(self, prefix: str, sentence: int | None = None) -> float:
        """The strongest cue of a family, or 0."""
        return max((m.weight for m in self.family(prefix, sentence)), default=0.0)

    def sum(self, prefix: str, sentence: int | None = None) -> float:
        """The strongest cue of each meaning of a family, added up."""
        best: dict[str, float] = defaultdict(float)
        for m in self.family(prefix, sentence):
            best[m.meaning] = max(best[m.meaning], m.weight)
        return sum(best.values())

    def beside(self, match: Match, *groups: str) -> bool:
        """Whether a word of one of these groups stands in a cue or close to it, in the same clause."""
        names = {"{" + group + "}" for group in groups}
        close = range(max(0, match.start - _CLOSE), min(len(self.words), match.end + _CLOSE))
        return any(names & self.tags[n] and self.words[n].clause == match.clause for n in close)

    def recent(self, match: Match) -> bool:
        """Whether a cue tells of minutes ago: who says "ten minutes ago" tells of now."""
        return any("{minutes}" in self.tags[n] for n in range(match.start, match.end))

    def dated(self) -> bool:
        """Whether a word puts the message in the past: "earlier", not the bare tense of a blow, and not "minutes ago"."""
        near = any("{minutes}" in tag for tag in self.tags)
        return not near and any("{past}" in tag and not tag & {"{hit}", "{p-struck}"} for tag in self.tags)

    def asks(self, sentence: int) -> bool:
        """Whether a sentence ends with a question mark."""
        return any(word.after == "?" for word in self.words if word.sentence == sentence)

    def asks_anything(self) -> bool:
        """Whether a sentence ends with a question mark, or the message says "who"."""
        return any(word.after == "?" for word in self.words) or self.says("who")

    def opens(self, sentence: int, *groups: str) -> bool:
        """Whether a sentence begins with a word of one of these groups."""
        names = {"{" + group + "}" for group in groups}
        first = next((n for n, word in enumerate(self.words) if word.sentence == sentence), None)
        return first is not None and bool(names & self.tags[first])

    def says(self, *groups: str, sentence: int | None = None) -> bool:
        """Whether a word of one of these groups stands in the message, or in one sentence of it."""
        names = {"{" + group + "}" for group in groups} & self.said
        if sentence is None or not names:
            return bool(names)
        return any(names & tag and sentence == word.sentence for word, tag in zip(self.words, self.tags, strict=True))


def read(text: str, matcher: Matcher, gazetteer: Gazetteer) -> Reading:
    """Read a message: names of places first, since they hide the words they are made of."""
    words = cut(text)
    tags = [matcher.names(word.form) for word in words]
    places = gazetteer.find(words, tags, matcher.ordinary)
    named = {n: place.sort for place in places for n in range(place.start, place.end)}
    tags = [
        _named(named[n], tag) if n in named else tag if tag - matcher.facts else matcher.stands_for(word.form)
        for n, (word, tag) in enumerate(zip(words, tags, strict=True))
    ]
    matches = matcher.find(words, tags)
    used = set(named) | {n for m in matches for n in range(m.start, m.end)}
    new = tuple(
        n
        for n, word in enumerate(words)
        if n not in used
        and not tags[n] - matcher.facts
        and word.form not in matcher.ordinary
        and not word.form.isdigit()
    )
    return Reading(words, tuple(tags), tuple(_said(matches, words, tags)), tuple(places), new)


def _named(sort: str, tag: frozenset[str]) -> frozenset[str]:
    """A name hides the words it is made of; the name of a police district still says "police"."""
    return frozenset({PLACE}) | (tag & {"{police}"} if sort == "district" else frozenset())


def _said(matches: list[Match], words: Sequence[Word], tags: Sequence[frozenset[str]]) -> Iterable[Match]:
    """The cues that are neither denied ("ikke vold") nor said to be over."""
    over = {m.clause for m in matches if m.meaning == "calm.over"}
    idioms = [(m.start, m.end) for m in matches if m.meaning == "calm.idiom" and not _by_somebody(m, tags)]
    for m in matches:
        if m.meaning == "calm.idiom" and _by_somebody(m, tags):
            continue
        if m.meaning.startswith("kind.") and any(start < m.end and m.start < end for start, end in idioms):
            continue
        denied = _denied(m, words, tags)
        if m.meaning.startswith(("kind.", "acute.")) and (denied or m.clause in over):
            continue
        hurry = m.meaning in {"urgency.now", "urgency.same-day"}
        yield replace(m, meaning="urgency.routine") if hurry and denied else m


def _by_somebody(idiom: Match, tags: Sequence[frozenset[str]]) -> bool:
    """Whether a person does what is a way of speaking where a thing does it: reports kill, and so does he."""
    before = tags[idiom.start - 1] if idiom.start else frozenset()
    return bool(before & {"{they}", "{parent}"}) and "{kill}" in tags[idiom.start]


def _denied(match: Match, words: Sequence[Word], tags: Sequence[frozenset[str]]) -> bool:
    """Whether a "not" stands before the cue with nothing but small words between, in the same clause."""
    if "{not}" in tags[match.start]:
        return False
    at = match.start - 1
    while at >= 0 and match.start - at <= _REACH_OF_NOT and words[at].clause == words[match.start].clause:
        if "{not}" in tags[at]:
            doubt = at > 0 and words[at - 1].form in {"ved", "vet", "veit", "know", "sikker", "sure", "säker", "sæker"}
            return not doubt
        if not tags[at] & {"{some}", "{suspect}"}:
            return False
        at -= 1
    return False


def kinds(reading: Reading) -> dict[str, float]:
    """How strongly each kind of case is said. A longer phrase hides what it is made of ("psykisk vold" is not "vold")."""
    reporters = [(m.start, m.end) for m in reading.family("role.reporter")]
    scores: dict[str, dict[int, float]] = defaultdict(dict)

    def told(m: Match) -> bool:
        """Whether the one who did it is somebody else: staff only report it, or a grown-up did it, not a child."""
        if m.meaning == "kind.child-on-child":
            return any("{elder}" in tag for tag in reading.tags[m.start : m.end])
        return m.meaning == "kind.abuse-by-staff" and (
            any(start < m.end and m.start < end for start, end in reporters)
            or any("{parent}" in tag for tag in reading.tags[m.start : m.end])
        )

    for m in longest([m for m in reading.matches if not told(m)], "kind."):
        key = m.meaning.removeprefix("kind.")
        scores[key][m.start] = max(m.weight, scores[key].get(m.start, 0.0))
    return {key: max(hits.values()) + 0.25 * (len(hits) - 1) for key, hits in scores.items()}
