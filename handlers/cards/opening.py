"""The form that opens a case, what it offers while somebody types, and what is said where there is no room yet."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.cases import CaseSubject
from bot.domain.opening import MOST_ASKED
from bot.domain.people import Contact
from bot.domain.tracks import STAGES, Track
from bot.domain.urgency import Urgency
from bot.texts.catalogue import Mrkdwn
from bot.usecases.opening import Opened, Opening, People
from handlers.cards.cases import KINDS
from handlers.cards.parts import (
    Block,
    Card,
    Reader,
    actions,
    button,
    clip,
    context,
    field_,
    joined,
    modal,
    number,
    option,
    section,
    select,
    typeahead,
)
from handlers.forms.cases import Begun

OPTION = 75
"""Slack's limit for the words of one choice."""
NOT_YET = "none"


def opening_form(
    reader: Reader, opening: Opening, *, meta: str, people: Sequence[Block] | None = None, times: int = 0
) -> Block:
    """The form for a new case: what must never be written, where the thread will stand, and closed lists alone.

    `people` are chosen beforehand in place of those of the opening; `times` counts how often the list was filled anew.
    """
    t = reader.texts
    chosen = [person(contact) for contact in opening.shown] if people is None else people
    place = (
        option(clip(reader.place(opening.municipality), OPTION), opening.municipality) if opening.municipality else None
    )
    received: Block = {"type": "datetimepicker", "action_id": "case.received"}
    return modal(
        callback_id="case.open", title=t("case.open.title"), submit=t("case.open.submit"), close=t("close"), meta=meta,
        blocks=[
            *(section(t.md("case.open.instead", contact=absent.name)) for absent, _ in opening.instead),
            section(_where(reader, opening)),
            {**field_("kind", t("case.kind"), _kinds(reader, opening.kind)), "dispatch_action": True},
            field_("urgency", t("case.urgency"), _urgencies(reader, opening.urgency or Urgency.NEXT_DAY)),
            field_("participants", t("case.open.participants"), _several(reader, chosen, times), optional=True),
            {
                **field_("municipality", t("case.open.municipality"), typeahead("case.municipality", placeholder=t("choose"), initial=place)),
                "dispatch_action": True,
            },
            field_("received", t("case.open.received"), received, hint=t("case.open.received.hint"), optional=True),
            *(_stages(reader, track) for track in Track),
            field_("subject", t("case.open.subject"), _subjects(reader)),
            context(t.md("case.open.never")),
        ],
    )  # fmt: skip


def people_again(begun: Begun, proposed: Sequence[Contact], picked: Sequence[Block]) -> list[Block]:
    """Who stands in the open form now: whoever is proposed, but whom somebody took out, and whom she added by hand."""
    by_hand = [option for option in picked if option["value"] not in begun.proposed]
    taken_out = set(begun.proposed) - {option["value"] for option in picked}
    left_out = taken_out | {option["value"] for option in by_hand}
    return [*(person(contact) for contact in proposed if contact.id not in left_out), *by_hand][:MOST_ASKED]


def form_again(
    reader: Reader, opening: Opening, *, begun: Begun, people: Sequence[Block], entered: Sequence[Block]
) -> Block:
    """The open form with other people proposed; everything else stands in it as it was `entered`."""
    fresh = opening_form(reader, opening, meta=begun.as_value(), people=people, times=begun.times)
    kept = {b["block_id"]: b for b in entered if b["type"] == "input" and b["block_id"] != "participants"}
    return {**fresh, "blocks": [kept.get(str(block.get("block_id")), block) for block in fresh["blocks"]]}


def correct_form(reader: Reader, case_id: str, *, kind: str, urgency: Urgency, municipality: str) -> Block:
    """The form in which kind, urgency and municipality are put right."""
    t = reader.texts
    place = option(clip(reader.place(municipality), OPTION), municipality)
    return modal(
        callback_id="case.correct", title=t("case.correct.title"), submit=t("case.correct.submit"), close=t("close"),
        meta=case_id,
        blocks=[
            section(t.md("case.correct.intro")),
            field_("kind", t("case.kind"), _kinds(reader, kind)),
            field_("urgency", t("case.urgency"), _urgencies(reader, urgency)),
            field_("municipality", t("case.open.municipality"), typeahead("case.municipality", placeholder=t("choose"), initial=place)),
        ],
    )  # fmt: skip


