"""Reads the tables this package carries: UTF-8 CSV with a header line, one fact a row, lists parted by `|`."""

from __future__ import annotations

import csv
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES = ("da", "nb", "nn", "sv", "en")


def rows(table: str) -> list[dict[str, str]]:
    """Every row of `facts/<table>.csv` as text, in the order of the file."""
    source = resources.files("bot.data") / "facts" / f"{table}.csv"
    with source.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def parts(text: str) -> tuple[str, ...]:
    """The entries of a list cell; an empty cell has none."""
    return tuple(text.split("|")) if text else ()


def yes(text: str) -> bool:
    """Whether a cell says `yes`; anything but `yes` and `no` is a broken table.

    Raises:
        ValueError: the cell says something else.
    """
    if text not in {"yes", "no"}:
        raise ValueError(f"A yes-or-no cell says {text!r}: write yes or no.")
    return text == "yes"


def names(row: Mapping[str, str]) -> Mapping[str, str]:
    """The name in each of the five languages, read from the columns `name_da` to `name_en`."""
    return MappingProxyType({language: row[f"name_{language}"] for language in LANGUAGES})
