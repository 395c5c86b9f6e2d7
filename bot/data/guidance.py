"""What practitioners ask about rules: short answers with their legal basis. Prompts, never verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from bot.data.reading import parts, rows, yes


@dataclass(frozen=True)
class Guidance:
    """One topic. The topic is in the country's language, question and answer in English, as far as given."""

    key: str
    country: str
    topic: str
    question: str
    answer: str
    legal_basis: str
    sure: bool
    """False: not shown as a fact."""
    legal_basis_sure: bool
    """False: the paragraph was not seen; shown with "check"."""
    terms: tuple[str, ...]
    """Words people type when they mean this topic."""
    timeline: str | None
    """A key of `bot.data.timelines`."""
    source: str


@cache
def _all() -> dict[str, Guidance]:
    return {
        row["key"]: Guidance(
            key=row["key"],
            country=row["country"],
            topic=row["topic"],
            question=row["question"],
            answer=row["answer"],
            legal_basis=row["legal_basis"],
            sure=yes(row["sure"]),
            legal_basis_sure=yes(row["legal_basis_sure"]),
            terms=parts(row["terms"]),
            timeline=row["timeline"] or None,
            source=row["source"],
        )
        for row in rows("guidance")
    }


def guidance(key: str) -> Guidance | None:
    """The topic of a key, or None."""
    return _all().get(key)


def topics(country: str) -> tuple[Guidance, ...]:
    """Every topic of a country, in the order of the table."""
    return tuple(one for one in _all().values() if one.country == country)
