"""The smaller parts: how ordinary a word is, what a word is by itself, where sentences open."""

from __future__ import annotations

import pytest

from bot.guard.lexicon import load_lexicon
from bot.guard.readings import Reader
from bot.guard.shape import Shape
from bot.guard.tokens import tokens
from bot.guard.vocabulary import FORMED, LISTED, UNKNOWN, Vocabulary

LEXICON = load_lexicon()
VOCABULARY = Vocabulary(LEXICON)
SHAPE = Shape(LEXICON)
READER = Reader(LEXICON, VOCABULARY, SHAPE)


@pytest.mark.parametrize(
    "word", ["netværksmøderne", "beredskapshjemmet", "skyddsbedömningarna", "mødelokale", "tolkebestilling"]
)
def test_inflected_and_compound_words_are_ordinary(word: str) -> None:
    """Endings and compounds of listed words count as words."""
    assert VOCABULARY.weight(word) >= FORMED


@pytest.mark.parametrize("word", ["xandriel", "tvebbe", "solbergstad"])
def test_strange_words_and_compounds_of_nature_words_are_not(word: str) -> None:
    """Nature words make surnames, so their compounds are not braked."""
    assert VOCABULARY.weight(word) == UNKNOWN


def test_listed_words_weigh_most() -> None:
    """What is in the list is certain."""
    assert VOCABULARY.weight("barnet") == LISTED


@pytest.mark.parametrize("word", ["signe", "signes", "soeren", "bjorn", "anne-mette", "s1gne", "åses"])
def test_names_are_read_with_genitive_other_spelling_and_digits(word: str) -> None:
    """A name is known again with an s, without Nordic letters, joined, or with digits for letters."""
    assert READER.read(word).name > 0


def test_places_and_organisations_are_known() -> None:
    """Municipalities and bodies are read as what they are."""
    assert READER.read("lillestrøm").place
    assert READER.read("ankestyrelsen").organisation


def test_a_surnames_shape_tells_it_from_a_word() -> None:
    """Unknown surnames look more like names than unknown ordinary words do."""
    assert SHAPE.likeness("vemmelsen") + SHAPE.like_surname("vemmelsen") > SHAPE.likeness("omstruktureringen")


def test_sentences_open_after_points_lines_and_colons_but_not_after_abbreviations() -> None:
    """A capital says less where a sentence opens."""
    words = {t.lower: t for t in tokens("Sag vedr. Ida. Hun kom\nSvar: Nej, Ole")}
    assert [w for w, t in words.items() if t.opens] == ["sag", "hun", "svar", "nej"]
