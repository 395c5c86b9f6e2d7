"""Whether an unknown word looks like a name: letter triples compared, and endings that surnames have."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.guard.lexicon import Lexicon

_SURNAME = re.compile(
    r"(?:.{3,}(?:sen|ssen|sson|sons|datter|dotter|dottir|dóttir|ssøn|gaard|gård|rud|stad|heim|land|vik|nes|dal|berg|lund|strøm|ström|"
    r"haug|bakk|eng|set|seth|tveit|rød|ås|fjell|skog|holm|quist|kvist|qvist|gren|stedt|sund|feldt|mann|son|"
    r"ović|ovic|evic|ević|ić|sky|ski|ska|enko|oglu|zadeh|zade|pour|poor|nejad|ian|yan|shvili|dze|ova|eva|escu|aitis|auskas|iene|nen))$"
)
_WEIGHT = 0.4
_LIMIT = 1.6
_LEAST = -0.9
_PENALTY_SHORT = 3


def _triples(word: str) -> Iterable[str]:
    padded = f"^{word}$"
    return (padded[i : i + 3] for i in range(len(padded) - 2))


class Shape:
    """Learnt at the start from the project's own lists; asks nothing of the text but the one word."""

    def __init__(self, lexicon: Lexicon) -> None:
        names: Counter[str] = Counter()
        words: Counter[str] = Counter()
        for name in lexicon.first | lexicon.last:
            names.update(_triples(name))
        for word in lexicon.words:
            words.update(_triples(word))
        total_names, total_words = sum(names.values()), sum(words.values())
        seen = set(names) | set(words)
        self._odds = {
            t: math.log((names[t] + 0.5) / (total_names + 4000)) - math.log((words[t] + 0.5) / (total_words + 4000))
            for t in seen
        }

    def likeness(self, word: str) -> float:
        """From -0.9 (like an ordinary word) to 1.6 (like a name) for a lower-case word."""
        if len(word) < _PENALTY_SHORT:
            return _LEAST
        total = sum(self._odds.get(t, 0.15) for t in _triples(word[:30]))
        return max(_LEAST, min(_LIMIT, total * _WEIGHT))

    @staticmethod
    def like_surname(word: str) -> bool:
        """Whether a lower-case word ends as surnames do."""
        return _SURNAME.match(word) is not None
