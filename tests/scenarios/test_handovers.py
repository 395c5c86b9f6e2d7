"""Handing over a place in a case over the wire."""

from __future__ import annotations

from bot.demo.person import written
from tests import acts
from tests.stage import World


async def test_handed_over_in_three_interactions_and_welcomed_with_the_state_of_things(world: World) -> None:
    """Button, form, yes: the new one reads how the case stands, the headline names her, the giver sees it."""
    headline = await acts.accepted(world)
    palle, benny = world.person("police1"), world.person("police2")
    await palle.click(headline, "handover.ask")
    form = await palle.view("handover.ask")
    answer = await palle.act("options", view_id=form["id"], action_id="handover.receiver", query="benny")
    (found,) = answer["ack"]["options"]
    holder = next(block for block in form["blocks"] if block.get("block_id") == "holder")
    values = {
        "holder": {"handover.holder": holder["element"]["initial_option"]["value"]},
        "receiver": {"handover.receiver": found["value"]},
    }
    await palle.act("submit", view_id=form["id"], values=values)
    request = await benny.message("the request", "beder dig overtage", "handover.accept")
    await palle.message("the receipt", "er spurgt om at overtage", "handover.withdraw")
    await world.restart()
    await benny.click(request, "handover.accept")
    welcome = await benny.message("the state of things", "Sådan står sagen nu", "Sanne Sagsbehandler")
    assert "handover.accept" not in written(welcome)
    await palle.message("that it is handed over", "har pladsen nu", without=("handover.withdraw",))
    await world.person("case1").message("the new one in the headline", "Benny Betjent (demo) (", "followup.propose")
