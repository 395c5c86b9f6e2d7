"""The case as people see it: its words in the headline, the request to take part, the receipt, who is still missing."""

from __future__ import annotations

from bot.domain.cases import Case, CaseSubject, CaseView, Participant, ParticipantState
from bot.domain.deliveries import ToSend
from bot.domain.matters import MatterState
from bot.domain.people import Contact
from bot.domain.urgency import Urgency
from bot.texts.catalogue import Mrkdwn
from handlers.cards import channels
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
    """What it is about, how soon the other side is needed, where, and since when it is open."""
    subject = reader.texts(f"subject.{case.subject}")
    return reader.texts.md(
        "case.about" if case.subject is CaseSubject.CASE else "case.about.subject",
        subject=subject,
        place=reader.place(case.municipality),
        kind=reader.texts(f"kind.{case.kind}"),
        urgency=reader.texts(f"urgency.{case.urgency}"),
        opened=reader.when(case.opened_at),
    )


def people(reader: Reader, view: CaseView) -> Part:
    """Who takes part, was asked to, or could not; who owes the next word; and how to ask or to put right."""
    t, alone = reader.texts, view.is_without_counterpart
    said = [t.md("case.participants"), *(_place(reader, p) for p in view.participants)]
    said += [t.md("case.alone")] if alone else []
    said += who_owes(reader, view)
    accept = [button(t("case.accept.button"), "case.accept", asked.id, "primary") for asked in view.requests[:1]]
    ask = t("case.ask_another.button") if alone else t("case.invite.button")
    more = [
        button(ask, "case.invite", view.case.id, "primary" if alone else None),
        button(t("case.correct.button"), "case.correct", view.case.id),
    ]
    return Part(Mrkdwn("\n".join(said)), buttons=(*accept, *more))


def who_owes(reader: Reader, view: CaseView) -> list[Mrkdwn]:
    """Who owes the next word: whoever is asked something, else whoever has the agreement that is due first."""
    asked = [place.contact.name for place in view.participants if place.state is ParticipantState.ASKED]
    asked += [f.owner.name for f in view.followups if f.matter.state is MatterState.PROPOSED]
    if asked:
        return [reader.texts.md("case.owes.answer", names=", ".join(dict.fromkeys(asked)))]
    agreed = [f for f in view.followups if f.matter.state is MatterState.AGREED and f.matter.due_at]
    for item in agreed[:1]:
        due = reader.when(item.matter.due_at) if item.matter.due_at else ""
        return [reader.texts.md("case.owes.agreed", name=item.owner.name, due=due)]
    return []


def note(reader: Reader, case: Case) -> Mrkdwn:
    """The small print: what must never stand here; and, where Slack may hold two headlines, which one counts."""
    never = reader.texts.md("case.never.channel" if case.own_channel else "case.never")
    return Mrkdwn(f"{never}\n{reader.texts.md('case.replaces')}") if case.replaces else never


def nobody(reader: Reader, item: ToSend) -> Card:
    """To the opener and both coordinators: everybody has declined, somebody else has to be asked."""
    t, view, matter = reader.texts, item.case, item.matter
    said = t.md("case.nobody_left", code=view.case.code)
    people, thread = _others(reader, view), _thread(reader, view)
    blocks: list[Block] = [section(Mrkdwn(f"{said}{thread}")), section(people)]
    status = Mrkdwn("")
    if matter is not None and matter.state.is_open:
        ask = button(t("case.ask_another.button"), "case.invite", view.case.id, "primary")
        blocks.append(actions("nobody", ask))
    else:
        status = t.md("case.nobody_left.settled")
        blocks.append(context(status))
    return Card(joined(said, thread.strip(), people, status), blocks)


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


def on_behalf(reader: Reader, absent: Contact, card: Card) -> Card:
    """A card that goes to somebody else because its reader has no Slack, with the reason below it."""
    why = reader.texts.md("case.on_behalf", name=absent.name, phone=number(absent.phone))
    return Card(joined(card.text, why), [*card.blocks, context(why)])


def other_contact(reader: Reader, other: Contact) -> Card:
    """The case was put right, and somebody else usually answers for it now. Nobody is asked by that alone."""
    said = reader.texts.md("case.corrected.other", name=other.name, agency=other.agency_name, phone=number(other.phone))
    return Card(said, [section(said)])


def receipt(reader: Reader, view: CaseView) -> Card:
    """To the one who opened the case: the code, the thread, and where the request to the other side is."""
    t = reader.texts
    lead = t.md("case.receipt", code=view.case.code)
    people = _others(reader, view)
    tell, thread = t.md("case.receipt.tell"), _thread(reader, view)
    waits = channels.not_yet(reader, view.case)
    blocks: list[Block] = [section(Mrkdwn(f"{lead}{thread}")), *([section(waits)] if waits else []), section(people)]
    if view.is_without_counterpart:
        ask = button(t("case.ask_another.button"), "case.invite", view.case.id, "primary")
        blocks.append(actions("nobody", ask))
    return Card(joined(lead, thread.strip(), waits, people, tell), [*blocks, context(tell)])


def _others(reader: Reader, view: CaseView) -> Mrkdwn:
    places = [_place(reader, p) for p in view.participants if p.contact.id != view.case.opened_by]
    if view.is_without_counterpart:
        places.append(reader.texts.md("case.alone"))
    return Mrkdwn("\n".join(places))


def _thread(reader: Reader, view: CaseView) -> str:
    way = channels.way_there(reader, view.case)
    return f"\n{way}" if way else ""


def _place(reader: Reader, place: Participant) -> Mrkdwn:
    t, who = reader.texts, place.contact
    said = t.md(f"participant.{place.state}", name=who.name, agency=who.agency_name, role=t(f"role.{who.role}"))
    if not who.can_be_reached:  # she reads nothing here: her number stands beside her name
        said = t.md("participant.no_slack", place=said, phone=number(who.phone))
    return t.md("participant.behalf", place=said, name=place.by.name) if place.by else said
