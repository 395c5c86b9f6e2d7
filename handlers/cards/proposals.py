"""The form that proposes a follow-up, and what else is asked about one: read back, or done without its clearance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.domain.cases import MOST_NOTE, CaseView, Followup, ParticipantState
from bot.domain.followups import DAYS_AFTER, EVENTS, WITHOUT_CLEARANCE, choices
from bot.domain.people import Side
from bot.domain.tracks import Track, current
from bot.texts.catalogue import Mrkdwn
from bot.usecases.followups import Missing, Proposal
from handlers.cards import agreements as shared
from handlers.cards.agreements import OPTION, by_when
from handlers.cards.parts import (
    Block,
    Reader,
    clip,
    field_,
    modal,
    moment_picker,
    number,
    option,
    plain,
    section,
    select,
    text_input,
)
from handlers.forms.followups import ProposalTarget, Shown

MOST_WORDS = 60
"""Characters in which somebody says when."""


def form(reader: Reader, proposal: Proposal, filled: ProposalTarget) -> Block:
    """The form that proposes a follow-up: what (from a list, and in a few words), who, by when; with what was understood."""
    t, view = reader.texts, proposal.view
    due = filled.due or proposal.suggested
    read = [section(t.md("followup.form.read_back", due=reader.when(due)))] if filled.read_back else []
    note = text_input("followup.note", "", most=MOST_NOTE)
    return modal(
        callback_id="followup.propose", title=t("followup.form.title"), submit=t("followup.form.submit"),
        close=t("close"), meta=Shown(case_id=view.case.id).as_value(),
        blocks=[
            section(t.md("followup.form.intro", code=view.case.code)),
            *read,
            field_("what", t("followup.form.what"), _steps(reader, view, filled.what)),
            field_("note", t("followup.form.note"), note, hint=t("followup.form.note.hint"), optional=True),
            field_("owner", t("followup.form.owner"), chosen(owners(reader, view), None, t("choose"))),
            field_("due", t("followup.form.due"), moment_picker("followup.due", due)),
            _words(reader),
            *instead(reader, event=filled.event, days=filled.days),
        ],
    )  # fmt: skip


def again(
    reader: Reader,
    view: Mapping[str, Any],
    blocks: Sequence[Block],
    told: Shown,
    *,
    read_back: datetime | None,
    same: Sequence[Followup],
) -> Block:
    """The open form once more, before it counts: the moment that was read from words, and that the same step is agreed.

    `blocks` are the form's with what was entered into them; sent as it is, it says yes to what it points out.
    """
    t = reader.texts
    notes = [t.md("followup.form.read_back", due=reader.when(read_back))] if read_back else []
    for one in same[:2]:
        when = by_when(reader, one.matter.due_at, one.event, one.event_days)
        notes.append(t.md("followup.same", owner=one.owner.name, due=when))
    fields = [block for block in blocks if block["type"] == "input"]
    names = ("callback_id", "title", "submit", "close")
    return {
        "type": "modal",
        **{name: view[name] for name in names},
        "private_metadata": told.as_value(),
        "blocks": [blocks[0], *(section(note) for note in notes), *fields],
    }


def owners(reader: Reader, view: CaseView) -> list[Block]:
    """Who can owe something: everybody who takes part or is asked to, then each side as a role."""
    t = reader.texts
    here = [p.contact for p in view.participants if p.state in {ParticipantState.ACCEPTED, ParticipantState.ASKED}]
    sides = [side for side in Side if side is not Side.OTHER and any(c.side is side for c in here)]
    return [
        *(option(clip(f"{c.name}, {c.agency_name}", OPTION), c.id) for c in here),
        *(option(t(f"side.contact.{side}"), f"side:{side}") for side in sides),
    ]


def chosen(options: Sequence[Block], value: str | None, placeholder: str) -> Block:
    """The list of owners with one chosen beforehand."""
    return select("followup.owner", options, placeholder=placeholder, initial=value or None)


def instead(reader: Reader, *, event: str | None, days: int | None) -> list[Block]:
    """The two fields that hang a due moment on an event, in place of a date."""
    t = reader.texts
    events = [option(t(f"event.{name}"), name) for name in EVENTS]
    counts = [option(t.count("when.days", n) if n else t("when.at_once"), str(n)) for n in DAYS_AFTER]
    return [
        field_(
            "event", t("followup.form.event"),
            select("followup.event", events, placeholder=t("choose"), initial=event or None),
            hint=t("followup.form.event.hint"), optional=True,
        ),
        field_(
            "days", t("followup.form.days"),
            select("followup.days", counts, placeholder=t("choose"), initial=str(days) if days is not None else None),
            optional=True,
        ),
    ]  # fmt: skip


def uncleared_form(reader: Reader, missing: Missing) -> Block:
    """A step is called done without its clearance: what is missing, whom to ask, and why it was done all the same."""
    t = reader.texts
    said = t.md(
        "uncleared.intro", what=t(f"what.{missing.followup.what}"), towards=t(f"towards.{missing.need.towards}"),
        level=t(f"level.{missing.need.least}"),
    )  # fmt: skip
    ask = [t.md("uncleared.ask", name=c.name, agency=c.agency_name, phone=number(c.phone)) for c in missing.ask[:5]]
    return modal(
        callback_id="followup.done", title=t("uncleared.title"), submit=t("uncleared.submit"), close=t("close"),
        meta=missing.followup.matter.id,
        blocks=[
            section(said),
            *([section(Mrkdwn("\n".join(ask)))] if ask else []),
            shared.reasons_field(reader, "uncleared.reason", WITHOUT_CLEARANCE, "uncleared.reason"),
            section(t.md("uncleared.told")),
        ],
    )  # fmt: skip


def _steps(reader: Reader, view: CaseView, what: str | None) -> Block:
    t = reader.texts
    groups: list[Block] = [
        {"label": plain(t(f"what.group.{group}")), "options": [option(t(f"what.{one}"), one) for one in whats]}
        for group, whats in choices(view.case.kind, stages(view))
    ]
    made: Block = {
        "type": "static_select", "action_id": "followup.what", "placeholder": plain(t("choose")), "option_groups": groups,
    }  # fmt: skip
    initial = next((o for group in groups for o in group["options"] if o["value"] == what), None)
    return {**made, "initial_option": initial} if initial else made


def stages(view: CaseView) -> tuple[str, ...]:
    """Where each side has come to ("track.stage")."""
    reached = (current(view.events, track) for track in Track)
    return tuple(event.name for event in reached if event is not None)


def _words(reader: Reader) -> Block:
    t = reader.texts
    return field_(
        "words", t("followup.form.words"), text_input("followup.words", "", most=MOST_WORDS),
        hint=t("followup.form.words.hint"), optional=True,
    )  # fmt: skip
