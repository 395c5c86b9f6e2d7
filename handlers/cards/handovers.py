"""Handovers as people see them: the form, the request, the receipt, and who left a place behind."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.deliveries import DeliveryKind, ToSend
from bot.domain.handovers import HandoverView
from bot.domain.matters import MatterKind
from bot.texts.catalogue import Mrkdwn, Texts
from bot.usecases.handovers import Handing
from handlers.cards import channels
from handlers.cards.parts import (
    Block,
    Card,
    Reader,
    actions,
    button,
    context,
    field_,
    joined,
    modal,
    option,
    section,
    select,
    typeahead,
)


def form(reader: Reader, found: Handing) -> Block:
    """The form that hands over: whose place, and to whom of the same agency."""
    t = reader.texts
    holders = [option(c.name, c.id) for c in found.holders[:100]]
    return modal(
        callback_id="handover.ask", title=t("handover.title"), submit=t("handover.submit"), close=t("close"),
        meta=found.view.case.id,
        blocks=[
            section(t.md("handover.intro", code=found.view.case.code)),
            field_("holder", t("handover.holder"), select("handover.holder", holders, placeholder=t("choose"), initial=found.holders[0].id)),
            field_("receiver", t("handover.receiver"), typeahead("handover.receiver", placeholder=t("choose"))),
        ],
    )  # fmt: skip


def message(reader: Reader, item: ToSend) -> Card:
    """What is sent about a place in a case: the request, the receipt, or that somebody left."""
    view, sent = item.handover, item.original or item.delivery
    if view.matter.kind is MatterKind.SUCCESSION:
        return _left(reader, view)
    return _receipt(reader, view) if sent.kind is DeliveryKind.RECEIPT else _request(reader, view, str(sent.rung))


def _request(reader: Reader, view: HandoverView, rung: str) -> Card:
    t = reader.texts
    lead = t.md(
        f"nudge.handover.{rung}", asker=view.asker.name, holder=view.holder.name, code=view.view.case.code,
        owner=view.owner.name,
    )  # fmt: skip
    kind = t.md(
        "case.about.short", kind=t(f"kind.{view.view.case.kind}"), urgency=t(f"urgency.{view.view.case.urgency}")
    )
    buttons = [
        button(
            t(f"handover.{verb}.button"), f"handover.{verb}", view.matter.id, "primary" if verb == "accept" else None
        )
        for verb in ("accept", "decline")
    ]
    return _card(
        reader,
        view,
        Mrkdwn(f"{lead}\n{kind}"),
        lambda to, names: to.md(f"handover.status.{view.matter.state}", **names),
        buttons,
    )


def _receipt(reader: Reader, view: HandoverView) -> Card:
    t = reader.texts
    lead = t.md("handover.receipt", owner=view.owner.name, holder=view.holder.name, code=view.view.case.code)
    withdraw = button(t("handover.withdraw.button"), "handover.withdraw", view.matter.id)
    return _card(
        reader, view, lead, lambda to, names: to.md(f"handover.receipt.{view.matter.state}", **names), [withdraw]
    )


def _left(reader: Reader, view: HandoverView) -> Card:
    t = reader.texts
    lead = t.md("nudge.succession", holder=view.holder.name, code=view.view.case.code)
    find = button(t("handover.find.button"), "handover.find", view.matter.id, "primary")
    return _card(reader, view, lead, lambda to, names: to.md(f"succession.status.{view.matter.state}", **names), [find])


Ended = Callable[[Texts, dict[str, str]], Mrkdwn]
"""What became of it, in words."""


def _card(reader: Reader, view: HandoverView, lead: Mrkdwn, how: Ended, buttons: list[Block]) -> Card:
    t, matter, way = reader.texts, view.matter, channels.way_there(reader, view.view.case)
    thread = f"\n{way}" if way else ""
    said = Mrkdwn(f"{lead}{thread}")
    if matter.state.is_open:
        return Card(joined(lead, thread.strip()), [section(said), actions("handover", *buttons)])
    ended = how(t, {"owner": view.owner.name, "holder": view.holder.name})
    return Card(joined(lead, thread.strip(), ended), [section(said), context(ended)])
