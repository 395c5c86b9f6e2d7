"""The headline: the one message at the top of a thread, always true, edited in place, the same for every reader.

It is put together from parts; each capability that stands in a case says its own (`part` in its module of cards).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.domain.cases import CaseView
from bot.texts.catalogue import Mrkdwn
from handlers.cards import cases, clearances, followups, words
from handlers.cards.parts import (
    MOST_TEXT,
    Block,
    Card,
    Line,
    Part,
    Reader,
    actions,
    context,
    divider,
    header,
    joined,
    section,
)

PARTS: tuple[Callable[[Reader, CaseView], Part], ...] = (cases.people, followups.part, clearances.part, words.part)
"""What the headline says, in the order of reading; a further capability is a further line."""
MOST_LINES = 12
"""Lines with buttons in one part (Slack: 50 blocks a message, and nobody reads that many)."""
MOST_BUTTONS = 25
"""Slack's limit for one row of buttons."""


def headline(reader: Reader, view: CaseView) -> Card:
    """All of it, within Slack's limits: what does not fit is counted."""
    t = reader.texts
    title, about, never = t("case.title", code=view.case.code), cases.about(reader, view.case), t.md("case.never")
    parts = [part(reader, view) for part in PARTS]
    lines = MOST_LINES
    while len("\n".join(_words(parts, lines))) > MOST_TEXT - len(title) - len(about) - len(never) - 3 and lines > 0:
        lines -= 1
    blocks = [header(title), section(about)]
    for number, part in enumerate(parts):
        blocks += [*([divider()] if number else []), *_blocks(part, lines)]
    buttons = sorted((b for part in parts for b in part.buttons), key=lambda b: b.get("style") != "primary")
    if buttons:
        blocks.append(actions("case", *buttons[:MOST_BUTTONS]))
    return Card(text=joined(title, about, *_words(parts, lines), never), blocks=[*blocks, context(never)])


def _words(parts: list[Part], most: int) -> Iterator[Mrkdwn]:
    for part in parts:
        yield part.lead
        yield from (line.text for line in part.lines[:most])
        yield from _rest(part, most)
        yield from part.past


def _blocks(part: Part, most: int) -> Iterator[Block]:
    yield section(part.lead)
    yield from (_row(line) for line in part.lines[:most])
    yield from (context(rest) for rest in _rest(part, most))
    if part.past:
        yield context(Mrkdwn("\n".join(part.past)))


def _row(line: Line) -> Block:
    return section(line.text, line.button)


def _rest(part: Part, most: int) -> Iterator[Mrkdwn]:
    left = len(part.lines) - most
    if left > 0 and part.more:
        yield part.more(left)
