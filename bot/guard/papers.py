"""Numbers of papers and of land: passports, immigration files, cadastral units, each after the word that names it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.guard.findings import Kind
from bot.guard.hits import Hit

if TYPE_CHECKING:
    from collections.abc import Iterable

_PAPER = re.compile(
    r"(?<![\w-])(?:pas(?:s|set)?[ -]?(?:nr|no|nummer\w*|numret)?|passport(?: number| no)?|reisebevis\w*|rejsedokument\w*|duf(?:-?(?:nr|nummer\w*))?|lma(?:-?(?:nr|kort\w*|nummer))?|"
    r"udi(?:-?nr)?|dossier-?(?:nr|nummer\w*)|udl(?:ændinge)?-?(?:nr|nummer\w*)|person-?id|migrationsverkets|sundhedskort\w*|kørekort\w*|førerkort\w*|körkort\w*|id-?kort\w*|opholdskort\w*|oppholdskort\w*|uppehållskort\w*)"
    r"\.?(?: ?(?:nr|no|nummer)\.?)?(?:[ :]{1,3}(?:på|har|nr|nummer|nummeret|til|till|for|för|er|är|hans|hennes|hendes|drengen|pigen|barnet|mor|far|jenta|gutten|guten|pojken|flickan|mamman|pappan|moren|faren|sitt|sit))*[ :.#]{1,3}"
    r"(?P<number>[a-z]{0,3} ?\d[\d /-]{4,16}\d)(?![\w])"
)
_LAND = re.compile(
    r"(?<![\w])(?:g(?:år)?ds?\.?nr|gårdsnummer|gardsnummer|gnr)\.? ?(?:(?:/|og|,|-) ?(?:b(?:ruks)?\.?nr|bruksnummer|bnr)\.? ?)?[: ]{0,2}(?P<unit>\d{1,4} ?(?:[/,-]|,? ?(?:og )?b(?:ruks)?nr\.?) ?\d{1,4})(?![\w])"
    r"|(?<![\w])matr(?:ikel)?\.? ?(?:nr|nummer)\.? ?(?P<matrikel>\d{1,4} ?[a-zæøå]{0,2})(?![\w])"
    r"|(?<![\w])fastighet(?:en)? (?P<fastighet>[a-zåäö-]{3,}(?: [a-zåäö-]{3,})? \d{1,3}:\d{1,4})(?![\w])"
)


def find(lowered: str) -> Iterable[Hit]:
    """Hits in a folded text in lower case: papers as national numbers, land as addresses."""
    for found in _PAPER.finditer(lowered):
        yield Hit(found.start("number"), found.end("number"), Kind.NATIONAL_ID, 0.85, "guard.id.number", "id")
    for found in _LAND.finditer(lowered):
        group = found.lastgroup or "unit"
        yield Hit(found.start(group), found.end(group), Kind.ADDRESS, 0.85, "guard.address.road", "road")
