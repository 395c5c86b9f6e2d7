"""The values the guard speaks in: kinds, outcomes, findings, and the contacts that may be named."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What kind of thing was found; the names are a contract (`docs/guard.md`)."""

    NAME = "NAME"
    NATIONAL_ID = "NATIONAL_ID"
    NATIONAL_ID_PART = "NATIONAL_ID_PART"
    BIRTHDATE = "BIRTHDATE"
    ADDRESS = "ADDRESS"
    PHONE = "PHONE"
    EMAIL = "EMAIL"
    PLATE = "PLATE"
    BANK = "BANK"
    USERNAME = "USERNAME"
    QUASI = "QUASI"


class Outcome(StrEnum):
    """What should happen: the text is stopped, or its writer is asked. Nothing found means it passes."""

    BLOCK = "block"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found.

    `start` and `end` are string offsets into the text as it was given; `certainty` lies between 0 and 1;
    `why` and `cue` are keys of closed lists, never words of the text.
    """

    start: int
    end: int
    kind: Kind
    certainty: float
    outcome: Outcome
    why: str
    cue: str | None = None


@dataclass(frozen=True)
class Registered:
    """What the directory knows of contacts at work: their full names, phones (any spelling) and e-mails pass."""

    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
