"""Registered contacts: which words of a text are accounted for by the full name of somebody at work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.guard.normalise import fold
from bot.guard.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.guard.findings import Registered
    from bot.guard.tokens import Token

# Who at work takes over: a child does not.
_ON_DUTY = frozenset(
    {
        *(
            (verb, over)
            for verb in ("tager", "tar", "tek", "overtager")
            for over in ("over", "över", "vagten", "vakten")
        ),
        *(("har", duty) for duty in ("vagten", "vakten", "vakta", "jouren", "telefonvagten", "beredskapen")),
        *((verb, "for") for verb in ("vikarierer", "vikarierar", "vikarer")),
    }
)
_GREETINGS_GAP = frozenset({" ", ", ", "\n", "  "})


def cleared_words(words: Sequence[Token], registered: Registered, greetings: frozenset[str]) -> frozenset[int]:
    """Indexes of words that belong to a registered full name, or are a registered first name after a greeting."""
    if not registered.names:
        return frozenset()
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for name in registered.names:
        parts = tuple(token.lower for token in tokens(fold(name).text))
        if parts:
            by_first.setdefault(parts[0], []).append(parts)
    cleared: set[int] = set()
    for i, token in enumerate(words):
        for parts in by_first.get(token.lower, ()):
            if len(parts) > 1 and _stands_at(words, i, parts):
                cleared.update(range(i, i + len(parts)))
        if (
            token.lower in by_first
            and i > 0
            and words[i - 1].lower in greetings
            and words[i - 1].opens
            and token.gap in _GREETINGS_GAP
        ):
            cleared.add(i)
        if token.lower in by_first and i + 2 < len(words) and (words[i + 1].lower, words[i + 2].lower) in _ON_DUTY:
            cleared.add(i)
    return frozenset(cleared)


def _stands_at(words: Sequence[Token], at: int, parts: tuple[str, ...]) -> bool:
    if at + len(parts) > len(words):
        return False
    last = len(parts) - 1
    for offset, part in enumerate(parts):
        word = words[at + offset]
        if word.lower != part and not (offset == last and word.lower in {part + "s", part + "'s", part + "'"}):
            return False
        if offset and word.gap.strip() not in {"", ".", "-"}:
            return False
    return True
