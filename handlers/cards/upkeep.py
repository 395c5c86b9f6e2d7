"""Holes of the directory as a coordinator sees them: a page of them, and the weekly notice."""

from __future__ import annotations

from bot.domain.deliveries import ToSend
from bot.domain.holes import Hole, HoleKind
from bot.texts.catalogue import Mrkdwn
from bot.usecases.upkeep import Page
from handlers.cards.parts import Block, Card, Reader, actions, button, context, joined, section

MOST_IN_NOTICE = 5
"""Lines of the weekly notice: a glance, the rest behind the button."""
MOST_KINDS = 3


def page(reader: Reader, found: Page) -> Card:
    """A page of holes, with buttons to the ones before and after."""
    t = reader.texts
    if not found.total:
        none = t.md("upkeep.none")
        return Card(none, [section(none)])
    lead = t.count("upkeep.count", found.total)
    lines = [_line(reader, hole) for hole in found.holes]
    shown = t.md("upkeep.shown", first=found.first, last=found.first + len(lines) - 1, total=found.total)
    turning: list[Block] = []
    if found.number:
        turning.append(button(t("upkeep.before.button"), "upkeep.before", str(found.number - 1)))
    if found.has_more:
        turning.append(button(t("upkeep.after.button"), "upkeep.after", str(found.number + 1)))
    blocks = [section(lead), *(section(line) for line in lines), context(shown)]
    if turning:
        blocks.append(actions("upkeep", *turning))
    return Card(joined(lead, *lines, shown), blocks)


def notice(reader: Reader, item: ToSend) -> Card:
    """The weekly notice to a coordinator: how many there are, the first of them, and the way to all."""
    t, found = reader.texts, item.upkeep.holes
    if not found:  # all was mended since it was sent
        none = t.md("upkeep.none")
        return Card(none, [section(none)])
    lead = t.count("upkeep.notice", len(found))
    lines = Mrkdwn("\n".join(f"• {_line(reader, hole)}" for hole in found[:MOST_IN_NOTICE]))
    show = button(t("upkeep.show.button"), "upkeep.show", "0", "primary")
    return Card(joined(lead, lines), [section(lead), section(lines), actions("upkeep", show)])


def _line(reader: Reader, hole: Hole) -> Mrkdwn:
    t = reader.texts
    if hole.kind is HoleKind.NEVER and not hole.other:
        return t.md("hole.elsewhere", who=hole.record)
    return t.md(
        f"hole.{hole.kind}", who=hole.name or hole.record, place=reader.place(hole.municipality),
        kinds=_kinds(reader, hole), since=_since(reader, hole), other=hole.other,
    )  # fmt: skip


def _kinds(reader: Reader, hole: Hole) -> str:
    t = reader.texts
    if not hole.kinds:
        return t("hole.any_kind")
    named = ", ".join(t(f"kind.{kind}") for kind in hole.kinds[:MOST_KINDS])
    more = len(hole.kinds) - MOST_KINDS
    return t.count("hole.more_kinds", more, kinds=Mrkdwn(named)) if more > 0 else named


def _since(reader: Reader, hole: Hole) -> str:
    if hole.since is None:
        return reader.texts("hole.never_confirmed")
    if hole.kind is HoleKind.ENDING:
        return reader.until(hole.since)
    if hole.kind is HoleKind.UNANSWERED:
        return reader.day(hole.since)
    return reader.texts("hole.confirmed", day=reader.day(hole.since))
