"""*Passer det stadig?* as the person asked sees it: what stands in the directory, three answers, the form."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.confirmations import ConfirmationView, Reply
from bot.domain.deliveries import ToSend
from bot.domain.matters import MatterState
from bot.domain.people import Contact
from bot.texts.catalogue import Mrkdwn
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
    number,
    option,
    plain,
    section,
    text_input,
    typeahead,
)


def question(reader: Reader, item: ToSend) -> Card:
    """The question and its reminder; once it is answered, what was said."""
    t, view = reader.texts, item.confirmation
    lead = t.md(f"nudge.confirmation.{(item.original or item.delivery).rung}")
    about = _details(reader, view)
    if view.matter.state is MatterState.PROPOSED:
        return Card(joined(lead, about), [section(lead), section(about), _answers(reader, view.matter.id)])
    status = t.md(f"confirmation.status.{view.matter.reason or 'over'}")
    return Card(joined(lead, about, status), [section(lead), section(about), context(status)])


def form(reader: Reader, view: ConfirmationView) -> Block:
    """What a person may correct about herself, filled with what stands there."""
    t, owner = reader.texts, view.owner
    substitute = person(view.substitute) if view.substitute else None
    return modal(
        callback_id="confirmation.correct", title=t("confirmation.form.title"), submit=t("confirmation.form.submit"),
        close=t("close"), meta=view.matter.id,
        blocks=[
            field_("phone", t("directory.phone"), text_input("confirmation.phone", owner.phone, most=40), optional=True),
            field_(
                "hours", t("directory.hours"), text_input("confirmation.hours", owner.hours, most=120),
                hint=t("directory.hours.hint"), optional=True,
            ),
            field_(
                "best_time", t("directory.best_time"),
                text_input("confirmation.best_time", owner.best_time, most=120), optional=True,
            ),
            field_(
                "substitute", t("directory.substitute"),
                typeahead("confirmation.substitute", placeholder=t("choose"), initial=substitute), optional=True,
            ),
        ],
    )  # fmt: skip


def options(contacts: Sequence[Contact]) -> list[Block]:
    """Colleagues to choose from, by key."""
    return [person(contact) for contact in contacts]


def person(contact: Contact) -> Block:
    """A contact as a choice; its value is the key."""
    return option(f"{contact.name}, {contact.unit}" if contact.unit else contact.name, contact.key)


def _details(reader: Reader, view: ConfirmationView) -> Mrkdwn:
    t, owner = reader.texts, view.owner
    nothing = t("confirmation.nothing")
    return t.md(
        "confirmation.details", name=owner.name, unit=owner.unit or nothing,
        phone=number(owner.phone) or nothing, hours=owner.hours or nothing, best_time=owner.best_time or nothing,
        substitute=view.substitute.name if view.substitute else nothing,
    )  # fmt: skip


def _answers(reader: Reader, matter_id: str) -> Block:
    t = reader.texts
    confirm = {
        "title": plain(t("confirmation.left.title")),
        "text": plain(t("confirmation.left.sure")),
        "confirm": plain(t("confirmation.left.button")),
        "deny": plain(t("close")),
    }
    return actions(
        "confirmation",
        button(t("confirmation.yes.button"), "confirmation.yes", matter_id, "primary"),
        button(t("confirmation.correct.button"), "confirmation.correct", matter_id),
        {**button(t("confirmation.left.button"), "confirmation.left", matter_id), "confirm": confirm},
    )


REPLIES = (*Reply, "over")
"""What the last line can say."""
