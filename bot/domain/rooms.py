"""Rooms: who reads along in the channel that becomes one. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.people import Contact

FEW = 20
"""So many readers are named; more are only counted."""


@dataclass(frozen=True, slots=True)
class Readers:
    """Everybody who can read a room: how many, at which agencies, how many nobody knows; names where they are few."""

    count: int
    by_agency: tuple[tuple[str, int], ...]
    unknown: int
    names: tuple[str, ...]
    is_shared: bool
    """Whether people of another organisation in Slack can be in it."""


def readers(slack_ids: Iterable[str], known: Mapping[str, Contact], *, is_shared: bool) -> Readers:
    """Who these people are, as far as the directory knows them."""
    ids = list(dict.fromkeys(slack_ids))
    there = [known[one] for one in ids if one in known]
    agencies = Counter(contact.agency_name for contact in there)
    return Readers(
        count=len(ids),
        by_agency=tuple(sorted(agencies.items())),
        unknown=len(ids) - len(there),
        names=tuple(sorted(contact.name for contact in there)) if len(ids) <= FEW else (),
        is_shared=is_shared,
    )
