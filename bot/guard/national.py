"""National numbers of Denmark, Norway, Sweden, Finland and Iceland. A checksum raises certainty; it never clears."""
# ruff: noqa: PLR2004 - how many digits a number has is the rule itself

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.guard.findings import Kind
from bot.guard.hits import Hit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.guard.digits import Run

_FINNISH = re.compile(r"(?<![\w])([0-3]\d)[.]?([01]\d)[.]?(\d\d) ?[-+A-FU-Ya-fu-y] ?(\d{3} ?[0-9A-Ya-y])(?![\w])")
_MASKED = re.compile(
    r"(?<![\w])(?:(?:19|20)?\d{6}|\d\d[./ -]\d\d[./ -]\d\d) ?[-+ ] ?(?:[x*#•?_]{3,5}|nnnn|\d\dxx|\dxxx|\d\d\*\*)(?![\w])"
)
_PART = re.compile(
    r"(?:(?:de |dei )?(?:sidste|siste|sista|seneste) (?:fire|4|fem|5|fyra|fyra siffrorna|cifre\w*|siffer\w*|sifre\w*|siffror\w*)|(?:fire|fem|fyra) sist\w+|"
    r"kontrolcifre\w*|kontrollsiffer\w*|kontrollsiffror\w*|løbenummer\w*|endecifre\w*|slutcifre\w*|fyra sista|siste siffer\w*|neljä viimeistä|viimeiset neljä|loppuosa\w*|"
    r"(?:cpr|personnummer\w*|fødselsnummer\w*|fødselsnr|personnumret|cpr-nummer\w*|cprnr|pnr|fnr|pnummer)[^\n.]{0,24}?(?:ender|slutter|slutar|ender på|slut\w*)|last four)"
    r"(?:[^\d\n]{0,34}?)(?<![\d])([\dOo](?: ?[\dOo]){3,4})(?![\w])"
)
_FINNISH_PART = re.compile(r"(?:neljä viimeistä|viimeiset neljä|loppuosa\w*)[^\d\n]{0,20}(\d{3}[\da-y])(?![\w])")
_DAY, _MONTH = 31, 12


def plausible(digits: str) -> bool:
    """Whether ten to thirteen digits can be a number somebody bears: a day and a month, with each country's additions."""
    size = len(digits)
    if size == 10:  # DK ddmmyynnnn, SE yymmddnnnn, IS ddmmyynnnn
        return _day_month(digits[:2], digits[2:4], 60, 0) or _day_month(digits[4:6], digits[2:4], 60, 0)
    if size == 11:  # NO ddmmyynnnnn, also D, H and synthetic numbers
        return _day_month(digits[:2], digits[2:4], 40, 80)
    if size == 12:  # SE yyyymmddnnnn, DK ddmmyyyynnnn
        return (digits[:2] in {"18", "19", "20"} and _day_month(digits[6:8], digits[4:6], 60, 0)) or (
            digits[4:6] in {"18", "19", "20"} and _day_month(digits[:2], digits[2:4], 60, 0)
        )
    if size == 13:  # NO with the century written out
        return digits[4:6] in {"18", "19", "20"} and _day_month(digits[:2], digits[2:4], 40, 80)
    return False


def _day_month(day: str, month: str, day_added: int, month_added: int) -> bool:
    d, m = int(day), int(month)
    days = 0 < d <= _DAY or day_added < d <= day_added + _DAY
    if month_added:
        return days and any(a < m <= a + _MONTH for a in (0, 40, 65, month_added))
    return days and 0 < m <= _MONTH


def checksum(digits: str) -> bool:
    """Whether any of the five countries' own checks holds (python-stdnum)."""
    from stdnum.dk import cpr
    from stdnum.is_ import kennitala
    from stdnum.no import fodselsnummer
    from stdnum.se import personnummer

    if len(digits) == 11:
        return bool(fodselsnummer.is_valid(digits))
    if len(digits) == 12:
        return bool(personnummer.is_valid(f"{digits[:8]}-{digits[8:]}"))
    if len(digits) == 10:
        swedish = personnummer.is_valid(f"{digits[:6]}-{digits[6:]}")
        return bool(swedish or cpr.is_valid(digits) or kennitala.is_valid(digits))
    return False


