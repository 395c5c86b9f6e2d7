"""Absences as people see them: the form, the request to the substitute, the receipt, the list of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain.absences import NOON, Absence, AbsenceState, AbsenceView, Away, HalfDays
from bot.domain.deliveries import DeliveryKind, ToSend
from bot.domain.matters import MatterState
from bot.domain.people import Contact
from bot.texts.catalogue import Mrkdwn
from bot.usecases.absences import Preparing
from bot.usecases.intake import Days
from handlers.cards.parts import (
    Block,
    Card,
    Reader,
    actions,
    button,
    context,
    datepicker,
    field_,
    joined,
    modal,
    option,
    section,
    select,
    typeahead,
)

LISTED = "mine."
"""Begins the block ids of a list of one's own absences: the list itself is brought up to date after a tap."""
MOST_LISTED = 10


def form(reader: Reader, preparing: Preparing, *, first: date | None = None, last: date | None = None) -> Block:
    """The form for an absence, perhaps with days understood beforehand; below it what was said before."""
    t, before = reader.texts, preparing.replaces
    begins, ends = first or preparing.today, last or first or preparing.today
    half, substitute = HalfDays.NONE, None
    if before is not None:
        begins, ends, half = _local_days(reader, before.absence)
        substitute = _person(before.substitute) if before.substitute else None
    halves = [option(t(f"absence.half.{each}"), each) for each in HalfDays]
    who = typeahead("absence.person", placeholder=t("choose"), initial=_person(preparing.contact))
    fields = [
        field_("first", t("absence.first"), datepicker("absence.first", begins)),
        field_("last", t("absence.last"), datepicker("absence.last", ends)),
        field_("half", t("absence.half"), select("absence.half", halves, placeholder=t("choose"), initial=half)),
        field_(
            "substitute", t("absence.substitute"),
            typeahead("absence.substitute", placeholder=t("absence.substitute.placeholder"), initial=substitute),
            hint=t("absence.substitute.hint"), optional=True,
        ),
    ]  # fmt: skip
    if preparing.may_choose:
        fields.insert(0, field_("person", t("absence.person"), who))
    listed = () if before else _list(reader, preparing.coming)
    return modal(
        callback_id="absence.set", title=t("absence.form.title"), submit=t("absence.form.submit"), close=t("close"),
        meta=before.absence.id if before else "",
        blocks=[section(t.md("absence.form.intro")), *fields, *listed, *_away(reader, preparing.away)],
    )  # fmt: skip


def options(contacts: Sequence[Contact]) -> list[Block]:
    """Names to choose from."""
    return [_person(contact) for contact in contacts]


def offer(reader: Reader, value: str, mine: Sequence[AbsenceView], days: Days | None) -> Card:
    """What the bot will do about an absence, with the form behind a button, and the absences that are known."""
    said = reader.texts.md("absence.offer")
    if days is not None:
        read = reader.texts.md(
            "absence.offer.days", first=reader.local_day(days.first), last=reader.local_day(days.last)
        )
        said = Mrkdwn(f"{said}\n{read}")
    lines = [_line(reader, view) for view in mine[:MOST_LISTED]]
    offered = actions("offer", button(reader.texts("absence.set.button"), "absence.set", value, "primary"))
    return Card(joined(said, *lines), [section(said), offered, *_list(reader, mine)])


def said(reader: Reader, view: AbsenceView) -> Card:
    """What was taken down, to whoever said it."""
    line = _line(reader, view)
    return Card(line, [section(line)])


def message(reader: Reader, item: ToSend) -> Card:
    """What is sent about a substitute: the request and its reminders to her, the receipt to whoever is away."""
    if (item.original or item.delivery).kind is DeliveryKind.RECEIPT:
        return _receipt(reader, item.absence)
    return _request(reader, item, item.absence)


def instead_of(reader: Reader, absent: Contact, card: Card) -> Card:
    """A card that goes to somebody else while its reader is away, with the reason below it."""
    why = reader.texts.md("absence.instead_of", name=absent.name)
    return Card(joined(card.text, why), [*card.blocks, context(why)])


