"""Text as it was given → text as it was meant, with a map back to the original offsets.

Slack's mark-up is decoded (mentions and links become one object mark), invisible characters, emphasis marks and
disguises (full-width, lookalike letters, loose accents, odd spaces and dashes) are undone. One pass, linear time.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

OBJECT = "\ufffc"  # a mention, a channel, a link: something that is no word
_MARKUP = re.compile(r"<([@#!]|mailto:|tel:|https?:)([^<>\n|]{0,400})(?:\|([^<>\n]{0,400}))?>|&(amp|lt|gt);")
_URL = re.compile(r"https?://[^\s<>|]+")
_PLAIN = re.compile(r"[\n -~æøåÆØÅäöÄÖéÉüÜ§]+(?![\u0300-\u036f])")
_ENTITY = {"amp": "&", "lt": "<", "gt": ">"}
_DASHES = frozenset("‐‑‒–—―−﹘﹣－⁃")
_QUOTES = {"’": "'", "‘": "'", "ʼ": "'", "´": "'", "′": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'}
_LOOKALIKE = dict(
    zip(
        "аеорсухіјѕһԁӏАВЕКМНОРСТУХІЈЅϲονρικατυΑΒΕΖΗΙΚΜΝΟΡΤΥΧӧӓӦӒёЁɡɑƖ",
        "aeopcyxijshdlABEKMHOPCTYXIJScovpikatuABEZHIKMNOPTYXöäÖÄëËgaI",
        strict=True,
    )
)
_SPACES = dict.fromkeys("\t\r\v\f\x1c\x1d\x1e\x1f\0", " ") | dict.fromkeys("\u2028\u2029\x85", "\n")
_INVISIBLE = frozenset({"Cf", "Cc", "Cs"})
_BLANK = frozenset({"Zs", "Zl", "Zp"})
_DROPPED = frozenset("\ufe0e\ufe0f\u034f\u115f\u1160\u3164\u17b4\u17b5")
_WRAPPED = frozenset("*~`")
_EMPHASIS = re.compile(r"[*~`_]")


@dataclass(frozen=True, slots=True)
class Folded:
    """The text as it was meant; character `i` of it comes from the original's `starts[i]` up to `ends[i]`."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets into the original for a non-empty stretch of the folded text."""
        return self.starts[start], self.ends[end - 1]


@lru_cache(maxsize=4096)
def _char(char: str) -> str:
    """One character, alone, as it was meant; empty if it is invisible."""
    if char in _LOOKALIKE:
        return char  # decided with the whole text in view
    if char in _DASHES:
        return "-"
    known = _QUOTES.get(char) or _SPACES.get(char)
    if known is not None:
        return known
    category = unicodedata.category(char)
    if category in _INVISIBLE or char in _DROPPED:
        return ""
    if category in _BLANK:
        return " "
    return _compatible(char)


def _compatible(char: str) -> str:
    """Full-width, circled and stylised forms as plain ones; digits of any script as 0 to 9."""
    folded = unicodedata.normalize("NFKC", char)
    if folded == char:
        digit = unicodedata.decimal(char, None)
        return char if digit is None else str(digit)
    return "".join("-" if c in _DASHES else c for c in folded)


def _pieces(text: str) -> list[tuple[int, int, str | None]]:
    """The text cut into stretches to read (None) and stretches that stand for one given string."""
    out: list[tuple[int, int, str | None]] = []
    at = 0
    for found in _MARKUP.finditer(text):
        if found.start() > at:
            out.append((at, found.start(), None))
        at = found.end()
        if found[4]:
            out.append((found.start(), at, _ENTITY[found[4]]))
            continue
        out.append((found.start(), found.start() + 1, OBJECT if found[1] in "@#!" or found[1][0] == "h" else " "))
        if found[1][0] in "mt":
            out.append((found.start(2), found.end(2), None))
        if found[3] and found[1][0] in "mth":
            out.extend(((found.start(3) - 1, found.start(3), " "), (found.start(3), found.end(3), None)))
        out.append((at - 1, at, " "))
    if at < len(text):
        out.append((at, len(text), None))
    return out


def fold(text: str) -> Folded:
    """Any text → what was meant, with the way back. Never raises; linear in the length of the text."""
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    foreign = 0
    for begin, stop, stands_for in _pieces(text):
        if stands_for is not None:
            chars.append(stands_for)
            starts.append(begin)
            ends.append(stop)
            continue
        at = begin
        while at < stop:
            plain = _PLAIN.match(text, at, stop)
            if plain is not None:
                chars.extend(plain[0])
                starts.extend(range(at, plain.end()))
                ends.extend(range(at + 1, plain.end() + 1))
                at = plain.end()
                continue
            char = text[at]
            at += 1
            if char >= "\u0300" and chars and unicodedata.combining(char):
                whole = unicodedata.normalize("NFC", chars[-1] + char)
                if len(whole) == 1:
                    chars[-1] = whole
                ends[-1] = at
                continue
            for one in _char(char):
                chars.append(one)
                starts.append(at - 1)
                ends.append(at)
                foreign += one in _LOOKALIKE
    if foreign and foreign * 2 <= sum(1 for c in chars if c.isalpha()):
        chars = [_LOOKALIKE.get(c, c) for c in chars]
    return _without_emphasis(_without_urls(chars), starts, ends)


def _without_urls(chars: list[str]) -> list[str]:
    """Addresses of pages hold no words: each of their characters becomes the object mark."""
    joined = "".join(chars)
    if "://" in joined:
        for url in _URL.finditer(joined):
            chars[url.start() : url.end()] = OBJECT * (url.end() - url.start())
    return chars


def _without_emphasis(chars: list[str], starts: list[int], ends: list[int]) -> Folded:
    """Without the marks Slack and habit put around or into words; an underscore inside a word stays."""
    if not any(c in "*~`_" for c in chars):
        return Folded("".join(chars), tuple(starts), tuple(ends))
    joined = "".join(chars)
    last = len(chars) - 1
    out, kept_starts, kept_ends = [], [], []
    at = 0
    for mark in _EMPHASIS.finditer(joined):
        i = mark.start()
        before = i > 0 and joined[i - 1].isalnum()
        after = i < last and joined[i + 1].isalnum()
        if (joined[i] in _WRAPPED and (before or after)) or (joined[i] == "_" and before != after):
            out.append(joined[at:i])
            kept_starts += starts[at:i]
            kept_ends += ends[at:i]
            at = i + 1
    out.append(joined[at:])
    return Folded("".join(out), (*kept_starts, *starts[at:]), (*kept_ends, *ends[at:]))
