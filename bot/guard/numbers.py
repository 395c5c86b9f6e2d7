"""Runs of digits, each read once: as a national number, else as an account, else as a phone, else as nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.guard import accounts, national, phones
from bot.guard.digits import runs

if TYPE_CHECKING:
    from bot.guard.digits import Run
    from bot.guard.hits import Hit

_REFERENCE = frozenset({"no", "org", "weak"})
_LONGEST_REFERENCE = 6  # groups


def find(text: str, lowered: str, lang: str) -> list[Hit]:
    """All hits among the digits of a folded text; `lowered` is the same text in lower case."""
    hits = [*national.others(text, lowered), *accounts.written_out(text, lowered)]
    taken = 0
    for readings in runs(text, lowered):
        if readings[0].start < taken:
            continue
        hit = _read(readings, text, lang)
        if hit is not None:
            hits.append(hit)
            taken = hit.end
        elif readings[0].cue in _REFERENCE:  # the rest of a case number is no number of its own
            whole = len(readings[0].groups) <= _LONGEST_REFERENCE
            taken = readings[0 if whole else -1].end
    return hits


def _read(readings: list[Run], text: str, lang: str) -> Hit | None:
    """The longest reading that is a national number, else an account, else a phone."""
    for run in readings:
        if not _clock(run, text) and (hit := national.read(run, lang)) is not None:
            return hit
    for run in readings:
        if (hit := accounts.read(run)) is not None:
            return hit
    for run in readings:
        if (hit := phones.read(run, text, lang)) is not None:
            return hit
    return None


def _clock(run: Run, text: str) -> bool:
    """Whether the first or the last digits belong to a time of day."""
    before = text[max(0, run.start - 2) : run.start]
    return text[run.end : run.end + 1] == ":" or (before.endswith(":") and before[:1].isdigit())


def warm() -> None:
    """Load the libraries that give second opinions now, so that the first text does not wait for them."""
    national.checksum("0101010101")
    phones.valid("22334455", "da")
