"""App Home over the wire."""

from __future__ import annotations

from bot.demo.person import Seen
from tests.stage import World


def _home(state: Seen) -> Seen | None:
    return next((home["view"] for home in state["homes"] if home["view"]["blocks"]), None)


async def test_home_shows_the_contact_first_and_what_waits(world: World) -> None:
    """Whoever opens Home sees whom to ring on the first screen, then what waits for her."""
    sanne = world.person("case1")
    await sanne.act("home")
    view = await sanne.sees("her Home", _home)
    assert "Palle Politi" in str(view["blocks"][1])
    assert "Intet venter på dig" in str(view["blocks"][-1])


async def test_a_button_in_home_works_and_answers_in_the_direct_message(world: World) -> None:
    """A click in Home has no message to answer beside: what is to be said comes as a direct message."""
    sanne = world.person("case1")
    await sanne.act("home")
    view = await sanne.sees("her Home", _home)
    row = next(block for block in view["blocks"] if block["type"] == "actions")
    ring = next(element for element in row["elements"] if element["action_id"] == "callback.ask")
    await sanne.act("click", home=True, action_id="callback.ask", block_id=row["block_id"], value=ring["value"])
    await sanne.message("the receipt of her wish", "Palle Politi")
    await sanne.act("click", home=True, action_id="gone.away", block_id=row["block_id"], value="x", force=True)
    await sanne.message("what became of an old button", "ældre udgave")


async def test_a_stranger_sees_no_home(world: World) -> None:
    """Nobody of no known agency learns anything there either."""
    await world.person("stranger1").act("home")
    await world.quiet()
    assert [call for call in await world.wire() if call["method"] == "views.publish"] == []
