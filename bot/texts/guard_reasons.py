"""Why the guard objects, in the reader's language: one table for the shell and for Slack, complete in every language."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from bot.texts.catalogue import FALLBACK, LANGUAGES


def why(key: str, language: str) -> str:
    """The sentence behind a finding's `why`; English where the language is not offered."""
    return reasons()[key][language if language in LANGUAGES else FALLBACK]


@cache
def reasons() -> Mapping[str, Mapping[str, str]]:
    """Key → language → sentence; every key has every language of LANGUAGES."""
    text = (files("bot.texts") / "guard_reasons.csv").read_text("utf-8")
    return {row["key"]: row for row in csv.DictReader(text.splitlines())}
