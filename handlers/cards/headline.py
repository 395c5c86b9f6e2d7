"""The headline: the one message at the top of a thread, always true, edited in place, the same for every reader.

It is put together from parts; each capability that stands in a case says its own (`part` in its module of cards).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from bot.domain.cases import CaseView
from bot.domain.matters import Matter
from bot.texts.catalogue import Mrkdwn
from handlers.cards import cases, channels, clearances, closing, deadlines, everything, followups, tracks, words
from handlers.cards.parts import (
    MOST_LINES,
    MOST_TEXT,
    Block,
    Card,
    Line,
    Part,
    Reader,
    actions,
    clip,
    columns,
    context,
    divider,
    header,
    joined,
    section,
)

PARTS: tuple[Callable[[Reader, CaseView], Part], ...] = (
    closing.said,
    tracks.part,
    cases.people,
    deadlines.part,
    followups.part,
    clearances.part,
    words.part,
    closing.ways,
)
"""What the headline says, in the order of reading; a further capability is a further line."""
MOST_WELCOME = 3
"""Lines of one part in the welcome of whoever joins."""
LENGTH_OF_WELCOME = 2000
LENGTH_OF_WAITED_FOR = 1200
"""Characters of it, and of what she waits for; the request above is shorter than what is left of Slack's limit."""
MOST_WAITED_FOR = 6
"""Lines of what she waits for."""
MOST_BLOCKS = 46
"""Slack's limit of 50, less what stands around the parts."""
MOST_BUTTONS = 25
"""Slack's limit for one row of buttons."""


def headline(reader: Reader, view: CaseView) -> Card:
    """All of it, within Slack's limits: what does not fit is counted."""
    t = reader.texts
    title, about, never = (
        t("case.title", code=view.case.code),
        cases.about(reader, view.case),
        cases.note(reader, view.case),
    )
    parts = [part(reader, view) for part in PARTS]
    if not view.case.is_open:  # nothing can be done in it any more but what its end allows
        parts = [part if say is closing.ways else _told(part) for say, part in zip(PARTS, parts, strict=True)]
    lines, room = MOST_LINES, MOST_TEXT - len(title) - len(about) - len(never) - 3
    body = _body(parts, lines)
    while lines > 0 and (len(body) > MOST_BLOCKS or len("\n".join(_words(parts, lines))) > room):
        lines -= 1
        body = _body(parts, lines)
    blocks = [header(title), section(about), *body]
    buttons = sorted((b for part in parts for b in part.buttons), key=lambda b: b.get("style") != "primary")
    if view.case.is_open and (view.unseen or view.unseen_open or any(len(part.lines) > lines for part in parts)):
        buttons = [
            *buttons[: MOST_BUTTONS - 1],
            everything.way(reader, view.case.id),
        ]  # what was counted is one tap away
    if buttons:
        blocks.append(actions("case", *buttons[:MOST_BUTTONS]))
    return Card(text=joined(title, about, *_words(parts, lines), never), blocks=[*blocks, context(never)])


def welcome(reader: Reader, view: CaseView, card: Card, *, joined_id: str) -> Card:
    """A yes, with the state of things below it, for whoever just joined; what can be done stands in the thread.

    What she waits for herself, because she took the place of whoever asked, comes first.
    """
    parts = [part(reader, view) for part in PARTS if part not in {closing.said, closing.ways}]
    said = Mrkdwn(
        clip("\n".join(_words([replace(_told(part), past=()) for part in parts], MOST_WELCOME)), LENGTH_OF_WELCOME)
    )
    lead, waits = reader.texts.md("welcome.state"), _waited_for(reader, view, joined_id)
    first = [divider(), section(waits)] if waits else []
    read = channels.readers(reader, view)
    last = [context(read)] if read else []
    return Card(
        joined(card.text, waits, lead, said, read),
        [*card.blocks, *first, divider(), section(lead), section(said), *last],
    )


def _waited_for(reader: Reader, view: CaseView, contact_id: str) -> Mrkdwn:
    """What others owe a person in a case, or are asked for by her; empty where there is nothing."""
    lines = [
        *(followups.line(reader, f) for f in view.followups if _waits(f.matter, contact_id)),
        *(clearances.line(reader, c) for c in view.clearances if _waits(c.matter, contact_id)),
        *(words.line(reader, w) for w in view.words if _waits(w.matter, contact_id)),
    ]
    if not lines:
        return Mrkdwn("")
    shown, left = lines[:MOST_WAITED_FOR], len(lines) - MOST_WAITED_FOR
    rest = [reader.texts.count("welcome.waits.more", left)] if left > 0 else []
    return Mrkdwn(clip("\n".join((reader.texts.md("welcome.waits"), *shown, *rest)), LENGTH_OF_WAITED_FOR))


def _waits(matter: Matter, contact_id: str) -> bool:
    return matter.state.is_open and matter.asker_id == contact_id and matter.owner_id != contact_id


def _words(parts: list[Part], most: int) -> Iterator[Mrkdwn]:
    for part in parts:
        yield part.lead
        yield from part.fields
        yield from (line.text for line in part.lines[:most])
        yield from _rest(part, most)
        yield from part.past


def _body(parts: list[Part], most: int) -> list[Block]:
    made: list[Block] = []
    for part in parts:
        if part.lead:
            made += [*([divider()] if made else []), *_blocks(part, most)]
    return made


def _blocks(part: Part, most: int) -> Iterator[Block]:
    yield columns(part.lead, part.fields) if part.fields else section(part.lead)
    yield from (_row(line) for line in part.lines[:most])
    yield from (context(rest) for rest in _rest(part, most))
    if part.past:
        yield context(Mrkdwn("\n".join(part.past)))


def _told(part: Part) -> Part:
    return replace(part, lines=tuple(Line(line.text) for line in part.lines), buttons=())


def _row(line: Line) -> Block:
    return section(line.text, line.button)


def _rest(part: Part, most: int) -> Iterator[Mrkdwn]:
    left = len(part.lines) - most
    if left > 0 and part.more:
        yield part.more(left)
