"""The guard as a whole: any text, its offsets, its speed, its keys."""

from __future__ import annotations

import random
import time
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.guard.measure import CONTACTS, cases, missed
from bot.texts.guard_reasons import reasons

if TYPE_CHECKING:
    from bot.guard import Guard

PIECES = st.sampled_from(
    [
        "mor til ",
        "Signe",
        "cpr ",
        "010112-1234",
        " og ",
        "Egeskovvej 14",
        "<@U1>",
        "<mailto:a@b.dk|c@d.dk>",
        "*",
        "_",
        "\u200b",
        "e\u0301",
        "Ａ",
        "\n",
        "f. 1.2.2012 ",
        "A.B. ",
    ]
)


@given(st.one_of(st.text(max_size=400), st.lists(PIECES, max_size=40).map("".join)))
def test_offsets_point_into_the_text_as_it_was_given(guard: Guard, text: str) -> None:
    """Whatever the text, each finding is a non-empty stretch of it, in order."""
    found = guard.look(text, lang="da")
    assert all(0 <= f.start < f.end <= len(text) for f in found)
    assert [(f.start, f.end) for f in found] == sorted((f.start, f.end) for f in found)
    assert all(0 < f.certainty <= 1 for f in found)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 2**32))
def test_no_text_of_forty_thousand_characters_breaks_it(guard: Guard, seed: int) -> None:
    """Any mixture of Unicode characters is looked at to its end."""
    draw = random.Random(seed)  # noqa: S311 - test data, no secret
    highest = draw.choice([0x7F, 0x17F, 0x530, 0x10FFFF])
    text = "".join(chr(draw.randrange(highest + 1)) for _ in range(40_000))
    for finding in guard.look(text, lang=draw.choice(["da", "nb", "nn", "sv", "fi", "is", "en"])):
        assert 0 <= finding.start < finding.end <= len(text)


@pytest.mark.parametrize(
    "piece",
    [
        *("Ab ", "a.", "1 2 ", "bor på Xa ", "a@", "mor til Signe ", "e\u0301", "familien fra Syrien ", "x-", "(1"),
        *("Storgata 5 ", "AB 12 345 ", "på snap heter han x_1 ", "i a 1 ", "far er prest i "),
    ],
)
def test_time_grows_with_the_length_and_not_faster(guard: Guard, piece: str) -> None:
    """Four times the text takes at most about four times as long, also where it repeats what the rules look for."""

    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        best = float("inf")
        for _ in range(3):
            began = time.process_time()
            guard.look(text, lang="da")
            best = min(best, time.process_time() - began)
        return best

    assert seconds(20_000) < 9 * seconds(5_000) + 0.05


def test_the_same_text_gives_the_same_findings_in_capitals_of_unicode_forms(guard: Guard) -> None:
    """A decomposed text has the findings of the composed one."""
    text = "mor til Åse og Øyvind ringede fra Æblevej 3"
    composed = [(f.kind, f.why) for f in guard.look(text, lang="da")]
    decomposed = [(f.kind, f.why) for f in guard.look(unicodedata.normalize("NFD", text), lang="da")]
    assert composed == decomposed != []


def test_every_reason_is_a_key_with_a_sentence_and_holds_no_word_of_the_text(guard: Guard) -> None:
    """What the guard says about a finding comes from a closed list."""
    known = reasons()
    for case in cases():
        for finding in guard.look(case.text, lang=case.lang):
            assert finding.why in known
            assert finding.cue is None or finding.cue.isascii()


@pytest.mark.parametrize("group", sorted({case.group for case in cases()}))
def test_the_projects_own_cases_are_mostly_right(guard: Guard, group: str) -> None:
    """In every group of invented cases at least nineteen in twenty come out as they should."""
    mine = [case for case in cases() if case.group == group]
    wrong = [case.text for case in mine if missed(guard, case)]
    assert len(wrong) * 20 <= len(mine), wrong


def test_contacts_of_the_cases_matter(guard: Guard) -> None:
    """Without the registered contacts some clean case would be flagged: the cases do test them."""
    clean = [case for case in cases() if case.group == "clean"]
    assert CONTACTS.names
    assert any(guard.look(case.text, lang=case.lang) for case in clean)
