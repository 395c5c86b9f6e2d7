"""Phone numbers of the Nordic countries and, with a plus, of all others."""
# ruff: noqa: PLR2004 - how many digits a number has is the rule itself

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.guard.findings import Kind
from bot.guard.hits import Hit

if TYPE_CHECKING:
    from bot.guard.digits import Run

_REGION = {"da": "DK", "nb": "NO", "nn": "NO", "sv": "SE", "fi": "FI", "is": "IS"}
# How people group eight digits; pairs and 3-2-3 are sure signs of a phone.
_SURE_GROUPS = frozenset({(2, 2, 2, 2), (3, 2, 3)})
_GROUPS = _SURE_GROUPS | {(8,), (4, 4), (2, 3, 3), (3, 3, 2), (1,) * 8, (5, 3), (4, 2, 2), (2, 2, 4), (2, 6), (3, 5)}
_NO_PHONE = frozenset({"no", "org", "weak", "bank"})
_SAID, _GROUPED, _BARE, _PLUS = 0.92, 0.75, 0.6, 0.97


def read(run: Run, text: str, lang: str) -> Hit | None:
    """A run of digits in `text` as a phone number, or None; `lang` says whose numbers are usual."""
    if run.plus:
        return _hit(run, _PLUS) if _international(run) else None
    clock = text[run.end : run.end + 1] == ":" and text[run.end + 1 : run.end + 2].isdigit()
    if run.cue in _NO_PHONE or "/" in run.raw or "," in run.raw or clock or _date(run):
        return None
    certainty = _eight(run, lang) or _national(run, lang) or _other(run, lang)
    return _hit(run, certainty) if certainty else None


def _hit(run: Run, certainty: float) -> Hit:
    cue = "phone" if run.cue == "phone" else None
    return Hit(run.start, run.end, Kind.PHONE, certainty, "guard.phone.number", cue)


def _international(run: Run) -> bool:
    if run.digits.startswith("00"):
        return 10 <= len(run.digits) <= 16
    return 8 <= len(run.digits) <= 15 and run.digits[0] != "0"


def _eight(run: Run, lang: str) -> float:
    """Danish and Norwegian numbers."""
    if len(run.digits) != 8 or run.digits[0] in "01" or not (run.groups in _GROUPS or run.cue == "phone"):
        return 0.0
    if run.cue == "phone":
        return _SAID
    return _GROUPED if run.groups in _SURE_GROUPS or valid(run.digits, lang) else _BARE


def _national(run: Run, lang: str) -> float:
    """Swedish and Finnish numbers with their leading zero."""
    if run.digits[0] != "0" or not 8 <= len(run.digits) <= 11:
        return 0.0
    if run.cue == "phone":
        return _SAID
    usual = lang in {"sv", "fi"} or len(run.groups) > 1
    return _GROUPED if usual and len(run.digits) >= 9 else 0.0


def _other(run: Run, lang: str) -> float:
    """Icelandic numbers, and odd lengths where words say that it is a phone."""
    if run.groups == (3, 4) and (run.cue == "phone" or lang == "is"):
        return _GROUPED
    odd = 7 <= len(run.digits) <= 12 and len(run.digits) != 10 and len(run.groups) <= 6
    return _BARE if run.cue == "phone" and odd and lang != "da" else 0.0


def _date(run: Run) -> bool:
    """Whether the digits are rather dates, years or times."""
    groups, digits = run.groups, run.digits
    century = digits[:2] in {"19", "20"}
    day_first = len(groups) >= 3 and max(groups[:2]) <= 2 and groups[2] == 4 and any(c in run.raw for c in "./-")
    year_first = groups[:3] == (4, 2, 2) and "-" in run.raw and century
    years = groups == (4, 4) and century and digits[4:6] in {"19", "20"}
    times = groups == (2, 2, 2, 2) and " " in run.raw and run.raw[-3] in ".:" and run.raw.count(".") < 3
    solid = groups == (8,) and century and 0 < int(digits[4:6]) <= 12 and 0 < int(digits[6:]) <= 31
    return day_first or year_first or years or times or solid


def valid(digits: str, lang: str) -> bool:
    """A second opinion of the numbering plan (phonenumbers); it raises certainty and clears nothing."""
    import phonenumbers

    try:
        number = phonenumbers.parse(digits, _REGION.get(lang, "DK"))
    except phonenumbers.NumberParseException:
        return False
    return bool(phonenumbers.is_valid_number(number))
