"""Call-backs as people see them: the contact's message, the asker's receipt, the forms for later and for passing on."""

from __future__ import annotations

from bot.domain.callbacks import Asked, CallbackView
from bot.domain.deliveries import DeliveryKind, ToSend
from bot.domain.matters import MatterState
from bot.domain.people import Contact
from bot.domain.urgency import Urgency
from bot.texts.catalogue import Mrkdwn
from bot.usecases.callbacks import Outcome, Passing, Promise
from handlers.cards.contacts import EMERGENCY
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
    modal,
    moment_picker,
    number,
    option,
    section,
    select,
)

OPTION = 75
"""Slack's limit for the words of one choice."""


def card(reader: Reader, item: ToSend) -> Card:
    """What is sent about a call-back: the receipt to the asker, everything else to whoever is asked."""
    if (item.original or item.delivery).kind is DeliveryKind.RECEIPT:
        return receipt(reader, item.callback)
    return _nudge(reader, item)


def receipt(reader: Reader, view: CallbackView) -> Card:
    """To the asker, one message edited in place: whom it reached, where it is, and whom to ring meanwhile."""
    t, matter = reader.texts, view.matter
    first = view.asked[0].contact if view.asked else view.owner
    lead = t.md(f"callback.receipt.{_sort(view)}", name=first.name, agency=first.agency_name)
    acute = view.wish.urgency is Urgency.NOW and matter.state.is_open
    emergency = t.md("contact.emergency", number=EMERGENCY) if acute else Mrkdwn("")
    reached = Mrkdwn("\n".join(_reached(reader, one) for one in view.asked))
    where = Mrkdwn("\n".join(filter(None, (_state(reader, view), _upcoming(reader, view)))))
    meanwhile = _meanwhile(reader, view) if matter.state.is_open else Mrkdwn("")
    said = [part for part in (emergency, lead, reached, where, meanwhile) if part]
    return Card(joined(*said), [*(section(part) for part in said), *_asker_buttons(reader, view)])


def _nudge(reader: Reader, item: ToSend) -> Card:
    t, view = reader.texts, item.callback
    rung = (item.original or item.delivery).rung
    lead = t.md(f"nudge.callback.{rung}", asker=view.asker.name, agency=view.asker.agency_name, owner=view.owner.name)
    about = t.md(f"callback.about.{_sort(view)}", name=view.asker.name, phone=number(view.asker.phone))
    closer = _closer(reader, view)
    said = Mrkdwn(f"{lead}\n{about}\n{closer}")
    mine = item.recipient is not None and view.may_be_answered_by(item.recipient)
    status = Mrkdwn("")
    if view.matter.state is MatterState.AGREED or not view.matter.state.is_open:
        status = _state(reader, view)
    elif not mine:
        status = t.md("callback.status.passed", owner=view.owner.name)
    blocks: list[Block] = [section(said), *([context(status)] if status else [])]
    buttons = _contact_buttons(reader, view, item.recipient) if mine else []
    if item.recipient is not None and item.recipient.id == view.owner.id:
        buttons += _becomes_a_case(reader, view, view.asker)
    if buttons:
        blocks.append(actions("callback", *buttons))
    return Card(joined(said, status), blocks)


def _contact_buttons(reader: Reader, view: CallbackView, contact: Contact | None) -> list[Block]:
    agreed = view.matter.state is MatterState.AGREED and contact is not None and contact.id == view.owner.id
    verbs = ("done", "later", "pass") if agreed else ("accept", "later", "pass")
    return [_button(reader, verb, view, primary=at == 0) for at, verb in enumerate(verbs)]


def _asker_buttons(reader: Reader, view: CallbackView) -> list[Block]:
    buttons = [_button(reader, "withdraw", view, primary=False)] if view.matter.state.is_open else []
    buttons += _becomes_a_case(reader, view, view.owner)
    return [actions("callback", *buttons)] if buttons else []


def _becomes_a_case(reader: Reader, view: CallbackView, other: Contact) -> list[Block]:
    """Once a consultation was accepted, either of the two makes it a case with one tap, where it must be one."""
    if not view.wish.sparring or view.matter.state not in {MatterState.AGREED, MatterState.DONE}:
        return []
    value = f"{view.wish.municipality}:{other.id}:{view.wish.kind or ''}"
    return [button(reader.texts("case.open.button"), "case.open", value)]


def _button(reader: Reader, verb: str, view: CallbackView, *, primary: bool) -> Block:
    t = reader.texts
    label = t(f"callback.{verb}.label", name=view.asker.name if verb != "withdraw" else view.owner.name)
    return button(
        t(f"callback.{verb}.button"), f"callback.{verb}", view.matter.id, "primary" if primary else None, label
    )


