"""Follow-ups as people see them: the form that proposes one, the request, the reminder, the new date."""

from __future__ import annotations

from bot.domain.cases import MOST_NOTE, CaseView, Followup, FollowupWhat, ParticipantState
from bot.domain.deliveries import ToSend
from bot.domain.matters import Matter, MatterState
from bot.texts.catalogue import Mrkdwn
from bot.usecases.followups import Proposal, Redating
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
    moment_picker,
    option,
    section,
    select,
    text_input,
    with_note,
)

ASKING = ("ask", "again", "substitute", "coordinator")
"""The rungs on which somebody is asked to agree; once it is agreed they ask nothing any more."""
MOST_SETTLED = 5
"""Of what was settled only the last is news."""
OPTION = 75
"""Slack's limit for the words of one choice."""


def proposal_form(reader: Reader, proposal: Proposal) -> Block:
    """The form that proposes a follow-up: what (from a list, and in a few words), who, by when."""
    t, view = reader.texts, proposal.view
    whats = [option(t(f"what.{what}"), what) for what in FollowupWhat]
    people = [p.contact for p in view.participants if p.state in {ParticipantState.ACCEPTED, ParticipantState.ASKED}]
    owners = [option(clip(f"{c.name}, {c.agency_name}", OPTION), c.id) for c in people]
    return modal(
        callback_id="followup.propose", title=t("followup.form.title"), submit=t("followup.form.submit"),
        close=t("close"), meta=view.case.id,
        blocks=[
            section(t.md("followup.form.intro", code=view.case.code)),
            field_("what", t("followup.form.what"), select("followup.what", whats, placeholder=t("choose"))),
            field_(
                "note", t("followup.form.note"), text_input("followup.note", "", most=MOST_NOTE),
                hint=t("followup.form.note.hint"), optional=True,
            ),
            field_("owner", t("followup.form.owner"), select("followup.owner", owners, placeholder=t("choose"))),
            field_("due", t("followup.form.due"), moment_picker("followup.due", proposal.suggested)),
        ],
    )  # fmt: skip


def redate_form(reader: Reader, redating: Redating) -> Block:
    """The form in which an owner names a new due moment."""
    t = reader.texts
    return modal(
        callback_id="followup.redate", title=t("followup.redate.title"), submit=t("followup.redate.submit"),
        close=t("close"), meta=redating.matter.id,
        blocks=[field_("due", t("followup.form.due"), moment_picker("followup.due", redating.suggested))],
    )  # fmt: skip


def choose_case(reader: Reader, cases: list[tuple[str, str]]) -> Card:
    """Which case is it about? `cases` are pairs of id and code, at most five are shown."""
    t = reader.texts
    if not cases:
        return Card(t("followup.no_cases"), [section(t.md("followup.no_cases"))])
    buttons = [
        {**button(code, "followup.propose", case_id), "action_id": f"followup.propose.{at}"}
        for at, (case_id, code) in enumerate(cases[:5])
    ]
    return Card(t("followup.which_case"), [section(t.md("followup.which_case")), actions("cases", *buttons)])


def nudge(reader: Reader, item: ToSend) -> Card:
    """A request to agree, or a reminder, about one follow-up; where it is settled, what became of it."""
    t, matter, view = reader.texts, item.matter, item.case
    followup = _followup(view, matter)
    rung = (item.original or item.delivery).rung
    asker = next((p.contact.name for p in view.participants if p.contact.id == followup.matter.asker_id), "")
    due = reader.when(followup.matter.due_at) if followup.matter.due_at else ""
    lead = t.md(f"nudge.followup.{rung}", asker=asker, code=view.case.code, owner=followup.owner.name)
    what = t.md(
        "followup.about", what=with_note(t(f"what.{followup.what}"), followup.note), due=due, owner=followup.owner.name
    )
    thread = f"\n{link(view.case.permalink, t('case.thread'))}" if view.case.permalink else ""
    blocks: list[Block] = [section(Mrkdwn(f"{lead}\n{what}{thread}"))]
    status = Mrkdwn("")
    if rung in ASKING and followup.matter.state is MatterState.AGREED:
        status = t.md("followup.status.agreed")
    elif not followup.matter.state.is_open:
        settled = reader.when(followup.matter.settled_at) if followup.matter.settled_at else ""
        status = t.md(f"followup.status.{followup.matter.state}", settled=settled)
    if status:
        blocks.append(context(status))
    else:
        blocks.append(actions("followup", *_buttons(reader, followup)))
    return Card(text=joined(lead, what, thread.strip(), status), blocks=blocks)


def part(reader: Reader, view: CaseView) -> Part:
    """What the headline says of the follow-ups: each open one with its next step, and the last of the settled."""
    t = reader.texts
    still_open = [f for f in view.followups if f.matter.state.is_open]
    settled = [f for f in view.followups if not f.matter.state.is_open][-MOST_SETTLED:]
    unseen = (t.count("case.followups.unseen", view.unseen),) if view.unseen else ()
    return Part(
        t.md("case.followups" if still_open or settled else "case.followups.none"),
        lines=tuple(Line(line(reader, f), _next_step(reader, f)) for f in still_open),
        past=(*(line(reader, f) for f in settled), *unseen),
        more=lambda left: t.count("case.followups.more", left + view.unseen_open),
        buttons=(button(t("followup.propose.button"), "followup.propose", view.case.id),),
    )


def line(reader: Reader, item: Followup) -> Mrkdwn:
    """One follow-up: what, whose, by when, or what became of it."""
    t, matter = reader.texts, item.matter
    due = reader.when(matter.due_at) if matter.due_at else ""
    settled = reader.when(matter.settled_at) if matter.settled_at else ""
    what = with_note(t(f"what.{item.what}"), item.note)
    return t.md(f"followup.line.{matter.state}", what=what, owner=item.owner.name, due=due, settled=settled)


def _next_step(reader: Reader, item: Followup) -> Block:
    t, matter = reader.texts, item.matter
    verb = "agree" if matter.state is MatterState.PROPOSED else "done"
    label = t(f"followup.{verb}.label", what=t(f"what.{item.what}"))
    return button(t(f"followup.{verb}.button"), f"followup.{verb}", matter.id, None, clip(label, 75))


def _buttons(reader: Reader, item: Followup) -> list[Block]:
    t, matter, what = reader.texts, item.matter, reader.texts(f"what.{item.what}")
    verbs = ("agree", "decline") if matter.state is MatterState.PROPOSED else ("done", "redate", "help")
    return [
        button(
            t(f"followup.{verb}.button"), f"followup.{verb}", matter.id, "primary" if at == 0 else None,
            t(f"followup.{verb}.label", what=what),
        )
        for at, verb in enumerate(verbs)
    ]  # fmt: skip


def _followup(view: CaseView, matter: Matter | None) -> Followup:
    return next(f for f in view.followups if matter is not None and f.matter.id == matter.id)