def _request(reader: Reader, item: ToSend, view: AbsenceView) -> Card:
    t, matter = reader.texts, item.matter
    rung = (item.original or item.delivery).rung
    names = {"asker": view.contact.name, "substitute": view.substitute.name if view.substitute else ""}
    lead = t.md(f"nudge.substitution.{rung}", period=_period(reader, view.absence), **names)
    meaning, status = t.md("absence.request.meaning", **names), Mrkdwn("")
    blocks: list[Block] = [section(Mrkdwn(f"{lead}{_on_behalf(reader, view)}"))]
    still_asked = matter is not None and matter.state is MatterState.PROPOSED
    asked_herself = item.recipient is not None and item.recipient.id == view.contact.id
    if matter is not None and still_asked and not asked_herself:
        blocks += [
            context(meaning),
            actions(
                "request",
                button(t("absence.accept.button"), "absence.accept", matter.id, "primary", t("absence.accept.label", **names)),
                button(t("absence.decline.button"), "absence.decline", matter.id, None, t("absence.decline.label", **names)),
            ),
        ]  # fmt: skip
    elif matter is not None and not still_asked:
        over = view.over and matter.state is MatterState.ACCEPTED
        status = t.md("absence.request.over" if over else f"absence.request.{matter.state}", **names)
        blocks.append(context(status))
    return Card(joined(lead, _on_behalf(reader, view).strip(), status or meaning), blocks)


def _receipt(reader: Reader, view: AbsenceView) -> Card:
    line = Mrkdwn(f"{_line(reader, view)}{_on_behalf(reader, view)}")
    if not view.over:
        return Card(line, [section(line), actions("absence", *_buttons(reader, view))])
    replaced = view.absence.state is AbsenceState.CANCELLED  # its line says so
    over = Mrkdwn("") if replaced else reader.texts.md("absence.over")
    return Card(joined(line, over), [section(line), *([context(over)] if over else [])])


def _buttons(reader: Reader, view: AbsenceView) -> list[Block]:
    t = reader.texts
    return [
        button(t("absence.end.button"), "absence.end", view.absence.id),
        button(t("absence.change.button"), "absence.set", f"absence:{view.absence.id}::"),
    ]


def _list(reader: Reader, mine: Sequence[AbsenceView]) -> list[Block]:
    return [
        {**section(_line(reader, view), _buttons(reader, view)[0]), "block_id": f"{LISTED}{at}"}
        for at, view in enumerate(mine[:MOST_LISTED])
    ]


def _away(reader: Reader, away: Sequence[tuple[Contact, Away]]) -> list[Block]:
    if not away:
        return []
    t = reader.texts
    lines = [
        t.md(
            "absence.away.hole" if gone.is_hole else "absence.away.covered", name=contact.name,
            until=reader.until(gone.until), substitute=gone.stand_in.name if gone.stand_in else "",
        )
        for contact, gone in away
    ]  # fmt: skip
    return [context(Mrkdwn("\n".join([t.md("absence.away"), *lines])))]


def _line(reader: Reader, view: AbsenceView) -> Mrkdwn:
    state = view.absence.state
    if state is AbsenceState.CANCELLED:
        return reader.texts.md("absence.line.cancelled", name=view.contact.name, period=_period(reader, view.absence))
    return reader.texts.md(
        f"absence.line.{state}", name=view.contact.name, period=_period(reader, view.absence),
        substitute=view.substitute.name if view.substitute else "",
    )  # fmt: skip


def _on_behalf(reader: Reader, view: AbsenceView) -> str:
    if view.set_by is None or view.set_by.id == view.contact.id:
        return ""
    return f"\n{reader.texts.md('absence.on_behalf', by=view.set_by.name, name=view.contact.name)}"


def _period(reader: Reader, absence: Absence) -> str:
    return f"{reader.since(absence.starts_at)} {reader.until(absence.ends_at)}"


def _local_days(reader: Reader, absence: Absence) -> tuple[date, date, HalfDays]:
    starts, ends = absence.starts_at, absence.ends_at or absence.starts_at
    noons = [moment.astimezone(reader.zone).time() == NOON for moment in (starts, ends)]
    half = HalfDays.of(starts_at_noon=noons[0], ends_at_noon=noons[1])
    return starts.astimezone(reader.zone).date(), reader.last_day(ends), half


def _person(contact: Contact) -> Block:
    about = f"{contact.name}, {contact.unit}" if contact.unit else contact.name
    return option(about, contact.id)
