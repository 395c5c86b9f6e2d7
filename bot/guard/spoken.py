"""Numbers spelled out in words: "fire en tolv …", "toogtyve firs", read aloud so that no digit is typed."""
# ruff: noqa: PLR2004 - how many digits a number has is the rule itself

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.guard.digits import cue_before
from bot.guard.findings import Kind
from bot.guard.hits import Hit
from bot.guard.lists import listed
from bot.guard.national import plausible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.guard.tokens import Token

_GAPS = frozenset({" ", ", ", "-", " - ", "  ", ",", ". ", " / "})
_ALSO = frozenset({"og", "och"})
_REFERENCE = frozenset({"no", "org", "weak"})
_FEWEST_WORDS = 3
_LAST_DIGITS = re.compile(r"(?:sid?ste|sista|seneste|cifre|siffer|sifre|siffror|de fire|de fem|de fyra)[^\d\n]{0,20}$")
_NEAR = 24  # characters between a date of birth and the digits that go with it


def _spelled() -> dict[str, str]:
    units = {word: str(i) for i, row in enumerate(listed("spelled_unit")) for word in row.split("/")}
    teens = {word: str(i) for i, row in enumerate(listed("spelled_teen"), 10) for word in row.split("/")}
    tens = {word: str(i) for i, row in enumerate(listed("spelled_ten"), 2) for word in row.split("/")}
    out = units | teens | {word: digit + "0" for word, digit in tens.items()}
    for ten, first in tens.items():
        for unit, last in units.items():
            if last != "0":
                out[f"{unit}og{ten}"] = out[f"{ten}{unit}"] = first + last
    return out


_SPELLED = _spelled()


def find(lowered: str, words: Sequence[Token]) -> Iterable[Hit]:
    """Hits among the words of a folded text; `lowered` is the text in lower case. Counting aloud is no number."""
    before: Hit | None = None
    i = 0
    while i < len(words):
        if words[i].lower not in _SPELLED:
            i += 1
            continue
        stop, digits, spelled = _chain(words, i)
        if spelled >= 2 and len(digits) >= 4:
            hit = _read(lowered, (words[i].start, words[stop - 1].end), digits, spelled, before)
            if hit is not None:
                before = hit
                yield hit
        i = stop


def _chain(words: Sequence[Token], i: int) -> tuple[int, str, int]:
    """From a number word at `i`: the index after the last one in a row, the digits they make, and how many words."""
    digits, spelled, at = "", 0, i
    while at < len(words) and (at == i or words[at].gap in _GAPS):
        word = words[at].lower
        made = _SPELLED.get(word)
        if made is not None:
            joined = words[at + 1].lower in _ALSO if at + 2 < len(words) and len(made) == 1 else False
            ten = _SPELLED.get(words[at + 2].lower, "") if joined else ""
            if len(ten) == 2 and ten[1] == "0":  # "fem og halvtreds"
                made = ten[0] + made
                at += 2
            digits += made
            spelled += 1
        elif word.isdigit() and len(word) <= 4:
            digits += word
        else:
            break
        at += 1
    return at, digits, spelled


def _read(lowered: str, span: tuple[int, int], digits: str, spelled: int, before: Hit | None) -> Hit | None:
    start, end = span
    size = len(digits)
    goes_with = before is not None and before.kind is Kind.NATIONAL_ID and start - before.end <= _NEAR
    if size in {4, 5} and (goes_with or _LAST_DIGITS.search(lowered, max(0, start - 44), start)):
        return Hit(start, end, Kind.NATIONAL_ID_PART, 0.85, "guard.id.part", "id")
    cue = cue_before(lowered, start)
    counting = len(digits) == spelled and digits in "0123456789"
    if spelled < _FEWEST_WORDS or cue in _REFERENCE or counting:
        return None
    if 6 <= size <= 13 and (cue == "id" or (10 <= size <= 12 and plausible(digits))):
        return Hit(start, end, Kind.NATIONAL_ID, 0.85, "guard.id.number", "id" if cue == "id" else None)
    if cue == "bank" and size >= 7:
        return Hit(start, end, Kind.BANK, 0.8, "guard.bank.account", "bank")
    if 8 <= size <= 13 or (size == 7 and cue == "phone"):
        return Hit(start, end, Kind.PHONE, 0.8, "guard.phone.number", "phone" if cue == "phone" else None)
    return None
