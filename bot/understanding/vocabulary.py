"""Reads the tables of words and cues beside this module.

`words.csv` has one group of words a row and one column a language; entries are parted by `|`, and `stem*`, `*end`, `*mid*` stand for
every word that begins, ends or continues so. `cues.csv` has `meaning, weight, phrases`: what a phrase says and how surely. In a phrase

    {group}   a word of a group          a/b       either word
    ..        up to three words          ...       up to six words, all in one sentence
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LANGUAGES = ("da", "nb", "nn", "sv", "en")
"""The languages of the columns of `words.csv`."""


@dataclass(frozen=True)
class Cue:
    """A phrase that says something: its steps are words, groups (`{who}`), choices (`a/b`) or gaps (`..`)."""

    meaning: str
    weight: float
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """Groups of words and the cues made from them."""

    groups: dict[str, tuple[str, ...]]
    cues: tuple[Cue, ...]


def _table(name: str) -> list[dict[str, str]]:
    source = resources.files("bot.understanding") / "vocabulary" / name
    with source.open(encoding="utf-8") as lines:
        return [row for row in csv.DictReader(lines) if not next(iter(row.values())).startswith("#")]


def steps(phrase: str) -> tuple[str, ...]:
    """The steps of a phrase; what a hyphen or an apostrophe joins is two words here as it is in a message."""
    return tuple(
        part
        for step in phrase.split()
        for part in ([step] if step.startswith("{") or "{" in step else re.split(r"[-'’]", step))
        if part.strip("*")
    )


def ordinary() -> frozenset[str]:
    """Everyday words that are right as they stand."""
    source = resources.files("bot.understanding") / "vocabulary" / "ordinary.txt"
    lines = source.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def vocabulary(languages: Sequence[str] = LANGUAGES) -> Vocabulary:
    """The tables, with the words of these languages."""
    groups = {
        row["group"]: tuple(
            dict.fromkeys(word.strip() for lang in languages for word in (row[lang] or "").split("|") if word.strip())
        )
        for row in _table("words.csv")
    }
    cues = tuple(
        Cue(row["meaning"], float(row["weight"]), steps(phrase))
        for row in _table("cues.csv")
        for phrase in row["phrases"].split("|")
        if phrase.strip()
    )
    return Vocabulary(groups, cues)
