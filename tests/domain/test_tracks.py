from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import BadInput
from bot.domain.tracks import (
    LONGEST_AGO,
    NOT_INVOLVED,
    STAGES,
    STILL_TO_COME,
    CaseEvent,
    Track,
    check_stage,
    current,
    event,
    reached,
    undone_by,
)
from tests.world import MONDAY

STEPS = [(track, stage) for track, stages in STAGES.items() for stage in stages]
some_steps = st.lists(st.sampled_from(STEPS), unique=True)
steps = pytest.mark.parametrize(("track", "stage"), STEPS)


def reached_at(track: Track, stage: str) -> CaseEvent:
    """An event of a case."""
    return CaseEvent("case", track, stage, MONDAY, "somebody", MONDAY)


def test_the_names_that_deadlines_hang_on_stay_as_they_are():
    """Whoever renames a stage breaks every deadline that waits for it."""
    assert [f"{track}.{stage}" for track, stage in STEPS] == [
        "municipality.received", "municipality.assessed", "municipality.child-talked-with",
        "municipality.investigating", "municipality.measures", "municipality.closed",
        "police.asked", "police.report-received", "police.investigating", "police.interview-planned",
        "police.interview-held", "police.with-prosecutor", "police.ended",
        "childrens-house.not-involved", "childrens-house.asked", "childrens-house.date-set", "childrens-house.held",
    ]  # fmt: skip


@given(some_steps, st.randoms())
def test_a_track_stands_at_the_furthest_stage_it_reached(chosen, random):
    """In whatever order stages were entered, and whichever were skipped."""
    events = [reached_at(track, stage) for track, stage in chosen]
    random.shuffle(events)
    for track in Track:
        mine = [stage for t, stage in STEPS if t is track and (t, stage) in chosen]
        assert [e.stage for e in reached(events, track)] == mine
        there = current(events, track)
        assert (there.stage if there else None) == (mine[-1] if mine else None)
    for track, stage in STEPS:
        assert (event(events, f"{track}.{stage}") is not None) == ((track, stage) in chosen)


@steps
def test_a_step_happened_already_but_for_meetings_that_are_planned(track, stage):
    """Only the date of a planned interview or meeting may lie ahead; none lies years back."""
    check_stage(track, stage, MONDAY, now=MONDAY)
    with pytest.raises(BadInput, match="long_ago"):
        check_stage(track, stage, MONDAY - LONGEST_AGO - timedelta(days=1), now=MONDAY)
    ahead = MONDAY + timedelta(days=3)
    if stage in STILL_TO_COME:
        check_stage(track, stage, ahead, now=MONDAY)
    else:
        with pytest.raises(BadInput, match="ahead"):
            check_stage(track, stage, ahead, now=MONDAY)


def test_a_track_has_only_its_own_stages():
    """What stands on another track, or on none, is refused."""
    for stage in ("interview-held", "", "no-such-stage"):
        with pytest.raises(BadInput, match="unknown"):
            check_stage(Track.MUNICIPALITY, stage, MONDAY, now=MONDAY)


@steps
def test_going_back_undoes_what_came_after_and_a_corrected_date_nothing(track, stage):
    """Without going back nothing is undone, except that a house that is not involved has no further stages."""
    later = STAGES[track][STAGES[track].index(stage) + 1 :]
    assert undone_by(track, stage, back=True) == later
    assert undone_by(track, stage, back=False) == (later if stage == NOT_INVOLVED else ())
