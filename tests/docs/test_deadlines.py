"""docs/deadlines.md says of the timelines, the half days and the columns of the file what the program does."""

from __future__ import annotations

from pathlib import Path

from bot.domain import ladders
from bot.domain.timeline_files import COLUMNS, NAMES
from bot.timelines import FILE, bundled

PAGE = (Path(__file__).resolve().parents[2] / "docs/deadlines.md").read_text("utf-8")


def rows() -> list[str]:
    """The table as it should stand there."""
    made = []
    for one in bundled():
        amount = str(one.deadline.amount).replace("_", " ")
        events, ends = (", ".join(f"`{name}`" for name in names) for names in (one.deadline.events, one.deadline.ends))
        made.append(f"| `{one.key}` | {amount} | {events} | {one.side} | {ends} | {one.deadline.law} |")
    return made


def test_the_table_of_timelines_is_the_one_that_is_used():
    """Every row stands in the page, in order, and no other."""
    shown = [line for line in PAGE.splitlines() if line.startswith(("| `dk-", "| `no-", "| `se-"))]
    assert shown == rows()


def test_the_page_names_every_column_and_event_of_the_file():
    """Whoever writes a file of her own finds all words there."""
    assert FILE in PAGE
    assert [name for name in (*COLUMNS, *NAMES) if f"`{name}`" not in PAGE] == []


def test_the_page_names_every_rung():
    """Who is reminded when is no secret."""
    names = {name for name, *_ in (*ladders.BY_THE_HOUR, *ladders.AHEAD, *ladders.OVERDUE, *ladders.ASK_AGAIN)}
    assert [name for name in sorted(names) if f"`{name}`" not in PAGE] == []
