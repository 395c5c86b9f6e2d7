"""Moving a track: which stage a side has reached, and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.cases import CaseView
from bot.domain.errors import NotAllowed
from bot.domain.people import Actor, Contact, Role
from bot.domain.tracks import CaseEvent, Track, check_stage, undone_by
from storage import audit, cases, deadlines, deliveries, directory, followups, tracks
from storage.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class Moving:
    """What the form begins with: the case, the tracks this person may move, and which of them on another's behalf."""

    view: CaseView
    tracks: tuple[Track, ...]
    on_behalf: tuple[Track, ...]
    now: datetime


@dataclass(frozen=True, slots=True)
class Move:
    """A track stands at this stage since that moment (UTC); `back`: what came after it holds no more."""

    track: Track
    stage: str
    at: datetime
    back: bool = False


def prepare(work: UnitOfWork, actor: Actor, *, case_id: str) -> Moving:
    """The tracks of a case this person may move; raises `NotAllowed`, naming who may, where there are none."""
    with work.reading():
        view, coordinators = _case(work, actor, case_id)
        allowed = {track: behalf for track in Track if (behalf := _may(view, actor, track, coordinators)) is not None}
        if not allowed:
            view.check_may_act(actor)
            raise NotAllowed("refused.track.nobody")
        return Moving(view, tuple(allowed), tuple(t for t, behalf in allowed.items() if behalf), work.now)


def move(work: UnitOfWork, actor: Actor, wanted: Move, *, case_id: str, key: str) -> CaseView:
    """A side says where its track stands. What was known of the same stage gets the new moment.

    Raises `BadInput` for a stage or moment that cannot be, `NotAllowed`, `NotFound`, `Repeated`.
    """
    with work:
        audit.take(work, actor, key)
        view, coordinators = _case(work, actor, case_id)
        view.check_may_move(actor, wanted.track, coordinators)
        check_stage(wanted.track, wanted.stage, wanted.at, now=work.now)
        undone = undone_by(wanted.track, wanted.stage, back=wanted.back)
        tracks.forget(work, case_id, wanted.track, undone)
        who = actor.check_known()[1]
        tracks.save(work, CaseEvent(case_id, wanted.track, wanted.stage, wanted.at, who.id, work.now))
        events = {event.name: event.at for event in tracks.events_of(work, case_id)}
        deadlines.attach(work, view.case, events)
        for name in {event.name for event in view.events} | set(events):
            followups.event_known(work, actor.workspace_id, case_id, name, events.get(name))
        deliveries.refresh_headline(work, view.case.workspace_id, case_id, view.case.lane)
        audit.record(work, actor, "case.stage.back" if undone else "case.stage", case_id)
        work.commit()
    with work.reading():
        return _case(work, actor, case_id)[0]


def _case(work: UnitOfWork, actor: Actor, case_id: str) -> tuple[CaseView, list[Contact]]:
    view = cases.seen_by(work, actor, case_id)
    everybody = directory.all_contacts(work, actor.workspace_id)
    return view, [contact for contact in everybody if contact.role is Role.COORDINATOR]


def _may(view: CaseView, actor: Actor, track: Track, coordinators: Iterable[Contact]) -> bool | None:
    try:
        return view.check_may_move(actor, track, coordinators)
    except NotAllowed:
        return None
