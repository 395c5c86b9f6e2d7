"""Corrections as people see them: the form that says what is wrong, and the coordinator's message."""

from __future__ import annotations

from bot.domain.corrections import Wrong
from bot.domain.deliveries import ToSend
from bot.texts.catalogue import Mrkdwn
from bot.usecases.corrections import Reporting
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
    section,
    select,
)


def report_form(reader: Reader, found: Reporting, *, meta: str) -> Block:
    """The form in which a person says what is wrong with a contact: closed choices, no text."""
    t = reader.texts
    reasons = [option(t(f"wrong.{reason}"), reason) for reason in Wrong]
    return modal(
        callback_id="contact.wrong", title=t("contact.wrong.title"), submit=t("contact.wrong.submit"),
        close=t("close"), meta=meta,
        blocks=[
            section(t.md("contact.wrong.intro", contact=found.contact.name, coordinator=found.coordinator.name)),
            field_("wrong", t("contact.wrong.what"), select("contact.reason", reasons, placeholder=t("choose"))),
        ],
    )  # fmt: skip


def reported(reader: Reader, told: Reporting) -> Card:
    """To the one who noticed it: who has it now."""
    said = reader.texts.md("correction.told", coordinator=told.coordinator.name)
    return Card(said, [section(said)])


def nudge(reader: Reader, item: ToSend) -> Card:
    """To the coordinator: who is wrong and how; one tap when it is put right."""
    t, view = reader.texts, item.correction
    lead = t.md(
        f"nudge.correction.{(item.original or item.delivery).rung}",
        asker=view.asker.name, agency=view.asker.agency_name,
    )  # fmt: skip
    about = t.md(
        "correction.about", contact=view.contact.name, agency=view.contact.agency_name,
        phone=number(view.contact.phone), wrong=t(f"wrong.{view.fault.wrong}"), municipality=reader.place(view.fault.municipality),
    )  # fmt: skip
    kind = t.md("correction.kind", kind=t(f"kind.{view.fault.kind}")) if view.fault.kind else Mrkdwn("")
    said = Mrkdwn("\n".join(part for part in (lead, about, kind) if part))
    blocks: list[Block] = [section(said)]
    status = Mrkdwn("")
    if view.matter.state.is_open:
        label = t("correction.done.label", contact=view.contact.name)
        blocks.append(
            actions(
                "correction", button(t("correction.done.button"), "correction.done", view.matter.id, "primary", label)
            )
        )
    else:
        settled = reader.when(view.matter.settled_at) if view.matter.settled_at else ""
        status = t.md("correction.status.done", settled=settled)
        blocks.append(context(status))
    return Card(joined(said, status), blocks)
