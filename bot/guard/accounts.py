"""Bank accounts: IBAN, registration or clearing number with an account, digits after a word for an account."""
# ruff: noqa: PLR2004 - how many digits a number has is the rule itself

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.guard.findings import Kind
from bot.guard.hits import Hit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.guard.digits import Run

_IBAN = re.compile(
    r"(?<![\w])(?:DK|NO|SE|FI|IS|DE|GB|PL|NL|FR|EE|LV|LT|ES|IT)\d{2}(?: ?[\dA-Z]{4}){2,7}(?: ?[\dA-Z]{1,4})?(?![\w])",
    re.IGNORECASE,
)
_REGISTERED = re.compile(
    r"(?:(?:reg\.? ?(?:nr\.?|nummer)?|clearing(?:nr|nummer)?)[ .:]{0,3}(?:er |är )?\d[\d -]{3,6}[ ,./]{0,3}(?:og |och )?"
    r"(?:konto?(?:nr\.?|nummer)?|kto\.?(?:nr\.?)?)[ .:]{0,3}(?:er |är )?\d[\d .-]{4,18}\d)"
    r"|(?<![\w.,-])\d{4}-\d(?:, ?| (?=\d{1,3} \d{3}))\d[\d -]{5,14}\d"
)
_SAID_OTHERWISE = frozenset({"no", "org", "weak", "id", "phone"})
_NORWEGIAN, _DANISH = (4, 2, 5), frozenset({(4, 10), (4, 7)})


def written_out(text: str, lowered: str) -> Iterable[Hit]:
    """Accounts whose form says that they are accounts; `lowered` is the folded text in lower case."""
    for found in _IBAN.finditer(text):
        if sum(c.isdigit() for c in found[0]) >= 8:
            yield Hit(found.start(), found.end(), Kind.BANK, 0.95, "guard.bank.account", None)
    for found in _REGISTERED.finditer(lowered):
        yield Hit(found.start(), found.end(), Kind.BANK, 0.95, "guard.bank.account", "bank")


def read(run: Run) -> Hit | None:
    """A run of digits as an account: after a word for one, or grouped as Danish and Norwegian accounts are."""
    if run.cue == "bank" and 7 <= len(run.digits) <= 16 and not run.plus:
        return Hit(run.start, run.end, Kind.BANK, 0.92, "guard.bank.account", "bank")
    if run.cue in _SAID_OTHERWISE:
        return None
    if run.groups == _NORWEGIAN or (run.groups in _DANISH and not run.raw.startswith("0")):
        return Hit(run.start, run.end, Kind.BANK, 0.7, "guard.bank.account", None)
    return None
