"""A message as words: Slack's mark-up taken away, letters made equal, cut into words and clauses."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

_MENTION = re.compile(r"<(?:@[^>]*|![^>]*|mailto:[^>]*)>")
_LABEL = re.compile(r"<(?:#|https?:)[^|>]*\|([^>]*)>")
_LINK = re.compile(r"<(?:#|https?:)[^>]*>|https?://\S+")
_STRUCK = re.compile(r"(?<!\w)~[^~\n]+~(?!\w)")
_EMOJI = re.compile(r":[a-z][a-z0-9_+\-]*:")
_MARKS = re.compile(r"(?<!\w)[*_`]+(?=\S)|(?<=\S)[*_`]+(?!\w)")
_WORD = re.compile(r"[^\W_]+|[^\w\s]|_|\n")
_ALIKE = str.maketrans({"ä": "æ", "ö": "ø", "’": "'", "`": "'", "´": "'", "‐": "-", "‑": "-", "—": "–", "−": "–"})
_KEPT = frozenset("æøåäöÆØÅÄÖ")
_SENTENCE_END = frozenset(".?!\n;")
_CLAUSE_END = frozenset(",:–()") | _SENTENCE_END


@dataclass(frozen=True)
class Word:
    """One word of a message and where it stands."""

    form: str
    """Lower case; ä is written æ and ö is written ø, so that one table serves all languages."""
    capital: bool
    first: bool
    """It begins a sentence, where a capital says nothing."""
    sentence: int
    clause: int
    before: str
    """The mark right before it (`-` when joined by a hyphen), or empty."""
    after: str
    """The mark right after it, or empty."""


def plain(text: str) -> str:
    """The words a person wrote in Slack: mentions, links, emoji and marks taken away, entities read."""
    text = _MENTION.sub(" ", text)
    text = _LINK.sub(" ", _LABEL.sub(r" \1 ", text))
    text = html.unescape(text)
    return _MARKS.sub("", _EMOJI.sub(" ", _STRUCK.sub(" ", text)))


def letters(text: str) -> str:
    """Compatible forms made one, invisible marks and foreign accents taken away; æ ø å ä ö stay."""
    composed = unicodedata.normalize("NFKC", text)
    return "".join(char if char in _KEPT or char.isascii() else _bare(char) for char in composed).translate(_ALIKE)


def _bare(char: str) -> str:
    """A letter without its accent; invisible marks vanish."""
    if unicodedata.category(char) == "Cf":
        return ""
    return "".join(part for part in unicodedata.normalize("NFD", char) if not unicodedata.combining(part))


def fold(text: str) -> str:
    """The form words are compared in."""
    return letters(text).lower().translate(_ALIKE)


def forms(text: str) -> tuple[str, ...]:
    """The words of a name or a phrase as they are compared; `&` reads as `og`."""
    return tuple(part for part in _WORD.findall(fold(text).replace("&", " og ")) if part[0].isalnum())


def words(text: str) -> tuple[Word, ...]:
    """Every word of a message, in order, with its sentence and clause."""
    found: list[Word] = []
    sentence = clause = 0
    first, mark = True, ""
    text = letters(plain(text)).replace("&", " og ")
    pieces = list(_WORD.finditer(text))
    for n, piece in enumerate(pieces):
        raw = piece.group()
        following = pieces[n + 1] if n + 1 < len(pieces) else None
        if not raw[0].isalnum():
            inside = raw in ".-'" and piece.end() < len(text) and text[piece.end()].isalnum() and n > 0
            spaced_dash = raw == "-" and not (inside and piece.start() == pieces[n - 1].end())
            if raw in _SENTENCE_END and not (raw == "." and n > 0 and pieces[n - 1].group().isdigit()):
                sentence, clause, first = sentence + 1, clause + 1, True
            elif raw in _CLAUSE_END or spaced_dash:
                clause += 1
            mark = "–" if spaced_dash else raw
            continue
        after = following.group() if following is not None and not following.group()[0].isalnum() else ""
        if after == "-" and following is not None and following.start() != piece.end():
            after = "–"
        form = raw.lower().translate(_ALIKE)
        found.append(Word(form, raw[0].isupper(), first, sentence, clause, mark, after))
        first, mark = False, ""
    return tuple(found)
