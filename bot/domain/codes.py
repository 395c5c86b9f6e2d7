"""Case codes: random, speakable on the phone, with a check character; never derived from anything.

A code reads `K472-M53-7`. Its 17 characters leave out what sounds or looks alike in Danish, Norwegian, Swedish and
English (B D E G P V, F beside S, N beside M, O and 0, I and 1), and no vowel means no word and no name can appear.
Seventeen is prime, so a weighted sum notices every single wrong character and every two that changed places.
"""

from __future__ import annotations

import re
from collections.abc import Callable

LETTERS = "HJKLMRSTX"
DIGITS = "23456789"
ALPHABET = LETTERS + DIGITS
PATTERN = (LETTERS, DIGITS, DIGITS, DIGITS, LETTERS, DIGITS, DIGITS)
LENGTH = len(PATTERN) + 1

_SHAPE = re.compile(
    rf"(?<![A-Z0-9])[{LETTERS}][0-9]{{3}}[ -]?[{LETTERS}][0-9]{{2}}[ -]?[{ALPHABET}](?![A-Z0-9])", re.IGNORECASE
)


def check_character(body: str) -> str:
    """The check character of the seven characters before it."""
    return ALPHABET[sum((place + 2) * ALPHABET.index(char) for place, char in enumerate(body)) % len(ALPHABET)]


def new_code(choose: Callable[[str], str]) -> str:
    """A new code; `choose` picks one character of a string at random (`secrets.choice`)."""
    body = "".join(choose(characters) for characters in PATTERN)
    return pretty(body + check_character(body))


def pretty(compact: str) -> str:
    """The code as it is written: `K472-M53-7`."""
    return f"{compact[:4]}-{compact[4:7]}-{compact[7:]}"


def read_code(typed: str) -> str | None:
    """The code a person typed, as it is written, or None where it is none or was mistyped.

    Case, spaces and dashes do not matter.
    """
    compact = re.sub(r"[\s\-–]", "", typed).upper()
    fits = len(compact) == LENGTH and all(c in allowed for c, allowed in zip(compact, PATTERN, strict=False))
    if not fits or check_character(compact[:-1]) != compact[-1]:
        return None
    return pretty(compact)


def looks_like_code(text: str) -> str | None:
    """The first thing in a text that has the shape of a code, right or mistyped, or None."""
    found = _SHAPE.search(text)
    return found.group() if found else None
