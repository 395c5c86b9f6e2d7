"""Deadlines as people see them: "usual deadline", with what it rests on, never a verdict."""

from __future__ import annotations

from bot.domain.cases import CaseView
from bot.domain.deadlines import Basis, CaseDeadline, Deadline, DeadlineView
from bot.domain.deliveries import ToSend
from bot.domain.matters import Matter, MatterState
from bot.texts.catalogue import Mrkdwn
from bot.usecases.deadlines import NONE
from handlers.cards.parts import (
    Block,
    Card,
    Line,
    Part,
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
    section,
    select,
)


def lines(reader: Reader, deadlines: tuple[CaseDeadline, ...]) -> tuple[Line, ...]:
    """Each open deadline: its date and what it rests on, or, while its event is not known yet, "when …"."""
    return tuple(Line(_line(reader, item), _next_step(reader, item)) for item in deadlines if item.matter.state.is_open)


def part(reader: Reader, view: CaseView) -> Part:
    """What the headline says of the deadlines; nothing where there are none."""
    t = reader.texts
    return Part(
        t.md("deadline.lead") if view.deadlines else Mrkdwn(""),
        lines=lines(reader, view.deadlines),
        past=tuple(_line(reader, item) for item in view.deadlines if item.matter.state is MatterState.DONE),
        more=lambda left: t.count("deadline.more", left),
    )


def nudge(reader: Reader, item: ToSend) -> Card:
    """A reminder of a deadline, or the question which one it is; where it is settled, what became of it."""
    t, view, matter = reader.texts, item.deadline, item.deadline.matter
    rung = (item.original or item.delivery).rung
    lead = t.md(f"nudge.deadline.{rung}", code=view.code, owner=view.owner.name)
    thread = f"\n{link(view.permalink, t('case.thread'))}" if view.permalink else ""
    said = _line(reader, CaseDeadline(matter, view.deadline, view.owner))
    blocks: list[Block] = [section(Mrkdwn(f"{lead}\n{said}{thread}"))]
    status, room = Mrkdwn(""), Mrkdwn("")
    if not matter.state.is_open:
        status = t.md(f"deadline.status.{matter.state}")
        blocks.append(context(status))
    elif matter.state is MatterState.PROPOSED:
        blocks.append(actions("deadline", *_choices(reader, item)))
    else:
        blocks.append(actions("deadline", *_buttons(reader, matter, view.deadline)))
        if not view.office_is_open and view.deadline.is_short:
            room = t.md("deadline.closed", number=number(reader.control_room.phone))
            blocks.append(context(room))
    return Card(joined(lead, said, thread.strip(), status, room), blocks)


def which_form(reader: Reader, view: DeadlineView) -> Block:
    """The closed question as a form: which of several deadlines applies, or none."""
    t = reader.texts
    answers = [option(text, answer) for text, answer in _answers(reader, view)]
    chosen = select("deadline.choice", answers, placeholder=t("choose"))
    return modal(
        callback_id="deadline.which", title=t("deadline.which.title"), submit=t("deadline.which.submit"),
        close=t("close"), meta=view.matter.id,
        blocks=[field_("choice", t("deadline.which.title"), chosen)],
    )  # fmt: skip


def _answers(reader: Reader, view: DeadlineView) -> list[tuple[str, str]]:
    named = [(_name(reader, one.deadline), one.key) for one in view.options]
    return [*named, (reader.texts("deadline.choose.none"), NONE)]


def _name(reader: Reader, deadline: Deadline) -> str:
    return deadline.name_en if reader.texts.language == "en" else deadline.name


def _line(reader: Reader, item: CaseDeadline) -> Mrkdwn:
    t, matter, deadline = reader.texts, item.matter, item.deadline
    name = _name(reader, deadline)
    if matter.state is MatterState.DONE:
        return t.md(
            "deadline.line.done", name=name, settled=reader.when(matter.settled_at) if matter.settled_at else ""
        )
    if matter.state is MatterState.PROPOSED:
        return t.md("deadline.line.choose", name=name, owner=item.owner.name)
    basis = _basis(reader, deadline)
    if matter.due_at is None:
        return t.md("deadline.line.waits", name=name, event=t(f"deadline.event.{deadline.events[0]}"), basis=basis)
    when = reader.when(matter.due_at)
    return t.md("deadline.line.due", name=name, due=when, basis=basis, owner=item.owner.name)


def _basis(reader: Reader, deadline: Deadline) -> Mrkdwn:
    t, law = reader.texts, deadline.law
    if not law:
        return t.md(f"deadline.basis.{Basis.AGREED if deadline.basis is Basis.STATUTE else deadline.basis}")
    return t.md("deadline.basis" if deadline.sure else "deadline.basis.unsure", law=law)


def _next_step(reader: Reader, item: CaseDeadline) -> Block | None:
    if item.matter.state is MatterState.PROPOSED or item.matter.due_at is None:
        return None
    return _buttons(reader, item.matter, item.deadline)[0]


def _buttons(reader: Reader, matter: Matter, deadline: Deadline) -> list[Block]:
    t, name = reader.texts, _name(reader, deadline)
    return [
        button(
            t(f"deadline.{verb}.button"), f"deadline.{verb}", matter.id, "primary" if at == 0 else None,
            t(f"deadline.{verb}.label", name=name),
        )
        for at, verb in enumerate(("done", "help"))
    ]  # fmt: skip


def _choices(reader: Reader, item: ToSend) -> list[Block]:
    view = item.deadline
    return [
        button(clip(text, 75), f"deadline.choose.{at}", f"{view.matter.id}:{answer}")
        for at, (text, answer) in enumerate(_answers(reader, view))
    ]
