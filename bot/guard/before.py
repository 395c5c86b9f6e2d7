"""What stands before a word: kin, "is called", a heading, what is done to people, a question about somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.guard import wordy
from bot.guard.lists import listed

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.guard.page import Page

# How much each says for a name, against a threshold of two; found by trying on invented cases.
_KIN, _KIN_TO, _NAMED, _LABEL, _ABOUT = 3.4, 4.0, 3.8, 3.4, 2.6
_PERSON, _TITLE, _TOWARDS, _SOON, _WITH, _LITTLE, _CLAUSE = 2.8, 1.2, 2.8, 0.6, 0.4, 0.5, 0.5
_FORMER, _PRONOUN, _BOTH_WORDS = 3.2, 2.9, 1.6
_SAYS, _AND_NAME, _AND_KIN, _ASKED, _ASKED_DOING = 1.4, 2.2, 0.6, 1.3, 3.0
_CLOSE = frozenset({"", " ", "\n", ", ", ": ", " (", ' "', ":", ",\n", ":\n", " '", ", (", ': "', "  ", " - "})
_APPOSED = frozenset({", ", ",\n", " (", ", ("})
_LONGEST_POINT = 3
_TO = frozenset({"til", "till", "åt", "av", "af"})
_WITH_WORDS = frozenset({"med", "hos", "til", "till"})
_ALSO = frozenset({"og", "och", "&", "samt", "eller"})
_CLAUSES = frozenset({"hos", "at", "att"})
_FILLERS = frozenset({"er", "är", "var", "noe", "noget", "med", "något", "för", "for"})
_ABOUT_JOINTS = frozenset({"om", "på", "mot", "mod", "til", "till", "for", "för", "med", "hos", "ang", "vedr"})
_PRONOUNS, _CALLING, _FORMERLY = (frozenset(listed(name)) for name in ("pronoun", "calling", "former"))
_SELVES = _PRONOUNS | {
    "sig",
    "seg",
    "barnet",
    "drengen",
    "gutten",
    "guten",
    "pojken",
    "pigen",
    "jenta",
    "flickan",
    "den",
    "det",
    "dem",
}
_POINTED = frozenset({". ", "."})
_THAT = frozenset({"der", "där", "her", "här"})
_INVERTED, _WHEN = frozenset(listed("inverted")), frozenset(listed("when"))
_FARES, _TOPIC = frozenset({"går", "gikk", "gick", "gjekk", "gået", "gått", "står", "skjer", "händer", "sker"}), 1.3
Weight = tuple[float, str | None]


@dataclass(frozen=True, slots=True)
class _Place:
    """The three words before word `i`, as far as they are in reach, and how tightly the nearest one stands."""

    page: Page
    i: int
    gap: str
    before: str
    further: str
    third: str
    tight: bool


def weigh(page: Page, i: int) -> Weight:
    """What stands before word `i` says for a name, and the cue as a key."""
    if i == 0:
        return 0.0, None
    gap, before = page.gap(i), page.word(i - 1)
    if gap in _POINTED and before in _FORMERLY and page.words[i].title:
        return _FORMER, "named"
    if gap not in _CLOSE:
        heading = before in page.cues.about and gap.strip(" .") in {"", ":"} and len(gap) <= _LONGEST_POINT
        return (_LABEL, "about") if heading else (0.0, None)
    further = page.word(i - 2) if page.gap(i - 1) in _CLOSE else ""
    third = page.word(i - 3) if page.gap(i - 2) == " " else ""
    place = _Place(page, i, gap, before, further, third, gap in {" ", "\n"} or ":" in gap or '"' in gap)
    return next((weight for rule in _RULES if (weight := rule(place)) is not None), (0.0, None))


def _named(p: _Place) -> Weight | None:
    named = p.page.cues.named
    said = p.before in named or f"{p.further} {p.before}" in named
    filled = (p.further in named and p.before in _FILLERS) or (p.third in named and p.before == "med")
    if said or filled:
        return _NAMED, "named"
    title = p.page.words[p.i].title
    if p.before in _FORMERLY and title and (p.tight or p.before == "née"):
        return _FORMER, "named"
    called = p.further in _CALLING and p.before in _SELVES
    little = p.third in _CALLING and p.further in _SELVES and p.page.words[p.i - 1].title
    last = p.i + 1 == len(p.page.words) or p.page.gap(p.i + 1) != " "
    return (_NAMED, "named") if (called or little) and (title or last) else None


def _pointed_at(p: _Place) -> Weight | None:
    """A pronoun where otherwise a surname would be alone: "Ham Færch", "den där Nordlander"."""
    if not p.page.words[p.i].title or not p.tight or p.gap != " ":
        return None
    that = p.before in _THAT and p.further in {"den", "han", "hon", "hun", "ham", "hende"}
    return (_PRONOUN, "person") if p.before in _PRONOUNS or that else None


def _kin(p: _Place) -> Weight | None:
    if p.before in p.page.cues.kin:
        return (_KIN, "kin") if p.tight or p.gap in _APPOSED else (0.0, None)
    return (_KIN_TO, "kin") if p.before in _TO and p.further in p.page.cues.kin else None


def _person(p: _Place) -> Weight | None:
    cues = p.page.cues
    person = p.before in cues.person or f"{p.further} {p.before}" in cues.person
    if person and (p.tight or p.gap in {", ", " ("}):
        return _PERSON, "person"
    if p.before in cues.title and p.tight:
        return (_PERSON if p.page.words[p.i].title else _TITLE), "person"
    return None


def _heading(p: _Place) -> Weight | None:
    about = p.page.cues.about
    if p.before in about and (":" in p.gap or p.before not in p.page.cues.label_only):
        return (_LABEL if ":" in p.gap else _ABOUT), "about"
    return (_ABOUT, "about") if p.further in about and p.before in _ABOUT_JOINTS else None


def _met(p: _Place) -> Weight | None:
    cues = p.page.cues
    if p.before in cues.little and (p.further in cues.towards or p.third in cues.towards):
        small = wordy.met(p.page, p.i, p.before, p.further)
        return _TOWARDS + small + (_WITH if p.before in _WITH_WORDS else 0.0), "towards"
    if p.before == "med" and p.further == "det" and p.third in _FARES:
        return _TOWARDS, "towards"
    if p.before in cues.little and (p.further in cues.topic or p.third in cues.topic):
        return _TOPIC, None
    if p.before in cues.towards and p.tight:
        small = wordy.met(p.page, p.i, p.before, p.further)
        return _TOWARDS + small + (_SOON if p.page.word(p.i + 1) in _WHEN else 0.0), "towards"
    return None


def _joined(p: _Place) -> Weight | None:
    if p.before not in _ALSO or p.i < 2:  # noqa: PLR2004 - nothing stands before the joining word
        return None
    if p.page.gap(p.i - 1).startswith("-"):
        return None  # "wolf- and bear hunting": half a compound
    earlier = p.page.readings[p.i - 2]
    both = p.page.words[p.i - 2].title and p.page.words[p.i].title
    if both and earlier.name and earlier.name <= earlier.word and p.page.readings[p.i].name:
        return _BOTH_WORDS, "full"
    if earlier.name > earlier.word and p.page.words[p.i - 2].alpha:
        ours = p.page.words[p.i].title or p.page.readings[p.i].name or p.page.bare(p.i)
        return (_AND_NAME, "full") if ours else (0.0, None)
    return (_AND_KIN, "kin") if p.further in p.page.cues.kin else None


def _spoken(p: _Place) -> Weight | None:
    opens = p.page.words[p.i - 1].opens
    if p.before in p.page.cues.does and p.tight and not opens:
        return _SAYS, "speech"
    if p.before in _INVERTED and opens:
        doing = p.page.near(p.i + 1, p.i + 6) & (p.page.cues.doing | p.page.cues.kin)
        return (_ASKED_DOING if doing else _ASKED), "asked"
    return None


def _little(p: _Place) -> Weight | None:
    if p.before not in p.page.cues.little:
        return None
    return _LITTLE + (_CLAUSE if p.before in _CLAUSES else 0.0), None


_RULES: tuple[Callable[[_Place], Weight | None], ...] = (
    _named,
    _kin,
    _person,
    _pointed_at,
    _heading,
    _met,
    _joined,
    _spoken,
    _little,
)
