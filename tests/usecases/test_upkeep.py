"""The holes of a directory, as the coordinators of each agency see them and hear of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.deliveries import DeliveryState, ToSend
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.holes import HoleKind
from bot.domain.matters import MatterKind
from bot.usecases import directory, tasks, upkeep
from storage import directory_changes
from tests.world import HOME, MONDAY, OTHER, World, everybody

NEXT_MONDAY = MONDAY + timedelta(days=7, hours=-1)
"""Nine in the morning in Copenhagen."""


@pytest.fixture(params=["m", "p"])
def side(request: pytest.FixtureRequest) -> str:
    """Everything holds for both sides."""
    found: str = request.param
    return found


def plan(world: World) -> None:
    """What the ticker does every hour."""
    world.do(upkeep.plan, workspace_id=HOME)


def notices(world: World) -> list[ToSend]:
    """What is due now is sent; the notices among it."""
    return [item for item in world.deliver() if item.matter and item.matter.kind is MatterKind.UPKEEP]


def mend(world: World) -> None:
    """Everybody and every rule is confirmed, has a substitute and takes what there is: nothing is missing."""
    entries = everybody()
    contacts = [
        replace(
            c, confirmed_at=world.now, substitute_key=f"{c.key[0]}-{'colleague' if c.key != 'p-apart' else 'worker'}"
        )
        for c in entries.contacts
    ]
    rules = [replace(r, confirmed_at=world.now) for r in entries.rules]
    directory.put(world.work(), HOME, replace(entries, contacts=contacts, rules=rules))


def test_a_coordinator_sees_the_holes_of_her_own_agency_alone(world: World, side: str) -> None:
    """Her people and the rules they answer by, and the places of her side; nothing of anybody else's."""
    page = world.do(upkeep.holes, world.actor(f"{side}-coordinator"))
    records = {hole.record for hole in page.holes}
    assert f"rule-{side}" in records
    assert {f"{side}-worker", f"{side}-colleague"} <= records
    assert not [r for r in records if r.startswith((f"{OTHER[side]}-", f"rule-{OTHER[side]}", "p-apart"))]
    assert page.total == len(page.holes)


def test_everybody_else_is_told_who_may(world: World, side: str) -> None:
    """A colleague reads the coordinator's name; a stranger learns nothing."""
    with pytest.raises(NotAllowed) as refused:
        world.do(upkeep.holes, world.actor(f"{side}-worker"))
    assert refused.value.values == {"names": world.contact(f"{side}-coordinator").name}
    with pytest.raises(NotFound):
        world.do(upkeep.holes, world.actor("nobody"))


def test_many_holes_come_in_pages(world: World, side: str) -> None:
    """Every hole stands on exactly one page; beyond the last page is the last."""
    entries = everybody()
    many = [
        replace(entries.contacts[0], key=f"{side}-{n}", agency_id=f"agency-{side}", slack_id=None, email="")
        for n in range(40)
    ]
    directory.put(world.work(), HOME, replace(entries, contacts=[*entries.contacts, *many]))
    actor = world.actor(f"{side}-coordinator")
    pages = [world.do(upkeep.holes, actor, number=0)]
    while pages[-1].has_more:
        pages.append(world.do(upkeep.holes, actor, number=pages[-1].number + 1))
    seen = [(hole.kind, hole.record) for page in pages for hole in page.holes]
    assert len(pages) > 1
    assert len(seen) == len(set(seen)) == pages[0].total
    assert pages[-1] == world.do(upkeep.holes, actor, number=99)


def test_the_notice_comes_on_monday_at_nine_once_a_week(world: World) -> None:
    """However often it is planned; to each coordinator of an agency with holes; never twice in a week."""
    plan(world)
    plan(world)
    assert notices(world) == []
    world.now = NEXT_MONDAY - timedelta(minutes=1)
    assert notices(world) == []
    world.now = NEXT_MONDAY
    plan(world)
    sent = notices(world)
    assert {item.recipient.key for item in sent if item.recipient} == {"m-coordinator", "p-coordinator", "p-apart"}
    assert all(item.upkeep.holes for item in sent)
    for _ in range(6):
        world.later(days=1)
        plan(world)
        assert notices(world) == []
    world.later(days=1)
    again = notices(world)
    assert len(again) == len(sent)


def test_a_notice_tells_what_is_true_when_it_is_sent(world: World, side: str) -> None:
    """A hole that came after it was planned is in it."""
    plan(world)
    world.now = NEXT_MONDAY
    with world.work() as work:
        directory_changes.end_contacts(work, HOME, [f"{side}-worker"])
        work.commit()
    sent = [i for i in notices(world) if i.recipient and i.recipient.key == f"{side}-coordinator"]
    assert HoleKind.NOBODY in {hole.kind for hole in sent[0].upkeep.holes}


def test_without_a_hole_nothing_is_sent(world: World) -> None:
    """What was mended before Monday is not spoken of."""
    plan(world)
    mend(world)
    world.now = NEXT_MONDAY
    assert [world.do(upkeep.holes, world.actor(f"{s}-coordinator")).holes for s in "mp"] == [(), ()]
    told = {item.recipient.key for item in notices(world) if item.recipient}
    assert not told & {"m-coordinator", "p-coordinator"}
    assert world.deliveries(DeliveryState.CANCELLED)


def test_a_notice_asks_for_nothing(world: World, side: str) -> None:
    """It stands in no list of what waits."""
    plan(world)
    found = world.do(tasks.mine, world.actor(f"{side}-coordinator"))
    assert MatterKind.UPKEEP not in {task.matter.kind for task in (*found.on_me, *found.i_wait_for)}


def test_whoever_coordinates_no_more_hears_no_more(world: World, side: str) -> None:
    """What was planned for her is dropped."""
    plan(world)
    with world.work() as work:
        directory_changes.end_contacts(work, HOME, [f"{side}-coordinator"])
        work.commit()
    world.now = NEXT_MONDAY
    assert f"{side}-coordinator" not in {i.recipient.key for i in notices(world) if i.recipient}
