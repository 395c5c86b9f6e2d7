"""Numbers: national numbers in every disguise, accounts, phones; and the numbers that are none of these."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guard import Kind

if TYPE_CHECKING:
    from bot.guard import Guard


def kinds(guard: Guard, text: str, lang: str = "da") -> set[Kind]:
    """The kinds found in a text."""
    return {f.kind for f in guard.look(text, lang=lang)}


def disguised(number: str, how: str) -> str:
    """A number of digits as people disguise it."""
    return {
        "plain": number,
        "hyphen": f"{number[:6]}-{number[6:]}",
        "space": f"{number[:6]} {number[6:]}",
        "dots": f"{number[:2]}.{number[2:4]}.{number[4:6]}-{number[6:]}",
        "pairs": f"{number[:2]} {number[2:4]} {number[4:6]} {number[6:]}",
        "spaced": " ".join(number),
        "letter O": number.replace("0", "O"),
        "full width": "".join(chr(ord(c) + 0xFEE0) for c in number),
        "zero width": "\u200b".join(number),
        "no-break": f"{number[:6]}\u00a0{number[6:]}",
        "dash": f"{number[:6]}–{number[6:]}",
        "bold": f"*{number[:6]}-{number[6:]}*",
    }[how]


DISGUISES = (
    "plain",
    "hyphen",
    "space",
    "dots",
    "pairs",
    "spaced",
    "letter O",
    "full width",
    "zero width",
    "no-break",
    "dash",
    "bold",
)
two = {size: st.integers(1, size).map(lambda n: f"{n:02d}") for size in (12, 28, 99)}
dates = st.tuples(two[28], two[12], two[99]).map("".join)


@given(date=dates, rest=st.integers(0, 9999), how=st.sampled_from(DISGUISES))
def test_a_danish_number_is_found_in_every_disguise(guard: Guard, date: str, rest: int, how: str) -> None:
    """Ten digits after "cpr" are noticed however they are written, whether their checksum holds or not."""
    number = f"{date}{rest:04d}"
    assert Kind.NATIONAL_ID in kinds(guard, f"hendes cpr er {disguised(number, how)} siger skolen")


@given(date=dates, rest=st.integers(0, 99999), how=st.sampled_from(DISGUISES))
def test_a_norwegian_number_is_found_in_every_disguise(guard: Guard, date: str, rest: int, how: str) -> None:
    """Eleven digits after "fødselsnummer" are noticed however they are written, whether their checksum holds or not."""
    number = f"{date}{rest:05d}"
    assert Kind.NATIONAL_ID in kinds(guard, f"fødselsnummer {disguised(number, how)} på gutten", "nb")


@given(date=dates, rest=st.integers(0, 9999))
def test_a_bare_number_with_a_hyphen_needs_no_word_before_it(guard: Guard, date: str, rest: int) -> None:
    """Six digits that are a date, a hyphen and four digits are a national number anywhere."""
    assert Kind.NATIONAL_ID in kinds(guard, f"husk {date}-{rest:04d}")
    assert Kind.NATIONAL_ID in kinds(guard, f"kom ihåg {date[4:]}{date[2:4]}{date[:2]}-{rest:04d}", "sv")


def test_a_good_checksum_raises_certainty_and_a_bad_one_clears_nothing(guard: Guard) -> None:
    """The second opinion only ever adds."""
    good, bad = guard.look("husk 010170-1004", lang="da"), guard.look("husk 010170-1001", lang="da")
    assert good[0].kind is bad[0].kind is Kind.NATIONAL_ID
    assert good[0].certainty >= bad[0].certainty


@pytest.mark.parametrize(
    "text", ["de sidste fire er 4321", "de siste fem er 54321", "sista fyra: 1234", "cpr ender på 1234"]
)
def test_the_last_digits_alone_are_found_where_words_say_so(guard: Guard, text: str) -> None:
    """Four or five digits are a part of a number after words for its end."""
    assert kinds(guard, text) == {Kind.NATIONAL_ID_PART}


@pytest.mark.parametrize(
    "text",
    [
        "ring til mor på 22334455",
        "ring til mor på 22 33 44 55",
        "hans mobil: +47 912 34 567",
        "0047 91234567",
        "070-123 45 67",
        "nummeret er 040 123 4567",
    ],
)
def test_phones_are_found(guard: Guard, text: str) -> None:
    """Nordic and international phones are noticed in the groups people use."""
    assert Kind.PHONE in kinds(guard, text, "sv")


@pytest.mark.parametrize(
    "text",
    [
        "konto 1234 0012345678",
        "kontonr. 1234.56.78901",
        "reg.nr. 1234 konto 1234567",
        "DK50 0040 0440 1162 43",
        "bankgiro 123-4567",
    ],
)
def test_accounts_are_found(guard: Guard, text: str) -> None:
    """Accounts are noticed by their words or by their form."""
    assert Kind.BANK in kinds(guard, text)


@pytest.mark.parametrize(
    "text",
    [
        "Journalnummer 5100-12345-00012-25",
        "sagsnr. 2025-0012345",
        "CVR 12345678",
        "EAN 5798001234567",
        "org.nr 987 654 321",
        "møte-ID 412 345 678 90",
        "lokale 214, version 3.2.1",
        "kl. 10.30-11.45 den 12.05.2026",
        "mødet 4.11.2026 14.15",
        "uge 34 og 35, side 17-19",
        "årene 2019-2021",
        "ring 112 eller 114",
        "internnummer 2958",
    ],
)
def test_numbers_that_name_nobody_pass(guard: Guard, text: str) -> None:
    """Case, company and meeting numbers, rooms, versions, dates of meetings and times are no findings."""
    assert guard.look(text, lang="nb") == ()
