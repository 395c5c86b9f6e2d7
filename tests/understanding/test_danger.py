"""Danger told in the many ways people tell it, and what sounds like it and is none."""

from __future__ import annotations

import pytest

from bot.data.lexicon import lexicon_from_data
from bot.understanding import Intent, Lexicon, Understanding


@pytest.fixture(scope="module")
def understanding():
    """The understanding with everything bundled."""
    return Understanding(Lexicon.build(**lexicon_from_data()))


@pytest.mark.parametrize(
    ("country", "text"),
    [
        ("DK", "han sparker hende mens hun ligger ned, en forbipasserende filmer det"),
        ("NO", "han holder på med henne på rommet nå, lillebror ringte oss"),
        ("NO", "ho vert slegen no, eg høyrer det i telefonen"),
        ("NO", "dei vert sparka no"),
        ("NO", "jenta blir slegen no, broren ringjer frå badet"),
        ("SE", "hon misshandlas just nu, grannen hör det genom väggen"),
        ("DK", "drengen bliver tævet imens vi taler, jeg har ham i telefonen"),
        ("DK", "someone is kicking the boy"),
        ("DK", "the girl has fallen from the second floor and isn't moving"),
        ("SE", "flickan föll från balkongen och rör sig inte"),
        ("DK", "barnet har fået kogende vand over sig"),
        ("NO", "ungen har svelget vaskemiddel"),
        ("SE", "pojken har tagit en hel burk Alvedon"),
        ("NO", "en hund har bitt jenta i halsen"),
        ("DK", "pigen er låst inde i kælderen"),
        ("NO", "han er full og har kjørt av gårde med ungene"),
        ("DK", "hun bliver voldtaget, hun skrev det lige i en sms"),
        ("SE", "pappan viftar med kniv framför barnen"),
        ("NO", "to mot en, de sparker ham i hodet"),
        ("NO", "treåringen er borte i snøen, ingen finner henne"),
        ("DK", "moren siger hun tager børnene med sig i døden"),
        ("NO", "barnet ligger helt stille og er grått i ansiktet"),
        ("SE", "bebisen kräks och är slö efter ett fall"),
    ],
)
def test_danger_that_goes_on_is_acute(understanding, country, text):
    """In every tense it is told in, by whoever reports it, with or without a word of danger."""
    question = understanding.understand(text, country=country)
    assert (question.intent, question.urgency) == (Intent.ACUTE, "now"), question


@pytest.mark.parametrize(
    ("country", "text"),
    [
        ("DK", "der er en scene i filmen, men her slår han hende rigtigt lige nu"),
        ("NO", "de hadde kurs, og nå slår far gutten"),
        ("SE", "hänger ihop med jobbet säger han, men han stryper henne just nu"),
    ],
)
def test_a_word_that_calms_never_hides_a_danger_told_beside_it(understanding, country, text):
    """A figure of speech takes away only what it stands on, a story nothing that happens now."""
    assert understanding.understand(text, country=country).intent is Intent.ACUTE


@pytest.mark.parametrize(
    ("country", "text"),
    [
        ("DK", "jeg har akut brug for et nummer til vores kontakt hos politiet"),
        ("NO", "akutt behov for navnet på politikontakten vår"),
        ("DK", "someone is threatening to post nude pics of a girl, who is our contact"),
        ("NO", "gutten ble slått forrige semester, hvem er kontakten"),
        ("SE", "flickan blev slagen i somras, vem är kontakten"),
        ("NO", "guten vert slegen kvar gong far drikk, kven er kontakten"),
        ("DK", "en lærer tog kvælertag på en elev sidste år, hvem ringer vi til"),
        ("NO", "ungdommer bryter seg inn i hytter, hvem er forebyggende kontakt"),
        ("NO", "gut som snakkar om våpen og liker høgreekstreme sider, kven er kontakten"),
        ("DK", "gruppe unge ryger hash ved hallen, hvem er vores kontakt"),
        ("DK", "det brænder ikke på, men hvem er kontakten"),
    ],
)
def test_what_is_over_usual_or_a_way_of_speaking_is_not_acute(understanding, country, text):
    """Who asks for a contact about the past, a habit or in haste gets the contact, not the emergency number."""
    assert understanding.understand(text, country=country).intent is Intent.FIND_CONTACT


