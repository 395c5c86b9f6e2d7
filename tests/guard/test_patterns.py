"""E-mails, plates, user names, dates of birth and addresses, each with what only looks like one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.guard import Kind

if TYPE_CHECKING:
    from bot.guard import Guard


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("skriv til lille.bjoern@example.dk", Kind.EMAIL),
        ("lille.bjoern (at) example.dk", Kind.EMAIL),
        ("bjoern snabel-a example.dk", Kind.EMAIL),
        ("bjoern [at] example [dot] no", Kind.EMAIL),
        ("nummerplade AB 12 345", Kind.PLATE),
        ("bilen har skilt ek12345", Kind.PLATE),
        ("regnr ABC 12D", Kind.PLATE),
        ("hun hedder misse_2011 på Snap", Kind.USERNAME),
        ("Snapchat: misse.2011", Kind.USERNAME),
        ("Discord-brugeren nattugle99", Kind.USERNAME),
        ("drengen er født 14. marts 2012", Kind.BIRTHDATE),
        ("f. 140312", Kind.BIRTHDATE),
        ("fødselsdag 14/3-12", Kind.BIRTHDATE),
        ("barnet (14.03.2012) er hos sin mor", Kind.BIRTHDATE),
        ("bor på Egeskovvej 14, 2. tv", Kind.ADDRESS),
        ("vi var på solbakken 7b", Kind.ADDRESS),
        ("Nedre Kirkegate 3", Kind.ADDRESS),
        ("flyttet til Tranebærkæret 12", Kind.ADDRESS),
        ("8700 Horsens", Kind.ADDRESS),
    ],
)
def test_each_kind_is_found_in_several_forms(guard: Guard, text: str, kind: Kind) -> None:
    """Each kind is noticed in the forms people write it in."""
    assert kind in {f.kind for f in guard.look(text, lang="da")}


@pytest.mark.parametrize(
    "text",
    [
        "Vi er på vej 10 minutter endnu",
        "Der er adgang 24 timer i døgnet",
        "mødet er i lokale 12 på 2. sal",
        "på side 14 i vejledningen",
        "vi mødes den 14. maj 2026",
        "frist 12.05.2026",
        "skriv til post@aarhus.kommune.dk",
        "hun har slettet Snapchat",
        "følg op på Teams i dag",
        "EU 12345 er skemaets nummer",
        "uge 14 og uge 15",
        "enligt 14 kap. 1 § SoL",
        "enligt 5 § LVU",
    ],
)
def test_what_only_looks_like_it_passes(guard: Guard, text: str) -> None:
    """Being on the way, rooms, pages, meeting dates, desks and services are no findings."""
    assert guard.look(text, lang="da") == ()


@pytest.mark.parametrize(
    ("text", "handle"),
    [
        ("profilen hedder @mi4.xx på insta", "mi4.xx"),
        ("hun skriver med ham på snap under misse_by09", "misse_by09"),
    ],
)
def test_a_user_name_is_found_whole_and_alone(guard: Guard, text: str, handle: str) -> None:
    """A user name is noticed from its first letter to its last, and with no word before it."""
    assert [(text[f.start : f.end], f.kind) for f in guard.look(text, lang="da")] == [(handle, Kind.USERNAME)]
