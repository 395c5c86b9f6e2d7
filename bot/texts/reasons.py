"""Why the guard took something for what it says, as a sentence in each language."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from bot.texts.catalogue import FALLBACK


@cache
def sentences() -> Mapping[str, Mapping[str, str]]:
    """Reason key → language → sentence."""
    text = (files("bot.texts") / "guard_reasons.csv").read_text("utf-8")
    return {row["key"]: row for row in csv.DictReader(text.splitlines())}


def reason(key: str, language: str) -> str:
    """The sentence of a reason; in English where its language has none. Raises `KeyError` for an unknown reason."""
    found = sentences()[key]
    return found.get(language) or found[FALLBACK]
