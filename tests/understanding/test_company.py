"""Who is with a child, who took it, how long ago it was: what is a danger now, and what only sounds like it."""

from __future__ import annotations

import pytest

from bot.data.lexicon import lexicon_from_data
from bot.understanding import Intent, Lexicon, Understanding


@pytest.fixture(scope="module")
def understanding():
    """The understanding with everything bundled."""
    return Understanding(Lexicon.build(**lexicon_from_data()))


@pytest.mark.parametrize(
    ("country", "danger", "alike"),
    [
        ("DK", "der er to børn hjemme hos en far som ikke reagerer", "der er to børn hjemme hos en far som ikke svarer på vores breve"),
        ("NO", "vi klarer ikke å vekke bestemor, og det er en toåring her", "jeg klarte ikke å våkne til møtet"),
        ("NO", "barnet sit saman med ein far vi ikkje får liv i", "vi får ikkje liv i skrivaren"),
        ("SE", "mormor går inte att väcka och barnet är ensamt med henne", "vi vill inte väcka uppmärksamhet kring projektet"),
        ("DK", "nobody can wake the dad and the baby is with him", "I couldn't wake up for the meeting"),
        ("DK", "to drenge er i gang med at gennembanke en yngre elev", "vi er i gang med at pakke det nye kontor ud"),
        ("NO", "onkelen holder på å forgripe seg på henne", "vi holder på å skrive en rutine om seksuelle overgrep"),
        ("SE", "han håller på att strypa sin syster", "vi håller på att skriva en rutin om våld"),
        ("NO", "ein ukjend mann tok guten med seg i bilen", "ein ukjend mann ringde meg om støvsugarar"),
        ("SE", "flickan satte sig i en främlings bil för tio minuter sen", "i natt drömde jag att flickan satte sig i en främlings bil"),
    ],
)  # fmt: skip
def test_a_danger_is_told_from_what_sounds_like_it(understanding, country, danger, alike):
    """The same words are a danger in one sentence and none in the other."""
    question = understanding.understand(danger, country=country)
    assert (question.intent, question.urgency) == (Intent.ACUTE, "now"), question
    other = understanding.understand(alike, country=country)
    assert other.intent is not Intent.ACUTE, other


@pytest.mark.parametrize(
    ("country", "text"),
    [
        ("DK", "hun blev misbrugt da hun var lille, og manden er død nu. kan jeg drøfte det med nogen"),
        ("NO", "ho vart slegen som barn, faren er død no. kan eg drøfte det med nokon"),
        ("SE", "för tio år sedan hittade de henne medvetslös, kan jag rådgöra med någon"),
    ],
)
def test_what_is_long_past_is_talked_over(understanding, country, text):
    """A harm of years ago is no emergency, whoever has died since."""
    assert understanding.understand(text, country=country).intent is Intent.SPARRING


def test_danger_now_is_heard_beside_what_is_long_past(understanding):
    """A date far back hides no danger that is told of as going on now."""
    for text in (
        "hun fik tæsk som barn, og nu ligger hun bevidstløs på gulvet",
        "hun blev misbrugt som barn og har lige slugt en hel pakke piller",
    ):
        assert understanding.understand(text, country="DK").intent is Intent.ACUTE


@pytest.mark.parametrize(
    ("country", "text"),
    [
        ("DK", "dokumentaren om drengen der forsvandt var spændende"),
        ("NO", "jeg drømte at datteren min ble borte"),
        ("SE", "boken om barnet som försvann är jättebra"),
    ],
)
def test_a_story_is_no_case(understanding, country, text):
    """A film, a book or a dream about a child is not answered with a contact."""
    assert understanding.understand(text, country=country).intent is Intent.UNKNOWN


@pytest.mark.parametrize(
    ("country", "text"),
    [
        ("DK", "en mand tog billeder af børnene i svømmehallen i går, hvem er kontakten"),
        ("NO", "noen har tatt melka mi"),
        ("NO", "mor hentar barnet tidleg frå skulen, kven ringjer vi om omsorgssvikt"),
        ("SE", "pappan tog med sig barnen på semester, vem är kontakten"),
        ("DK", "someone took the kids menu from the canteen"),
    ],
)
def test_who_takes_something_or_somebody_along_abducts_nobody(understanding, country, text):
    """A picture, the milk or the child of one's own taken along is no emergency."""
    assert understanding.understand(text, country=country).intent is not Intent.ACUTE
