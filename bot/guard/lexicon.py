"""The guard's knowledge of words: names, ordinary words, places, organisations, cues. Read from `lexicon/`."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

AMBIGUOUS = 3  # the highest weight of either reading


@dataclass(frozen=True)
class Lexicon:
    """Lower-case words by what they are. `weights` holds (name, word) where a word is both or needs a word said."""

    first: frozenset[str]
    last: frozenset[str]
    words: frozenset[str]
    nature: frozenset[str]
    places: frozenset[str]
    organisations: frozenset[str]
    weights: dict[str, tuple[int, int]]
    cues: dict[str, frozenset[str]]

    def cue(self, name: str) -> frozenset[str]:
        """The words of one section of cues.txt."""
        return self.cues.get(name, frozenset())


def _lines(source: Traversable | Path) -> list[str]:
    return [line for line in source.read_text("utf-8").splitlines() if line and not line.startswith("#")]


def _words(source: Traversable | Path) -> frozenset[str]:
    return frozenset(word.lower() for line in _lines(source) for word in line.split())


def _cues(source: Traversable | Path) -> dict[str, frozenset[str]]:
    sections: dict[str, set[str]] = {}
    here: set[str] = set()
    for line in _lines(source):
        if line.startswith("["):
            here = sections.setdefault(line[1 : line.index("]")], set())
        else:
            here.update(word.replace("_", " ").strip() for word in line.split())
    return {name: frozenset(words) for name, words in sections.items()}


def load_lexicon(extra: Path | None = None) -> Lexicon:
    """The bundled lexicon, with an operator's own list of names (one or more a line, `#` for remarks) added.

    Raises OSError if `extra` cannot be read, UnicodeDecodeError if it is no UTF-8.
    """
    folder = files("bot.guard") / "lexicon"
    rows = csv.DictReader((folder / "ambiguous.csv").read_text("utf-8").splitlines())
    weights = {row["word"]: (int(row["name"]), int(row["word_weight"])) for row in rows}
    first, last = _words(folder / "first_names.txt"), _words(folder / "surnames.txt")
    if extra is not None:
        own = _words(extra)
        first |= own
        weights = {word: pair for word, pair in weights.items() if word not in own}
    places = {p.strip().lower() for line in _lines(folder / "places.txt") for p in line.split("|") if p.strip()}
    return Lexicon(
        first=first,
        last=last,
        words=_words(folder / "words.txt") | _words(folder / "domain.txt"),
        nature=_words(folder / "nature.txt"),
        places=frozenset(places),
        organisations=_words(folder / "organisations.txt"),
        weights=weights,
        cues=_cues(folder / "cues.txt"),
    )
