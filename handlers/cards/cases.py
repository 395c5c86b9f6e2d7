"""The case as people see it: the form that opens it, its headline, the request to take part, the receipt."""

from __future__ import annotations

from bot.domain.cases import CaseView, Followup, Participant, Urgency
from bot.domain.deliveries import ToSend
from bot.domain.matters import MatterState
from bot.texts.catalogue import Mrkdwn
from bot.usecases.cases import Opening
from handlers.cards.parts import (
    Block,
    Card,
    Reader,
    actions,
    button,
    clip,
    context,
    divider,
    field_,
    header,
    joined,
    link,
    modal,
    option,
    section,
    select,
    with_note,
)

KINDS = (
    "physical-violence", "sexual-abuse", "psychological-violence", "witness-to-violence", "neglect", "honour-control",
    "digital-abuse", "abuse-by-staff", "child-on-child", "young-offending", "extremism-gang", "missing-child",
    "acute-danger", "consultation", "unsure",
)  # fmt: skip
"""In the order of the form; the same keys as the bundled kinds of case."""
DECLINE_REASONS = ("not-my-area", "no-time", "conflict-of-interest", "absent")
MOST_FOLLOWUPS = 12
"""Open follow-ups with buttons in a headline (Slack: 50 blocks a message, and nobody reads that many)."""


def opening_form(reader: Reader, opening: Opening, *, meta: str, kind: str | None) -> Block:
    """The form for a new case: what must never be written, where the thread will stand, kind and urgency."""
    t = reader.texts
    kinds = select(
        "case.kind",
        [option(t(f"kind.{k}"), k) for k in KINDS],
        placeholder=t("case.kind.placeholder"),
        initial=kind or None,
    )
    urgencies = select(
        "case.urgency", [option(t(f"urgency.{u}"), u) for u in Urgency], placeholder=t("case.urgency.placeholder"),
        initial=Urgency.NEXT_DAY,
    )  # fmt: skip
    away = opening.asked.id != opening.contact.id
    instead = t.md("case.open.instead", contact=opening.contact.name) if away else None
    return modal(
        callback_id="case.open", title=t("case.open.title"), submit=t("case.open.submit"), close=t("close"), meta=meta,
        blocks=[
            *([section(instead)] if instead else []),
            section(t.md("case.open.intro", contact=opening.asked.name, room=Mrkdwn(f"<#{opening.room.channel}>"))),
            field_("kind", t("case.kind"), kinds),
            field_("urgency", t("case.urgency"), urgencies),
            context(t.md("case.open.never")),
        ],
    )  # fmt: skip


def decline_form(reader: Reader, matter_id: str) -> Block:
    """The form in which a person says why she cannot take part."""
    t = reader.texts
    reasons = [option(t(f"decline.{reason}"), reason) for reason in DECLINE_REASONS]
    return modal(
        callback_id="case.decline", title=t("case.decline.title"), submit=t("case.decline.submit"), close=t("close"),
        meta=matter_id,
        blocks=[
            section(t.md("case.decline.intro")),
            field_("reason", t("case.decline.reason"), select("case.reason", reasons, placeholder=t("choose"))),
        ],
    )  # fmt: skip


def headline(reader: Reader, view: CaseView) -> Card:
    """The one message at the top of the thread: always true, edited in place, the same for every reader."""
    t, case = reader.texts, view.case
    title = t("case.title", code=case.code)
    about = t.md(
        "case.about",
        kind=t(f"kind.{case.kind}"),
        urgency=t(f"urgency.{case.urgency}"),
        opened=reader.when(case.opened_at),
    )
    people = Mrkdwn("\n".join([t.md("case.participants"), *(_place(reader, p) for p in view.participants)]))
    still_open = [f for f in view.followups if f.matter.state.is_open]
    settled = [f for f in view.followups if not f.matter.state.is_open]
    shown = still_open[:MOST_FOLLOWUPS]
    lines = [_followup_line(reader, f) for f in shown]
    rest = t.count("case.followups.more", len(still_open) - len(shown)) if len(still_open) > len(shown) else Mrkdwn("")
    past = Mrkdwn("\n".join(_followup_line(reader, f) for f in settled[-5:]))
    never = t.md("case.never")
    agreed = t.md("case.followups") if shown or settled else t.md("case.followups.none")
    blocks = [
        header(title),
        section(about),
        section(people),
        divider(),
        section(agreed),
        *(section(line, _followup_button(reader, f)) for line, f in zip(lines, shown, strict=True)),
        *([context(rest)] if rest else []),
        *([context(past)] if past else []),
        actions("case", *_case_buttons(reader, view)),
        context(never),
    ]
    return Card(text=joined(title, about, people, agreed, *lines, rest, past, never), blocks=blocks)


