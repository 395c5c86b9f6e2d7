"""Facts that are harmless alone and a danger together, and the same facts where nobody is in danger now."""

from __future__ import annotations

import pytest

from bot.data.lexicon import lexicon_from_data
from bot.understanding import Intent, Lexicon, Understanding
from bot.understanding.spelling import drawn
from bot.understanding.vocabulary import table, vocabulary


@pytest.fixture(scope="module")
def understanding():
    """The understanding with everything bundled."""
    return Understanding(Lexicon.build(**lexicon_from_data()))


@pytest.mark.parametrize(
    ("country", "text"),
    [
        pytest.param("DK", "treårig ude på vejen i nattøj, det fryser", id="a small child out in the cold"),
        pytest.param("NO", "det er minus ti, og femåringen er alene ute i snøen", id="the same facts in another order"),
        pytest.param("SE", "mamman är packad och kör med ungarna i baksätet", id="drunk, driving, children"),
        pytest.param("DK", "der er råb om hjælp og møbler der bliver smadret derinde", id="heard through a wall"),
        pytest.param("NO", "han har sperret døra og slipper ikke ut barna", id="held where they are"),
        pytest.param("DK", "he wrote sorry to everybody and does not answer any more", id="a farewell and silence"),
        pytest.param("NO", "ho skal til flyplassen om ein time og giftast bort", id="on the way out of the country"),
        pytest.param("DK", "han blev kastet mod væggen for ti min siden og kaster op", id="minutes ago is now"),
        pytest.param("SE", "bebisen ligger i en kasse bakom soptunnan", id="a baby where none belongs"),
        pytest.param("DK", "hun er 13 og er hos en mand hun mødte på nettet, han har seng på hotel", id="with a man"),
        pytest.param("NO", "babyen ble dyttet ned trappa nå nettopp", id="a kind of case, just now, nothing asked"),
        pytest.param("DK", "drengen sidder på sporet, toget kommer", id="a word of the office beside a child"),
        pytest.param("DK", "han har kniiv", id="a vowel drawn out"),
        pytest.param("DK", "han dræber mig", id="a person does what a report does in jest"),
    ],
)
def test_facts_told_together_are_a_danger(understanding, country, text):
    """Whatever their order, and though no word of them is a word of danger."""
    question = understanding.understand(text, country=country)
    assert (question.intent, question.urgency) == (Intent.ACUTE, "now"), question


@pytest.mark.parametrize(
    ("country", "text", "intent"),
    [
        ("DK", "mor drikker, og børnene er tit alene hjemme, hvem er kontakten hos politiet", Intent.FIND_CONTACT),
        ("NO", "far kjørte full med ungene i fjor, hvem ringer jeg i politiet", Intent.FIND_CONTACT),
        ("SE", "flickan är rädd att bli bortgift i sommar, vem på polisen har hedersfrågor", Intent.FIND_CONTACT),
        (
            "DK",
            "fiktiv case til undervisningen: en far ryster sin baby, hvem er kontakten i Lemvig",
            Intent.FIND_CONTACT,
        ),
        ("DK", "kniven er afleveret og der sker ikke mere, hvem er vores kontakt i Odder", Intent.FIND_CONTACT),
        ("DK", "vi har lige modtaget en underretning om vold mod en dreng i Vejle", Intent.FIND_CONTACT),
        ("DK", "a child drank detergent a month ago, who do we talk to at the police", Intent.FIND_CONTACT),
        ("NO", "selvmordsraten blant unge i Norge", Intent.UNKNOWN),
        ("NO", "så dere siste episode? han ble skutt til slutt", Intent.UNKNOWN),
        ("SE", "förlåt alla, min telefon är avstängd idag", Intent.UNKNOWN),
        ("DK", "this spreadsheet kills me", Intent.UNKNOWN),
    ],
)
def test_the_same_facts_afterwards_usually_or_in_a_lesson_are_none(understanding, country, text, intent):
    """What is dated, usual, put away, counted or made up is answered as what it is."""
    assert understanding.understand(text, country=country).intent is intent


@pytest.mark.parametrize(
    ("country", "text"),
    [
        ("NO", "barna er hos tante nå"),
        ("SE", "pojken mår bättre nu och går i skolan"),
        ("DK", "we just had a meeting about the boy"),
    ],
)
def test_now_alone_is_no_danger_where_somebody_is_at_rest(understanding, country, text):
    """A quiet sentence about a child with "now" in it tells how things stand."""
    assert understanding.understand(text, country=country).intent is not Intent.ACUTE


@pytest.mark.parametrize(
    ("country", "text", "kind"),
    [
        ("NO", "jente med merker på halsen, hvem kontakter vi", "physical-violence"),
        ("SE", "pappan vill titta när dottern duschar, vem är kontakten", "sexual-abuse"),
        ("DK", "hendes brødre bestemmer hvilket tøj hun må gå i, hvem er kontakten", "honour-control"),
        ("NO", "en assistent og et bleieskift barnet gråter over, hvem kontakter vi", "abuse-by-staff"),
        ("DK", "far kalder ham idiot og lort, hvem er kontakten", "psychological-violence"),
    ],
)
def test_a_kind_is_heard_from_facts_together(understanding, country, text, kind):
    """Where no phrase names the kind, its facts do."""
    question = understanding.understand(text, country=country)
    assert (question.intent, question.kind) == (Intent.FIND_CONTACT, kind), question


def test_the_danger_that_was_heard_together_is_named(understanding):
    """The row that led to the answer stands among its cues."""
    question = understanding.understand("mor er stiv og kører med børnene på bagsædet", country="DK")
    assert "acute.drunk-drive" in question.because


def test_every_fact_of_a_row_is_a_group_of_words():
    """A misspelt name of a group would make a row that never holds."""
    groups = {"{" + name + "}" for name in vocabulary().groups}
    rows = [facts.split() for row in table("together.csv") for facts in row["facts"].split("|")]
    assert rows
    assert {fact for facts in rows for fact in facts} <= groups


def test_only_vowels_are_drawn_out():
    """Double consonants are spelling."""
    assert (drawn("nuuu"), drawn("hjææælp"), drawn("skrikk")) == ("nu", "hjælp", "skrikk")
