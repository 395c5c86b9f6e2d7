"""An agency's own timelines: rows of a CSV file, each checked, each with one clear sentence where it cannot be used.

Columns: `key, agency, country, side, name, name_en, length, unit, clock, event, attach, ends, law, basis, sure`. A row with the
key of a bundled timeline takes its place for that agency; `length` 0 takes it away. Lists (`event`, `ends`) are parted by `|`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256

from bot.domain.deadlines import Amount, Basis, Deadline, Timeline, Unit
from bot.domain.matters import DueClock
from bot.domain.people import Side

EVENTS = {
    "municipality": ("received", "assessed", "child-talked-with", "investigating", "measures", "closed"),
    "police": (
        "asked", "report-received", "investigating", "interview-planned", "interview-held", "with-prosecutor", "ended",
    ),
    "childrens-house": ("asked", "date-set", "held"),
}  # fmt: skip
"""The stages of each track a deadline can hang on."""
NAMES = frozenset(f"{track}.{stage}" for track, stages in EVENTS.items() for stage in stages)
NEEDED = ("key", "agency", "country", "side", "name", "length", "unit", "event")
COLUMNS = (*NEEDED, "name_en", "clock", "attach", "ends", "law", "basis", "sure")
COUNTRIES = ("DK", "NO", "SE")
LONGEST = {"key": 64, "agency": 64, "name": 120, "name_en": 120, "law": 120}


class RowError(ValueError):
    """A row cannot be used; the message says which word is wrong and what may stand there."""


def read(rows: Iterable[Mapping[str, str | None]]) -> tuple[tuple[Timeline, ...], tuple[str, ...]]:
    """The timelines of a file, and one sentence for each row that cannot be used (line 1 is the header)."""
    found: dict[tuple[str, str], Timeline] = {}
    wrong: list[str] = []
    for line, raw in enumerate(rows, start=2):
        row = {str(key).strip(): (value or "").strip() for key, value in raw.items()}
        try:
            timeline = _timeline(row)
        except RowError as error:
            wrong.append(f"Line {line}: {error}")
            continue
        if (timeline.agency, timeline.key) in found:
            wrong.append(f"Line {line}: {timeline.agency} has {timeline.key} twice: keep one of the rows.")
        found[timeline.agency, timeline.key] = timeline
    return tuple(found.values()), tuple(wrong)


def _timeline(row: Mapping[str, str]) -> Timeline:
    _check_columns(row)
    length = row["length"]
    if not length.lstrip("-").isdigit() or abs(int(length)) > 1000:  # noqa: PLR2004 - no deadline lasts that long
        raise RowError(f"length says {length!r}: write a whole number, negative for before the event, 0 for none.")
    side = _one_of(row, "side", list(EVENTS))
    deadline = Deadline(
        timeline=row["key"],
        version=sha256(repr(sorted(row.items())).encode()).hexdigest()[:12],
        name=row["name"],
        name_en=row.get("name_en") or row["name"],
        amount=Amount(int(length), Unit(_one_of(row, "unit", list(Unit)))),
        events=_events(row, "event"),
        ends=_events(row, "ends"),
        clock=DueClock(_one_of(row, "clock", list(DueClock), default=DueClock.AGREED)),
        basis=Basis(_one_of(row, "basis", list(Basis), default=Basis.AGREED)),
        law=row.get("law", ""),
        sure=_one_of(row, "sure", ["yes", "no"], default="yes") == "yes",
    )
    attach = _events(row, "attach")
    return Timeline(
        deadline, _one_of(row, "country", list(COUNTRIES)), Side(side), attach[0] if attach else "", row["agency"],
        off=int(length) == 0,
    )  # fmt: skip


def _check_columns(row: Mapping[str, str]) -> None:
    missing = next((name for name in NEEDED if not row.get(name)), None)
    if missing:
        raise RowError(f"{missing} is empty: every row needs {', '.join(NEEDED)}.")
    strange = next((name for name in row if name not in COLUMNS), None)
    if strange is not None:
        raise RowError(f"there is no column {strange}: the columns are {', '.join(COLUMNS)}.")
    long = next((name for name, most in LONGEST.items() if len(row.get(name, "")) > most), None)
    if long:
        raise RowError(f"{long} is longer than {LONGEST[long]} characters: shorten it.")


def _one_of(row: Mapping[str, str], column: str, allowed: list[str], *, default: str = "") -> str:
    said = row.get(column) or default
    if said not in allowed:
        raise RowError(f"{column} says {said!r}: write one of {', '.join(allowed)}.")
    return said


def _events(row: Mapping[str, str], column: str) -> tuple[str, ...]:
    names = tuple(part.strip() for part in row.get(column, "").split("|") if part.strip())
    unknown = next((name for name in names if name not in NAMES), None)
    if unknown is not None:
        raise RowError(f"{column} says {unknown!r}: write one of {', '.join(sorted(NAMES))}.")
    return names
