"""The tracks as people see them: side by side in the headline, and the form that moves one."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.cases import CaseView
from bot.domain.people import Side
from bot.domain.tracks import STAGES, CaseEvent, Track, current, reached
from bot.texts.catalogue import Mrkdwn
from bot.usecases.tracks import Moving
from handlers.cards.parts import (
    Block,
    Part,
    Reader,
    button,
    context,
    field_,
    modal,
    moment_picker,
    option,
    plain,
    section,
)


def part(reader: Reader, view: CaseView) -> Part:
    """Where each side stands, since when, and by whom it was said where that was somebody of another side."""
    t = reader.texts
    step = button(t("stage.button"), "case.stage", view.case.id)
    return Part(t.md("tracks.lead"), fields=lines(reader, view), buttons=(step,))


def lines(reader: Reader, view: CaseView) -> tuple[Mrkdwn, ...]:
    """One line for each track; the children's house only where it is involved."""
    tracks = [Track.MUNICIPALITY, Track.POLICE]
    here = any(place.contact.side is Side.CHILDRENS_HOUSE for place in view.participants)
    if here or reached(view.events, Track.CHILDRENS_HOUSE):
        tracks.append(Track.CHILDRENS_HOUSE)
    return tuple(_line(reader, view, track) for track in tracks)


def history(reader: Reader, view: CaseView) -> Mrkdwn:
    """Every stage that was reached, track by track, with its date and who said so."""
    return _known(reader, [e for track in Track for e in reached(view.events, track)])


def _known(reader: Reader, events: Sequence[CaseEvent]) -> Mrkdwn:
    t = reader.texts
    return Mrkdwn(
        "\n".join(
            t.md("stage.known", stage=t(f"stage.{e.track}.{e.stage}"), when=reader.when(e.at), name=e.set_by_name)
            for e in events
        )
    )


def _line(reader: Reader, view: CaseView, track: Track) -> Mrkdwn:
    t, there = reader.texts, current(view.events, track)
    name = t(f"track.{track}")
    if there is None:
        return t.md("tracks.none", track=name, stage=t(f"stage.none.{track}"))
    said = t.md("tracks.line", track=name, stage=t(f"stage.{track}.{there.stage}"), when=reader.when(there.at))
    told = t.md("tracks.told_by", name=there.set_by_name) if there.on_behalf else Mrkdwn("")
    return Mrkdwn(f"{said} {told}".strip())


def stage_form(reader: Reader, moving: Moving) -> Block:
    """The form: which stage, when, and whether the track went back to it. What is known stands above."""
    t, view = reader.texts, moving.view
    groups = [
        {
            "label": plain(t(f"track.{track}")),
            "options": [option(t(f"stage.{track}.{stage}"), f"{track}.{stage}") for stage in STAGES[track]],
        }
        for track in moving.tracks
    ]
    stages: Block = {
        "type": "static_select", "action_id": "case.stage.which", "placeholder": plain(t("choose")), "option_groups": groups,
    }  # fmt: skip
    back: Block = {
        "type": "checkboxes", "action_id": "case.stage.back", "options": [option(t("stage.back"), "back")],
    }  # fmt: skip
    known = _known(reader, [e for track in moving.tracks for e in reached(view.events, track)])
    return modal(
        callback_id="case.stage", title=t("stage.title"), submit=t("stage.submit"), close=t("close"), meta=view.case.id,
        blocks=[
            *([context(known)] if known else []),
            *([section(t.md("stage.behalf"))] if moving.on_behalf else []),
            field_("stage", t("stage.which"), stages),
            field_("at", t("stage.when"), moment_picker("case.stage.at", moving.now)),
            field_("back", t("stage.back.label"), back, hint=t("stage.back.hint"), optional=True),
        ],
    )  # fmt: skip
