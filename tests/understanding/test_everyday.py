"""A busy day's ways to ask for a rule or a contact, and talk of police and municipality that asks for nothing."""

from __future__ import annotations

import pytest

from bot.data.lexicon import lexicon_from_data
from bot.understanding import Intent, Lexicon, Understanding


@pytest.fixture(scope="module")
def understanding():
    """The understanding with everything bundled."""
    return Understanding(Lexicon.build(**lexicon_from_data()))


@pytest.mark.parametrize(
    ("country", "text", "topic"),
    [
        pytest.param(
            "DK", "kan lederen underrette i stedet for mig", "dk-underretningspligt", id="a duty, by its verb"
        ),
        pytest.param("SE", "gäller anmälningplikten även ideella ledare", "se-orosanmalan", id="a letter left out"),
        pytest.param(
            "DK", "hvem skal gøre hvad, os eller politiet", "dk-roller", id="who does what asks for no person"
        ),
        pytest.param("NO", "kva nummer har barnevernvakta på natta", "no-akutt", id="a number that is a rule"),
        pytest.param(
            "DK", "moren vil se hvad der står i sagen, må hun det", "dk-partshoering-aktindsigt", id="a right"
        ),
        pytest.param("NO", "how long may the police take", "no-ventetid", id="in English"),
    ],
)
def test_a_rule_is_asked_for_without_its_name(understanding, country, text, topic):
    """Misspelt, by its verb, or with a word that else looks for a person."""
    question = understanding.understand(text, country=country)
    assert (question.intent, question.topic) == (Intent.GUIDANCE, topic), question


@pytest.mark.parametrize(
    ("country", "text"),
    [
        ("DK", "hvem rykker jeg for en ny skærm"),
        ("SE", "vem kontaktar jag om trasig hiss"),
        ("NO", "hilsen Bergen kommune"),
        ("DK", "tak til politiet for en god dag"),
        ("DK", "who do I call about the heating"),
    ],
)
def test_what_is_broken_and_who_is_greeted_gets_no_contact(understanding, country, text):
    """The words of a question for a contact, and nobody of ours is meant."""
    assert understanding.understand(text, country=country).intent is Intent.UNKNOWN


@pytest.mark.parametrize(
    ("country", "text"),
    [
        ("DK", "hvem er politikontakt i Vejle? hilsen Odense Kommune"),
        ("NO", "hvem må jeg ringe til om en bekymringsmelding i Hamar"),
        ("DK", "a girl in my office is scared to go home, who do I talk to at the police"),
        ("DK", "hjemmet er beskidt og toilettet er stoppet, hvem ringer vi til i Vejle"),
        ("SE", "vem använder vi hos polisen i Kalmar"),
        ("DK", "vi mangler en fast makker hos politiet i Odder"),
    ],
)
def test_a_greeting_an_office_or_a_rule_beside_it_hides_no_question_for_a_contact(understanding, country, text):
    """What takes a contact away from small talk takes none from a case."""
    assert understanding.understand(text, country=country).intent is Intent.FIND_CONTACT


@pytest.mark.parametrize(
    ("country", "text"),
    [
        ("DK", "hvad har politiet lovet os"),
        ("NO", "kva sa politiet at dei skulle gjere"),
        ("SE", "vad lovade polisen oss på mötet"),
    ],
)
def test_what_the_other_side_promised_is_what_was_agreed(understanding, country, text):
    """The list shows both sides' promises."""
    assert understanding.understand(text, country=country).intent is Intent.MY_TASKS


@pytest.mark.parametrize(
    ("country", "usual", "now"),
    [
        (
            "NO",
            "foreldrene roper hver helg og barna gjemmer seg, hvem ringer vi i Hamar",
            "barna gjemmer seg på badet og han slår på døra",
        ),
        (
            "DK",
            "pigen var væk i fredags, men er hjemme igen og har det fint, hvem i politiet i Vejle",
            "hun er hjemme igen og bløder fra håndleddet",
        ),
        (
            "DK",
            "the fight ended in screaming and he slapped her last week, who do I call",
            "the line went dead while she was screaming",
        ),
    ],
)
def test_hiding_coming_home_and_a_scream_are_a_danger_only_now(understanding, country, usual, now):
    """The same words every week, or afterwards, look for a contact."""
    assert understanding.understand(usual, country=country).intent is Intent.FIND_CONTACT
    assert understanding.understand(now, country=country).intent is Intent.ACUTE


def test_every_time_is_no_gang(understanding):
    """A Danish "gang" is a time, and an English one a gang."""
    usual = understanding.understand("hun gemmer sig for ham hver gang han drikker, hvem er kontakten", country="DK")
    courier = understanding.understand("he delivers packages for a gang, who do we call", country="DK")
    assert (usual.kind, courier.kind) == (None, "extremism-gang")
