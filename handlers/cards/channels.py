"""Private channels of cases as people see them: what a room's coordinator can choose, the question, who reads along."""

from __future__ import annotations

from bot.domain.cases import Case, CaseView
from bot.domain.deliveries import DeliveryKind, ToSend
from bot.domain.matters import MatterState
from bot.texts.catalogue import Mrkdwn
from bot.usecases.channels import Way
from handlers.cards.parts import Block, Card, Reader, actions, button, context, joined, link, section


def way(reader: Reader, found: Way) -> Card:
    """How the cases of a room are kept, and the one thing that can be changed about it; or why it cannot."""
    t, room = reader.texts, found.room
    back = button(t("channel.back.button"), "channel.back", room.id)
    if room.per_case:
        return _with(t.md("channel.way.channels", place=reader.place(room.municipality)), back)
    if found.asked is not None:
        asked = t.md("channel.way.asked", name=found.asked.name, agency=found.asked.agency_name)
        return _with(asked, back)
    if found.obstacle is not None:
        said = t.md("channel.way.threads")
        why = t.md(f"channel.apart.{found.obstacle.apart}", name=found.obstacle.name)
        return Card(joined(said, why), [section(Mrkdwn(f"{said}\n{why}"))])
    other = found.other
    offered = t.md("channel.way.offered", name=other.name if other else "", agency=other.agency_name if other else "")
    return _with(offered, button(t("channel.wish.button"), "channel.wish", room.id))


def message(reader: Reader, item: ToSend) -> Card:
    """The question to the other side's coordinator, and the receipt of whoever wished for it."""
    t, view = reader.texts, item.wish
    place, matter = reader.place(view.room.municipality), view.matter
    is_receipt = (item.original or item.delivery).kind is DeliveryKind.RECEIPT
    back = button(t("channel.back.button"), "channel.back", view.room.id)
    if is_receipt:
        lead = t.md("channel.receipt", place=place, name=view.owner.name, agency=view.owner.agency_name)
        tap = [back]
    else:
        lead = t.md(
            "nudge.channel", place=place, name=view.asker.name, agency=view.asker.agency_name, owner=view.owner.name
        )
        tap = [
            button(t("channel.accept.button"), "channel.accept", matter.id, "primary"),
            button(t("channel.decline.button"), "channel.decline", matter.id),
        ]
    note = t.md("channel.note")
    if matter.state.is_open:
        return Card(joined(lead, note), [section(lead), actions("channel", *tap), context(note)])
    over = matter.state is MatterState.ACCEPTED and not view.room.per_case
    status = t.md("channel.status.over" if over else f"channel.status.{matter.state}", owner=view.owner.name)
    tap = [back] if view.room.per_case and matter.state is MatterState.ACCEPTED else []
    rows: list[Block] = [actions("channel", *tap)] if tap else []
    return Card(joined(lead, status), [section(lead), context(status), *rows])


def making(reader: Reader, case: Case) -> Card:
    """To whoever opened the case: it is there, and its channel is being made."""
    said = reader.texts.md("channel.making", code=case.code)
    return Card(said, [section(said)])


def not_yet(reader: Reader, case: Case) -> Mrkdwn:
    """Where a case waits for its channel: that it does; else nothing."""
    waits = case.own_channel and not case.permalink and case.is_open
    return reader.texts.md("channel.not_yet") if waits else Mrkdwn("")


def way_there(reader: Reader, case: Case) -> Mrkdwn:
    """The link to the headline of a case, in its thread or its channel; nothing while it does not stand yet."""
    said = reader.texts("case.channel" if case.own_channel else "case.thread")
    return link(case.permalink, said) if case.permalink else Mrkdwn("")


def readers(reader: Reader, view: CaseView) -> Mrkdwn:
    """Who can read the channel of a case; nothing where it stands in a room."""
    if not view.case.own_channel:
        return Mrkdwn("")
    names = ", ".join(f"{one.name} ({one.agency_name})" for one in view.let_in)
    return reader.texts.md("channel.readers", names=names)


def _with(said: Mrkdwn, tap: Block) -> Card:
    return Card(said, [section(said), actions("channel", tap)])
