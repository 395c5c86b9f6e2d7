"""The case as people see it: the form, its words in the headline, the request to take part, the receipt."""

from __future__ import annotations

from bot.domain.cases import Case, CaseView, Participant, Urgency
from bot.domain.deliveries import ToSend
from bot.domain.matters import MatterState
from bot.domain.people import Contact
from bot.texts.catalogue import Mrkdwn
from bot.usecases.cases import Opening
from handlers.cards.parts import (
    Block,
    Card,
    Part,
    Reader,
    actions,
    button,
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

KINDS = (
    "physical-violence", "sexual-abuse", "psychological-violence", "witness-to-violence", "neglect", "honour-control",
    "digital-abuse", "abuse-by-staff", "child-on-child", "young-offending", "extremism-gang", "missing-child",
    "acute-danger", "consultation", "unsure",
)  # fmt: skip
"""In the order of the form; the same keys as the bundled kinds of case."""
DECLINE_REASONS = ("not-my-area", "no-time", "conflict-of-interest", "absent")


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


def about(reader: Reader, case: Case) -> Mrkdwn:
    """What kind of case it is, how soon the other side is needed, and since when it is open."""
    return reader.texts.md(
        "case.about",
        kind=reader.texts(f"kind.{case.kind}"),
        urgency=reader.texts(f"urgency.{case.urgency}"),
        opened=reader.when(case.opened_at),
    )


def people(reader: Reader, view: CaseView) -> Part:
    """Who takes part, was asked to, or could not."""
    lead = Mrkdwn("\n".join([reader.texts.md("case.participants"), *(_place(reader, p) for p in view.participants)]))
    accept = [
        button(reader.texts("case.accept.button"), "case.accept", asked.id, "primary") for asked in view.requests[:1]
    ]
    return Part(lead, buttons=tuple(accept))


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
    ring = _ring(reader, case, asker) if matter is not None and matter.state.is_open else Mrkdwn("")
    blocks: list[Block] = [section(Mrkdwn("\n".join(filter(None, (f"{lead}\n{about}{thread}", ring)))))]
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
    return Card(text=joined(lead, about, thread.strip(), ring, status), blocks=blocks)


def _ring(reader: Reader, case: Case, asker: Contact | None) -> Mrkdwn:
    """What is needed now is not left to messages: the number to ring."""
    if case.urgency is not Urgency.NOW or asker is None or not asker.phone:
        return Mrkdwn("")
    return reader.texts.md("request.ring", name=asker.name, phone=number(asker.phone))


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