@pytest.mark.parametrize(
    ("country", "text"),
    [
        ("DK", "hvem vinder superligaen, er det Odense?"),
        ("NO", "hvem er trener for laget nå"),
        ("DK", "hvem skriver referat"),
        ("SE", "vilken härlig dag idag"),
        ("DK", "min søster skal giftes til sommer"),
        ("NO", "printeren er død"),
        ("SE", "vi drunknar i mejl"),
        ("DK", "this report is killing me"),
        ("NO", "når går bussen til Bergen"),
    ],
)
def test_what_is_not_for_the_bot_is_not_answered_with_a_contact(understanding, country, text):
    """Sports, weather, the office and one's own family are not understood, and said so."""
    assert understanding.understand(text, country=country).intent is Intent.UNKNOWN


@pytest.mark.parametrize(
    ("country", "text", "kind"),
    [
        ("SE", "flickan har blivit våldtagen, vem är kontakten", "sexual-abuse"),
        ("DK", "the girl says her uncle touches her, who do we call", "sexual-abuse"),
        ("NO", "mor tror at stefar gjør ting med ho om natta, hvem ringer vi", "sexual-abuse"),
        ("DK", "der er et håndaftryk på overarmen, hvem er kontakten", "physical-violence"),
        ("NO", "guten vart slegen av far, kven er kontakten", "physical-violence"),
        ("DK", "pædagogen tager hårdt fat i børnene, hvem er kontakten", "abuse-by-staff"),
        ("NO", "han trugar med å drepe hunden til jenta, kven er kontakten", "psychological-violence"),
        ("SE", "hon blir bortlovad till en kusin, vem är kontakten", "honour-control"),
        ("DK", "en tiårig har tvunget en klassekammerat til at klæde sig af, hvem er kontakten", "child-on-child"),
        ("NO", "far kastet gutten i veggen så leppa sprakk, hvem er kontakten vår", "physical-violence"),
    ],
)
def test_a_kind_of_case_is_heard_in_everyday_words(understanding, country, text, kind):
    """Also where no single phrase gives it away but its words come together."""
    question = understanding.understand(text, country=country)
    assert (question.intent, question.kind) == (Intent.FIND_CONTACT, kind), question


@pytest.mark.parametrize(
    ("country", "text", "topic"),
    [
        ("DK", "har en spejderleder pligt til at underrette", "dk-underretningspligt"),
        ("DK", "hvad skal der stå i aftalen mellem os og politiet", "dk-samarbejdsaftale"),
        ("DK", "må SSP dele noget om en bestemt elev", "dk-ssp"),
        ("NO", "bør skolen melde til barnevernet eller politiet", "no-bekymringsmelding-eller-anmeldelse"),
        ("NO", "kva gjer styringsnivået i SLT", "no-slt-nivaa"),
        ("SE", "måste en tränare anmäla oro", "se-orosanmalan"),
    ],
)
def test_a_rule_is_found_by_everyday_words(understanding, country, text, topic):
    """A question for a rule names its topic in the asker's words, not in those of the law."""
    question = understanding.understand(text, country=country)
    assert (question.intent, question.topic) == (Intent.GUIDANCE, topic), question


def test_us_is_not_a_municipality(understanding):
    """Oss (us) is not read as Os, ferde not as Færder."""
    for text in ("kan dere gi oss navnet på kontakten", "ingen fare på ferde, men hvem er kontakten"):
        question = understanding.understand(text, country="NO")
        assert (question.intent, question.municipality, question.candidates) == (Intent.FIND_CONTACT, None, ())
