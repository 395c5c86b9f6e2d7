"""Dates of birth: a date with a word of birth before it, or a bare date in brackets after somebody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.guard.findings import Kind
from bot.guard.hits import Hit

if TYPE_CHECKING:
    from collections.abc import Iterable

_MONTHS = (
    r"(?:jan(?:uar[iy]?|uari)?|feb(?:ruar[iy]?|ruari)?|m(?:ar(?:s|ts)?|arch)|apr(?:il)?|ma[ijy]|jun[ie]?|jul[iy]?|aug(?:ust[i]?)?|"
    r"sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|de[sc](?:ember)?)"
)
_D = r"[\dOo]"
_DATE = (
    rf"(?:{_D}{{1,2}}\.? ?(?:{_MONTHS})\.?,? ?(?:{_D}{{4}}|'?{_D}{{2}}(?!\d))?"
    rf"|{_D}{{4}} ?[-./ ] ?{_D}{{1,2}} ?[-./ ] ?{_D}{{1,2}}"
    rf"|{_D}{{1,2}} ?[./ -] ?{_D}{{1,2}}\.?(?: ?[./ -] ?(?:{_D}{{4}}|{_D}{{2}}))?"
    rf"|{_D}{{8}}|{_D}{{6}})(?!\d)"
)
_BORN = re.compile(
    r"(?:(?<![\w])(?:er |är )?(?:fødselsda\w{1,8}|fødsels- og|født|fødd|född|fødte|fdato|f\.? ?dato|f\. ?d\.?|fd|dob|date of birth|born|syntynyt|syntymäaika|synt|fæddur?|fædd|"
    r"födelse\w{0,8}|fødselsår|geb|fyller|fylder|fylte|fyldte|cpr(?: starter| begynder)?|första sex|første seks|f\.|f:|f(?= \d)))"
    rf"(?:[ :.,*(=-]|\n){{0,4}}(?:(?:den|er|är|var|i|på|år|dato|datoen|ca|fredag|mandag|\d{{1,2}} år(?: den)?|the|on) ?[:.]? ?){{0,2}}(?P<date>{_DATE})"
)
_SPOKEN = re.compile(
    r"(?<![\w])(?:fødselsda\w{1,8}|fødselsår|født|fødd|född|fødte|föddes|fødtes|födelse\w{0,8}|bursdag\w{0,4}|born|syntynyt)[ :]{1,2}"
    rf"(?:[a-zæøåäö]{{1,9}}[.:]? ){{0,3}}(?P<date>{_DATE})(?! ?(?:år|uger|uker|børn|barn))"
)
_SAID_AFTER = re.compile(
    rf"(?<![\w./-])(?P<date>{_D}{{4}}[-./]{_D}{{1,2}}[-./]{_D}{{1,2}}|{_D}{{1,2}} ?[./-] ?{_D}{{1,2}} ?[./-] ?(?:{_D}{{4}}|{_D}{{2}})|{_D}{{1,2}}\.? (?:{_MONTHS})\.?(?: {_D}{{4}})?)(?![\w])"
    r"[^\d.!?]{0,40}?(?<![\w])(?:fødselsda\w{1,8}|fødselsår\w*|födelsed\w{1,8}|fødd\b|født\b|född\b|bursdag\w{0,4}|fødselsdag\w*|geburtsdag\w*|fyller\b|fylder\b|kom till världen|kom til verden)"
)
_FOUR_BESIDE = re.compile(
    r"(?:født|fødd|född|født den|fdato|f\.|fødselsdato|fødselsdag|födelsedatum|cpr|pnr|fnr)[ :.]{0,3}(?:den |er |är )?(?:(?:19|20)?\d{6}|\d\d[./ -]\d\d[./ -](?:\d\d)?\d\d)"
    r"(?: ?[,;/&+] ?| og | och | samt | med | så | and )(?:(?:så |så er |de |dei |sidste |siste |sista |fire |fem |fyra |er |är |endelsen ){0,5})(?P<four>\d{4,5})(?![\w.:/-])"
)
_BARE = re.compile(
    r"(?<=[(\[])(?P<date>[\dOo]{1,2}[./-][\dOo]{1,2}[./-](?P<year>(?:19|20)\d\d)|(?P<iso>(?:19|20)\d\d)-\d\d-\d\d)(?=[)\]])"
)
_ANYWHERE = re.compile(
    r"(?<![\w./-])(?:\d{1,2}[./-]\d{1,2}[./-](?P<year>(?:19|20)\d\d)|(?P<iso>(?:19|20)\d\d)-\d\d-\d\d)(?![\w/-])"
)
_ALONE = re.compile(r"(?<![\w./-])\d{1,2}\.? (?:" + _MONTHS + r") (?P<year>(?:19|20)\d\d)(?![\w])")
_PERSONAL = re.compile(
    r"\b(?:barn(?:et|ets)?|dreng\w*|pige\w*|gutt\w*|gut(?:en)?|jent\w*|pojk\w*|flick\w*|mor|far|mamma|pappa|søn\w*|sønn\w*|son(?:en)?|datter\w*|dotter\w*|f\.|alder)\b"
)
_BIRTH = ("fød", "född", "föde", "dag", "fyl", "f.", "cpr", "nr", "fdato")
_OF_BIRTH = range(1920, 2021)


def find(lowered: str) -> Iterable[Hit]:
    """Hits in a folded text in lower case. Dates without a word of birth count only where they are long past."""
    for found in _BORN.finditer(lowered):
        yield Hit(found.start("date"), found.end("date"), Kind.BIRTHDATE, 0.93, "guard.birth.date", "born")
    yield from _afterwards(lowered)
    for found in _SPOKEN.finditer(lowered):
        yield Hit(found.start("date"), found.end("date"), Kind.BIRTHDATE, 0.85, "guard.birth.date", "born")
    for found in _BARE.finditer(lowered):
        if int(found["year"] or found["iso"]) in _OF_BIRTH:
            yield Hit(found.start("date"), found.end("date"), Kind.BIRTHDATE, 0.8, "guard.birth.date", None)
    if len(lowered) < 4000 and _PERSONAL.search(lowered):  # noqa: PLR2004 - in long texts any kin word is near
        for pattern in (_ANYWHERE, _ALONE):
            for found in pattern.finditer(lowered):
                year = found["year"] or (found["iso"] if "iso" in pattern.groupindex else None)
                if year and int(year) in _OF_BIRTH:
                    yield Hit(found.start(), found.end(), Kind.BIRTHDATE, 0.6, "guard.birth.date", None)


def _afterwards(lowered: str) -> Iterable[Hit]:
    """A date that is said afterwards to be of birth, and the last digits that follow one."""
    if not any(word in lowered for word in _BIRTH):
        return
    for found in _SAID_AFTER.finditer(lowered):
        yield Hit(found.start("date"), found.end("date"), Kind.BIRTHDATE, 0.75, "guard.birth.date", "born")
    for found in _FOUR_BESIDE.finditer(lowered):
        yield Hit(found.start("four"), found.end("four"), Kind.NATIONAL_ID_PART, 0.85, "guard.id.part", "id")
