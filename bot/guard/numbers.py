"""Phones, accounts and dates of birth among the runs of digits; each run ends up as one thing or as none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.guard import national
from bot.guard.digits import runs
from bot.guard.findings import Kind
from bot.guard.hits import Hit

if TYPE_CHECKING:
    from bot.guard.digits import Run

_REGION = {"da": "DK", "nb": "NO", "nn": "NO", "sv": "SE", "fi": "FI", "is": "IS"}
_EIGHT = {
    (8,),
    (2, 2, 2, 2),
    (3, 2, 3),
    (4, 4),
    (2, 3, 3),
    (3, 3, 2),
    (1,) * 8,
    (5, 3),
    (4, 2, 2),
    (2, 2, 4),
    (2, 6),
    (3, 5),
}
_IBAN = re.compile(
    r"(?<![\w])(?:DK|NO|SE|FI|IS|DE|GB|PL|NL|FR|EE|LV|LT|ES|IT)\d{2}(?: ?[\dA-Z]{4}){2,7}(?: ?[\dA-Z]{1,4})?(?![\w])",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"(?:(?:reg\.? ?(?:nr\.?|nummer)?|clearing(?:nr|nummer)?)[ .:]{0,3}(?:er |är )?\d[\d -]{3,6}[ ,./]{0,3}(?:og |och )?(?:konto?(?:nr\.?|nummer)?|kto\.?(?:nr\.?)?)[ .:]{0,3}(?:er |är )?\d[\d .-]{4,18}\d)"
    r"|(?<![\w.,-])\d{4}-\d, ?\d[\d -]{5,14}\d"
)
_TIME_TAIL = re.compile(r"[:.]\d\d$")


def find(text: str, lowered: str, lang: str) -> list[Hit]:
    """All hits among the digits of a folded text; `lowered` is the same text in lower case."""
    hits: list[Hit] = list(national.others(text, lowered))
    hits += [
        Hit(f.start(), f.end(), Kind.BANK, 0.95, "guard.bank.account", None)
        for f in _IBAN.finditer(text)
        if sum(c.isdigit() for c in f[0]) >= 8
    ]  # noqa: PLR2004
    hits += [Hit(f.start(), f.end(), Kind.BANK, 0.95, "guard.bank.account", "bank") for f in _ACCOUNT.finditer(lowered)]
    taken = 0
    for readings in runs(text, lowered):
        if readings[0].start < taken:
            continue
        for reader in (_national, _account, _phone):
            found = next((hit for run in readings if (hit := reader(run, text, lang)) is not None), None)
            if found is not None:
                hits.append(found)
                taken = found.end
                break
        else:
            if readings[0].cue in {"no", "weak"}:
                taken = readings[0].end if len(readings[0].groups) <= 6 else readings[-1].end  # noqa: PLR2004
    return hits


def warm() -> None:
    """Load the libraries that give second opinions now, so that the first text does not wait for them."""
    national.checksum("0101010101")
    _valid("22334455", "da")


def _national(run: Run, text: str, lang: str) -> Hit | None:
    if (
        text[run.end : run.end + 1] == ":"
        or text[run.start - 1 : run.start] == ":"
        and run.start > 0
        and text[run.start - 2 : run.start - 1].isdigit()
    ):
        return None
    return national.read(run, lang)


def _account(run: Run, text: str, lang: str) -> Hit | None:
    size = len(run.digits)
    if run.cue == "bank" and 7 <= size <= 16 and not run.plus:  # noqa: PLR2004
        return Hit(run.start, run.end, Kind.BANK, 0.92, "guard.bank.account", "bank")
    if run.cue in {"no", "weak", "id", "phone"}:
        return None
    if run.groups == (4, 2, 5) or (run.groups in {(4, 10), (4, 7)} and not run.raw.startswith("0")):
        return Hit(run.start, run.end, Kind.BANK, 0.7, "guard.bank.account", None)
    return None


def _phone(run: Run, text: str, lang: str) -> Hit | None:
    size = len(run.digits)
    said = run.cue == "phone"
    if (
        run.plus
        and 8 <= size <= 15
        and run.digits[:1] != "0"
        or run.plus
        and run.raw.startswith("00")
        and 10 <= size <= 16
    ):  # noqa: PLR2004
        return Hit(run.start, run.end, Kind.PHONE, 0.97, "guard.phone.number", "phone" if said else None)
    if run.cue in {"no", "weak", "bank"} or "/" in run.raw or "," in run.raw:
        return None
    if _looks_like_date(run) or (text[run.end : run.end + 1] == ":" and text[run.end + 1 : run.end + 2].isdigit()):
        return None
    if size == 8 and run.digits[0] in "23456789" and (run.groups in _EIGHT or said):  # noqa: PLR2004
        sure = said or run.groups in {(2, 2, 2, 2), (3, 2, 3)} or _valid(run.digits, lang)
        return Hit(
            run.start,
            run.end,
            Kind.PHONE,
            0.92 if said else 0.75 if sure else 0.6,
            "guard.phone.number",
            "phone" if said else None,
        )
    if (
        run.digits[0] == "0"
        and 8 <= size <= 11
        and (said or size >= 9 and (lang in {"sv", "fi"} or len(run.groups) > 1))
    ):  # noqa: PLR2004
        return Hit(
            run.start, run.end, Kind.PHONE, 0.92 if said else 0.75, "guard.phone.number", "phone" if said else None
        )
    if run.groups == (3, 4) and (said or lang == "is"):
        return Hit(run.start, run.end, Kind.PHONE, 0.8, "guard.phone.number", "phone")
    if said and 7 <= size <= 12 and size != 10 and len(run.groups) <= 6 and lang != "da":  # noqa: PLR2004
        return Hit(run.start, run.end, Kind.PHONE, 0.7, "guard.phone.number", "phone")
    return None


def _looks_like_date(run: Run) -> bool:
    groups, digits = run.groups, run.digits
    if len(groups) >= 3 and groups[0] <= 2 and groups[1] <= 2 and groups[2] == 4 and any(c in run.raw for c in "./-"):  # noqa: PLR2004
        return True
    if groups[:3] == (4, 2, 2) and "-" in run.raw and digits[:2] in {"19", "20"}:
        return True
    if (
        groups == (2, 2, 2, 2)
        and "." in run.raw
        and (_TIME_TAIL.search(run.raw) is not None)
        and " " in run.raw
        and run.raw.count(".") < 3
    ):  # noqa: PLR2004
        return True
    if groups == (4, 4) and digits[:2] in {"19", "20"} and digits[4:6] in {"19", "20"}:  # noqa: PLR2004 - from year to year
        return True
    return (
        len(digits) == 8
        and groups == (8,)
        and digits[:2] in {"19", "20"}
        and 0 < int(digits[4:6]) <= 12
        and 0 < int(digits[6:]) <= 31
    )  # noqa: PLR2004


def _valid(digits: str, lang: str) -> bool:
    """A second opinion of the numbering plan; it raises certainty and clears nothing."""
    import phonenumbers

    try:
        number = phonenumbers.parse(digits, _REGION.get(lang, "DK"))
    except phonenumbers.NumberParseException:
        return False
    return bool(phonenumbers.is_valid_number(number))
