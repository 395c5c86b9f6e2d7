"""What stands around a word: kin and case words before it, what only people do after it, names beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.guard.lists import listed
from bot.guard.vocabulary import FORMED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.guard.lexicon import Lexicon
    from bot.guard.readings import Reading
    from bot.guard.tokens import Token

_CLOSE = frozenset({"", " ", "\n", ", ", ": ", " (", ' "', ":", ",\n", ":\n", " '", ", (", ': "', "  ", " - "})
_AGE = re.compile(r" ?(?:,|\(|-) ?(?:\d{1,2}(?: ?år| mdr|\)| ?,|\.?$)|f\. ?\d|født|född|fødd)")
_TO = frozenset({"til", "till", "åt", "av", "af"})
_ALSO = frozenset({"og", "och", "&", "samt", "eller"})
_INVERTED = frozenset(listed("inverted"))
_KIN, _KIN_TO, _NAMED, _LABEL, _ABOUT, _PERSON, _TOWARDS, _LITTLE, _SAYS = 3.4, 4.0, 3.8, 3.4, 2.6, 2.8, 2.0, 0.5, 1.4
_PAST = ("ede", "ade", "ades", "edes", "erte", "erede", "erade", "ertes")
_WHEN = frozenset(listed("when"))
_PARTICLE = frozenset(listed("particle"))
_PROSE = 6  # words; what is shorter is a field or a heading


@dataclass(frozen=True, slots=True)
class Weighed:
    """The surroundings' weight, its parts from the left, the right and names beside, and the strongest cue as a key."""

    score: float
    left: float
    right: float
    beside: float
    cue: str | None


class Cues:
    """The sections of cues.txt that surroundings are read by."""

    def __init__(self, lexicon: Lexicon) -> None:
        cue = lexicon.cue
        self.kin, self.person, self.title = cue("kin"), cue("person"), cue("title")
        self.named, self.about, self.towards, self.little = cue("named"), cue("about"), cue("towards"), cue("little")
        self.does, self.is_, self.doing = cue("does"), cue("is"), cue("doing")
        self.agency, self.greeting, self.travel = cue("agency"), cue("greeting"), cue("travel")


