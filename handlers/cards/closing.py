"""The end of a case as people see it: the form that closes it, what the headline then says, the file, the farewell."""

from __future__ import annotations

from datetime import datetime

from bot.domain.cases import Case, CaseView, ParticipantState
from bot.domain.closing import (
    MOST_LEFT,
    CloseReason,
    CoopAnswer,
    CoopQuestion,
    ExportView,
    LeftReason,
    ReopenReason,
    Step,
)
from bot.domain.deliveries import ToSend
from bot.domain.matters import Matter
from bot.texts.catalogue import Mrkdwn
from bot.usecases.closing import Closing
from handlers.cards.parts import (
    Block,
    Card,
    Part,
    Reader,
    button,
    clip,
    context,
    field_,
    joined,
    modal,
    option,
    section,
    select,
    with_note,
)

STEPS = (
    "case.open", "case.accept", "case.decline", "case.close", "case.export", "message.remove",
    *(f"case.reopen.{reason}" for reason in ReopenReason),
    "followup.propose", "followup.agree", "followup.decline", "followup.done", "followup.redate", "followup.help",
    "followup.left", "participation.left", "handover.left", "succession.left",
    "handover.ask", "handover.accept", "handover.decline", "handover.withdraw", "followup.passed",
    "channel.make", "channel.let-in", "channel.let-out", "channel.archive",
)  # fmt: skip
"""The verbs of the audit that the file for the journal has words for; any other stands there as it is."""
WAYS = {True: ("handover.ask", "case.close"), False: ("case.reopen", "case.export")}
"""The way out of an open case (for one person, for all), and the ways on from a closed one."""
LABEL = 260
"""A label of a field that people still read (Slack: 2,000)."""


def form(reader: Reader, found: Closing) -> Block:
    """The form that closes a case: why, what becomes of what is owed, three questions about the cooperation."""
    t, view = reader.texts, found.view
    reasons = [option(t(f"close.reason.{reason}"), reason) for reason in CloseReason]
    lefts = [option(t(f"close.left.{reason}"), reason) for reason in LeftReason]
    answers = [option(t(f"coop.answer.{answer}"), answer) for answer in CoopAnswer]

    def about(block_id: str, label: str) -> Block:
        return field_(block_id, clip(label, LABEL), select("close.left", lefts, placeholder=t("choose")))

    owed = [about(f"left-{matter.id}", _owed(reader, found, matter)) for matter in found.owed[:MOST_LEFT]]
    more = len(found.owed) - len(owed)
    return modal(
        callback_id="case.close", title=t("close.title"), submit=t("close.submit"), close=t("close"), meta=view.case.id,
        blocks=[
            section(t.md("close.intro", code=view.case.code)),
            field_("reason", t("close.reason"), select("close.reason", reasons, placeholder=t("choose"))),
            *([section(t.md("close.owed"))] if owed else []),
            *owed,
            *([about("rest", t.count("close.rest", more))] if more > 0 else []),
            section(t.md("coop.intro")),
            *(
                field_(f"coop-{question}", t(f"coop.{question}"), select("close.coop", answers, placeholder=t("choose")))
                for question in CoopQuestion
            ),
            context(t.md(_stays(view.case))),
        ],
    )  # fmt: skip


def reopen_form(reader: Reader, view: CaseView) -> Block:
    """The form that opens a closed case again."""
    t = reader.texts
    reasons = [option(t(f"reopen.reason.{reason}"), reason) for reason in ReopenReason]
    return modal(
        callback_id="case.reopen", title=t("reopen.title"), submit=t("reopen.submit"), close=t("close"),
        meta=view.case.id,
        blocks=[
            section(t.md("reopen.intro", code=view.case.code)),
            field_("reason", t("reopen.reason"), select("reopen.reason", reasons, placeholder=t("choose"))),
        ],
    )  # fmt: skip


def said(reader: Reader, view: CaseView) -> Part:
    """What the headline says first where the case is closed: since when, by whom, why."""
    case = view.case
    if case.closed_at is None:
        return Part(Mrkdwn(""))
    by = view.closed_by
    return Part(
        reader.texts.md(
            "close.said", when=reader.when(case.closed_at), by=by.name if by else "",
            agency=by.agency_name if by else "", reason=reader.texts(f"close.reason.{case.close_reason}"),
        )
    )  # fmt: skip


def ways(reader: Reader, view: CaseView) -> Part:
    """The way out of an open case, and the ways on from a closed one."""
    t, case = reader.texts, view.case
    return Part(Mrkdwn(""), buttons=tuple(button(t(f"{verb}.button"), verb, case.id) for verb in WAYS[case.is_open]))


def exporting(reader: Reader) -> Card:
    """To whoever asked for the file: it comes in a direct message."""
    told = reader.texts.md("export.coming")
    return Card(told, [section(told)])


def file(reader: Reader, export: ExportView) -> tuple[str, str]:
    """The file for the journal: its name and its text. Codes, steps, times, roles, and what each step was about."""
    t, view, case = reader.texts, export.view, export.view.case
    people = [
        t("export.person", name=p.contact.name, role=t(f"role.{p.contact.role}"), agency=p.contact.agency_name)
        for p in view.participants
        if p.state in {ParticipantState.ACCEPTED, ParticipantState.PASSED_ON}
    ]
    lines = [
        t("export.title", code=case.code),
        t("export.about", kind=t(f"kind.{case.kind}"), urgency=t(f"urgency.{case.urgency}"), place=reader.place(case.municipality)),
        t("export.opened", when=_exactly(reader, case.opened_at)),
        *([t("export.closed", when=_exactly(reader, case.closed_at), reason=t(f"close.reason.{case.close_reason}"))] if case.closed_at else []),
        "", t("export.people"), *people,
        "", t("export.steps"), *(_step(reader, step) for step in export.steps),
        "", t("export.end"),
    ]  # fmt: skip
    return f"{case.code}.txt", "\n".join(lines) + "\n"


def farewell(reader: Reader, item: ToSend) -> Card:
    """To whoever took part: the case is deleted. It names no code: nothing of the case shall stay, here neither."""
    t, case = reader.texts, item.case.case
    said = t.md("farewell", closed=reader.day(case.closed_at or case.opened_at))
    stays = t.md(_stays(case))
    return Card(joined(said, stays), [section(said), context(stays)])


def _stays(case: Case) -> str:
    """What becomes of what people wrote themselves."""
    return "close.stays.channel" if case.own_channel else "close.stays"


def _owed(reader: Reader, found: Closing, matter: Matter) -> str:
    t, owner = reader.texts, found.owners[matter.owner_id].name
    followup = next((f for f in found.view.followups if f.matter.id == matter.id), None)
    what = (
        with_note(t(f"what.{followup.what}"), followup.note)
        if followup
        else t(f"task.{matter.kind}", code=found.view.case.code)
    )
    due = reader.when(matter.due_at) if matter.due_at else ""
    return t("close.owed.line.due" if due else "close.owed.line", what=what, owner=owner, due=due)


def _step(reader: Reader, step: Step) -> str:
    t = reader.texts
    what = t(f"step.{step.verb}") if step.verb in STEPS else step.verb
    if step.about is not None:
        what = f"{what}: {with_note(t(f'what.{step.about}'), step.note)}"
    by = t("export.by", name=step.by, agency=step.agency) if step.by else t("export.by_bot")
    return t("export.step", when=_exactly(reader, step.at), what=what, by=by)


def _exactly(reader: Reader, moment: datetime) -> str:
    return moment.astimezone(reader.zone).strftime("%Y-%m-%d %H:%M")
