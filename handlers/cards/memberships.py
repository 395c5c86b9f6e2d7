"""Memberships as people see them: the refusal with the way on, the form, the coordinator's question, the welcome."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.deliveries import DeliveryKind, ToSend
from bot.texts.catalogue import Mrkdwn
from bot.usecases.memberships import Place
from handlers.cards.parts import (
    Block,
    Card,
    Reader,
    actions,
    button,
    context,
    field_,
    joined,
    mention,
    modal,
    option,
    section,
    typeahead,
)


def refused(reader: Reader, said: Mrkdwn) -> Card:
    """Why a stranger learns nothing, and the button with which she can say where she works."""
    ask = button(reader.texts("membership.ask.button"), "membership.ask", "ask", "primary")
    return Card(said, [section(said), actions("membership", ask)])


def form(reader: Reader) -> Block:
    """Where do you work? From public lists alone."""
    t = reader.texts
    return modal(
        callback_id="membership.ask", title=t("membership.title"), submit=t("membership.submit"), close=t("close"),
        meta="",
        blocks=[
            section(t.md("membership.intro")),
            field_("place", t("membership.place"), typeahead("membership.place", placeholder=t("membership.place.hint"))),
        ],
    )  # fmt: skip


def options(found: Sequence[Place]) -> list[Block]:
    """Authorities to choose from."""
    return [option(place.name, place.value) for place in found]


def claimed(reader: Reader) -> Card:
    """What happens next: the same words whoever she named."""
    said = reader.texts.md("membership.claimed")
    return Card(said, [section(said)])


def message(reader: Reader, item: ToSend) -> Card:
    """The question to the coordinator, and the welcome to whoever was confirmed."""
    t, view = reader.texts, item.membership
    if (item.original or item.delivery).kind is DeliveryKind.RECEIPT:
        said = t.md("membership.welcome", agency=view.agency.name)
        find = button(t("contact.find.button"), "contact.find", "own", "primary")
        return Card(said, [section(said), actions("membership", find)])
    if view.matter.state.is_open:
        who = mention(view.claim.slack_id, view.claim.name)
        lead = t.md(
            "nudge.membership", name=view.claim.name, who=who, agency=view.agency.name, owner=view.owner.name,
            email=view.claim.email or "–",
        )  # fmt: skip
        check = t.md("membership.check")
        buttons = [
            button(t("membership.confirm.button"), "membership.confirm", view.matter.id, "primary"),
            button(t("membership.decline.button"), "membership.decline", view.matter.id),
        ]
        return Card(joined(lead, check), [section(lead), actions("membership", *buttons), context(check)])
    said = t.md(f"membership.status.{view.matter.state}", name=view.member.name if view.member else "")
    return Card(said, [section(said)])
