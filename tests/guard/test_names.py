"""Names: by lexicon, by shape, by what stands around them; and the words, places and contacts that pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.guard import Kind, Outcome, Registered, load_guard

if TYPE_CHECKING:
    from pathlib import Path

    from bot.guard import Guard


def names(guard: Guard, text: str, lang: str = "da", contacts: Registered | None = None) -> list[str]:
    """The stretches of a text that were taken for names."""
    found = guard.look(text, lang=lang, contacts=contacts or Registered())
    return [text[f.start : f.end] for f in found if f.kind is Kind.NAME]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mor til Signe ringede", "Signe"),
        ("mor til signe ringede", "signe"),
        ("faren til Xandriel er innkalt", "Xandriel"),
        ("drengen hedder Tvebbe", "Tvebbe"),
        ("Signes bror er med", "Signes"),
        ("Kirkeskov-sagen er lukket", "Kirkeskov"),
        ("drengen M. er hos sin far", "M"),
        ("T.K. skal afhøres", "T.K."),
        ("K. Vinterslev har klaget", "Vinterslev"),
        ("far til S i g n e kommer", "S i g n e"),
        ("far til S1gne kommer", "S1gne"),
        ("Liv fortalte det selv", "Liv"),
        ("Bo tør ikke gå hjem", "Bo"),
        ("er Sten kommet hjem?", "Sten"),
        ("vi henter anne-mette nu", "anne-mette"),
        ("Sagen vedr. Brunsvig, Ida", "Brunsvig"),
        ("Jag pratade med Göran Lindesjö", "Lindesjö"),
        ("Status på Xandriel: stabil", "Xandriel"),
    ],
)
def test_a_person_is_noticed(guard: Guard, text: str, name: str) -> None:
    """Known, unknown, lower-case, shortened, disguised and word-like names are noticed where a person is meant."""
    assert name in names(guard, text)


@pytest.mark.parametrize(
    "text",
    [
        "Tone ned bekymringen overfor familien",
        "Mark og skov er gennemsøgt uden resultat",
        "Dag 3 i forløbet går godt",
        "Sol i dag og regn i morgen",
        "Mor siger, at far ikke må være der",
        "Moren til barnet er varslet",
        "Vi ses i Vejle på tirsdag",
        "Aarhus Kommune og Fyns Politi er enige",
        "Retten i Horsens har berammet sagen",
        "Anklagemyndigheden og Familieretshuset er orienteret",
        "Børnesamtalen, netværksmødet og partshøringen er aftalt",
        "BUP har ventetid",
        "Rosen i vinduet er min",
        "jf. barnets lov § 133",
        "Teams er nede",
    ],
)
def test_ordinary_words_places_and_bodies_pass(guard: Guard, text: str) -> None:
    """Words that are also names, compounds, places, agencies, laws and products raise nothing."""
    assert guard.look(text, lang="da") == ()


def test_a_registered_contact_passes_by_full_name_greeting_or_mention(guard: Guard) -> None:
    """Staff may be named in full, greeted by first name, and mentioned."""
    contacts = Registered(names=("Pernille Holmskov",))
    for text in (
        "Pernille Holmskov tager den",
        "Pernille Holmskovs notat",
        "Hej Pernille, er du der?",
        "<@U012AB3CD> tager den",
    ):
        assert names(guard, text, contacts=contacts) == []


def test_a_child_with_a_contacts_first_name_is_noticed(guard: Guard) -> None:
    """The first name alone is the child's, not the contact's."""
    assert names(guard, "pigen Pernille er bange", contacts=Registered(names=("Pernille Holmskov",))) == ["Pernille"]


def test_registered_phones_and_mails_pass_however_they_are_written(guard: Guard) -> None:
    """A contact's own phone and e-mail are no findings."""
    contacts = Registered(phones=("+45 22 33 44 55",), emails=("vagt.nord@example.dk",))
    assert guard.look("ring 22334455 eller skriv til Vagt.Nord@example.dk", lang="da", contacts=contacts) == ()


def test_a_doubtful_name_is_asked_about_and_a_pardoned_one_passes() -> None:
    """Somebody's "not a person" lets a doubtful word pass, and never a certain one."""
    text = "Notatet fra Tvebbelund ligger klar"
    asked = load_guard().look(text, lang="da")
    assert [f.outcome for f in asked] == [Outcome.ASK]
    pardoning = load_guard(pardoned=lambda _word: True)
    assert pardoning.look(text, lang="da") == ()
    assert pardoning.look("mor til Signe ringede", lang="da") != ()


