"""Runs of digits in a folded text, however they are cut up, each with the words that say what it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_ATOM = re.compile(
    r"(?<![\w])[+(]{0,2}(?:\d|[Oo](?=[Oo.\-]{0,4} ?\d))(?:[\dOolI]|[.\-/)(,+](?=[\dOo(])|\)(?= ?\d))*(?![^\W\dOolI_])"
)
_GAP = re.compile(r" {1,3}|\n| ?[-/,.] ?| {0,2}\) ?")
_DIGIT = str.maketrans("OolI", "0011")
_FEWEST_DIGITS, _MOST_DIGITS = 7, 16  # from an Icelandic phone to a Swedish account
_MOST_ATOMS = 16
_NATIONAL, _DATE_AND_FOUR = 10, (8, 4)
_REAL_DIGITS = 2  # so many must not be letters in disguise: no day and no month is zero
_TABLE = 40  # atoms
_FEW_ATOMS = 4
_REACH = 44

_CUES = {
    "id": r"cpr(?:-?n(?:umme)?r\w*)?|person(?:-| )?n(?:umme)?r\w*|personnummer\w*|fødselsn(?:umme)?r\w*|fødselsnr|fnr|f\.nr|p-?nr|d-nummer\w*|dnummer|"
    r"pnr|pers\.?nr|samordningsnummer|henkilötunnus|hetu|kennitala|kt|social security|11 siffer|elleve siffer|fødselsnummeret|personnumret|id-?nummer\w*",
    "phone": r"t(?:e)?lf\w*|tel|telefon\w*|phone|mobil\w*|mob|ring\w*|ringe|sms\w*|nummer\w*|numre\w*|num(?:me)?ret|nås|call|kontakt\w*|telnr|mobilnr|puh\w*|sími|fra|från",
    "bank": r"konto\w*|kontonr|reg\.? ?nr|clearing\w*|bankgiro|bg|plusgiro|pg|iban|giro\w*|bank\w*|kto|stønad\w*|(?:børne|barne|barn)(?:bidrag|trygd|ydelse|penge|tilskud|bidraget|trygden|pengarna|pengene)\w*|barnbidrag\w*|underhåll\w*|pengar\w*|pengene|(?:ut|ud|ind|inn)?betal\w*|overfør\w*|sættes ind|sætte ind|settes inn|sette inn|sätt\w* in|insätt\w*|swish\w*|vipps\w*|mobilepay",
    "no": r"journal\w*|j\.?nr|sags?\w*nr|sagsnummer|saksn\w*|sakn\w*|sak|sag|dnr|diarien\w*|ärende\w*|"
    r"møte-?id|mødei?d|mødeid|möte-?id|meeting id|faktura\w*|ordre\w*|order\w*|bestilling\w*|"
    r"rekvisition\w*|rekvisisjon\w*|lokale\w*|rum|rom|intern\w*|lokal|lokalnr|side|s\.|sida|bilag\w*|skema\w*|skjema\w*|blankett\w*|anmeldelse|"
    r"anmäl\w*|k-nummer|saken|beløp|belopp|kr|kroner|kronor|student-id|serien\w*|serienr|produkt\w*|varenr|ticket|sak nr|sag nr|arkiv\w*|doknr|dok\.?nr|gsm|imei|gln|se-nr|p-nummer|produktionsenhed\w*|postboks|boks|vejledning\w*|afsnit|kapitel|stk|\w*måler\w*|\w*mätare\w*|sags?-?id|saks?-?id|\w*(?:ordre|faktura|vare|serie|order|kunde|kund|medlems|parti|måler|mätar|bilags|sags?|saks?|ärende|rekv|lager|stel|chassis|patent|billet|billett|biljett|pakke|paket|forsendelses|sporings|spårnings|track)-?(?:nr|nummer\w*|numre\w*|numret)|stregkode\w*|streckkod\w*|strekkode\w*|sporing\w*|model\w*|modell\w*",
    "org": r"cvr\w*|ean\w*|org\.? ?n\w*|orgnr|organisasjonsn\w*|organisationsn\w*|gln|p-nummer|produktionsenhed\w*",
    "weak": r"id|versjon|version\w*|kode\w*|kod|pin|passcode|adgangskode|lösenord\w*|passord\w*|ref\w*|konto-?id|användar\w*",
}
# "4O ll 98 3 7": letters that stand for digits in groups of their own, between groups that hold real ones.
_DISGUISED = re.compile(r"(?<![\w])[\dOolI][\dOolI .,()/+-]{4,28}[\dOolI](?![\w])")
_LEAST_REAL = 3
_CUE = re.compile(r"(?<![\w-])(?:" + "|".join(f"(?P<{key}>{words})" for key, words in _CUES.items()) + r")(?![\w])")


@dataclass(frozen=True, slots=True)
class Run:
    """One or more atoms read as a number: its place, its digits, how it is grouped, and the nearest cue before it."""

    start: int
    end: int
    digits: str
    groups: tuple[int, ...]
    raw: str
    cue: str | None
    plus: bool


def undisguised(text: str) -> str:
    """The text with letters that stand for digits as digits, where most around them are digits; same length."""
    if not any(c in text for c in "OolI"):
        return text
    return _DISGUISED.sub(_undisguise, text)


def _undisguise(found: re.Match[str]) -> str:
    stretch = found[0]
    real = sum(c.isdigit() for c in stretch)
    fake = sum(c in "OolI" for c in stretch)
    alone = any(chunk in {"I", "l", "o"} for chunk in stretch.split())  # "I" and "o" are words
    if not fake or real < _LEAST_REAL or real < fake or real + fake < _FEWEST_DIGITS or alone:
        return stretch
    return stretch.translate(_DIGIT)


def cue_before(lowered: str, at: int) -> str | None:
    """Which sort of number the words before `at` speak of: the last one named in the same line, within reach."""
    window = lowered[max(0, at - _REACH) : at]
    window = window[window.rfind("\n\n") + 1 :]
    last = None
    for found in _CUE.finditer(window):
        last = found.lastgroup
    return last


@dataclass(frozen=True, slots=True)
class _Atom:
    start: int
    end: int
    raw: str
    digits: str
    groups: tuple[int, ...]


def _atoms(text: str) -> list[_Atom]:
    out: list[_Atom] = []
    for found in _ATOM.finditer(text):
        raw = found[0].rstrip(".,/-(")
        digits = "".join(c for c in raw.translate(_DIGIT) if c.isdigit())
        if digits and (len(digits) < _FEW_ATOMS or sum(c.isdigit() for c in raw) >= _REAL_DIGITS):
            groups = tuple(len(g) for g in re.findall(r"\d+", raw.translate(_DIGIT)))
            out.append(_Atom(found.start(), found.start() + len(raw), raw, digits, groups))
    return out


def runs(text: str, lowered: str) -> Iterator[list[Run]]:
    """For each atom the readings that begin there, longest first.

    Linear: a reading has at most sixteen digits, and few atoms in a stretch of very many, which is a table, no number.
    """
    atoms = _atoms(text)
    joined = [bool(_GAP.fullmatch(text, a.end, b.start)) for a, b in pairwise(atoms)] + [False]
    chain, most = 0, _MOST_ATOMS
    for i, first in enumerate(atoms):
        if i >= chain:
            chain = i + 1
            while joined[chain - 1]:
                chain += 1
            most = _MOST_ATOMS if chain - i <= _TABLE else _FEW_ATOMS
        digits = ""
        groups: tuple[int, ...] = ()
        here: list[Run] = []
        if sum(len(atom.digits) for atom in atoms[i : min(chain, i + most)]) < _FEWEST_DIGITS:
            continue
        cue = cue_before(lowered, first.start)
        for at in range(i, min(chain, i + most)):
            atom = atoms[at]
            if digits and ("+" in atom.raw or len(digits) + len(atom.digits) > _MOST_DIGITS):
                break
            digits += atom.digits
            groups += atom.groups
            if len(digits) < _FEWEST_DIGITS:
                continue
            here.append(
                Run(
                    first.start,
                    atom.end,
                    digits,
                    groups,
                    text[first.start : atom.end],
                    cue,
                    _abroad(first.raw, digits, groups),
                )
            )
        if here:
            yield here[::-1]


def _abroad(raw: str, digits: str, groups: tuple[int, ...]) -> bool:
    """Whether a number begins with a country's code, written + or 00."""
    zeros = (
        raw.startswith("00") and digits[2:3] not in {"", "0"} and len(digits) > _NATIONAL and groups != _DATE_AND_FOUR
    )
    return raw.startswith(("+", "(+")) or zeros
