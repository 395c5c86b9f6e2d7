"""Folding: what was meant, and the way back to what was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guard.normalise import OBJECT, fold


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Si\u200bg\u00adne", "Signe"),
        ("Ｓｉｇｎｅ", "Signe"),
        ("A\u030ase", "Åse"),
        ("Тоrbjørn ringer", "Torbjørn ringer"),
        ("a\u00a0b\u2009c", "a b c"),
        ("1‐2–3", "1-2-3"),
        ("*Sig*ne og _Ole_", "Signe og Ole"),
        ("snap_navn_1", "snap_navn_1"),
        ("Tom &amp; Ida &lt;3", "Tom & Ida <3"),
        ("٣٤", "34"),
    ],
)
def test_disguises_are_undone(written: str, meant: str) -> None:
    """Invisible, full-width, lookalike, loose, odd and emphasised characters become what they stand for."""
    assert fold(written).text == meant


@pytest.mark.parametrize(
    "written", ["<@U012ABC>", "<#C012|almindelig>", "<https://example.org/anna>", "https://example.org/anna"]
)
def test_mentions_and_links_hold_no_words(written: str) -> None:
    """A mention, a channel or a page address is an object, not a text with names in it."""
    assert not any(c.isalpha() for c in fold(written).text.replace(OBJECT, ""))


def test_both_sides_of_a_mail_link_are_read_and_lead_back() -> None:
    """Slack's mail links hold an address and a label; both keep their offsets."""
    written = "se <mailto:a@example.dk|b@example.dk> nu"
    folded = fold(written)
    for mail in ("a@example.dk", "b@example.dk"):
        at = folded.text.index(mail)
        start, end = folded.span(at, at + len(mail))
        assert written[start:end] == mail


@given(st.text(max_size=300))
def test_every_folded_character_comes_from_somewhere_in_order(written: str) -> None:
    """Offsets lie inside the original, are not empty and never go back."""
    folded = fold(written)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert all(0 <= s < e <= len(written) for s, e in zip(folded.starts, folded.ends, strict=True))
    assert list(folded.starts) == sorted(folded.starts)


@given(st.text(alphabet="abcæøå ABC.,-", max_size=200))
def test_plain_text_is_left_as_it_is(written: str) -> None:
    """Folding changes nothing where there is nothing to undo."""
    assert fold(written).text == written
