"""The page about the guard says what the measuring command prints."""

from __future__ import annotations

from pathlib import Path

from bot.guard import Kind
from bot.guard.measure import table

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "guard.md").read_text("utf-8")


def test_the_table_is_what_the_command_prints() -> None:
    """Recall and false alarms on the page are measured, not claimed."""
    measured = PAGE.partition("<!-- measured -->")[2].partition("<!-- /measured -->")[0]
    assert measured.strip() == table()


def test_the_page_names_every_kind_and_makes_no_promise() -> None:
    """Each kind is explained, and the page says that a filter is no guarantee."""
    assert [kind for kind in Kind if f"`{kind}`" not in PAGE] == []
    assert "A filter is no guarantee" in PAGE
