"""What the understanding is told from outside: names of places, kinds of case, topics. Plain values, nothing of ours."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True)
class PlaceName:
    """A name people use for a place, and the municipalities it can mean."""

    country: str
    name: str
    codes: tuple[str, ...]
    sort: str
    """`municipality` (the name or another spelling of it), `town` (in it, or its older name), `region` (a landscape: ask),
    `district` (police district, county: names no municipality unless it has only one)."""
    ordinary: bool = False
    """The name is also an everyday word, so that it counts only where a place is meant."""


@dataclass(frozen=True)
class Lexicon:
    """The closed lists a question is read against."""

    places: tuple[PlaceName, ...]
    kinds: frozenset[str]
    topics: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By country: the keys of the guidance."""

    @classmethod
    def build(
        cls,
        *,
        places: Iterable[tuple[str, str, tuple[str, ...], str, bool]],
        kinds: Iterable[str],
        topics: Iterable[tuple[str, str]],
    ) -> Lexicon:
        """Make a lexicon from plain tuples.

        `places` are (country, name, codes, sort, ordinary), `kinds` keys, `topics` (country, key).
        """
        by_country: dict[str, set[str]] = {}
        for country, key in topics:
            by_country.setdefault(country, set()).add(key)
        return cls(
            places=tuple(PlaceName(*place) for place in places),
            kinds=frozenset(kinds),
            topics={country: frozenset(keys) for country, keys in by_country.items()},
        )
