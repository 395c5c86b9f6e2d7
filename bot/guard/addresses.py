"""Addresses: a road and a number, a road after "lives in", a postal code with its town. Not "på vej"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.guard.findings import Kind
from bot.guard.hits import Hit
from bot.guard.lists import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_L = r"[^\W\d_]"
_ROADS = listed("roads")
_WORDS = "|".join(sorted(listed("road_words"), key=len, reverse=True))
_NO_ROAD_BEFORE = frozenset(listed("no_road_before"))
_TAIL = "|".join(sorted(_ROADS, key=len, reverse=True))
_NUMBER = r"(?P<number>\d{1,3}(?:(?: ?[-/] ?\d{1,3})|(?: ?[A-Za-zÆØÅæøå](?![\w])))?)(?![\w])(?![.,]\d)(?![:%])"
_MORE = (
    r"(?:,? ?(?:(?:\d{1,2}|st|kl|stuen)\.? ?,?(?:sal|etg|etasje|tr|våning\w*|vån)?\.? ?,?(?:t\.?v|t\.?h|mf|dør|th|tv)\.?(?:[ ,]|$|(?=\W))"
    r"|[hHuUlLkK]\d{4}|leil\.? ?\w{1,5}|lgh\.? ?\w{1,5}|\d{1,2}\. ?(?:sal|etg|etasje|tr)\b\.?|lejl\.? ?\w{1,4}|c/o \w+))*"
)
_POSTAL = rf"(?:,?[ \n]?(?:(?:dk|no?|se|s)-? ?)?(?:\d{{4}}|\d{{3}} ?\d{{2}})[ ,]{{1,2}}{_L}[\w.-]+(?: (?:[A-ZÆØÅÄÖ]{{1,2}}|i {_L}+)(?![\w]))?)?"
_ONE = re.compile(
    rf"(?<![\w-])(?P<road>(?:{_L}-)?{_L}[\w'-]*?(?:{_TAIL}|gt|vn))\.?,?(?:[ \n](?:nr\.? ?)?){_NUMBER}{_MORE}{_POSTAL}",
    re.IGNORECASE,
)
_TWO = re.compile(
    rf"(?<![\w-])(?P<before>(?:{_L}[\w.'-]*[ \n]){{1,3}})(?P<road>{_WORDS}|gt\.?|v\.)[ \n](?:nr\.? ?)?{_NUMBER}{_MORE}{_POSTAL}",
    re.IGNORECASE,
)
_CUED = re.compile(
    r"(?<![\w])(?P<cue>bor (?:på|i|ved)|bur (?:på|i)|budde (?:på|i)|boede (?:på|i)|bodde (?:på|i)|boende (?:på|i)|adress(?:e|en|a)?(?: er| är)?:?|addresse:?|flyttet til|flytta til|flyttat till|"
    r"nabo i|granne på|granne i|nabo på|oppgang:?|opgang:?|opgangen|hjemme på|hjemme i|hemma på|heime på|vært på|varit på|været på|var på|kørt til|kjørt til|åkt till|ute på|ude på|nede i|oppe i|"
    r"opholder sig på|holder til i|holder til på|hentes på|hämtas på|hentet på|huset på|huset i|lejligheden på|leiligheten i|lägenheten på|besøk i|besøg på|hjembesøg på|"
    r"(?:hjemmebesøk|hjemmebesøg|hjembesøg|hembesök|patrulje\w*|patrull\w*|utrykning|udrykning) (?:sendt |sänd )?(?:til|till|i|på|hos)|(?:anholdt|pågrepet|gripen|observeret|observert|sett|set) (?:på|i|ved|vid)|"
    r"(?:kjør|kør|køyr|kör|åk) (?:ud |ut )?(?:til|till)|mødes ved|møtes ved|åstedet er|gerningsstedet er|brottsplatsen är|bor|bur|"
    r"henne i|henne på|inne i|inne på|siste besøk i|på|i|til|till|ved|vid)[ \n:]+"
    rf"(?P<road>{_L}[\w'-]*(?: {_L}[\w'-]*){{0,2}}?)[ \n]{_NUMBER}{_MORE}{_POSTAL}",
    re.IGNORECASE,
)
_LIVES = re.compile(
    r"(?<![\w])(?:[Bb]or på|[Bb]or i|[Bb]ur på|[Bb]ur i|[Aa]dress(?:en|e)?(?: er| är|:)|[Ff]lyttet til|[Ff]lyttat till|[Ff]lytta til|[Bb]oende på|[Hh]jemme på) (?P<road>[A-ZÆØÅÄÖ][\w'-]*(?: [Vv]ej| [Gg]ate| [Vv]ei| [Vv]äg)?)(?![\w'-]| \d)"
)
_CODE_TOWN = re.compile(
    r"(?<![\w./-])(?:\d{4}|\d{3} \d{2}|\d{5}) (?P<town>[A-ZÆØÅÄÖ][a-zæøåäö]{2,}(?:[ -][A-ZÆØÅÄÖ][\w]*)?)"
)
_UNIT = re.compile(
    r"(?<![\w])(?:[HUKL]0\d{3}|lgh \d{4}|leil(?:ighet)?\.? [A-Z]?\d{1,4}|lejl(?:ighed)?\.? \d{1,3})(?![\w])"
)
_WEAK = frozenset({"på", "i", "til", "till", "ved", "vid"})
_DIGITS = re.compile(r"\d+")
_HOUSE_GAP = re.compile(r"[ \n](?:nr\.? ?)?$", re.IGNORECASE)
_BEFORE_TWO = re.compile(rf"(?<![\w-])(?:{_L}[\w.'-]*[ \n]){{1,3}}$")
_JOINTS = frozenset("_'-")
_HOUSE_DIGITS, _LONGEST_GAP, _LONGEST_ROAD, _CUE_REACH = 3, 5, 60, 90  # characters
_ONE_ENDS = (*_ROADS, "gt", "vn")
_TWO_WORDS = frozenset((*listed("road_words"), "gt", "v"))
_CUE_ENDS = frozenset(listed("lives_end"))
_NO_ROAD = frozenset(listed("no_road"))
_NO_ROAD_ENDS = ("igt",)  # an adverb ("enligt 14 kap."), not "…gt." for a street
_NUMBERED = frozenset(listed("numbered"))


def find(text: str, ordinary: Callable[[str], bool], place: Callable[[str], bool]) -> Iterable[Hit]:
    """Hits in a folded text. `ordinary` says of a lower-case word that it is one; `place` that it is a town or land."""
    one = two = cued = last = 0  # where the last address of each form ends, and the last number
    for digits in _DIGITS.finditer(text):
        begin, last = last, digits.end()
        if digits.end() - digits.start() > _HOUSE_DIGITS:
            continue
        start, stop = _word_before(text, digits.start())
        if start == stop:
            continue
        word = text[start:stop].lower()
        if start >= one and word.endswith(_ONE_ENDS) and (found := _ONE.match(text, start)):
            one = found.end()
            road = found["road"].lower()
            if road not in _NO_ROAD and not road.endswith(_NO_ROAD_ENDS) and not _counts(text, found.end("number")):
                yield Hit(found.start(), _end(found), Kind.ADDRESS, 0.93, "guard.address.road", "road")
        if start >= two and word in _TWO_WORDS and (found := _two(text, start, two)):
            two = found.end()
            hit = _two_words(text, found, ordinary)
            if hit is not None:
                yield hit
        begin = max(begin, cued, start - _CUE_REACH)
        if not _CUE_ENDS.isdisjoint(w.rstrip(":").lower() for w in text[begin:stop].split()[-4:-1]):
            found = _CUED.search(text, begin, digits.end() + _CUE_REACH)
            if found is not None and found.start("number") == digits.start():
                cued = found.end()
                yield from _cued(text, found, ordinary, place)
    yield from _bare(text, ordinary, place)


def _word_before(text: str, at: int) -> tuple[int, int]:
    """Where the word stands whose house number begins at `at`; an empty stretch where none does."""
    gap = _HOUSE_GAP.search(text, max(0, at - _LONGEST_GAP), at)
    if gap is None:
        return at, at
    stop = gap.start()
    while stop > 0 and text[stop - 1] in ".,":
        stop -= 1
    start, least = stop, max(0, stop - _LONGEST_ROAD)
    while start > least and (text[start - 1].isalnum() or text[start - 1] in _JOINTS):
        start -= 1
    while start < stop and text[start] == "'":
        start += 1
    return (start, stop) if start < stop and text[start].isalpha() else (at, at)


def _two(text: str, road: int, taken: int) -> re.Match[str] | None:
    before = _BEFORE_TWO.search(text, max(taken, road - _CUE_REACH), road)
    return _TWO.match(text, before.start()) if before else None


def _two_words(text: str, found: re.Match[str], ordinary: Callable[[str], bool]) -> Hit | None:
    words = found["before"].split()
    start = found.start()
    if words[-1].lower() in _NO_ROAD_BEFORE:  # "på vej 10 minutter"
        return None
    while len(words) > 1 and ordinary(words[0].lower()):
        start = text.index(words[0], start) + len(words[0]) + 1
        words = words[1:]
    if _counts(text, found.end("number")):
        return None
    return Hit(start, _end(found), Kind.ADDRESS, 0.9, "guard.address.road", "road")


def _cued(
    text: str, found: re.Match[str], ordinary: Callable[[str], bool], place: Callable[[str], bool]
) -> Iterable[Hit]:
    words = found["road"].split()
    strong = found["cue"].lower() not in _WEAK
    last = words[-1].lower()
    if last in _NUMBERED or last in _NO_ROAD or any(w.lower() in _NUMBERED for w in words):
        return
    capital = words[0][0].isupper()
    if not capital and (not strong or ordinary(last)):
        return
    if not strong and (ordinary(words[0].lower()) or place(words[0].lower()) or _sentence(words)):
        return
    if not _counts(text, found.end("number")):
        certainty = 0.8 if strong else 0.65
        cue = "lives" if strong else "road"
        yield Hit(found.start("road"), _end(found), Kind.ADDRESS, certainty, "guard.address.road", cue)


def _sentence(words: list[str]) -> bool:
    """Whether words after the first are neither capitalised nor a road: "in Town come another 14"."""
    return any(w[0].islower() and not w.lower().endswith(_ONE_ENDS) for w in words[1:])


def _bare(text: str, ordinary: Callable[[str], bool], place: Callable[[str], bool]) -> Iterable[Hit]:
    """A road after "lives in", a postal code with its town, a flat: addresses without a house number."""
    for found in _LIVES.finditer(text):
        road = found["road"].lower()
        if road.endswith(tuple(_ROADS)) and not place(road) and not ordinary(road):
            yield Hit(found.start("road"), found.end("road"), Kind.ADDRESS, 0.6, "guard.address.road", "lives")
    for found in _CODE_TOWN.finditer(text):
        town = found["town"].lower()
        if place(town) or place(town.split(" ")[0]):
            yield Hit(found.start(), found.end(), Kind.ADDRESS, 0.65, "guard.address.town", "town")
    for found in _UNIT.finditer(text):
        yield Hit(found.start(), found.end(), Kind.ADDRESS, 0.6, "guard.address.town", "town")


def _end(found: re.Match[str]) -> int:
    return found.start() + len(found[0].rstrip(" ,\n"))


_UNITS = re.compile(
    r"(?:-| |\. ?)?(?:år|dag|dage|dager|dagar|uker|uger|veckor|veker|timer|timar|timmar|min|kr|kroner|kronor|%|prosent|procent|barn|børn|elever|personer|gang|ganger|gange|gonger|stk|april|mai|maj|juni|juli|januar|februar|marts|mars|august|september|oktober|november|de[cs]ember)\b"
)


def _counts(text: str, end: int) -> bool:
    """Whether the number counts something: it is then no house number."""
    return _UNITS.match(text, end) is not None
