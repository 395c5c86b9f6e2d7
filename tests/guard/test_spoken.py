"""What is written so that no ordinary pattern sees it: numbers in words, letters for digits, papers, occupations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.guard import Kind, Outcome, Registered

if TYPE_CHECKING:
    from bot.guard import Guard


def found(guard: Guard, text: str, lang: str = "da") -> list[tuple[str, Kind]]:
    """The stretches noticed in a text, with their kinds."""
    return [(text[f.start : f.end], f.kind) for f in guard.look(text, lang=lang)]


@pytest.mark.parametrize(
    ("text", "stretch", "kind"),
    [
        ("tlf er fem og halvtreds tolv nul to niogtyve", "fem og halvtreds tolv nul to niogtyve", Kind.PHONE),
        ("mobil: ni fire én tjueto sju null fem", "ni fire én tjueto sju null fem", Kind.PHONE),
        ("cpr tolv nul tre femten", "tolv nul tre femten", Kind.NATIONAL_ID),
        ("konto tre sju nul fem otte to en ni", "tre sju nul fem otte to en ni", Kind.BANK),
        ("mobil 2O ll 43 O7", "2O ll 43 O7", Kind.PHONE),
        ("bilen var B C 2 0 4 1 7", "B C 2 0 4 1 7", Kind.PLATE),
        ("DUF 2019 384716 02", "2019 384716 02", Kind.NATIONAL_ID),
        ("gnr/bnr 12/8 er solgt", "12/8", Kind.ADDRESS),
        ("født 120415 og 2231", "2231", Kind.NATIONAL_ID_PART),
        ("2015-02-11 er drengens fødselsdag", "2015-02-11", Kind.BIRTHDATE),
        ("hun chatter med regn-orm12", "regn-orm12", Kind.USERNAME),
        ("skriv til kalle snabel a mail punktum dk", "kalle snabel a mail punktum dk", Kind.EMAIL),
        ("far er organisten i Rødvig", "organisten i Rødvig", Kind.QUASI),
    ],
)
def test_what_is_spelled_out_is_noticed(guard: Guard, text: str, stretch: str, kind: Kind) -> None:
    """Each is found where it stands, as what it is."""
    assert (stretch, kind) in found(guard, text)


@pytest.mark.parametrize(
    "text",
    [
        "en to tre fire fem seks syv otte",
        "de har tre børn på fire, seks og otte år",
        "ordrenr. 48213907",
        "elmåler 61820394 er aflæst",
        "passet er udløbet",
        "organisten i København spiller",
        "far er lærer i København",
    ],
)
def test_counting_references_and_large_towns_pass(guard: Guard, text: str) -> None:
    """Numbers that count or refer, and occupations that many have, raise nothing."""
    assert found(guard, text) == []


def test_an_occupation_in_a_small_place_is_only_asked_about(guard: Guard) -> None:
    """Whether it singles somebody out is for the writer to say."""
    outcomes = [f.outcome for f in guard.look("mor er jordemoder på Tunø", lang="da")]
    assert outcomes == [Outcome.ASK]


def test_a_registered_contact_may_be_written_with_an_at(guard: Guard) -> None:
    """A full name after @ is a mention written by hand; anybody else's is a user name."""
    text = "@Pernille Holmskov ser på det"
    assert guard.look(text, lang="da", contacts=Registered(names=("Pernille Holmskov",))) == ()
    assert guard.look(text, lang="da") != ()


@pytest.mark.parametrize("head", ["Bisgaard", "Tesfamariam", "Hovlandsdal"])
@pytest.mark.parametrize("tail", ["drengene", "ungene", "ungane", "barnen"])
def test_a_familys_children_are_noticed_by_their_surname(guard: Guard, head: str, tail: str) -> None:
    """A surname, a hyphen and a word for children name a family."""
    assert (head, Kind.NAME) in found(guard, f"det gjelder {head}-{tail} igjen")
