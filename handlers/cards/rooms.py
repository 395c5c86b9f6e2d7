"""Rooms as people see them: the form, who can read one, the request for one, and the asker's receipt."""

from __future__ import annotations

from bot.domain.deliveries import DeliveryKind, ToSend
from bot.domain.matters import MatterState
from bot.domain.opening import RoomView
from bot.texts.catalogue import Mrkdwn
from bot.usecases.channels import Way
from bot.usecases.rooms import Choosing, Chosen
from handlers.cards import channels
from handlers.cards.parts import (
    Block,
    Card,
    Reader,
    actions,
    button,
    clip,
    context,
    field_,
    joined,
    link,
    modal,
    number,
    option,
    plain,
    section,
    typeahead,
)


def room_form(reader: Reader, found: Choosing) -> Block:
    """Which channel becomes the room of which municipality; with none chosen the bot makes a private one."""
    t = reader.texts
    place = option(clip(reader.place(found.municipality), 75), found.municipality) if found.municipality else None
    channel: Block = {
        "type": "conversations_select",
        "action_id": "room.channel",
        "placeholder": plain(t("room.channel.placeholder")),
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    return modal(
        callback_id="room.choose", title=t("room.title"), submit=t("room.submit"), close=t("close"),
        meta=found.waiting.matter.id if found.waiting else "",
        blocks=[
            section(t.md("room.intro")),
            field_("municipality", t("case.open.municipality"), typeahead("case.municipality", placeholder=t("choose"), initial=place)),
            field_("channel", t("room.channel"), channel, hint=t("room.channel.hint"), optional=True),
        ],
    )  # fmt: skip


def working(reader: Reader) -> Card:
    """The window while Slack is asked."""
    said = reader.texts.md("room.working")
    return Card(said, [section(said)])


def failed(reader: Reader, key: str) -> Card:
    """Slack did not let the bot in; what to do. Nothing was changed."""
    said = reader.texts.md(key)
    return Card(said, [section(said)])


def chosen(reader: Reader, found: Chosen, way: Way | None) -> Card:
    """The room is ready: who can read it, by agency, what was opened in it, and how its cases are kept."""
    t, who = reader.texts, found.readers
    lead = t.md("room.ready", room=Mrkdwn(f"<#{found.room.channel}>"), place=reader.place(found.room.municipality))
    lines = [t.count("room.readers", who.count)]
    lines += [t.md("room.readers.agency", agency=agency, n=str(n)) for agency, n in who.by_agency]
    lines += [t.md("room.readers.unknown", n=str(who.unknown))] if who.unknown else []
    lines += [t.md("room.readers.names", names=", ".join(who.names))] if who.names else []
    lines += [t.md("room.readers.shared")] if who.is_shared else []
    lines += [t.md("room.opened", code=case.code) for case in found.opened]
    people, kept = Mrkdwn("\n".join(lines)), channels.way(reader, way) if way else Card("")
    return Card(joined(lead, people, kept.text), [section(lead), section(people), *kept.blocks])


def card(reader: Reader, item: ToSend) -> Card:
    """What is sent about a case that waits for its room: the receipt to the asker, the request to the coordinator."""
    rung = (item.original or item.delivery).rung
    if (item.original or item.delivery).kind is DeliveryKind.RECEIPT or rung == "ended":
        return _receipt(reader, item.draft, ended=rung == "ended")
    return _request(reader, item.draft, str(rung))


def _request(reader: Reader, view: RoomView, rung: str) -> Card:
    t = reader.texts
    lead = t.md(f"nudge.room.{rung}", asker=view.asker.name, agency=view.asker.agency_name)
    about, status = _about(reader, view), Mrkdwn("")
    blocks: list[Block] = [section(Mrkdwn(f"{lead}\n{about}"))]
    if view.matter.state.is_open:
        blocks.append(actions("room", button(t("room.choose.button"), "room.choose", view.matter.id, "primary")))
    else:
        status = _status(reader, view)
        blocks.append(context(status))
    return Card(joined(lead, about, status), blocks)


def _receipt(reader: Reader, view: RoomView, *, ended: bool) -> Card:
    t = reader.texts
    over = ended or view.matter.state is MatterState.WITHDRAWN
    if view.matter.state is MatterState.DONE:
        lead = _status(reader, view)
    elif over:
        lead = t.md("room.status.withdrawn")
    else:
        until = reader.when(view.matter.due_at) if view.matter.due_at else ""
        lead = t.md("room.receipt", coordinator=view.owner.name, agency=view.owner.agency_name, until=until)
    about = _about(reader, view)
    ring = [t.md("case.draft.ring", name=c.name, phone=number(c.phone)) for c in view.asked if c.phone]
    people = Mrkdwn("\n".join(ring))
    blocks = [section(Mrkdwn(f"{lead}\n{about}")), *([section(people)] if people else [])]
    return Card(joined(lead, about, people), blocks)


def _about(reader: Reader, view: RoomView) -> Mrkdwn:
    t, wanted = reader.texts, view.wanted
    return t.md(
        "room.about", place=reader.place(wanted.municipality), kind=t(f"kind.{wanted.kind}"),
        urgency=t(f"urgency.{wanted.urgency}"),
    )  # fmt: skip


def _status(reader: Reader, view: RoomView) -> Mrkdwn:
    t = reader.texts
    if view.matter.state is MatterState.DONE and view.code:
        thread = link(view.permalink, t("case.thread")) if view.permalink else ""
        return t.md("room.status.done", code=view.code, thread=Mrkdwn(thread))
    return t.md("room.status.withdrawn")
