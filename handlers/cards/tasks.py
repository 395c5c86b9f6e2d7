"""The answer to "what waits?": first what waits for the reader, then what she waits for."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.matters import PERSONAL, MatterKind, MatterState
from bot.domain.tasks import Task, Tasks
from bot.texts.catalogue import Mrkdwn
from handlers.cards.parts import Block, Card, Reader, actions, button, context, header, joined, link, section, with_note
from handlers.cards.preferences import way

MOST = 15
"""Lines of each list; what does not fit is counted."""


def waiting(reader: Reader, found: Tasks) -> Card:
    """Both lists; where both are empty, one sentence that says so."""
    t = reader.texts
    times = actions("times", way(reader))  # whoever has no Home chooses from here when she is written to
    if not found.on_me and not found.i_wait_for:
        said = t.md("tasks.none")
        return Card(said, [section(said), times])
    on_me, mine = lines(reader, found.on_me, "tasks.on_me", answerable=True)
    waiting_for, theirs = lines(reader, found.i_wait_for, "tasks.i_wait_for", answerable=False)
    return Card(joined(*on_me, *waiting_for), [*mine, *theirs, times])


def lines(reader: Reader, tasks: Sequence[Task], title: str, *, answerable: bool) -> tuple[list[str], list[Block]]:
    """One list with its title, as text and as blocks; nothing at all where it is empty."""
    if not tasks:
        return [], []
    t, shown = reader.texts, tasks[:MOST]
    blocks = [header(t(title)), *(row(reader, task) if answerable else section(line(reader, task)) for task in shown)]
    said: list[str] = [t(title), *(line(reader, task) for task in shown)]
    if len(tasks) > MOST:
        more = t.count("tasks.more", len(tasks) - MOST)
        blocks.append(context(more))
        said.append(more)
    return said, blocks


def row(reader: Reader, task: Task) -> Block:
    """One open matter with the one tap that answers it."""
    return section(line(reader, task), _button(reader, task))


def line(reader: Reader, task: Task) -> Mrkdwn:
    """One open matter in words: what, whose, by when, in which case."""
    t, matter = reader.texts, task.matter
    what = with_note(t(f"what.{task.what}"), task.note) if task.what else t(f"task.{matter.kind}")
    due = t.md("tasks.due", due=reader.when(matter.due_at)) if matter.due_at else Mrkdwn("")
    code = link(task.permalink, task.code or "") if task.permalink else Mrkdwn(task.code or "")
    if matter.owner_id == matter.asker_id and matter.kind in PERSONAL:
        return t.md("tasks.line.own", what=what, code=code, due=due)
    return t.md(
        f"tasks.line.{matter.state}", what=what, owner=task.owner_name, asker=task.asker_name, code=code, due=due
    )


VERBS = {
    (MatterKind.FOLLOWUP, MatterState.PROPOSED): "followup.agree",
    (MatterKind.FOLLOWUP, MatterState.AGREED): "followup.done",
    (MatterKind.COUNTER, MatterState.PROPOSED): "counter.agree",
    (MatterKind.CLEARANCE, MatterState.PROPOSED): "clearance.agree",
    (MatterKind.WORD, MatterState.PROPOSED): "word.agree",
    (MatterKind.WORD, MatterState.AGREED): "word.given",
    (MatterKind.PARTICIPATION, MatterState.PROPOSED): "case.accept",
    (MatterKind.SUBSTITUTION, MatterState.PROPOSED): "absence.accept",
    (MatterKind.CALLBACK, MatterState.PROPOSED): "callback.accept",
    (MatterKind.CALLBACK, MatterState.AGREED): "callback.done",
    (MatterKind.HANDOVER, MatterState.PROPOSED): "handover.accept",
    (MatterKind.SUCCESSION, MatterState.PROPOSED): "handover.find",
    (MatterKind.MEMBERSHIP, MatterState.PROPOSED): "membership.confirm",
    (MatterKind.CORRECTION, MatterState.PROPOSED): "correction.done",
    (MatterKind.DEADLINE, MatterState.PROPOSED): "deadline.which",
    (MatterKind.DEADLINE, MatterState.AGREED): "deadline.done",
    (MatterKind.CONFIRMATION, MatterState.PROPOSED): "confirmation.yes",
    (MatterKind.CHANNEL, MatterState.PROPOSED): "channel.accept",
    (MatterKind.ROOM, MatterState.PROPOSED): "room.choose",
    (MatterKind.INCIDENT, MatterState.PROPOSED): "incident.gone",
}
"""The one tap that answers each kind of open matter."""


def _button(reader: Reader, task: Task) -> Block | None:
    verb = VERBS.get((task.matter.kind, task.matter.state))
    return button(reader.texts(f"{verb}.button"), verb, task.matter.id) if verb else None
