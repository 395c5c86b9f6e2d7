"""Puts the bundled timelines and an agency's own file together: what a case of each country can get."""

from __future__ import annotations

import csv
from functools import cache
from hashlib import sha256
from pathlib import Path

from bot.data.timelines import Attached, attached
from bot.domain.deadlines import Amount, Basis, Deadline, Timeline, Unit
from bot.domain.people import Side
from bot.domain.timeline_files import read
from bot.errors import BindeledError
from storage.uow import Timelines

FILE = "timelines.csv"
"""In the data folder; read at the start."""


@cache
def bundled() -> tuple[Timeline, ...]:
    """The timelines that come with the program, for every agency of their country."""
    return tuple(_bundled(row) for row in attached())


def timelines_of(data: Path | None) -> Timelines:
    """The bundled timelines and those of `timelines.csv` in the data folder, where it is.

    Raises `BindeledError` with one sentence for each row that cannot be used.
    """
    own = _own(data / FILE) if data is not None else ()

    def of(country: str) -> tuple[Timeline, ...]:
        return tuple(timeline for timeline in (*own, *bundled()) if timeline.country == country)

    return of


def _own(path: Path) -> tuple[Timeline, ...]:
    if not path.exists():
        return ()
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines, restkey="(beyond the last)")
            found, wrong = read({k: v if isinstance(v, str) else None for k, v in row.items()} for row in rows)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        message = f"{path} cannot be read: save it as CSV in UTF-8, readable by this account."
        raise BindeledError(message) from error
    if wrong:
        raise BindeledError("\n".join([f"{path} cannot be used:", *wrong]))
    return found


def _bundled(row: Attached) -> Timeline:
    one = row.timeline
    deadline = Deadline(
        timeline=one.key,
        version=sha256(repr(row).encode()).hexdigest()[:12],
        name=one.name_local,
        name_en=one.name_en,
        amount=Amount(one.length, Unit(one.unit)) if one.length is not None else None,
        events=row.events,
        ends=row.ends,
        basis=Basis(one.basis),
        law=row.law,
        sure=one.sure,
        choice=row.choice,
    )
    return Timeline(deadline, one.country, Side(row.side), row.attach)
