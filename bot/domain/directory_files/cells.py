"""Reads the cells of one row, strictly, and gathers everything that is wrong with them instead of stopping at the first."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.domain.directory_files.tables import FORMULA, Facts, Flaw, Row, as_text

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_KEY = re.compile(r"\w[\w.@-]{0,63}")
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.Z+-]*)?|(\d{1,2})[.-](\d{1,2})[.-](\d{4})")
E = TypeVar("E", bound=StrEnum)


@dataclass
class Cells:
    """One row while it is read. Every reader gives back a harmless value where it noted a flaw."""

    row: Row
    sheet: str
    facts: Facts
    flaws: list[Flaw] = field(default_factory=list)

    def wrong(self, column: str, key: str, **values: str) -> None:
        """Note what is wrong with a column."""
        self.flaws.append(Flaw(self.sheet, self.row.line, column, key, values))

    def text(self, column: str, limit: int, *, needed: bool = False, plus: bool = False) -> str:
        """A text of at most `limit` characters; `plus` where one may begin with + (a telephone number)."""
        said = as_text(self.row.cells.get(column))
        if not said:
            if needed:
                self.wrong(column, "missing")
            return ""
        if said.startswith("'") and said.lstrip("'").startswith(FORMULA):
            said = said.removeprefix("'")
        elif said.startswith(FORMULA) and not (plus and said.startswith("+")):
            self.wrong(column, "formula")
            return ""
        if _CONTROL.search(said):
            self.wrong(column, "control")
            return ""
        if len(said) > limit:
            self.wrong(column, "too-long", limit=str(limit))
            return ""
        return said

    def key(self, column: str, *, needed: bool = False) -> str:
        """A key: letters, digits, dots, dashes, @; at most 64."""
        said = self.text(column, 64, needed=needed)
        if said and not _KEY.fullmatch(said):
            self.wrong(column, "key", value=said)
            return ""
        return said

    def one_of(self, column: str, allowed: type[E], meant: dict[str, E] | None = None) -> E | None:
        """One word of a closed list, or a word that is `meant` for one; it must be given."""
        said = self.text(column, 64, needed=True).lower()
        if not said:
            return None
        if said in (meant or {}):
            return (meant or {})[said]
        if said not in set(allowed):
            self.wrong(column, "choice", value=said, allowed=", ".join(allowed))
            return None
        return allowed(said)

    def known(self, column: str, allowed: Collection[str]) -> str:
        """One key of a closed list, or nothing."""
        said = self.text(column, 64)
        if said and said not in allowed:
            self.wrong(column, "choice", value=said, allowed=", ".join(sorted(allowed)))
            return ""
        return said

    def many(self, column: str, limit: int) -> tuple[str, ...]:
        """A list parted by |, commas, semicolons or spaces, each entry once."""
        return tuple(dict.fromkeys(part for part in re.split(r"[|,;\s]+", self.text(column, limit)) if part))

    def country(self) -> str:
        """The country of this row."""
        said = self.text("country", 2, needed=True).upper()
        if said and said not in self.facts.zones:
            self.wrong("country", "choice", value=said, allowed=", ".join(self.facts.zones))
            return ""
        return said

    def municipality(self, column: str, said: str, country: str) -> str:
        """A municipality's code; the zero a spreadsheet took away is put back."""
        code = re.sub(rf"^{country}[-: ]?", "", said, flags=re.IGNORECASE)
        full = code.zfill(3 if country == "DK" else 4) if code.isdigit() else code
        if country and (country, full) not in self.facts.district_of:
            self.wrong(column, "municipality", value=said, country=country)
            return ""
        return full

    def day(self, column: str) -> date | None:
        """A day: 2026-11-22, 22-11-2026, 22.11.2026, or a spreadsheet's own; None where the cell is empty."""
        cell = self.row.cells.get(column)
        if isinstance(cell, date):
            return cell.date() if isinstance(cell, datetime) else cell
        said = self.text(column, 40)
        if not said:
            return None
        found = _DAY.fullmatch(said)
        try:
            if found and found[1]:
                return date(int(found[1]), int(found[2]), int(found[3]))
            if found:
                return date(int(found[6]), int(found[5]), int(found[4]))
        except ValueError:
            pass
        self.wrong(column, "day", value=said)
        return None

    def begins(self, column: str, country: str) -> datetime | None:
        """The first moment of a day in the country's zone."""
        day = self.day(column)
        return _midnight(day, self.facts.zones[country]) if day and country else None

    def ends(self, column: str, country: str) -> datetime | None:
        """The first moment after a day in the country's zone: the day itself still counts."""
        day = self.day(column)
        return _midnight(day + timedelta(days=1), self.facts.zones[country]) if day and country else None

    def confirmed(self, country: str, now: datetime) -> datetime | None:
        """When it was confirmed: not in the future."""
        moment = self.begins("confirmed_at", country)
        if moment is not None and moment > now:
            self.wrong("confirmed_at", "future")
            return None
        return moment


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def first_day(moment: datetime | None, zone: ZoneInfo) -> str:
    """The day a moment lies in, as it is written into a file."""
    return moment.astimezone(zone).date().isoformat() if moment else ""


def last_day(moment: datetime | None, zone: ZoneInfo) -> str:
    """The last day before a moment, as it is written into a file."""
    return (moment.astimezone(zone) - timedelta(microseconds=1)).date().isoformat() if moment else ""
