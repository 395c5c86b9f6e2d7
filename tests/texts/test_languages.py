"""Each language is its own: nothing left untranslated, its own commands, dates and words, nothing set for a whole process."""

from __future__ import annotations

import ast
import importlib
import re
from datetime import UTC, datetime
from itertools import product
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from bot.data import reading as data
from bot.data.countries import countries
from bot.manifest import COMMANDS
from bot.settings import Settings
from bot.texts.catalogue import LANGUAGES
from bot.texts.dates import DAYS, PATTERNS, day, when
from bot.understanding.vocabulary import LANGUAGES as UNDERSTOOD
from tests.texts.test_catalogues import ROOT, catalogue, forms, languages

SHARED = {
    "en": "bindeled ring send",
    "da": """
        adresse alle anbefaling andre anmeld anmeldelse anmeldelsen ansvarlig barnet begge bekymringssamtale besked
        bilnummer bindeled dag den det du en er et for foreslå forrige fra fravær fraværende fysisk fødselsdato
        første gang gruppe gå har haster hold hos hvem hvilken hvis hvorfor hører i id ikke ingen inhabil ja jeg kan
        kanal kanalen kom kommune kommunen kontakt kontakter kontaktlisten kontaktperson kontonummer koordinator
        koordinatorer kunne leder med meld mener mindre minut minutter navn nej nu ny nås og papirer person personen privat
        personnummer politi politiet politikontakten psykisk på rettet ringer rolle rollen sagt samme samtalen se
        sekund sekunder selv send sendes senere senest side sider situation skolen skriv slack slettet sted stedet stilletid
        svar så telefon telefonnummer tema til time timer tomt tråden ved vegne venter videre vis vold vurderingen være
        ønsk ønsket
    """,
}
"""Words that are spelled the same elsewhere: a text that consists of them alone may read like the other language's."""
FOREIGN = {
    "da": "hva noe noen dere ikkje kva eg och inte är att för",
    "nb": "af hvad hvornår noget nogen jer jeres sag sagen kun efter uden endnu ikkje kva kven eg och inte är att för",
    "nn": "ikke jeg hva hvem hvor hvordan hvilken hvilket noe noen en et fra være gjøre bare mer dere deres kommer af",
    "sv": "ikke ikkje og jeg eg hva kva hvem kven hvad noe noget dere jer af",
    "en": "og ikke ikkje och inte jeg eg jag hvem hva kva hvad der er",
}
"""Everyday words of the others that a text taken over in a hurry would keep."""
LETTERS = {"da": "äö", "nb": "äö", "nn": "äö", "sv": "æø", "en": "æøåäö"}
NOT_A_WORD = re.compile(r"\{\w+\}|`[^`]*`|:\w+:|\\n|<[^>]*>|/\w+|@\w+")


def said(text: str) -> list[str]:
    """The words of a text, without its places, commands and mark-up."""
    return re.findall(r"[^\W\d_]+", NOT_A_WORD.sub(" ", text).casefold())


@pytest.mark.parametrize(
    ("language", "other"), [(a, b) for a, b in product(LANGUAGES, ("en", "da")) if a not in {b, "en"}]
)
def test_nothing_is_left_as_another_language_says_it(language, other):
    """A text that equals the English or the Danish one consists of words both languages spell alike."""
    theirs = catalogue(other)
    alike = {
        key: form
        for key, message in catalogue(language).items()
        for form, their_form in zip(forms(message), forms(theirs[key]), strict=True)
        if form == their_form and not set(said(form)) <= set(SHARED[other].split())
    }
    assert alike == {}


@languages
def test_a_language_keeps_to_its_own_words(language):
    """No everyday word and no letter of another language stands in a text."""
    foreign, letters = set(FOREIGN[language].split()), set(LETTERS[language])
    strange = {
        key: sorted(found)
        for key, message in catalogue(language).items()
        for form in forms(message)
        if (found := (foreign & set(said(form))) | {w for w in said(form) if letters & set(w)})
    }
    assert strange == {}


def accepted_after_bindeled() -> set[str]:
    """Every word that some handler listens for after `/bindeled`."""
    words: set[str] = set()
    for path in sorted((ROOT / "handlers").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "first_word":
                module = importlib.import_module(f"handlers.{path.stem}")
                for given in node.args:
                    assert isinstance(given, ast.Starred), path
                    assert isinstance(given.value, ast.Name), path
                    words |= set(getattr(module, given.value.id))
    return words


@languages
def test_a_command_that_a_text_names_is_the_languages_own_and_works(language):
    """People are told the commands their language's manifest has, and only words that `/bindeled` takes."""
    after = accepted_after_bindeled()
    for key, message in catalogue(language).items():
        for form in forms(message):
            named = set(re.findall(r"(?<![\w/.<}])/[a-zæøåäö]{3,}", form))
            assert named <= {*COMMANDS[language], "/bindeled", "/invite"}, (language, key)
            assert set(re.findall(r"`/bindeled (\w+)", form)) <= after, (language, key)


@languages
def test_no_text_carries_a_number_of_one_country(language):
    """Whom to ring at any hour differs by country: the number comes from the reader's, 112 is the same everywhere."""
    numbers = {c.control_room for c in countries()} | {c.control_room_dial for c in countries()}
    for key, message in catalogue(language).items():
        for form in forms(message):
            assert not [n for n in numbers if re.search(rf"(?<!\d){n}(?!\d)", form)], (language, key)


MOMENT = datetime(2026, 3, 3, 13, 5, tzinfo=UTC)
SATURDAY = datetime(2026, 8, 15, 6, 30, tzinfo=UTC)
WRITTEN = {
    "da": ("tirsdag 3. marts kl. 14.05", "lørdag 15. august kl. 08.30", "3. marts 2026"),
    "nb": ("tirsdag 3. mars kl. 14.05", "lørdag 15. august kl. 08.30", "3. mars 2026"),
    "nn": ("tysdag 3. mars kl. 14.05", "laurdag 15. august kl. 08.30", "3. mars 2026"),
    "sv": ("tisdag den 3 mars kl. 14.05", "lördag den 15 augusti kl. 08.30", "den 3 mars 2026"),
    "en": ("Tuesday 3 March at 14:05", "Saturday 15 August at 08:30", "3 March 2026"),
}


@languages
def test_moments_are_written_as_the_language_writes_them(language):
    """Weekday, day, month and time stand in the language's own order, words and signs."""
    zone = ZoneInfo("Europe/Oslo")
    assert (when(MOMENT, zone, language), when(SATURDAY, zone, language), day(MOMENT, zone, language)) == WRITTEN[
        language
    ]
    assert set(PATTERNS) == set(DAYS) == set(LANGUAGES)


def test_no_language_is_set_for_a_whole_process():
    """One reader's language never reaches another: nothing is installed, no locale is set."""
    setting = re.compile(
        r"gettext\.install|\.install\(\)|setlocale|gettext\.(bindtextdomain|textdomain)|\bdefault_locale\b"
    )
    found = [
        path.name
        for top in ("bot", "handlers", "storage")
        for path in (ROOT / top).rglob("*.py")
        if setting.search(path.read_text("utf-8"))
    ]
    assert found == []


def test_every_list_of_languages_is_the_same():
    """Rooms that may not know each other keep a list each: what can be chosen, read, understood and set is one thing."""
    settable = {
        word for choice in get_args(Settings.model_fields["chosen_language"].annotation) for word in get_args(choice)
    }
    assert set(LANGUAGES) == set(data.LANGUAGES) == set(UNDERSTOOD) == settable