class Surroundings:
    """One text with its words and their readings; asked word by word."""

    def __init__(
        self, cues: Cues, text: str, words: Sequence[Token], readings: Sequence[Reading], *, foreign: bool = False
    ) -> None:
        self.foreign = foreign
        self._cues, self._text, self._words, self._readings = cues, text, words, readings
        letters = [t for t in words if t.alpha and t.end - t.start > 1]
        self.shouting = len(letters) > 1 and sum(t.upper for t in letters) * 10 > 7 * len(letters)
        unknown = not any(r.word for r in readings)
        few = len(words) <= 3  # noqa: PLR2004 - a title and two names
        self.field_bonus = 2.9 if unknown and len(words) == 1 else 1.9 if unknown and few else 0.9
        self.field = unknown and few and len(words) > 1
        self.prose = len(words) >= _PROSE or any(t.lower in cues.is_ or t.lower in cues.does for t in words)

    def weigh(self, i: int, cleared: frozenset[int]) -> Weighed:
        """All that stands around word `i`; a registered contact beside it (`cleared`) lends it no weight."""
        left, left_cue = self._left(i)
        right, right_cue = self._right(i)
        beside = self._beside(i, cleared)
        if beside >= 2 and left < 2 and right < 2:  # noqa: PLR2004 - the neighbour is the strongest cue
            left_cue = "full"
        total = left + right + beside + self._brakes(i) + (self._enclosed(i) if left >= 2 else 0.0)  # noqa: PLR2004
        return Weighed(total, left, right, beside, left_cue if left >= right else right_cue)

    def _enclosed(self, i: int) -> float:
        """What commas add after a word for a person: "The mother, X Y, has moved", "about X, Y"."""
        words = self._words
        for ahead in (1, 2):
            if i + ahead < len(words) and words[i + ahead].gap.startswith(","):
                kin = words[i].gap.startswith(",")
                return 1.4 if kin or i + ahead + 1 == len(words) else 0.0
        return 0.0

    def letter(self, i: int) -> str | None:
        """Whether a single capital at `i` stands for somebody: after kin, or after a first name and with a point."""
        token = self._words[i]
        if i == 0 or token.gap != " ":
            return None
        before, reading = self._words[i - 1], self._readings[i - 1]
        point = self._text[token.end : token.end + 1] == "."
        written = self._text[token.start].isupper()
        if not written:
            return None
        if before.lower in self._cues.kin and (point or i + 1 == len(self._words) or self._is_verb(i + 1)):
            return "kin"
        known = reading.name >= 2 and reading.word < reading.name  # noqa: PLR2004 - clearly a name
        unknown = not reading.word and not reading.place and before.title
        return "full" if point and (known or unknown) else None

    def _is_verb(self, i: int) -> bool:
        return i < len(self._words) and (
            self._words[i].lower in self._cues.is_ or self._words[i].lower in self._cues.does
        )

    def _left(self, i: int) -> tuple[float, str | None]:
        if i == 0:
            return 0.0, None
        words = self._words
        gap, before = words[i].gap, words[i - 1].lower
        if gap not in _CLOSE:
            return (
                (_LABEL, "about")
                if before in self._cues.about and gap.strip(" .") in {"", ":"} and len(gap) < 4
                else (0.0, None)
            )  # noqa: PLR2004
        further = words[i - 2].lower if i > 1 and words[i - 1].gap in _CLOSE else ""
        third = words[i - 3].lower if i > 2 and words[i - 2].gap == " " else ""  # noqa: PLR2004
        tight = gap in {" ", "\n"} or ":" in gap or '"' in gap
        joined = f"{further} {before}"
        if (
            before in self._cues.named
            or joined in self._cues.named
            or (further in self._cues.named and before in {"er", "är", "var", "noe", "noget", "med", "något"})
            or (third in self._cues.named and before == "med")
        ):
            return _NAMED, "named"
        if before in self._cues.kin:
            return (_KIN, "kin") if tight or gap in {", ", ",\n", " (", ", ("} else (0.0, None)
        if before in _TO and further in self._cues.kin:
            return _KIN_TO, "kin"
        if (before in self._cues.person or joined in self._cues.person) and (tight or gap in {", ", " ("}):
            return _PERSON, "person"
        if before in self._cues.title and tight:
            return (_PERSON if words[i].title else 1.2), "person"
        if before in self._cues.about and (
            ":" in gap or before not in {"barn", "navn", "namn", "status", "kontakt", "elev", "pas"}
        ):
            return (_LABEL if ":" in gap or gap == ". " else _ABOUT), "about"
        if further in self._cues.about and before in {
            "om",
            "på",
            "mot",
            "mod",
            "til",
            "till",
            "for",
            "för",
            "med",
            "hos",
            "ang",
            "vedr",
        }:
            return _ABOUT, "about"
        if before in self._cues.little and (further in self._cues.towards or third in self._cues.towards):
            return _TOWARDS + (0.4 if before in {"med", "hos", "til", "till"} else 0), "towards"
        if before in self._cues.towards and tight:
            soon = i + 1 < len(words) and words[i + 1].lower in _WHEN
            return _TOWARDS + (1.0 if soon else 0.0), "towards"
        if before in _ALSO and i > 1:
            earlier = self._readings[i - 2]
            if earlier.name > earlier.word and words[i - 2].alpha:
                return 2.2, "full"
            if further in self._cues.kin:
                return 0.6, "kin"
        if before in self._cues.does and tight and not words[i - 1].opens:
            return _SAYS, "speech"
        if before in _INVERTED and words[i - 1].opens:
            near = {w.lower for w in words[i + 1 : i + 6] if not w.opens}
            return (3.0 if near & self._cues.doing else 1.3), "asked"
        if before in self._cues.little:
            return (_LITTLE + (0.5 if before in {"hos", "at", "att"} else 0.0)), None
        return 0.0, None

    def _right(self, i: int) -> tuple[float, str | None]:
        words = self._words
        token = words[i]
        ahead = self._text[token.end : token.end + 14]
        if _AGE.match(ahead):
            return 2.2, "age"
        if i + 1 >= len(words):
            return 0.0, None
        after = words[i + 1]
        if after.gap != " ":
            return 0.0, None
        if self._readings[i].genitive and after.lower in self._cues.kin:
            return 3.0, "kin"
        if after.lower in self._cues.does and not after.title:
            return (2.0 if self._can_open(i) else 1.4), "does"
        if after.lower in self._cues.is_ and not after.title:
            near = {w.lower for w in words[i + 2 : i + 6] if not w.opens}
            if near & self._cues.doing:
                return 3.0, "does"
            return (0.8 if self._can_open(i) else 0.5), None
        if not after.title and len(after.lower) > 4 and after.lower.endswith(_PAST):  # noqa: PLR2004
            return (1.0 if self._can_open(i) else 0.4), None
        if after.lower in _ALSO and i + 2 < len(words) and words[i + 2].lower in self._cues.kin:
            return 1.8, "kin"
        return 0.0, None

    def _can_open(self, i: int) -> bool:
        return self._words[i].opens or (
            i > 0
            and self._words[i - 1].lower in {"at", "att", "men", "og", "och", "når", "fordi", "hvis", "om", "siden"}
        )

    def _beside(self, i: int, cleared: frozenset[int]) -> float:
        """A name beside a name: first and last, or an initial before."""
        words = self._words
        best = 0.0
        token = words[i]
        if i > 0 and token.gap in {" ", "\n", "-", ". ", ".", ".\n", ", "}:
            before, reading = words[i - 1], self._readings[i - 1]
            if token.gap in {". ", ".", ".\n"}:
                if before.end - before.start == 1 and before.alpha and self._initial_before(i):
                    best = 3.6 if self._words[i].title else 3.0
            elif i - 1 not in cleared and reading.name >= 2 and reading.name > reading.word and (token.gap != ", "):  # noqa: PLR2004
                same = token.title == before.title or token.upper
                best = 2.4 if same else 0.8
            elif (
                i - 1 not in cleared
                and token.gap == " "
                and token.title
                and before.title
                and not reading.word
                and not reading.place
                and not reading.organisation
            ):
                best = 1.4
        if i + 1 < len(words) and words[i + 1].gap in {" ", "\n"} and i + 1 not in cleared:
            after, reading = words[i + 1], self._readings[i + 1]
            if reading.last >= 2 and reading.last > reading.word and token.title == after.title:  # noqa: PLR2004
                best = max(best, 2.0)
            elif (
                token.title
                and after.title
                and not after.opens
                and not reading.word
                and not reading.place
                and not reading.organisation
            ):
                best = max(best, 1.4)
        return best

    def _initial_before(self, i: int) -> bool:
        """Whether "B. Poole" is a person and not an enumerated heading: the letter itself opens nothing odd."""
        before = self._words[i - 1]
        if before.lower in {"f", "s", "t", "o", "h"} and not self._text[before.start].isupper():
            return False
        token = self._words[i]
        return self._readings[i].word < FORMED or (token.title and self._is_verb(i + 1))

    def _brakes(self, i: int) -> float:
        words = self._words
        weight = 0.0
        token = words[i]
        if i + 1 < len(words) and words[i + 1].gap in {" ", "-"} and words[i + 1].lower in self._cues.agency:
            weight -= 4.5
        if i + 1 < len(words) and words[i + 1].gap == " " and token.opens:
            after = words[i + 1].lower
            weight -= 2.0 if after.isdigit() or (after in _PARTICLE and not self.shouting) else 0.0
        if i > 0 and token.gap in {" ", "-"}:
            before = words[i - 1].lower
            further = words[i - 2].lower if i > 1 else ""
            if before in self._cues.agency and before not in {"politiet", "skolen", "skolan", "skulen", "distrikt"}:
                weight -= 2.0
            if f"{further} {before}" in self._cues.travel:
                weight -= 2.0
            if before in self._cues.greeting and words[i - 1].opens:
                weight -= 0.5
            if before.isdigit():
                weight -= 2.0
            if before in {
                "hotel",
                "hotell",
                "café",
                "kafe",
                "restaurant",
                "projekt",
                "prosjekt",
                "team",
                "gruppe",
                "program",
            }:
                weight -= 1.5
            if before == "i" and not self._readings[i].name and token.title:
                weight -= 1.2
        return weight
