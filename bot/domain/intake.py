"""Free text on its way in: as it was typed, and as the guard has let it pass. Neither ever shows its words by itself."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from bot.domain.errors import Refused


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person typed, not looked at yet. `as_typed` may be read in `usecases/intake.py` alone (a test reads the code).

    It is no `str`: nothing that takes a text takes this, and nothing that prints it prints its words.
    """

    as_typed: str = field(default="", repr=False)

    def stands_in(self, name: str) -> bool:
        """Whether a name holds every typed word: what a list needs to know while somebody types."""
        said = name.casefold()
        return all(word in said for word in self.as_typed.casefold().split())

    def begins(self, name: str) -> bool:
        """Whether a name begins as it was typed: then it comes first in a list."""
        return name.casefold().startswith(self.as_typed.casefold().strip())

    def __bool__(self) -> bool:
        """Whether anything but blanks was typed."""
        return bool(self.as_typed.strip())


@dataclass(frozen=True, slots=True)
class GuardedText:
    """A free text the guard let pass, one space between its words.

    Two ways lead to one, and a test reads the code for any other: `passed`, which `usecases/intake.py` alone calls after
    it has asked the guard, and `kept`, with which storage gives back what came in that way before.
    """

    words: str = field(repr=False)

    @classmethod
    def passed(cls, words: str) -> Self:
        """What the guard has just let pass: control characters go, blanks become one space."""
        return cls(" ".join("".join(c if c.isprintable() else " " for c in words).split()))

    @classmethod
    def kept(cls, words: str) -> Self:
        """What was let pass when it was written down."""
        return cls(words)

    def __str__(self) -> str:
        """The words, for the card that shows them and the column that keeps them."""
        return self.words

    def __bool__(self) -> bool:
        """Whether there are any words."""
        return bool(self.words)


@dataclass(frozen=True, slots=True)
class Written:
    """What was written into one form: its free texts by field, and which questions were answered "not a person"."""

    texts: Mapping[str, Typed]
    not_persons: frozenset[str] = frozenset()
    """The digests of the words that were asked about (`Held`)."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the guard found in one field: where (offsets into the text as typed), what, how sure, why; never the words.

    `digest` is the keyed hash of the words for the agency; `kind` and `why` are keys of closed lists.
    """

    field: str
    start: int
    end: int
    kind: str
    certainty: float
    blocks: bool
    why: str
    digest: str


class Held(Refused):
    """The guard holds a text back: some of it must not stand there, or somebody has to say whether it is a person."""

    def __init__(self, found: tuple[Found, ...]) -> None:
        super().__init__("guard.held")
        self.found = found

    @property
    def stopped(self) -> tuple[Found, ...]:
        """What must not stand there, whatever anybody answers."""
        return tuple(one for one in self.found if one.blocks)


class Names:
    """Full names of people at work, to find quickly those a text could mean."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_first: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for name in dict.fromkeys(names):
            plain = name.partition(" (")[0]  # without a remark: "Palle Politi (demo)"
            words = re.findall(r"\w+", plain.lower())
            if words:
                self._by_first[words[0]].append((words[-1], plain))

    def meant(self, words: Collection[str]) -> tuple[str, ...]:
        """Of these lower-case words: the names whose first and last stand among them, and one for every first name.

        The one is for a greeting ("Hej Anna"), which means any of those who are called so.
        """
        found = []
        for first in self._by_first.keys() & set(words):
            called = self._by_first[first]
            found += [name for last, name in called if last in words or f"{last}s" in words] or [called[0][1]]
        return tuple(found)