def read(run: Run, lang: str) -> Hit | None:
    """A run of digits as a national number, or None. `lang` settles what a Swedish mobile number would be."""
    if run.plus or not 9 <= len(run.digits) <= 13 or _something_else(run):
        return None
    likely = plausible(run.digits)
    if run.cue == "id":  # a digit may be lost in typing, the number is meant all the same
        return _hit(run, 0.97 if likely else 0.8, "id")
    if run.groups == (6, 4) and "-" in run.raw and not likely:
        return _hit(run, 0.6, None)
    if not likely or not _grouped(run) or _mobile(run, lang):
        return None
    return _hit(run, 0.98 if checksum(run.digits) else 0.85, None)


def _hit(run: Run, certainty: float, cue: str | None) -> Hit:
    return Hit(run.start, run.end, Kind.NATIONAL_ID, certainty, "guard.id.number", cue)


def _something_else(run: Run) -> bool:
    """Whether words say that this is a case number or an account, and its form does not contradict them."""
    if run.cue == "org":
        return True
    if _hyphen_six_four(run) and plausible(run.digits):
        return False
    if run.cue == "weak":
        return not (run.groups == (6, 4) and "-" in run.raw)
    return run.cue == "no" or (run.cue == "bank" and len(run.digits) != 10)


def _mobile(run: Run, lang: str) -> bool:
    """Whether ten digits are rather a Swedish or Finnish phone than a number somebody bears."""
    if len(run.digits) != 10 or _hyphen_six_four(run):
        return False
    said = run.cue == "phone" and run.digits[0] == "0"
    return said or (run.digits[:2] in {"07", "08"} and lang in {"sv", "fi"})


def _hyphen_six_four(run: Run) -> bool:
    return run.groups in {(6, 4), (8, 4), (2, 2, 2, 4)} and any(c in run.raw for c in "-+./")


def _grouped(run: Run) -> bool:
    """Whether the groups can be one number: a date with a year and a time beside it are two things."""
    groups = run.groups
    if len(groups) >= 4 and groups[2] == 4 and groups[0] <= 2 and groups[1] <= 2:  # d.m.yyyy and something
        tail = run.raw[-6:]
        return len(groups) == 4 and groups[3] in {4, 5} and re.search(r"[.:]\d\d$", tail) is None
    if len(groups) > 2 and groups[-1] == 2 and run.raw[-3:-2] == "." and "." not in run.raw[:2]:
        return all(g == groups[0] for g in groups) or "." in run.raw[:4]
    if any(c in run.raw for c in "/,"):
        return groups[-1] in {4, 5} and "," not in run.raw
    return True


def others(text: str, lowered: str) -> Iterable[Hit]:
    """Finnish numbers, and the last digits alone where words say that they are that."""
    for found in _FINNISH.finditer(text):
        if found[4][-1].isdigit() and "-" in found[0]:
            continue  # a run of digits, read with the words before it
        if 0 < int(found[1]) <= _DAY and 0 < int(found[2]) <= _MONTH:
            yield Hit(found.start(), found.end(), Kind.NATIONAL_ID, 0.9, "guard.id.number", None)
    for found in _MASKED.finditer(lowered):
        yield Hit(found.start(), found.end(), Kind.NATIONAL_ID, 0.8, "guard.id.number", None)
    finnish = _FINNISH_PART.finditer(lowered) if "nelj" in lowered or "loppu" in lowered else ()
    for found in (*_PART.finditer(lowered), *finnish):
        yield Hit(found.start(1), found.end(1), Kind.NATIONAL_ID_PART, 0.9, "guard.id.part", "id")
