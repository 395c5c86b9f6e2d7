from __future__ import annotations

import random
import re

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.codes import ALPHABET, DIGITS, LENGTH, LETTERS, PATTERN, looks_like_code, new_code, pretty, read_code

codes = st.randoms(use_true_random=False).map(lambda chance: new_code(chance.choice))
compact = codes.map(lambda code: code.replace("-", ""))
places = st.integers(0, LENGTH - 1)


@given(codes)
def test_a_new_code_is_read_as_itself(code):
    """Every code that is given out is one, in the shape people are used to."""
    assert re.fullmatch(r"[A-Z]\d{3}-[A-Z]\d{2}-[A-Z0-9]", code)
    assert read_code(code) == code


@given(codes, st.data())
def test_case_spaces_and_dashes_do_not_matter(code, data):
    """However a code is written down or read out, it is the same code."""
    letters = [data.draw(st.sampled_from([c.lower(), c.upper()])) for c in code if c != "-"]
    typed = "".join(data.draw(st.sampled_from(["", " ", "-", "–", "  ", "\t"])) + char for char in letters)
    assert read_code(f" {typed} ") == code


@given(compact, places, st.characters(codec="utf-8").filter(lambda c: c.isprintable() and c not in " -–\xa0"))
def test_one_wrong_character_is_noticed(code, place, wrong):
    """Whatever single character stands in the wrong place, the code is none."""
    if wrong.upper() == code[place] or re.match(r"\s", wrong):
        return
    assert read_code(code[:place] + wrong + code[place + 1 :]) is None


@given(compact)
def test_every_wrong_character_of_the_alphabet_is_noticed(code):
    """All of them, in every place: the weights leave no gap."""
    for place in range(LENGTH):
        for wrong in set(ALPHABET) - {code[place]}:
            assert read_code(code[:place] + wrong + code[place + 1 :]) is None


@given(compact)
def test_every_two_that_changed_places_are_noticed(code):
    """Two characters that changed places, neighbours or not, make no code."""
    for one in range(LENGTH):
        for other in range(one + 1, LENGTH):
            swapped = list(code)
            swapped[one], swapped[other] = swapped[other], swapped[one]
            if swapped != list(code):
                assert read_code("".join(swapped)) is None


@given(st.text())
def test_any_text_is_either_a_code_or_none(text):
    """Nothing a person types breaks the reading, and what is read is always a whole code."""
    found = read_code(text)
    assert found is None or read_code(found) == found


@given(compact, st.integers(1, LENGTH))
def test_a_code_with_something_missing_is_none(code, left_out):
    """A code that was not typed to its end is none."""
    assert read_code(code[:-left_out]) is None


def test_no_code_looks_like_a_word():
    """No vowel, no character that sounds or looks like another, and never more than one letter at a stretch."""
    assert not set(LETTERS) & set("AEIOUYÆØÅÄÖ" + "BDEGPVFN" + "OI")
    assert not set(DIGITS) & set("01")
    pattern = "".join("L" if allowed == LETTERS else "D" for allowed in PATTERN)
    assert "LL" not in pattern
    assert len(ALPHABET) == 17


def test_codes_are_chosen_evenly():
    """Every code is as likely as any other: each place takes all its characters."""
    chance = random.Random(7)  # noqa: S311 - the codes of this test open nothing
    drawn = [new_code(chance.choice).replace("-", "") for _ in range(2000)]
    for place, allowed in enumerate([*PATTERN, ALPHABET]):
        assert {code[place] for code in drawn} == set(allowed)


@given(codes, st.sampled_from(["Sag {}.", "({})", "om {}, i dag", "{}", "vedr. {}?"]))
def test_a_code_is_found_in_a_text(code, sentence):
    """A code in a sentence is seen, so that it is not taken for something else."""
    assert looks_like_code(sentence.format(code)) == code
    assert looks_like_code(sentence.format(code.replace("-", " ").lower())) == code.replace("-", " ").lower()


def test_what_is_longer_than_a_code_is_none():
    """A number in which a code could hide is no code."""
    code = pretty("K472M537")
    assert looks_like_code(f"X{code}") is None
    assert looks_like_code(f"{code}5") is None
    assert looks_like_code("ring 22 33 44 55") is None
