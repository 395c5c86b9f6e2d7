"""Either side moves its own track, and nobody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.deliveries import DeliveryKind
from bot.domain.errors import BadInput, NotAllowed, NotFound, Repeated, Settled
from bot.domain.tracks import STAGES, Track, current
from bot.usecases import cases, closing, tracks
from bot.usecases.tracks import Move
from tests.usecases.test_closing import DONE
from tests.world import ELSEWHERE, MONDAY, SIDES, World

HOUSE = Track.CHILDRENS_HOUSE


def own(sides_key: str) -> Track:
    """The track of a side."""
    return Track(SIDES[sides_key].value)


def moves(world: World, name: str, case, track: Track, stage: str, *, at: datetime = MONDAY, back: bool = False):
    """One person moves a track; the case as it is then."""
    wanted = Move(track, stage, at, back=back)
    return world.do(tracks.move, world.actor(name), wanted, case_id=case.id, key=world.key())


def test_a_side_moves_its_own_track_and_everybody_sees_it(both_worlds, sides):
    """Each side says where it is and since when: the moment is the event, the headline is edited, the audit knows."""
    case = both_worlds.accepted_case(sides.asker, sides.asked)
    both_worlds.deliver()
    yesterday = MONDAY - timedelta(days=1)
    for name, key in ((sides.asker, sides.mine), (sides.asked, sides.theirs)):
        stage = STAGES[own(key)][2]
        view = moves(both_worlds, name, case, own(key), stage, at=yesterday)
        there = current(view.events, own(key))
        assert there is not None
        assert (there.stage, there.at, there.set_by_name) == (stage, yesterday, f"Name of {name}")
        assert not there.on_behalf
        edited = both_worlds.deliver()
        assert [item.delivery.kind for item in edited] == [DeliveryKind.HEADLINE]
    assert both_worlds.verbs(case.id)[-2:] == ["case.stage", "case.stage"]


def test_the_sides_coordinator_moves_its_track(world, sides):
    """She coordinates for an agency that takes part, without taking part herself."""
    case = world.accepted_case(sides.asker, sides.asked)
    view = moves(world, sides.coordinator, case, own(sides.theirs), STAGES[own(sides.theirs)][0])
    assert current(view.events, own(sides.theirs)) is not None


@pytest.mark.parametrize("who", ["asker", "colleague", "p-apart", "nobody"])
def test_nobody_moves_the_other_sides_track(world, sides, who):
    """The other side, a colleague without a place, another agency's coordinator, a stranger: told who may, or nothing."""
    case = world.accepted_case(sides.asker, sides.asked)
    before = world.snapshot()
    name = getattr(sides, who, who)
    with pytest.raises(NotFound if who == "nobody" else NotAllowed) as error:
        moves(world, name, case, own(sides.theirs), STAGES[own(sides.theirs)][0])
    if who != "nobody":
        assert f"Name of {sides.asked}" in error.value.values["names"]
        assert f"Name of {sides.asker}" not in error.value.values["names"]
    assert world.snapshot() == before


def test_the_form_offers_the_tracks_one_may_move(world, sides):
    """Her own side's track; whoever may move none is told so."""
    case = world.accepted_case(sides.asker, sides.asked)
    for name, key in ((sides.asker, sides.mine), (sides.asked, sides.theirs)):
        found = world.do(tracks.prepare, world.actor(name), case_id=case.id)
        assert found.tracks == (own(key),)
    with pytest.raises(NotAllowed):
        world.do(tracks.prepare, world.actor(sides.colleague), case_id=case.id)


