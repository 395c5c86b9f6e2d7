"""What is meant because of what is told together, though no word of it says so alone and none stands beside another.

"Four years old", "alone at home", "the door stands open", "eighteen degrees of frost": the rows of `together.csv` name such
facts, each a group of words. A row holds where each of its facts is told by a word of its own, in any order, within a
message or two sentences of a long one.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bot.understanding.vocabulary import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.understanding.reading import Reading

_SENTENCES = 3
"""How many sentences in a row are heard as one story."""


@cache
def _rows() -> tuple[tuple[str, tuple[str, ...], frozenset[str]], ...]:
    """The rows: what is meant, and the facts that must all be told."""
    return tuple(
        (row["meaning"], tuple(facts.split()), frozenset(facts.split()))
        for row in table("together.csv")
        for facts in row["facts"].split("|")
    )


def told_together(reading: Reading, family: str) -> str | None:
    """The first meaning of a family (`kind.`) whose facts are all told, or None."""
    for meaning, facts, all_of_them in _rows():
        if meaning.startswith(family) and all_of_them <= reading.said:
            for tags in _stories(reading):
                if _each_its_own(facts, tags, frozenset()):
                    return meaning
    return None


def _stories(reading: Reading) -> Iterator[Sequence[frozenset[str]]]:
    """The words of every few sentences in a row."""
    last = max((word.sentence for word in reading.words), default=0)
    for first in range(max(1, last - _SENTENCES + 2)):
        near = range(first, first + _SENTENCES)
        yield [tag for word, tag in zip(reading.words, reading.tags, strict=True) if word.sentence in near]


def _each_its_own(facts: Sequence[str], tags: Sequence[frozenset[str]], used: frozenset[int]) -> bool:
    """Whether every fact has a word for itself: one word may not tell two of them."""
    if not facts:
        return True
    return any(
        facts[0] in tag and n not in used and _each_its_own(facts[1:], tags, used | {n}) for n, tag in enumerate(tags)
    )
