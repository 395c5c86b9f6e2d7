"""Combinations that single out a child without naming it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.guard import Kind, Outcome

if TYPE_CHECKING:
    from bot.guard import Guard


@pytest.mark.parametrize(
    "text",
    [
        "den ældste pige i 6.b på Kildeskolen har fortalt det",
        "drengen på 7 år fra Solsikken Børnehave er kørt hjem",
        "den einaste guten i 1B på Nes skule",
        "familjen från Syrien med sex barn vid Bergs kyrka",
    ],
)
def test_who_and_how_old_and_where_together_are_asked_about(guard: Guard, text: str) -> None:
    """A person, what marks the person and a place together ask; they never block."""
    found = [f for f in guard.look(text, lang="da") if f.kind is Kind.QUASI]
    assert [f.outcome for f in found] == [Outcome.ASK]


@pytest.mark.parametrize(
    "text", ["drengen er 7 år", "pigen går i 3. klasse", "der er seks børn i gruppen", "familien ønsker støtte"]
)
def test_one_detail_alone_passes(guard: Guard, text: str) -> None:
    """An age, a class or a number of children alone points to nobody."""
    assert guard.look(text, lang="da") == ()
