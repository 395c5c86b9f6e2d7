"""Finds the cues of a vocabulary in the words of a message."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.understanding.spelling import Spelling, drawn, ways
from bot.understanding.text import forms

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from bot.understanding.text import Word
    from bot.understanding.vocabulary import Cue, Vocabulary

_GAPS = {"..": 3, "...": 6}
_SHORTEST_MIDDLE = 3
_STEM_TO_VARY = 5
"""A shorter stem without its special letters would begin too many other words."""
_FIRM = 9
"""A firm word this long is recognised with a slip all the same, since nothing else is near it."""
_Step = frozenset[str] | int
"""What a word must stand for (any of these names), or how many words may be left out."""


@dataclass(frozen=True)
class Match:
    """A cue found in a message: the words from `start` up to but not including `end`."""

    meaning: str
    weight: float
    start: int
    end: int
    clause: int
    sentence: int


class Matcher:
    """The cues, indexed by the first thing they look for."""

    def __init__(self, vocabulary: Vocabulary, ordinary: Collection[str]) -> None:
        """Index a vocabulary; `ordinary` words are right as they stand and are never put right."""
        self._ordinary = frozenset("".join(forms(word)) for word in ordinary)
        self._exact: dict[str, set[str]] = defaultdict(set)
        self._starts: dict[str, set[str]] = defaultdict(set)
        self._ends: dict[str, set[str]] = defaultdict(set)
        self._middles: dict[str, set[str]] = defaultdict(set)
        self._cues: dict[str, list[tuple[Cue, tuple[_Step, ...], tuple[frozenset[str], ...]]]] = defaultdict(list)
        for name, entries in vocabulary.groups.items():
            for entry in entries:
                self._learn(entry, "{" + name + "}")
        for cue in vocabulary.cues:
            steps = tuple(self._step(step) for step in cue.steps)
            for name in steps[0] if isinstance(steps[0], frozenset) else ():
                others = tuple(step for step in steps[1:] if isinstance(step, frozenset))
                self._cues[name].append((cue, steps, others))
        stems = {stem for stem in self._starts if len(stem) > _STEM_TO_VARY}
        firm = {way for word in vocabulary.firm if len(word) < _FIRM for way in ways("".join(forms(word)))}
        plain = {word for word in stems.union(self._exact) if word.isalpha()} - firm
        self.spelling = Spelling(plain, ordinary, firm)
        self._remembered: dict[str, frozenset[str]] = {}
        self.facts = frozenset("{" + name + "}" for name in vocabulary.facts)
        self.ordinary = self._ordinary | frozenset(way for word in ordinary for way in ways("".join(forms(word))))

    def _step(self, step: str) -> _Step:
        if step in _GAPS:
            return _GAPS[step]
        names = {choice for choice in step.split("/") if choice.startswith("{")}
        for choice in step.split("/"):
            if not choice.startswith("{"):
                names.add(f"={step}")
                self._learn(choice, f"={step}")
        return frozenset(names)

    def _learn(self, entry: str, name: str) -> None:
        """Let a word, `stem*`, `*end` or `*mid*` stand for a name."""
        where = {
            (False, False): self._exact,
            (False, True): self._starts,
            (True, False): self._ends,
            (True, True): self._middles,
        }[entry.startswith("*"), entry.endswith("*")]
        form = "".join(forms(entry.strip("*")))
        stem = "*" in entry and len(form) < _STEM_TO_VARY
        for way in (form,) if stem else ways(form):
            if way == form or way not in self._ordinary:
                where[way].add(name)

    def names(self, form: str) -> frozenset[str]:
        """Every name a word stands for, spelt as it is; everyday words, which say nothing of anybody, are remembered."""
        if form not in self.ordinary:
            return self._names(form)
        if form not in self._remembered:
            self._remembered[form] = self._names(form)
        return self._remembered[form]

    def _names(self, form: str) -> frozenset[str]:
        found = set(self._exact.get(form, ()))
        for n in range(2, len(form) + 1):
            found |= self._starts.get(form[:n], set())
        for n in range(len(form) - 1):
            found |= self._ends.get(form[n:], set())
        if self._middles:
            for start in range(len(form) - _SHORTEST_MIDDLE + 1):
                for end in range(start + _SHORTEST_MIDDLE, len(form) + 1):
                    found |= self._middles.get(form[start:end], set())
        return frozenset(found)

    def stands_for(self, form: str) -> frozenset[str]:
        """Every name a word stands for; a misspelt one stands for what the nearest words stand for."""
        names = self.names(form)
        if names - self.facts or form in self.ordinary or not form.isalpha():
            return names
        return names.union(*map(self.names, self.spelling.meant(form))) or self.names(drawn(form))

    def find(self, words: Sequence[Word], tags: Sequence[frozenset[str]]) -> list[Match]:
        """Every cue in a message whose words stand for `tags`."""
        present = frozenset().union(*tags)
        return [
            Match(cue.meaning, cue.weight, start, end, words[start].clause, words[start].sentence)
            for start in range(len(words))
            for name in tags[start]
            for cue, steps, others in self._cues.get(name, ())
            if not any(map(present.isdisjoint, others))
            and (end := _follow(steps, 1, start + 1, tags, words)) is not None
        ]


def _follow(
    steps: Sequence[_Step], step: int, at: int, tags: Sequence[frozenset[str]], words: Sequence[Word]
) -> int | None:
    """Where a cue ends when its steps from `step` on match the words from `at` on, within one sentence."""
    slack = 0
    while step < len(steps) and isinstance(gap := steps[step], int):
        slack, step = slack + gap, step + 1
    if step == len(steps):
        return at
    wanted = steps[step]
    for here in range(at, min(at + slack + 1, len(words))):
        if words[here].sentence != words[at - 1].sentence:
            return None
        if isinstance(wanted, frozenset) and wanted & tags[here]:
            end = _follow(steps, step + 1, here + 1, tags, words)
            if end is not None:
                return end
    return None


def longest(matches: Iterable[Match], prefix: str) -> list[Match]:
    """The matches whose meaning begins so, without those that lie inside a longer one that means something else."""
    family = [m for m in matches if m.meaning.startswith(prefix)]
    return [
        m
        for m in family
        if not any(
            o.start <= m.start and m.end <= o.end and o.end - o.start > m.end - m.start and o.meaning != m.meaning
            for o in family
        )
    ]