def request(reader: Reader, item: ToSend) -> Card:
    """To the one who is asked to take part: who asks, what kind, how soon; one tap to accept."""
    t, view, matter = reader.texts, item.case, item.matter
    case = view.case
    asker = next((p.contact for p in view.participants if matter and p.contact.id == matter.asker_id), None)
    lead = t.md(
        f"nudge.participation.{(item.original or item.delivery).rung}",
        asker=asker.name if asker else "", agency=asker.agency_name if asker else "", code=case.code,
    )  # fmt: skip
    about = t.md("case.about.short", kind=t(f"kind.{case.kind}"), urgency=t(f"urgency.{case.urgency}"))
    thread = _thread(reader, view)
    blocks: list[Block] = [section(Mrkdwn(f"{lead}\n{about}{thread}"))]
    status = Mrkdwn("")
    if matter is not None and matter.state is MatterState.PROPOSED:
        blocks.append(
            actions(
                "request",
                button(
                    t("case.accept.button"), "case.accept", matter.id, "primary", t("case.accept.label", code=case.code)
                ),
                button(
                    t("case.decline.button"), "case.decline", matter.id, None, t("case.decline.label", code=case.code)
                ),
            )
        )
    elif matter is not None:
        status = t.md(f"request.{matter.state}")
        blocks.append(context(status))
    return Card(text=joined(lead, about, thread.strip(), status), blocks=blocks)


def receipt(reader: Reader, view: CaseView) -> Card:
    """To the one who opened the case: the code, the thread, and where the request to the other side is."""
    t = reader.texts
    lead = t.md("case.receipt", code=view.case.code)
    people = Mrkdwn("\n".join(_place(reader, p) for p in view.participants if p.contact.id != view.case.opened_by))
    tell, thread = t.md("case.receipt.tell"), _thread(reader, view)
    return Card(
        text=joined(lead, thread.strip(), people, tell),
        blocks=[section(Mrkdwn(f"{lead}{thread}")), section(people), context(tell)],
    )


def _thread(reader: Reader, view: CaseView) -> str:
    return f"\n{link(view.case.permalink, reader.texts('case.thread'))}" if view.case.permalink else ""


def _place(reader: Reader, place: Participant) -> Mrkdwn:
    who = place.contact
    return reader.texts.md(
        f"participant.{place.state}", name=who.name, agency=who.agency_name, role=reader.texts(f"role.{who.role}")
    )


def _followup_line(reader: Reader, item: Followup) -> Mrkdwn:
    t, matter = reader.texts, item.matter
    due = reader.when(matter.due_at) if matter.due_at else ""
    settled = reader.when(matter.settled_at) if matter.settled_at else ""
    what = with_note(t(f"what.{item.what}"), item.note)
    return t.md(f"followup.line.{matter.state}", what=what, owner=item.owner.name, due=due, settled=settled)


def _followup_button(reader: Reader, item: Followup) -> Block:
    t, matter = reader.texts, item.matter
    verb = "agree" if matter.state is MatterState.PROPOSED else "done"
    label = t(f"followup.{verb}.label", what=t(f"what.{item.what}"))
    return button(t(f"followup.{verb}.button"), f"followup.{verb}", matter.id, None, clip(label, 75))


def _case_buttons(reader: Reader, view: CaseView) -> list[Block]:
    t = reader.texts
    made = [button(t("followup.propose.button"), "followup.propose", view.case.id)]
    if view.requests:
        made.insert(0, button(t("case.accept.button"), "case.accept", view.requests[0].id, "primary"))
    return made
