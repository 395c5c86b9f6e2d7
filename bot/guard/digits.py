"""Runs of digits in a folded text, however they are cut up, each with the words that say what it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ATOM = re.compile(r"(?<![\w])[+(]{0,2}(?:\d|[Oo](?=[\d .\-]{0,2}\d))(?:[\dOolI]|[.\-/)(,+](?=[\dOo(])|\)(?= ?\d))*(?![^\W\dOolI_])")
_GAP = re.compile(r" {1,3}|\n| ?[-/,.] ?| {0,2}\) ?")
_DIGIT = str.maketrans("OolI", "0011")
_MOST_DIGITS = 16
_MOST_ATOMS = 16
_REACH = 44

_CUES = {
    "id": r"cpr(?:-?n(?:umme)?r\w*)?|person(?:-| )?n(?:umme)?r\w*|personnummer\w*|fødselsn(?:umme)?r\w*|fødselsnr|fnr|f\.nr|p-?nr|d-nummer\w*|dnummer|"
    r"pnr|pers\.?nr|samordningsnummer|henkilötunnus|hetu|kennitala|kt|social security|11 siffer|elleve siffer|fødselsnummeret|personnumret|id-?nummer\w*",
    "phone": r"t(?:e)?lf\w*|tel|telefon\w*|phone|mobil\w*|mob|ring\w*|ringe|sms\w*|nummer\w*|numre\w*|num(?:me)?ret|nr|nås|call|kontakt\w*|telnr|mobilnr|puh\w*|sími|fra|från",
    "bank": r"konto\w*|kontonr|reg\.? ?nr|clearing\w*|bankgiro|bg|plusgiro|pg|iban|giro\w*|bank\w*|kto|stønad\w*|pengar\w*|pengene|utbetal\w*|udbetal\w*|swish\w*|vipps\w*|mobilepay",
    "no": r"journal\w*|j\.?nr|sags?\w*nr|sagsnummer|saksn\w*|sakn\w*|sak|sag|dnr|diarien\w*|ärende\w*|cvr\w*|ean\w*|org\.?n\w*|organisasjonsn\w*|"
    r"organisationsn\w*|møte-?id|mødei?d|mødeid|möte-?id|meeting id|faktura\w*|ordre\w*|order\w*|bestilling\w*|"
    r"rekvisition\w*|rekvisisjon\w*|lokale\w*|rum|rom|intern\w*|lokal|lokalnr|side|s\.|sida|bilag\w*|skema\w*|skjema\w*|blankett\w*|anmeldelse|"
    r"anmäl\w*|k-nummer|saken|beløp|belopp|kr|kroner|kronor|student-id|serien\w*|serienr|produkt\w*|varenr|ticket|sak nr|sag nr|arkiv\w*|doknr|dok\.?nr|gsm|imei|gln|se-nr|p-nummer|produktionsenhed\w*|postboks|boks|vejledning\w*|afsnit|kapitel|stk",
    "weak": r"id|versjon|version\w*|kode\w*|kod|pin|passcode|adgangskode|lösenord\w*|passord\w*|ref\w*|konto-?id|användar\w*",
}
_CUE = re.compile(r"(?<![\w])(?:" + "|".join(f"(?P<{key}>{words})" for key, words in _CUES.items()) + r")(?![\w])")


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


def cue_before(lowered: str, at: int) -> str | None:
    """Which sort of number the words before `at` speak of: the last one named in the same line, within reach."""
    window = lowered[max(0, at - _REACH) : at]
    window = window[window.rfind("\n\n") + 1 :]
    last = None
    for found in _CUE.finditer(window):
        last = found.lastgroup
        if found[0] in {"nr", "id"} and last == "phone" and _CUE.search(window[: found.start()]):
            continue
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
        if digits and sum(c.isdigit() for c in raw) * 2 >= len(digits):
            groups = tuple(len(g) for g in re.findall(r"\d+", raw.translate(_DIGIT)))
            out.append(_Atom(found.start(), found.start() + len(raw), raw, digits, groups))
    return out


def runs(text: str, lowered: str) -> list[list[Run]]:
    """For each atom the readings that begin there, longest first; linear, as a reading has at most sixteen digits."""
    atoms = _atoms(text)
    out: list[list[Run]] = []
    for i, first in enumerate(atoms):
        digits, groups, end = "", (), first.start
        here: list[Run] = []
        cue: str | None = None
        asked = False
        for atom in atoms[i : i + _MOST_ATOMS]:
            if digits and not _GAP.fullmatch(text[end : atom.start]):
                break
            if digits and ("+" in atom.raw or len(digits) + len(atom.digits) > _MOST_DIGITS):
                break
            digits += atom.digits
            groups = (*groups, *atom.groups)
            end = atom.end
            if not asked:
                cue, asked = cue_before(lowered, first.start), True
            here.append(Run(first.start, end, digits, groups, text[first.start : end], cue, first.raw.startswith(("+", "(+", "00"))))
        out.append(here[::-1])
    return out
