"""A table as it was read, before anything in it is believed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

Cell = str | int | float | date | datetime | None
"""What a spreadsheet keeps in a cell; a CSV knows text alone."""

CONTACT_COLUMNS = (
    "key", "agency", "agency_type", "country", "unit", "unit_kind", "name", "role", "phone", "email", "slack_id",
    "languages", "hours", "best_time", "municipalities", "kinds", "leader", "substitute", "valid_from", "valid_until",
    "confirmed_by", "confirmed_at",
)  # fmt: skip
RULE_COLUMNS = (
    "key", "country", "municipality", "district", "kind", "urgency", "unit", "contact", "reason", "decided_by",
    "confirmed_at",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that begins like this for a formula and runs it."""


class What(StrEnum):
    """What a table is about."""

    CONTACTS = "contacts"
    RULES = "rules"

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns in order."""
        return CONTACT_COLUMNS if self is What.CONTACTS else RULE_COLUMNS

    @property
    def needed(self) -> frozenset[str]:
        """The columns without which a table is none of ours; any other may be left out, then it stays as it is."""
        if self is What.CONTACTS:
            return frozenset({"key", "agency", "agency_type", "country", "name", "role"})
        return frozenset({"key", "country", "reason"})


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong: in which sheet, line and column; `key` names the sentence, `values` fill its places."""

    sheet: str
    line: int
    column: str
    key: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it stands in its file (the header is line 1), and its cells by column."""

    line: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one kind; `name` is the sheet's, or empty for a file that has but one."""

    what: What
    name: str
    rows: tuple[Row, ...]
    flaws: tuple[Flaw, ...] = ()
    """What is wrong with its shape."""


@dataclass(frozen=True)
class Facts:
    """The closed lists a table is held against, handed in because the rules know no data of their own."""

    zones: Mapping[str, ZoneInfo]
    """Country → zone: a day begins and ends there."""
    languages: Mapping[str, str]
    """Country → the language of its agencies."""
    district_of: Mapping[tuple[str, str], str]
    """(country, municipality) → the district it lies in."""
    districts: Mapping[str, str]
    """District → country."""
    kinds: frozenset[str]
    unit_kinds: frozenset[str]
    agency_names: Mapping[str, str]
    """The names of authorities we carry with us, by the key made of them."""
    phone: Callable[[str, str], str | None]
    """A number as typed, and the country it was typed in → E.164 (a short number: as dialled), or None."""


def named_columns(header: Iterable[Cell]) -> tuple[str, ...]:
    """The columns a header line names, however they are spaced and capitalised; "" for an empty cell."""
    return tuple(re.sub(r"[\s-]+", "_", as_text(cell).lower()) for cell in header)


def closest(columns: Iterable[str]) -> What:
    """What a table with these columns is most likely about."""
    given = set(columns)
    return max(What, key=lambda what: len(given.intersection(what.columns)))


def recognise(columns: Iterable[str]) -> What | None:
    """What a table with these columns is about, or None where it is none of ours."""
    about = closest(columns)
    return about if about.needed <= set(columns) else None


def table_of(name: str, header: Sequence[Cell], lines: Iterable[tuple[int, Sequence[Cell]]]) -> Table | None:
    """The table of a sheet: its first line and the others with their numbers; None where the header is none of ours.

    Lines without any content are left out; what lies outside the columns is a flaw, so that nothing is lost unseen.
    """
    columns = named_columns(header)
    what = recognise(columns)
    if what is None:
        return None
    flaws = [Flaw(name, 1, column, "unknown-column", {}) for column in columns if column and column not in what.columns]
    flaws += [Flaw(name, 1, column, "column-twice", {}) for column in set(columns) - {""} if columns.count(column) > 1]
    rows = []
    nameless = [at for at, column in enumerate(columns) if not column]
    for number, cells in lines:
        if all(cell is None or cell == "" for cell in cells):
            continue
        beside = (*cells[len(columns) :], *(cells[at] for at in nameless if at < len(cells)))
        outside = [cell for cell in beside if as_text(cell)]
        if outside:
            flaws.append(Flaw(name, number, "", "outside", {"value": as_text(outside[0])}))
        filled = (*cells, *[None] * (len(columns) - len(cells)))
        rows.append(Row(number, {column: cell for column, cell in zip(columns, filled, strict=False) if column}))
    return Table(what, name, tuple(rows), tuple(flaws))


def as_text(cell: Cell) -> str:
    """A cell as a person reads it: numbers without a tail, days as 2026-11-22, one space between words."""
    if isinstance(cell, str):
        plain = cell if cell.isascii() else unicodedata.normalize("NFC", cell)
        return " ".join(plain.split())
    if cell is None:
        return ""
    if isinstance(cell, date):
        return (cell.date() if isinstance(cell, datetime) else cell).isoformat()
    return str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell)


def escaped(text: str) -> str:
    """A text as it is written into a file: a mark before what a spreadsheet would run."""
    return f"'{text}" if text.lstrip("'").startswith(FORMULA) else text


def free_key(wanted: str, taken: Mapping[str, object]) -> str:
    """A key like the wanted one that nobody has yet."""
    key, number = wanted[:60].strip("-"), 1
    while key in taken:
        number += 1
        key = f"{wanted[:56].strip('-')}-{number}"
    return key


def slug(name: str) -> str:
    """A key made of a name: "Køge Kommune" → "koege-kommune"."""
    said = name.lower()
    for letter, written in (("æ", "ae"), ("ø", "oe"), ("å", "aa"), ("ä", "ae"), ("ö", "oe"), ("đ", "d")):
        said = said.replace(letter, written)
    plain = unicodedata.normalize("NFKD", said).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:64]