def test_an_operators_own_list_adds_names(tmp_path: Path) -> None:
    """A local file of names makes an unknown lower-case word a name."""
    own = tmp_path / "names.txt"
    own.write_text("# local\nqvartzo\n", "utf-8")
    assert names(load_guard(), "i dag er qvartzo glad") == []
    assert names(load_guard(own), "i dag er qvartzo glad") == ["qvartzo"]


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("nb", "K.L. må ikke få vite om anmeldelsen", "K.L."),
        ("nb", "Hauglien junior er mistenkt", "Hauglien"),
        ("nb", "hvordan går det med torbjørg nå", "torbjørg"),
        ("nb", "Møte om Årvikstad på fredag", "Årvikstad"),
        ("nn", "Kolbjørn si dotter vil ikkje heim", "Kolbjørn"),
        ("sv", "Hedenkvist är kallad till förhör", "Hedenkvist"),
        ("sv", "Umgänge mellan Eliasson och barnen", "Eliasson"),
        ("da", "Mikkeline 11 år, har skåret sig", "Mikkeline"),
        ("da", "barnet bliver kaldt trunte derhjemme", "trunte"),
        ("da", "Abdulhakim vil ikke hjem", "Abdulhakim"),
        ("da", "Olsen-familien er flyttet", "Olsen"),
        ("da", "tornholmgaard har klaget over afslaget", "tornholmgaard"),
        ("nb", "steinlivik svarer ikke på brev", "steinlivik"),
        ("sv", "kan vi ta ekströmsberg ärendet först", "ekströmsberg"),
        ("da", "Sky har det værre efter weekenden", "Sky"),
        ("nb", "vi har møtt håp to ganger", "håp"),
        ("da", "jeg har set liv i dag og hun var stille", "liv"),
        ("nn", "Oddvra kjem ikkje i dag", "Oddvra"),
        ("sv", "jag har pratat med soife i dag", "soife"),
        ("sv", "Tindra-Lo 8 år bor hos farmor", "Tindra-Lo"),
        ("da", "Be***te er mor til pigen", "Be***te"),
    ],
)
def test_names_are_noticed_by_how_they_are_made_and_by_what_is_said_of_people(
    guard: Guard, lang: str, text: str, name: str
) -> None:
    """Initials that act, juniors, farm and two-part names, patronyms, ages and nicknames are noticed in each language."""
    assert name in [text[f.start : f.end] for f in guard.look(text, lang=lang)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("sv", "Ta med dina anteckningar och mina underlag"),
        ("sv", "Björn- och skolfrågor är inte våra"),
        ("da", "Vi venter på EU-landene og Bahama-registrerede biler"),
        ("da", "Vi har brug for en mand mere på vagten"),
        ("nb", "Barnet er seks år og går i første klasse"),
        ("nb", "Teams: passcode: a8Kd2x"),
        ("nb", "Saken ligger i Valldal"),
        ("da", "Mødet i Skagen åbner 1. oktober"),
        ("sv", "Astrid Lindgrens barnsjukhus ringer på torsdag"),
        ("da", "H.C. Andersen Børnehospital har svaret"),
        ("nb", "Kong Haakons skole har meldt fra"),
        ("sv", "Karolinska har svarat"),
        ("sv", "grannen dricker igen"),
        ("nb", "utvalget lot saken ligge"),
        ("da", "Stormen har lagt sig, og der er liv i huset"),
        ("da", "Talte med håb i stemmen om fred og ro"),
        ("da", "Den klage sagen er gammel, og chefen har det bedre"),
        ("nn", "me har snakka med skulen, dei har klaga"),
    ],
)
def test_half_compounds_codes_possessives_and_towns_pass(guard: Guard, lang: str, text: str) -> None:
    """What looks like a name by its capital, its hyphen or its digits, and is none, passes."""
    assert guard.look(text, lang=lang) == ()


def test_a_registered_first_name_on_duty_passes_and_a_childs_does_not(guard: Guard) -> None:
    """Whoever takes over the watch is a colleague; the same first name without duty may be a child."""
    contacts = Registered(names=("Hege Lunde",))
    assert guard.look("Jeg er borte i uke 9, Hege tar over", lang="nb", contacts=contacts) == ()
    assert guard.look("Hege vil ikke hjem", lang="nb", contacts=contacts) != ()
