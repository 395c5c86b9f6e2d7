"""Names beside names, initials before names, commas around them; and the brakes: agencies, travel, greetings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.guard import wordy
from bot.guard.lists import listed
from bot.guard.vocabulary import FORMED

if TYPE_CHECKING:
    from bot.guard.page import Page

_SURE = 2
_POINT = frozenset({". ", ".", ".\n"})
_NEXT = frozenset({" ", "\n", "-"})
_INITIAL_CAPITAL, _INITIAL, _AFTER_NAME, _AFTER_OTHER_CASE = 3.6, 3.0, 2.4, 0.8
_BEFORE_LAST, _UNKNOWN_PAIR, _ENCLOSED = 2.0, 1.4, 1.4
_ENUMERATING = frozenset({"f", "s", "t", "o", "h"})
_SCHOOLS = frozenset(
    [
        "skole",
        "skolen",
        "skola",
        "skolan",
        "skule",
        "skulen",
        "barnehage",
        "barnehagen",
        "børnehave",
        "børnehaven",
        "hospital",
        "advokat",
        "lærer",
        "lege",
        "læge",
    ]
)
_TOWN_BEFORE = frozenset({"i", "til", "till", "fra", "frå", "från", "på", "ved", "vid"})
_ALSO = frozenset({"og", "och", "eller"})
_TO_TOWN, _AND_THING, _THEIR_SCHOOL = 4.2, 2.5, 1.0
_GRASPED = frozenset(
    {"fat", "tak", "tag", "forelsket", "forelska", "förälskad", "kär", "interessert", "interesseret", "tro"}
)
_IN_PLACE = 3.1
_YEARS = frozenset({"år", "mdr", "mnd"})
_PARTICLE = frozenset(listed("particle"))
_AGENCY_AFTER, _AGENCY_BEFORE, _TRAVEL, _GREETED, _COUNTED, _HOUSE = 4.5, 2.0, 2.0, 0.5, 2.0, 1.5
_HALF_WORD, _ALSO_THING = 4.0, frozenset({"og", "och", "eller", "samt", "&"})  # "School- and home tasks"
_HOSPITALS, _NAMED_HOUSES = listed("hospital_end"), listed("named_house_end")
_ROYAL, _CALLED_AFTER, _FARTHEST = frozenset(listed("royal")), 8.0, 3  # words to look ahead
_NO_AGENCY = frozenset({"politiet", "skolen", "skolan", "skulen", "distrikt"})  # whom people tell things, too


def weigh(page: Page, i: int) -> float:
    """What a name or an initial directly beside word `i` says for a name."""
    return max(_before(page, i), _after(page, i))


def _before(page: Page, i: int) -> float:
    if i == 0:
        return 0.0
    token, before = page.words[i], page.words[i - 1]
    if token.gap in _POINT:
        if before.end - before.start == 1 and before.alpha and _initial(page, i):
            return _INITIAL_CAPITAL if token.title else _INITIAL
        return 0.0
    if token.gap in _NEXT and page.names(i - 1):
        return _AFTER_NAME if token.title == before.title or token.upper else _AFTER_OTHER_CASE
    ours, theirs = page.readings[i], page.readings[i - 1]
    if token.gap == " " and token.title == before.title and theirs.first and ours.last >= _SURE and not ours.word:
        return _AFTER_NAME if i - 1 not in page.cleared else 0.0
    pair = token.gap == " " and token.title and before.title
    return _UNKNOWN_PAIR if pair and page.unknown(i - 1) else 0.0


def _after(page: Page, i: int) -> float:
    if page.gap(i + 1) not in {" ", "\n"} or i + 1 in page.cleared:
        return 0.0
    token, after, reading = page.words[i], page.words[i + 1], page.readings[i + 1]
    if reading.last >= _SURE and reading.last > reading.word and token.title == after.title:
        return _BEFORE_LAST
    pair = token.title and after.title and not after.opens
    return _UNKNOWN_PAIR if pair and page.unknown(i + 1) else 0.0


def _initial(page: Page, i: int) -> bool:
    """Whether "K. Moberg" is a person and no enumerated heading: what follows the letter is no ordinary word."""
    before = page.words[i - 1]
    if before.lower in _ENUMERATING and not page.text[before.start].isupper():
        return False
    return page.readings[i].word < FORMED or (page.words[i].title and page.is_verb(i + 1))


def enclosed(page: Page, i: int) -> float:
    """What commas add after a word for a person: "The mother, X Y, has moved", "about X, Y"."""
    for ahead in (i + 1, i + 2):
        if page.gap(ahead).startswith(","):
            return _ENCLOSED if page.gap(i).startswith(",") or ahead + 1 == len(page.words) else 0.0
    return 0.0


def letter(page: Page, i: int) -> str | None:
    """The cue, if a single capital at `i` stands for somebody: after kin, or after a first name and with a point."""
    token = page.words[i]
    if page.gap(i) != " " or not page.text[token.start].isupper() or i == 0:
        return None
    point = page.text[token.end : token.end + 1] == "."
    if page.word(i - 1) in page.cues.kin and (point or i + 1 == len(page.words) or page.is_verb(i + 1)):
        return "kin"
    known = page.names(i - 1) or (page.words[i - 1].title and page.unknown(i - 1))
    return "full" if point and known else None


def brakes(page: Page, i: int) -> float:
    """What speaks against a name at word `i`, as a weight to subtract."""
    token = page.words[i]
    weight = wordy.paired(page, i) + (_CALLED_AFTER if token.title and _called_after(page, i) else 0.0)
    if page.gap(i + 1) in {" ", "-"} and page.word(i + 1) in page.cues.agency:
        reading = page.readings[i]
        own = page.gap(i + 1) == " " and page.word(i + 1) in _SCHOOLS and not page.words[i + 1].title
        hers = own and token.title and not token.opens and reading.genitive and not (reading.place or reading.word)
        weight += _THEIR_SCHOOL if hers else _AGENCY_AFTER
    if token.opens and page.readings[i].word and page.word(i + 1) in _ALSO and i + 2 < len(page.words):
        thing = page.readings[i + 2]
        if not page.words[i + 2].title and thing.word >= FORMED and page.word(i + 2) not in page.cues.kin:
            weight += _AND_THING
    if (
        page.gap(i + 1) == " "
        and token.opens
        and (
            (page.word(i + 1).isdigit() and page.word(i + 2) not in _YEARS)
            or (page.word(i + 1) in _PARTICLE and not page.shouting)
        )
    ):
        weight += _COUNTED
    if page.gap(i + 1).startswith("- ") and page.word(i + 1) in _ALSO_THING and page.text[token.end] == "-":
        weight += _HALF_WORD
    return weight + (_brakes_before(page, i) if i > 0 and token.gap in {" ", "-"} else 0.0)


def _called_after(page: Page, i: int) -> bool:
    """Whether word `i` belongs to a house that is called after somebody: "Astrid Lindgrens barnsjukhus"."""
    royal = page.word(i) in _ROYAL or page.word(i - 1) in _ROYAL
    for ahead in range(i + 1, i + 1 + _FARTHEST):
        if page.gap(ahead) != " ":
            return False
        word = page.word(ahead)
        whose = page.readings[ahead - 1].genitive or page.words[ahead].title
        if whose and (word.endswith(_HOSPITALS) or (royal and word.endswith(_NAMED_HOUSES))):
            return True
        if not page.words[ahead].title:
            return False
    return False


def _brakes_before(page: Page, i: int) -> float:
    before, cues = page.word(i - 1), page.cues
    weights = (
        (before in cues.agency and before not in _NO_AGENCY, _AGENCY_BEFORE),
        (f"{page.word(i - 2)} {before}" in cues.travel, _TRAVEL),
        (before in cues.greeting and page.words[i - 1].opens, _GREETED),
        (before.isdigit(), _COUNTED),
        (before in cues.house, _HOUSE),
        (before in _TOWN_BEFORE and page.readings[i].place and page.word(i - 2) not in cues.kin, _TO_TOWN),
        (before == "i" and _elsewhere(page, i), _IN_PLACE if page.words[i].title else 0.0),
    )
    return sum(weight for holds, weight in weights if holds)


def _elsewhere(page: Page, i: int) -> bool:
    """Whether what stands after "in" is hardly a person: no first name, and nobody is grasped or loved."""
    return not page.readings[i].first and page.word(i - 2) not in _GRASPED