def _sort(view: CallbackView) -> str:
    return "sparring" if view.wish.sparring else "call"


def _closer(reader: Reader, view: CallbackView) -> Mrkdwn:
    t, wish = reader.texts, view.wish
    kind = t(f"kind.{wish.kind}") if wish.kind else ""
    urgency = t("callback.urgency", urgency=t(f"urgency.{wish.urgency}")) if wish.urgency else ""
    return t.md("callback.closer", what=" · ".join(filter(None, (reader.place(wish.municipality), kind, urgency))))


def _reached(reader: Reader, one: Asked) -> Mrkdwn:
    who = one.contact
    return reader.texts.md(
        f"callback.reach.{one.reach}", name=who.name, agency=who.agency_name, when=reader.when(one.at)
    )


def _state(reader: Reader, view: CallbackView) -> Mrkdwn:
    t, matter = reader.texts, view.matter
    owner = view.owner.name
    if matter.state is MatterState.PROPOSED:
        return t.md("callback.status.proposed")
    if matter.state is MatterState.AGREED:
        key = "callback.status.later" if matter.due_at else "callback.status.now"
        said = t.md(key, owner=owner, due=reader.when(matter.due_at) if matter.due_at else "")
        return Mrkdwn(f"{said} {t.md('callback.status.late')}") if view.late else said
    settled = reader.when(matter.settled_at) if matter.settled_at else ""
    return t.md(f"callback.status.{matter.state}", owner=owner, settled=settled)


def _upcoming(reader: Reader, view: CallbackView) -> Mrkdwn:
    if view.upcoming is None:
        return Mrkdwn("")
    when = reader.when(view.upcoming.at)
    key = "callback.upcoming.owner" if view.upcoming.contact.id == view.owner.id else "callback.upcoming"
    return reader.texts.md(key, name=view.upcoming.contact.name, when=when)


def _meanwhile(reader: Reader, view: CallbackView) -> Mrkdwn:
    """Whom to ring meanwhile: everybody who was asked and has a number, and the control room, which always answers."""
    people = {one.contact.id: one.contact for one in view.asked}
    people.setdefault(view.owner.id, view.owner)
    lines = [_line(reader, c.name, c.phone) for c in people.values() if c.phone]
    lines.append(_line(reader, reader.control_room.name, reader.control_room.phone))
    return Mrkdwn("\n".join([reader.texts.md("callback.meanwhile"), *lines]))


def _line(reader: Reader, name: str, phone: str) -> Mrkdwn:
    return reader.texts.md("callback.number", name=name, phone=number(phone))


def unreachable(reader: Reader, outcome: Outcome, *, following: str) -> Card:
    """Nobody was asked: whom to ring, and the next who can be asked (`following` is the value of her button)."""
    t, contact = reader.texts, outcome.contact
    said = t.md("callback.unreachable", name=contact.name)
    lines = [_line(reader, contact.name, contact.phone)] if contact.phone else []
    if outcome.following is not None:
        lines.append(_line(reader, outcome.following.name, outcome.following.phone))
    numbers = Mrkdwn("\n".join([*lines, _line(reader, reader.control_room.name, reader.control_room.phone)]))
    blocks: list[Block] = [section(said), section(numbers)]
    if outcome.following is not None:
        sort = "sparring" if outcome.wish.sparring else "callback"
        label = t("callback.ask_next.button", name=outcome.following.name)
        blocks.append(actions("callback", button(label, f"{sort}.ask", following)))
    return Card(joined(said, numbers), blocks)


def later_form(reader: Reader, found: Promise) -> Block:
    """The form in which a contact says when she rings."""
    t = reader.texts
    return modal(
        callback_id="callback.later", title=t("callback.later.title"), submit=t("callback.later.submit"),
        close=t("close"), meta=found.matter.id,
        blocks=[field_("due", t("callback.later.when"), moment_picker("callback.due", found.suggested))],
    )  # fmt: skip


def pass_form(reader: Reader, found: Passing) -> Block:
    """The form in which a contact says who rings instead."""
    t = reader.texts
    people = [option(clip(f"{c.name}, {t(f'role.{c.role}')}", OPTION), c.id) for c in found.receivers]
    return modal(
        callback_id="callback.pass", title=t("callback.pass.title"), submit=t("callback.pass.submit"),
        close=t("close"), meta=found.matter.id,
        blocks=[
            field_(
                "receiver", t("callback.pass.who"), select("callback.receiver", people, placeholder=t("choose")),
                hint=t("callback.pass.hint"),
            )
        ],
    )  # fmt: skip
