"""What a code leads to."""

from __future__ import annotations

from bot.domain.cases import CaseView
from bot.texts.catalogue import Mrkdwn
from handlers.cards import cases, tracks
from handlers.cards.parts import Card, Reader, joined, link, section


def summary(reader: Reader, view: CaseView) -> Card:
    """The case in a few lines, and the way to its thread."""
    t, case = reader.texts, view.case
    title = t.md("code.title", code=case.code)
    said = [title, cases.about(reader, case), *tracks.lines(reader, view), *cases.who_owes(reader, view)]
    thread = link(case.permalink, t("case.thread")) if case.permalink else t.md("code.no_thread")
    words = [part for part in (*said, thread) if part]
    return Card(joined(*words), [section(Mrkdwn("\n".join(words)))])
