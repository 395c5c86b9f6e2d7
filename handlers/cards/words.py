"""Promised words as people see them: the request, the reminder, what the waiting side sees, and their part of the headline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain.cases import CaseView
from bot.domain.deliveries import DeliveryKind, ToSend
from bot.domain.ladders import Audience
from bot.domain.matters import MatterState
from bot.domain.words import Word
from bot.texts.catalogue import Mrkdwn
from bot.usecases.words import Next, Proposal
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

CAPABILITY = "word"


def card(reader: Reader, item: ToSend) -> Card:
    """What is sent about a promised word: the request, the reminder to the debtor, what the waiting side sees."""
    t, view = reader.texts, item.case
    word = next(w for w in view.words if item.matter and w.matter.id == item.matter.id)
    delivery = item.original or item.delivery
    receipt = delivery.kind is DeliveryKind.RECEIPT
    lead = t.md(
        f"told.word.{shared.told(delivery.rung, word.matter)}" if receipt else f"nudge.word.{delivery.rung}",
        code=view.case.code, asker=word.asker.name, owner=word.owner.name,
    )  # fmt: skip
    waiting = receipt or delivery.audience == Audience.ASKER
    names = _askers(word) if waiting else _owners(word)
    if delivery.rung in ASKING and word.matter.state is MatterState.AGREED:
        names = ()
    buttons = shared.verbs(reader, CAPABILITY, word.matter, t("task.word"), names)
    said = Mrkdwn(f"{lead}\n{_about(reader, word)}")
    passed = shared.handed_over(reader, item, word.owner, word.asker)
    return shared.message(said, status(reader, word), buttons, url=shared.thread(reader, item), passed=passed)


def status(reader: Reader, item: Word) -> Mrkdwn:
    """How a promised word stands."""
    t, matter = reader.texts, item.matter
    if not matter.state.is_open:
        return shared.settled(reader, matter)
    key = "word.status.agreed" if matter.state is MatterState.AGREED else "word.status.waiting"
    return t.md(key, owner=item.owner.name, phone=number(item.owner.phone))


def part(reader: Reader, view: CaseView) -> Part:
    """What the headline says of the next news: who owes it, and by when."""
    t = reader.texts
    open_ = [w for w in view.words if w.matter.state.is_open]
    return Part(
        t.md("case.words" if open_ else "case.words.none"),
        lines=tuple(Line(line(reader, w), _next_step(reader, w)) for w in open_),
        more=lambda left: t.count("case.words.more", left),
        buttons=(button(t("word.ask.button"), "word.ask", view.case.id),),
    )


def rows(reader: Reader, view: CaseView) -> Iterator[tuple[Mrkdwn, list[Block]]]:
    """Each promised word with everything that can be done about it by either side."""
    for item in view.words:
        if item.matter.state.is_open:
            names = tuple(dict.fromkeys((*_owners(item), *_askers(item), *shared.later(item.matter))))
            yield line(reader, item), shared.verbs(reader, CAPABILITY, item.matter, reader.texts("task.word"), names)


def form(reader: Reader, found: Proposal) -> Block:
    """The form that asks for the next news, or promises it: who, by when."""
    t = reader.texts
    people = [option(clip(f"{c.name}, {c.agency_name}", OPTION), c.id) for c in found.debtors]
    return modal(
        callback_id="word.ask", title=t("word.form.title"), submit=t("word.form.submit"), close=t("close"),
        meta=found.view.case.id,
        blocks=[
            section(t.md("word.form.intro", code=found.view.case.code)),
            field_(
                "owner", t("word.form.owner"),
                select("word.owner", people, placeholder=t("choose"), initial=found.debtors[0].id),
            ),
            field_("due", t("word.form.due"), moment_picker("word.due", found.suggested)),
        ],
    )  # fmt: skip


def next_form(reader: Reader, found: Next) -> Block:
    """*Nothing new yet*: by when the next word comes."""
    t = reader.texts
    return modal(
        callback_id="word.nothing-new", title=t("word.next.title"), submit=t("word.next.submit"), close=t("close"),
        meta=found.matter.id,
        blocks=[
            section(t.md("word.next.intro")),
            field_("due", t("word.form.due"), moment_picker("word.due", found.suggested)),
        ],
    )  # fmt: skip


def _about(reader: Reader, item: Word) -> Mrkdwn:
    due = reader.when(item.matter.due_at) if item.matter.due_at else ""
    return reader.texts.md("word.about", owner=item.owner.name, asker=item.asker.name, due=due)


def line(reader: Reader, item: Word) -> Mrkdwn:
    """A promised word in the headline."""
    waits = item.matter.state is MatterState.PROPOSED
    said = _about(reader, item)
    return Mrkdwn(f"{said} {reader.texts.md('word.line.waits')}") if waits else said


def _owners(item: Word) -> Sequence[str]:
    if item.matter.state is MatterState.PROPOSED:
        return ("agree", "nothing-new", "decline", "pass")
    if item.matter.state is MatterState.AGREED:
        return ("given", "nothing-new", "help")
    return ("undo",)


def _askers(item: Word) -> Sequence[str]:
    if item.matter.state is MatterState.PROPOSED:
        return ("withdraw",)
    if item.matter.state is MatterState.AGREED:
        return ("given",)
    return ("undo",) if item.matter.state is MatterState.WITHDRAWN else ("reopen",)


def _next_step(reader: Reader, item: Word) -> Block:
    name = "agree" if item.matter.state is MatterState.PROPOSED else "nothing-new"
    made = shared.verbs(reader, CAPABILITY, item.matter, reader.texts("task.word"), (name,))[0]
    return {key: value for key, value in made.items() if key != "style"}
