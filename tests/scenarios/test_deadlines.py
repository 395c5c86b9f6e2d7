"""A deadline of the law over the wire: shown from the opening, running from its event, reminded of at night, done in one tap."""

from __future__ import annotations

from datetime import timedelta

from bot.demo.person import written
from storage import cases, deadlines, deliveries
from tests import acts
from tests.stage import World

HOUR = 3600


async def test_the_24_hour_rule_from_the_opening_to_done(world: World) -> None:
    """The headline says what it waits for, then its date and basis; twelve hours before the caseworker is reminded."""
    await acts.accepted(world)
    sanne = world.person("case1")
    shown = await acts.headline(
        world, "case1", "24-timers vurdering", "når kommunen har modtaget", "grundlag: barnets lov"
    )
    assert "§ 136" not in written(shown)
    ((case_id, workspace_id),) = world.rows("SELECT id, workspace_id FROM cases")
    async with world.work() as work:
        with work:
            case = cases.case(work, workspace_id, case_id)
            assert case is not None
            deadlines.attach(work, case, {"municipality.received": work.now})
            deliveries.refresh_headline(work, workspace_id, case_id, case.channel)
            work.commit()
            due = work.now + timedelta(hours=24)
    await world.advance(1)
    await acts.headline(world, "case1", "sædvanlig frist", "Ansvarlig: Sanne Sagsbehandler")
    assert due > work.now
    await world.advance(12 * HOUR)
    reminder = await sanne.message("the reminder", "12 timer eller mindre", "deadline.done", "deadline.help")
    await sanne.click(reminder, "deadline.done")
    await sanne.message("that it is done", "12 timer eller mindre", "Udført.", without=("deadline.done",))
    await world.quiet()
    before = len(await world.seen_by("case1"))
    await world.advance(20 * HOUR)
    assert len(await world.seen_by("case1")) == before
