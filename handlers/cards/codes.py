"""What a code leads to."""

from __future__ import annotations

from bot.domain.cases import CaseView
from bot.texts.catalogue import Mrkdwn
from handlers.cards import cases, channels, tracks
from handlers.cards.parts import Card, Reader, joined, section


def summary(reader: Reader, view: CaseView) -> Card:
    """The case in a few lines, and the way to its thread."""
    t, case = reader.texts, view.case
    title = t.md("code.title", code=case.code)
    said = [title, cases.about(reader, case), *tracks.lines(reader, view), *cases.who_owes(reader, view)]
    not_yet = t.md("channel.not_yet" if case.own_channel else "code.no_thread")
    thread = channels.way_there(reader, case) or not_yet
    words = [part for part in (*said, thread) if part]
    return Card(joined(*words), [section(Mrkdwn("\n".join(words)))])
