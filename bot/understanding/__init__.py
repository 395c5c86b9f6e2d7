"""Text → question, text → moment. Offline, deterministic, and each answer says which cues led to it.

Nothing of ours is imported from outside this room: names and keys are handed in as a `Lexicon`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.understanding.intents import Intent, asks_for_a_rule, intent_of
from bot.understanding.lexicon import Lexicon, PlaceName
from bot.understanding.matching import Matcher
from bot.understanding.meaning import kind_of, likely_topic, place_of, topic_of, urgency_of
from bot.understanding.places import Gazetteer
from bot.understanding.reading import read
from bot.understanding.together import told_together
from bot.understanding.vocabulary import LANGUAGES, ordinary, vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["ALL", "Intent", "Lexicon", "Question", "Understanding"]

ALL: Sequence[str] = LANGUAGES
_HARMFUL = frozenset(
    {
        "physical-violence",
        "sexual-abuse",
        "psychological-violence",
        "honour-control",
        "abuse-by-staff",
        "extremism-gang",
        "missing-child",
    }
)
"""The kinds that say more about a danger than that it is one."""
_UNLIKELY_BESIDE = (
    *((f"acute.{what}", "digital-abuse") for what in ("pills", "farewell", "hang", "bleed", "cold")),
    ("acute.pills", "sexual-abuse"),
    ("acute.poison", "physical-violence"),
    ("acute.kill", "digital-abuse"),
    ("acute.weapon", "digital-abuse"),
)
"""Dangers to life and the kinds that their words are easily mistaken for."""
_ROUTED = frozenset({Intent.FIND_CONTACT, Intent.ACUTE, Intent.SPARRING, Intent.OPEN_CASE})


@dataclass(frozen=True)
class Question:
    """What was understood: keys of closed lists, and never a word of the message."""

    intent: Intent
    country: str
    municipality: str | None
    """A code in `country`; None: none was named, or several fit (`candidates`)."""
    kind: str | None
    urgency: str | None
    """`now`, `same-day`, `next-day`, `routine`, or None where the text does not say."""
    topic: str | None
    candidates: tuple[str, ...]
    confidence: float
    """0 to 1: how much there was to go by."""
    because: tuple[str, ...]
    """The cues that led here, each the name of a row of the vocabulary."""


class Understanding:
    """Reads messages. Made once; every question is answered from memory."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Index the lexicon and the vocabulary."""
        self._lexicon = lexicon
        self._ordinary = ordinary()
        self._matchers: dict[tuple[str, ...], Matcher] = {}
        by_country: dict[str, list[PlaceName]] = {}
        for place in lexicon.places:
            by_country.setdefault(place.country, []).append(place)
        self._gazetteers = {country: Gazetteer(names) for country, names in by_country.items()}
        self._nowhere = Gazetteer(())
        self._matcher(tuple(ALL))

    def _matcher(self, languages: tuple[str, ...]) -> Matcher:
        if languages not in self._matchers:
            self._matchers[languages] = Matcher(vocabulary(languages), self._ordinary)
        return self._matchers[languages]

    def understand(self, text: str, *, country: str, languages: Sequence[str] = ALL) -> Question:
        """Read a message of a person in `country`; several languages may be mixed in it."""
        reading = read(text, self._matcher(tuple(languages)), self._gazetteers.get(country, self._nowhere))
        kind = kind_of(reading, self._lexicon.kinds)
        urgency = urgency_of(reading)
        topic, weight = topic_of(reading, self._lexicon.topics.get(country, frozenset()))
        municipality, candidates, where = place_of(reading)
        intent = intent_of(reading, place=bool(municipality or candidates), kind=kind is not None, topic=weight)
        if intent is Intent.UNKNOWN and asks_for_a_rule(reading):
            topic = likely_topic(reading, self._lexicon.topics.get(country, frozenset()))
            intent = Intent.GUIDANCE if topic else intent
        if intent is Intent.ACUTE:
            lost = kind != "missing-child" or reading.family("acute.lost") or reading.family("acute.missing")
            beside = any(kind == unlikely and reading.family(danger) for danger, unlikely in _UNLIKELY_BESIDE)
            urgency, kind = "now", kind if kind in _HARMFUL and lost and not beside else "acute-danger"
        routed = intent in _ROUTED
        cues = sorted(
            {m.meaning for m in reading.matches if not m.meaning.startswith(("place.", "about.", "maybe."))}
            | set(where)
            | {told for told in (told_together(reading, "acute."),) if told and intent is Intent.ACUTE}
        )
        return Question(
            intent=intent,
            country=country,
            municipality=municipality,
            kind=kind if routed else None,
            urgency=urgency if routed else None,
            topic=topic if intent is Intent.GUIDANCE else None,
            candidates=candidates,
            confidence=0.0 if intent is Intent.UNKNOWN else min(1.0, 0.5 + 0.1 * len(cues)),
            because=tuple(cues),
        )
