"""Clearances as people see them: the question, the receipt, the question when one runs out, and their part of the headline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain.cases import CaseView
from bot.domain.clearances import REPLACED, REVOKED, Clearance, Level, Towards
from bot.domain.deliveries import DeliveryKind, ToSend
from bot.domain.matters import MatterState
from bot.domain.people import Contact, Side
from bot.texts.catalogue import Mrkdwn
from bot.usecases.clearances import Proposal
from handlers.cards import agreements as shared
from handlers.cards.agreements import ASKING, OPTION
from handlers.cards.parts import (
    Block,
    Card,
    Line,
    Part,
    Reader,
    button,
    clip,
    field_,
    modal,
    moment_picker,
    number,
    option,
    section,
    select,
)

CAPABILITY = "clearance"
BY = (Side.MUNICIPALITY, Side.POLICE, Side.CHILDRENS_HOUSE)
"""The sides that may say or do something."""


def card(reader: Reader, item: ToSend) -> Card:
    """What is sent about a clearance: the question, the receipt, and, when it runs out, what holds now."""
    t, view = reader.texts, item.case
    found = next(c for c in view.clearances if item.matter and c.matter.id == item.matter.id)
    delivery = item.original or item.delivery
    receipt = delivery.kind is DeliveryKind.RECEIPT
    lead = t.md(
        f"told.clearance.{_told(found, delivery.rung)}" if receipt else f"nudge.clearance.{delivery.rung}",
        code=view.case.code, asker=found.asker.name, owner=found.owner.name,
    )  # fmt: skip
    said = Mrkdwn(f"{lead}\n{_about(reader, found)}")
    names = _owners(found) if not receipt else _askers(found)
    if not found.matter.state.is_open:
        names = _back(found, item.recipient, waited=receipt)
    elif delivery.rung in ASKING and found.matter.state is MatterState.AGREED:
        names = ("revoke",)
    buttons = shared.verbs(reader, CAPABILITY, found.matter, _what(reader, found), names)
    passed = shared.handed_over(reader, item, found.owner, found.asker)
    return shared.message(said, status(reader, found), buttons, url=shared.thread(reader, item), passed=passed)


def status(reader: Reader, item: Clearance) -> Mrkdwn:
    """How a clearance stands."""
    t, matter = reader.texts, item.matter
    if matter.reason in {REPLACED, REVOKED}:
        return t.md(f"clearance.status.{matter.reason}")
    if not matter.state.is_open:
        return shared.settled(reader, matter)
    if item.expired:
        return t.md("clearance.status.expired")
    if matter.state is MatterState.AGREED:
        return t.md("clearance.status.agreed")
    return t.md("clearance.status.waiting", owner=item.owner.name, phone=number(item.owner.phone))


def part(reader: Reader, view: CaseView) -> Part:
    """What the headline says of what may be said: what holds, what is asked for, what has run out."""
    t = reader.texts
    open_ = [c for c in view.clearances if c.matter.state.is_open]
    return Part(
        t.md("case.clearances" if open_ else "case.clearances.none"),
        lines=tuple(Line(line(reader, c), _next_step(reader, c)) for c in open_),
        more=lambda left: t.count("case.clearances.more", left),
        buttons=(button(t("clearance.propose.button"), "clearance.propose", view.case.id),),
    )


def rows(reader: Reader, view: CaseView) -> Iterator[tuple[Mrkdwn, list[Block]]]:
    """Each clearance with everything that can be done about it by either side."""
    for item in view.clearances:
        if item.matter.state.is_open:
            names = tuple(dict.fromkeys((*_owners(item), *_askers(item))))
            yield line(reader, item), shared.verbs(reader, CAPABILITY, item.matter, _what(reader, item), names)


def form(reader: Reader, found: Proposal) -> Block:
    """The form for a clearance: towards whom, how far, by which side, until when, who says yes for the other side."""
    t, old = reader.texts, found.renews
    lists = (
        ("towards", [option(t(f"towards.{one}"), one) for one in Towards], old.towards if old else None),
        ("level", [option(t(f"level.{one}"), one) for one in Level], old.level if old else None),
        ("by", [option(t(f"side.{one}"), one) for one in BY], old.by if old else None),
    )
    people = [option(clip(f"{c.name}, {c.agency_name}", OPTION), c.id) for c in found.others]
    return modal(
        callback_id="clearance.propose", title=t("clearance.form.title"), submit=t("clearance.form.submit"),
        close=t("close"), meta=found.view.case.id,
        blocks=[
            section(t.md("clearance.form.intro", code=found.view.case.code)),
            *(
                field_(
                    name, t(f"clearance.form.{name}"),
                    select(f"clearance.{name}", listed, placeholder=t("choose"), initial=chosen),
                )
                for name, listed, chosen in lists
            ),
            field_(
                "until", t("clearance.form.until"), moment_picker("clearance.until", found.suggested),
                hint=t("clearance.form.until.hint"), optional=True,
            ),
            field_(
                "owner", t("clearance.form.owner"),
                select("clearance.owner", people, placeholder=t("choose"), initial=found.others[0].id),
            ),
        ],
    )  # fmt: skip


def _what(reader: Reader, item: Clearance) -> str:
    t = reader.texts
    return t("clearance.what", towards=t(f"towards.{item.towards}"), level=t(f"level.{item.level}"))


def _about(reader: Reader, item: Clearance) -> Mrkdwn:
    t = reader.texts
    until = t("until.moment", when=reader.when(item.matter.due_at)) if item.matter.due_at else t("until.open")
    return t.md("clearance.about", what=_what(reader, item), by=t(f"side.{item.by}"), until=until)


def line(reader: Reader, item: Clearance) -> Mrkdwn:
    """A clearance in the headline."""
    return Mrkdwn(f"{_about(reader, item)}\n{status(reader, item)}")


def _owners(item: Clearance) -> Sequence[str]:
    if item.matter.state is MatterState.PROPOSED:
        return ("agree", "decline", "pass")
    return ("renew", "revoke") if item.matter.state is MatterState.AGREED else ()


def _askers(item: Clearance) -> Sequence[str]:
    if item.matter.state is MatterState.PROPOSED:
        return ("withdraw",)
    return ("renew", "revoke") if item.matter.state is MatterState.AGREED else ()


def _back(item: Clearance, reader: Contact | None, *, waited: bool) -> Sequence[str]:
    """What can be done about one that is settled: whoever settled it takes that back, the other side asks anew."""
    if item.matter.reason == REPLACED:
        return ()
    if item.matter.reason == REVOKED:
        own = reader is not None and reader.id == item.ended_by
    else:
        own = waited is (item.matter.state is MatterState.WITHDRAWN)
    return ("undo",) if own else ("reopen",)


def _told(item: Clearance, word: str | None) -> str:
    """What a message to whoever asked says now; one that was given up may hold again."""
    if word == REVOKED and item.matter.state is MatterState.AGREED:
        return "again"
    return shared.told(word, item.matter)


def _next_step(reader: Reader, item: Clearance) -> Block:
    name = "agree" if item.matter.state is MatterState.PROPOSED else "renew"
    made = shared.verbs(reader, CAPABILITY, item.matter, _what(reader, item), (name,))[0]
    return {key: value for key, value in made.items() if key != "style"}
