"""Incidents as people see them: the whisper in the thread, the direct messages, the record. Never a word of the message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from bot.domain.deliveries import ToSend
from bot.domain.incidents import AGAIN, TOLD, Cause, IncidentView, Recorded
from bot.domain.people import Contact
from bot.texts.catalogue import Mrkdwn
from bot.texts.guard_reasons import why
from bot.usecases.incidents import Noticed, Record
from handlers.cards.parts import Block, Card, Reader, actions, button, context, joined, link, section

__all__ = ["Card", "message", "record", "thanks", "whisper"]

MOST = 15
"""Incidents the record shows one by one; the others are counted."""
TOGETHER = 5
"""Lines of one paragraph: far below Slack's limit for it."""
UNITS = (("days", 86_400), ("hours", 3_600), ("minutes", 60), ("seconds", 1))
SMALLEST = 2
"""Below two hours minutes are said, below two minutes seconds."""


def whisper(reader: Reader, noticed: Noticed) -> Card:
    """To the author alone, in the thread, as soon as the message is there."""
    t = reader.texts
    lead = t.md("incident.whisper")
    last = t.md("incident.whisper.direct") if noticed.direct else Mrkdwn("")
    said = [lead, _kinds(reader, noticed.found), _how(reader, noticed.helper), last]
    blocks = [section(part) for part in said if part]
    if noticed.answers and noticed.matter_id:
        blocks.append(_buttons(reader, noticed.matter_id))
    return Card(joined(*said), blocks)


def message(reader: Reader, item: ToSend) -> Card:
    """What is sent about an incident: to its author, or, on the last rung, to her coordinator."""
    rung, view = (item.original or item.delivery).rung, item.incident
    if rung == TOLD:
        return _told(reader, view, answers=view.incident.outside)
    if not view.matter.state.is_open:
        return thanks(reader, view)
    key = "incident.again" if rung == AGAIN else "incident.notice"
    lead = reader.texts.md(key, message=_message(reader, view), where=_where(reader, view))
    said = [lead, _kinds(reader, view.incident.found), _how(reader, view.coordinator), reader.texts.md("incident.wait")]
    return Card(joined(*said), [*(section(part) for part in said), _buttons(reader, view.matter.id)])


def thanks(reader: Reader, view: IncidentView) -> Card:
    """The same message once it is over."""
    said = reader.texts.md(f"incident.thanks.{view.matter.reason}", stood=_stood(reader, view.stood))
    return Card(said, [section(said)])


def _told(reader: Reader, view: IncidentView, *, answers: bool) -> Card:
    """To the coordinator: what kind, where, how long."""
    t = reader.texts
    stood = _stood(reader, view.stood)
    where, kinds = _where(reader, view), _kinds(reader, view.incident.found)
    if not view.matter.state.is_open:
        over = t.md(f"incident.over.{view.matter.reason}", stood=stood)
        lead = t.md("incident.told.was", where=where)
        return Card(joined(lead, kinds, over), [section(lead), section(kinds), context(over)])
    lead = t.md("incident.told", message=_message(reader, view), where=where, stood=stood)
    help_ = t.md("incident.told.outside") if view.incident.outside else t.md("incident.told.help")
    blocks: list[Block] = [section(lead), section(kinds), section(help_)]
    if answers:
        blocks.append(_buttons(reader, view.matter.id))
    return Card(joined(lead, kinds, help_), blocks)


def record(reader: Reader, found: Record) -> Card:
    """The incidents of an agency: kind, time, how long, how many could read it; who wrote it stands nowhere."""
    t = reader.texts
    lead = t.count("incident.record", len(found.incidents), agency=found.agency_name)
    note = t.md("incident.record.note")
    counted = Counter(kind for one in found.incidents for kind in one.kinds)
    sums = Mrkdwn(" · ".join(f"{t(f'incident.kind.{kind}')}: {n}" for kind, n in counted.most_common()))
    lines = [_line(reader, one) for one in found.incidents[:MOST]]
    more = len(found.incidents) - MOST
    rest = t.count("incident.record.more", more) if more > 0 else Mrkdwn("")
    parts = [Mrkdwn("\n".join(lines[at : at + TOGETHER])) for at in range(0, len(lines), TOGETHER)]
    blocks = [section(part) for part in (lead, sums, *parts, rest) if part]
    return Card(joined(lead, sums, *parts, rest, note), [*blocks, context(note)])


def _line(reader: Reader, one: Recorded) -> Mrkdwn:
    t = reader.texts
    readers = t.count("incident.readers", one.readers) if one.readers is not None else t.md("incident.readers.unknown")
    return t.md(
        f"incident.line.{one.ending or 'open'}", when=reader.when(one.noticed_at),
        kinds=", ".join(t(f"incident.kind.{kind}") for kind in one.kinds),
        stood=_stood(reader, one.stood), readers=readers,
    )  # fmt: skip


def _kinds(reader: Reader, found: Sequence[Cause]) -> Mrkdwn:
    t = reader.texts
    return Mrkdwn(
        "\n".join(
            t.md("incident.found", kind=t(f"incident.kind.{one.kind}"), why=why(one.why, t.language)) for one in found
        )
    )


def _how(reader: Reader, helper: Contact | None) -> Mrkdwn:
    t = reader.texts
    help_ = t.md("incident.helper", name=helper.name) if helper else t.md("incident.helper.none")
    return Mrkdwn(f"{t.md('incident.how')}\n{help_}")


def _message(reader: Reader, view: IncidentView) -> Mrkdwn:
    words = reader.texts("incident.message")
    return link(view.link, words) if view.link else Mrkdwn(words)


def _where(reader: Reader, view: IncidentView) -> Mrkdwn:
    t = reader.texts
    if view.code:
        return t.md("incident.where.case", code=view.code)
    return t.md("incident.where.room", room=Mrkdwn(f"<#{view.incident.place.channel}>"))


def _stood(reader: Reader, stood: timedelta) -> Mrkdwn:
    seconds = max(0, int(stood.total_seconds()))
    unit, length = next((u for u in UNITS if seconds >= SMALLEST * u[1]), UNITS[-1])
    return reader.texts.count(f"incident.stood.{unit}", seconds // length)


def _buttons(reader: Reader, matter_id: str) -> Block:
    t = reader.texts
    return actions(
        "incident",
        button(t("incident.gone.button"), "incident.gone", matter_id, "primary"),
        button(t("incident.false_alarm.button"), "incident.false_alarm", matter_id),
    )
