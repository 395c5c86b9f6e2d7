"""Reads the tables of words and cues beside this module.

`WORDS` have one group of words a row and one column a language; entries are parted by `|`, and `stem*`, `*end`, `*mid*` stand for
every word that begins, ends or continues so. `CUES` have `meaning, weight, phrases`: what a phrase says and how surely. In a phrase

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
WORDS = (
    "words.csv",
    "scenes.csv",
    "ongoing.csv",
    "hints.csv",
    "people.csv",
    "company.csv",
    "elsewhere.csv",
    "plight.csv",
)
"""Groups of words: the general ones, those of dangerous scenes, of harm being done, of the kinds of case, of who is with a child
or took it, of what is not for the bot, and the facts that are a danger together."""
CUES = ("cues.csv", "danger.csv", "alarm.csv", "everyday.csv", "daily.csv", "keeping.csv", "near.csv", "about.csv")
"""Cues: the general ones, danger without a word of danger, harm told of while it happens, how people speak of kinds, time,
rules and contacts, and what sounds like danger and is none."""
_FACTS = "plight.csv"
_TOLD = ("ongoing.csv", "hints.csv", _FACTS)
"""The groups whose words may be misspelt, since none of them says anything alone."""
_DANGER = frozenset(
    {"weapon", "kill", "bleed", "shots", "pills", "fire", "height", "jump", "suicide", "taken", "vehicle"}
)
"""The general groups that are words of danger."""
_PLAIN = ("acute.weapon", "acute.thin-weapon")
"""Cues whose words must be spelt right: a slip of the finger makes no weapon."""


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
    firm: frozenset[str] = frozenset()
    """Words no misspelt word is taken for: a slip must not make a danger or a kind of case out of something else."""
    facts: frozenset[str] = frozenset()
    """The groups that only count together: who stands for nothing else is still a word not known."""


def _tables(*names: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for name in names:
        source = resources.files("bot.understanding") / "vocabulary" / name
        with source.open(encoding="utf-8") as lines:
            rows += [row for row in csv.DictReader(lines) if not next(iter(row.values())).startswith("#")]
    return rows


def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a table beside this module, without its headings."""
    return tuple(_tables(name))


def steps(phrase: str) -> tuple[str, ...]:
    """The steps of a phrase; what a hyphen or an apostrophe joins is two words here as it is in a message."""
    return tuple(
        part
        for step in phrase.split()
        for part in ([step] if step.startswith("{") or "{" in step else re.split(r"[-'’]", step))
        if part.strip("*")
    )


def _groups(languages: Sequence[str], *names: str) -> dict[str, tuple[str, ...]]:
    return {
        row["group"]: tuple(
            dict.fromkeys(word.strip() for lang in languages for word in (row[lang] or "").split("|") if word.strip())
        )
        for row in _tables(*names)
    }


def ordinary() -> frozenset[str]:
    """Everyday words that are right as they stand."""
    source = resources.files("bot.understanding") / "vocabulary" / "ordinary.txt"
    lines = source.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def vocabulary(languages: Sequence[str] = LANGUAGES) -> Vocabulary:
    """The tables, with the words of these languages."""
    groups = _groups(languages, *WORDS)
    general = _groups(languages, WORDS[0])
    told = _groups(languages, *_TOLD)
    common = {word for name, words in general.items() if name not in _DANGER for word in words}
    firm = {
        word.strip("*")
        for name, words in groups.items()
        if name not in {**general, **told} or name in _DANGER
        for word in words
    }
    cues = tuple(
        Cue(row["meaning"], float(row["weight"]), steps(phrase))
        for row in _tables(*CUES)
        for phrase in row["phrases"].split("|")
        if phrase.strip()
    )
    firm |= {
        choice.strip("*")
        for cue in cues
        if cue.meaning.startswith(_PLAIN)
        for step in cue.steps
        for choice in step.split("/")
        if choice[0] not in "{."
    }
    facts = frozenset(_groups(languages, _FACTS))
    return Vocabulary(groups, cues, frozenset(firm - {word.strip("*") for word in common}), facts)