def test_stages_are_skipped_corrected_and_gone_back_to(both_worlds, sides):
    """A later stage needs no earlier one; the same stage again corrects the date; going back undoes what came after."""
    case = both_worlds.accepted_case(sides.asker, sides.asked)
    track = own(sides.mine)
    first, _, third, fourth = STAGES[track][:4]
    moves(both_worlds, sides.asker, case, track, third)
    corrected = MONDAY - timedelta(hours=5)
    view = moves(both_worlds, sides.asker, case, track, third, at=corrected)
    assert [(e.stage, e.at) for e in view.events] == [(third, corrected)]
    moves(both_worlds, sides.asker, case, track, fourth)
    view = moves(both_worlds, sides.asker, case, track, first, at=corrected - timedelta(days=1))
    assert [e.stage for e in view.events] == [first, third, fourth], "a date was added, nothing was undone"
    view = moves(both_worlds, sides.asker, case, track, first, back=True)
    assert [e.stage for e in view.events] == [first]
    assert both_worlds.verbs(case.id)[-2:] == ["case.stage", "case.stage.back"]


@pytest.mark.parametrize("who", ["m-coordinator", "p-coordinator"])
def test_a_house_without_slack_is_moved_on_its_behalf_visibly(world, who):
    """Where the house has nobody in Slack the coordinator of either side says where it is, and it shows who did."""
    world.add_house(slack=False)
    case = world.accepted_case()
    found = world.do(tracks.prepare, world.actor(who), case_id=case.id)
    assert found.on_behalf == (HOUSE,)
    there = current(moves(world, who, case, HOUSE, "asked").events, HOUSE)
    assert there is not None
    assert (there.on_behalf, there.set_by_name) == (True, f"Name of {who}")
    with pytest.raises(NotAllowed):
        moves(world, "m-worker", case, HOUSE, "held")


def test_a_house_that_takes_part_moves_its_own_track(world):
    """From then on no coordinator of another agency does it for the house."""
    world.add_house()
    case = world.accepted_case()
    house = world.contact("h-worker")
    world.do(cases.invite, world.actor("m-worker"), case_id=case.id, contact_id=house.id, key=world.key())
    request = world.request(case)
    actor = replace(world.actor("m-worker"), contact=house)
    world.do(cases.accept, actor, matter_id=request.id, key=world.key())
    wanted = Move(HOUSE, "date-set", MONDAY + timedelta(days=4))
    view = world.do(tracks.move, actor, wanted, case_id=case.id, key=world.key())
    there = current(view.events, HOUSE)
    assert there is not None
    assert not there.on_behalf
    with pytest.raises(NotAllowed):
        moves(world, "m-coordinator", case, HOUSE, "held")


def test_a_repeated_move_is_made_once_and_what_cannot_be_is_refused(both_worlds, sides):
    """Slack's second delivery, another track's stage and a step that lies ahead change nothing."""
    case = both_worlds.accepted_case(sides.asker, sides.asked)
    actor, track = both_worlds.actor(sides.asker), own(sides.mine)
    wanted = Move(track, STAGES[track][1], MONDAY)
    both_worlds.do(tracks.move, actor, wanted, case_id=case.id, key="view:1")
    before = both_worlds.snapshot()
    with pytest.raises(Repeated):
        both_worlds.do(tracks.move, actor, wanted, case_id=case.id, key="view:1")
    for stage, at in (
        ("'; DROP TABLE cases; --", MONDAY),
        ("held", MONDAY),
        (STAGES[track][0], MONDAY + timedelta(days=1)),
    ):
        with pytest.raises(BadInput):
            moves(both_worlds, sides.asker, case, track, stage, at=at)
    elsewhere = replace(actor, workspace_id=ELSEWHERE)
    with pytest.raises(NotFound):
        both_worlds.do(tracks.move, elsewhere, wanted, case_id=case.id, key="view:2")
    assert both_worlds.snapshot() == before


def test_in_a_closed_case_no_track_moves(world, sides):
    """Whoever might is told that it is closed."""
    case = world.accepted_case(sides.asker, sides.asked)
    world.do(closing.close, world.actor(sides.asker), case.id, DONE, key=world.key())
    with pytest.raises(Settled):
        moves(world, sides.asker, case, own(sides.mine), STAGES[own(sides.mine)][0])
