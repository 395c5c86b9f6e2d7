"""The fields of a question, each decided by a few rules over what was read."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bot.understanding.reading import kinds
from bot.understanding.together import told_together

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.understanding.places import Found
    from bot.understanding.reading import Reading

_SPECIFIC = (
    "abuse-by-staff",
    "child-on-child",
    "digital-abuse",
    "honour-control",
    "extremism-gang",
    "missing-child",
    "sexual-abuse",
    "witness-to-violence",
    "psychological-violence",
    "neglect",
    "young-offending",
    "physical-violence",
    "unsure",
    "consultation",
)
"""Where two kinds are said equally strongly, the one that is easier to overlook comes first."""
_LEAST_KIND = 1.5
_CLEARLY_MORE = 2.0
_MANY = 3
_WORDS_TOGETHER = 2


def kind_of(reading: Reading, known: Collection[str]) -> str | None:
    """The most specific kind of case that is said, or None."""
    said = {key: score for key, score in kinds(reading).items() if key in known and score >= _LEAST_KIND}
    somebody = reading.says("child", "kids", "young", "actor")
    if not said and somebody and any(reading.family(prefix) for prefix in ("contact.", "sparring.", "case.")):
        told = told_together(reading, "kind.")
        return _likely(reading, "maybe.", known) or (told.removeprefix("kind.") if told else None)
    if len(said) > 1:
        said.pop("unsure", None)
        said.pop("consultation", None)
    return min(said, key=lambda key: (-said[key], _SPECIFIC.index(key)), default=None)


def urgency_of(reading: Reading) -> str | None:
    """How soon, or None where the text does not say."""
    if reading.family("urgency.later"):
        return None
    said = {m.meaning.removeprefix("urgency."): m for m in reading.family("urgency.")}
    if "routine" in said and "next-day" in said and said["next-day"].start <= said["routine"].end + 1:
        return "next-day" if said["next-day"].end >= said["routine"].end else "routine"
    for urgency in ("routine", "now", "same-day", "next-day"):
        if urgency in said:
            return urgency
    return None


def place_of(reading: Reading) -> tuple[str | None, tuple[str, ...], list[str]]:
    """The municipality a message is about, or the candidates to ask between, and the cues that led there."""
    scores: Counter[str] = Counter()
    asked: list[tuple[str, ...]] = []
    wide = [set(found.codes) for found in reading.places if found.sort == "district"]
    because: list[str] = []
    for found in reading.places:
        codes = found.codes
        if found.sort == "district":
            if len(codes) != 1:
                continue
        elif len(codes) > 1:
            narrowed = [tuple(code for code in codes if code in area) for area in wide]
            codes = next((some for some in narrowed if some), codes)
        weight = _about(found, reading)
        because.append(f"place.{found.sort}" + (".misspelt" if found.slips else ""))
        if weight <= 0:
            because.append("place.asker")
        if len(codes) == 1:
            scores[codes[0]] = max(scores[codes[0]], int(10 * weight)) if codes[0] in scores else int(10 * weight)
        else:
            asked.append(codes)
    if not scores and asked:
        return None, asked[0][:_MANY] if len(asked[0]) <= _MANY else (), because
    if not scores:
        return None, (), because
    (best, top), *rest = scores.most_common()
    near = [code for code, score in rest if top - score < 10 * _CLEARLY_MORE]
    if near:
        return None, tuple(sorted([best, *near][:_MANY])), because
    return best, (), because


def _about(found: Found, reading: Reading) -> float:
    """How surely a place is the one the question is about, not where the asker sits."""
    weight = 2.0 + 0.5 * found.slot - 0.5 * found.slips - (0.3 if found.sort == "town" else 0.0)
    leading = [
        m
        for m in reading.family("place.")
        if m.end == found.start or (m.end == found.start - 1 and "{municipality}" in reading.tags[found.start - 1])
    ]
    if leading:
        nearest = max(leading, key=lambda m: (m.weight > 0, m.weight))
        weight += nearest.weight
    return weight


def topic_of(reading: Reading, known: Collection[str]) -> tuple[str | None, float]:
    """The topic of guidance that is asked for and how strongly, or None and 0."""
    scores: dict[str, float] = {}
    hits: Counter[str] = Counter()
    for m in reading.family("topic."):
        key = m.meaning.removeprefix("topic.")
        if key in known:
            length = m.end - m.start
            scores[key] = max(scores.get(key, 0.0), m.weight + 0.1 * min(length, 5))
            hits[key] += 1
    if not scores:
        return None, 0.0
    best = max(scores, key=lambda key: (scores[key], hits[key]))
    return best, scores[best]


def likely_topic(reading: Reading, known: Collection[str]) -> str | None:
    """The topic whose words a question has most of, where no phrase gives it away."""
    return _likely(reading, "about.", known)


def _likely(reading: Reading, prefix: str, known: Collection[str]) -> str | None:
    """The key most of whose words are said, two different ones at least."""
    words: dict[str, set[int]] = {}
    for m in reading.family(prefix):
        words.setdefault(m.meaning.removeprefix(prefix), set()).add(m.start)
    best = max(sorted(words.keys() & known), key=lambda key: len(words[key]), default=None)
    return best if best is not None and len(words[best]) >= _WORDS_TOGETHER else None