def invite_form(reader: Reader, case_id: str, code: str) -> Block:
    """The form in which somebody is asked to take part."""
    t = reader.texts
    return modal(
        callback_id="case.invite", title=t("case.invite.title"), submit=t("case.invite.submit"), close=t("close"),
        meta=case_id,
        blocks=[
            section(t.md("case.invite.intro", code=code)),
            field_("person", t("case.invite.who"), typeahead("case.person", placeholder=t("choose"))),
        ],
    )  # fmt: skip


def offer(reader: Reader) -> Card:
    """Somebody wants to open a case and it is not clear where: a button to the form."""
    said = reader.texts.md("case.new.offer")
    return Card(said, [section(said), actions("new", new_button(reader))])


def new_button(reader: Reader) -> Block:
    """The button to an empty form."""
    return button(reader.texts("case.new.button"), "case.new", "new")


def waits(reader: Reader, opened: Opened) -> Card:
    """There is no room yet: whom to ring now, who was asked for a room, and that the draft waits."""
    t = reader.texts
    who = opened.coordinator
    said = t.md("case.draft.waits", coordinator=who.name if who else "", agency=who.agency_name if who else "")
    people = Mrkdwn(
        "\n".join(t.md("case.draft.ring", name=c.name, phone=number(c.phone)) for c in opened.asked if c.phone)
    )
    return Card(joined(people, said), [*([section(people)] if people else []), section(said)])


def found_people(reader: Reader, found: People) -> list[Block]:
    """What a typeahead offers: those who are proposed first, under a heading of their own."""
    t = reader.texts
    groups = (("case.people.proposed", found.proposed), ("case.people.others", found.others))
    return [
        {"label": {"type": "plain_text", "text": t(title)}, "options": [person(c) for c in some]}
        for title, some in groups
        if some
    ]


def person(contact: Contact) -> Block:
    """Somebody as a choice: her name and where she works."""
    return option(clip(f"{contact.name}, {contact.agency_name}", OPTION), contact.id)


def _where(reader: Reader, opening: Opening) -> Mrkdwn:
    t = reader.texts
    names = ", ".join(contact.name for contact in opening.shown)
    if opening.room is not None and opening.room.per_case:
        return t.md("case.open.intro.channel", contact=names) if names else t.md("case.open.intro.own_channel")
    if opening.room is not None:
        room = Mrkdwn(f"<#{opening.room.channel}>")
        return t.md("case.open.intro", contact=names, room=room) if names else t.md("case.open.intro.room", room=room)
    if opening.coordinator is not None:
        return t.md("case.open.intro.no_room", coordinator=opening.coordinator.name)
    return t.md("case.open.intro.place")


def _kinds(reader: Reader, chosen: str | None) -> Block:
    t = reader.texts
    kinds = [option(t(f"kind.{k}"), k) for k in KINDS]
    return select("case.kind", kinds, placeholder=t("case.kind.placeholder"), initial=chosen)


def _urgencies(reader: Reader, chosen: Urgency) -> Block:
    t = reader.texts
    urgencies = [option(t(f"urgency.{u}"), u) for u in Urgency]
    return select("case.urgency", urgencies, placeholder=t("case.urgency.placeholder"), initial=chosen)


def _subjects(reader: Reader) -> Block:
    t = reader.texts
    subjects = [option(t(f"subject.{s}"), s) for s in CaseSubject]
    return select("case.subject", subjects, placeholder=t("choose"), initial=CaseSubject.CASE)


def _stages(reader: Reader, track: Track) -> Block:
    t = reader.texts
    received = ("received",) if track is Track.MUNICIPALITY else ()
    stages = [stage for stage in STAGES[track] if stage not in {*received, "not-involved"}]
    offered = [option(t(f"stage.none.{track}"), NOT_YET), *(option(t(f"stage.{track}.{s}"), s) for s in stages)]
    name = f"stage_{track.replace('-', '_')}"
    return field_(
        name, t(f"case.open.stage.{track}"), select(f"case.{name}", offered, placeholder=t("choose"), initial=NOT_YET)
    )


def _several(reader: Reader, people: Sequence[Block], times: int) -> Block:
    # Slack keeps what stands in a field of the same name: a list that is filled anew needs another one.
    made: Block = {
        "type": "multi_external_select",
        "action_id": f"case.participants.{times}" if times else "case.participants",
        "placeholder": {"type": "plain_text", "text": reader.texts("choose")},
        "min_query_length": 0,
        "max_selected_items": MOST_ASKED,
    }
    return {**made, "initial_options": list(people)} if people else made
