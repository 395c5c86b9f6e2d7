"""The words for days, months and spans of time in the five languages, as they look after folding (ä is æ, ö is ø)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

Meaning = TypeVar("Meaning", int, str)


@dataclass(frozen=True)
class Words(Generic[Meaning]):
    """Words and what each means."""

    meanings: dict[str, Meaning]

    @property
    def pattern(self) -> str:
        """A pattern for any of the words, longest first."""
        return "|".join(sorted((word.replace(" ", r"\s+") for word in self.meanings), key=len, reverse=True))

    def meaning(self, word: str) -> Meaning:
        """What a word means; it is one that `pattern` found."""
        return self.meanings[" ".join(word.split())]


def _all(*entries: tuple[str, Meaning]) -> Words[Meaning]:
    return Words({word: meaning for words, meaning in entries for word in words.split("|")})


AFTER = r"om|in|efter|etter|inden for|innen|inom|within"
NEXT = r"næste|neste|nøste|næsta|nesta|next"
WEEKS = r"uge|uke|veke|vecka|week|v"
NUMBERS = {
    word: number
    for words, number in (
        ("en|et|ein|ei|eit|ett|a|an|one", 1),
        ("to|två|two", 2),
        ("tre|three", 3),
        ("fire|fyra|four", 4),
        ("fem|five", 5),
        ("seks|sex|six", 6),
        ("syv|sju|seven", 7),
        ("otte|åtte|åtta|eight", 8),
        ("ni|nio|nine", 9),
        ("ti|tio|ten", 10),
        ("fjorten|fjorton|fourteen", 14),
    )
    for word in words.split("|")
}
AMOUNT = r"\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True))
WEEKDAYS = _all(
    ("mandag|måndag|monday", 0),
    ("tirsdag|tysdag|tisdag|tuesday", 1),
    ("onsdag|wednesday", 2),
    ("torsdag|thursday", 3),
    ("fredag|friday", 4),
    ("lørdag|laurdag|saturday", 5),
    ("søndag|sunday", 6),
)
MONTHS = _all(
    ("januar|januari|january|jan", 1),
    ("februar|februari|february|feb", 2),
    ("marts|mars|march", 3),
    ("april|apr", 4),
    ("maj|mai|may", 5),
    ("juni|june|jun", 6),
    ("juli|july|jul", 7),
    ("august|augusti|aug", 8),
    ("september|sept|sep", 9),
    ("oktober|october|okt|oct", 10),
    ("november|nov", 11),
    ("december|desember|dec|des", 12),
)
UNITS = _all(
    ("minut|minutter|minutt|minuttar|minuter|minute|minutes|min", "minutes"),
    ("time|timer|timar|timme|timmar|hour|hours", "hours"),
    ("dag|dage|dager|dagar|day|days|døgn|dygn", "days"),
    ("uge|uger|uke|uker|veke|veker|vecka|veckor|week|weeks", "weeks"),
    ("måned|måneder|månad|månader|month|months", "months"),
    (
        "arbejdsdag|arbejdsdage|hverdage|arbeidsdag|arbeidsdager|arbeidsdagar|virkedager|virkedag|yrkedagar|kvardagar|arbetsdag|arbetsdagar|vardagar|working day|working days|workdays|business days|business day|weekdays",
        "working_days",
    ),
)
DAYS_FROM_NOW = _all(
    ("i dag|idag|today|i aften|i kveld|i kvæll|tonight|i eftermiddag|i ettermiddag", 0),
    ("i morgen|imorgen|i morgon|imorgon|tomorrow", 1),
    ("i overmorgen|overmorgen|i overmorgon|i øvermorgon|øvermorgon|day after tomorrow", 2),
)
PARTS_OF_DAY = _all(
    ("formiddag|formiddagen|førmiddag|førmiddagen|morning", 9),
    ("middag|noon|midday", 12),
    ("eftermiddag|eftermiddagen|ettermiddag|ettermiddagen|afternoon", 14),
    ("aften|aftenen|kveld|kvelden|kvæll|kvællen|evening|tonight", 19),
)
