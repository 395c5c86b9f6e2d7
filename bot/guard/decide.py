"""Hits of all layers → findings: overlaps settled, registered contacts let pass, the outcome chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.guard.findings import Finding, Kind, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.guard.findings import Registered
    from bot.guard.hits import Hit
    from bot.guard.normalise import Folded

_RANK = (
    Kind.EMAIL,
    Kind.NATIONAL_ID,
    Kind.BANK,
    Kind.ADDRESS,
    Kind.USERNAME,
    Kind.PLATE,
    Kind.BIRTHDATE,
    Kind.NATIONAL_ID_PART,
    Kind.PHONE,
    Kind.NAME,
    Kind.QUASI,
)
_BLOCKS_FROM = 0.72
_DIGITS = 8


def decide(
    hits: Iterable[Hit], folded: Folded, registered: Registered, pardoned: Callable[[str], bool] | None
) -> tuple[Finding, ...]:
    """Findings in the order of the text, none inside another of a stronger kind, offsets into the original."""
    emails = {mail.casefold() for mail in registered.emails}
    phones = {_number(phone) for phone in registered.phones}
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (_RANK.index(h.kind), h.start - h.end, h.start)):
        words = folded.text[hit.start : hit.end]
        if hit.kind is Kind.EMAIL and words.replace(" ", "").casefold() in emails:
            continue
        if hit.kind is Kind.PHONE and _number(words) in phones:
            continue
        if hit.kind is Kind.NAME and pardoned is not None and hit.certainty < _BLOCKS_FROM and pardoned(words.lower()):
            continue
        kept.append(hit)
    covered = bytearray(len(folded.text))
    out: list[Finding] = []
    for hit in kept:
        if hit.kind is not Kind.QUASI:
            if covered.find(1, hit.start, hit.end) >= 0:
                continue
            covered[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
        start, end = folded.span(hit.start, hit.end)
        ask = hit.kind is Kind.QUASI or hit.certainty < _BLOCKS_FROM
        out.append(
            Finding(
                start, end, hit.kind, round(hit.certainty, 2), Outcome.ASK if ask else Outcome.BLOCK, hit.why, hit.cue
            )
        )
    return tuple(sorted(out, key=lambda f: (f.start, f.end)))


def _number(phone: str) -> str:
    """The last eight digits: enough to know a registered phone again, however it is written."""
    return "".join(c for c in phone if c.isdigit())[-_DIGITS:]
