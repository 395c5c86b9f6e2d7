"""*Passer det stadig?*, as the demo people answer it over the wire."""

from __future__ import annotations

from bot.demo.person import Person, Seen
from tests.stage import World

NINETY_DAYS = 90 * 86400


async def asked(world: World, handle: str = "police1") -> tuple[Person, Seen]:
    """Ninety days and some have passed; the question as one of them sees it."""
    await world.advance(NINETY_DAYS)
    await world.advance(4 * 86400)  # whatever day it was, an office was open
    person = world.person(handle)
    return person, await person.message("the question", "Passer det stadig?", "confirmation.yes")


async def test_yes_is_one_tap(world: World) -> None:
    """The same message says that it is confirmed."""
    palle, question = await asked(world)
    await palle.click(question, "confirmation.yes")
    after = await palle.message("thanks", "Du har bekræftet det", without=("confirmation.yes",))
    assert after["ts"] == question["ts"]


async def test_a_correction_names_what_cannot_be_used_and_then_is_kept(world: World) -> None:
    """*Ret* shows what stands there; a number that cannot be one is named below its field; a colleague is typed for."""
    palle, question = await asked(world)
    await palle.click(question, "confirmation.correct")
    form = await palle.view("confirmation.correct")
    offered = await palle.act(
        "options", view_id=form["id"], block_id="substitute", action_id="confirmation.substitute", query="petra"
    )
    values = {
        "phone": {"confirmation.phone": "12"},
        "hours": {"confirmation.hours": "man-tor 8-15"},
        "substitute": {"confirmation.substitute": offered["ack"]["options"][0]["value"]},
    }
    refused = await palle.act("submit", view_id=form["id"], values=values)
    assert "phone" in refused["ack"]["errors"]
    values["phone"] = {"confirmation.phone": "20 30 40 50"}
    await palle.act("submit", view_id=form["id"], values=values)
    await palle.message("the corrected entry", "Det er rettet", "+45 20 30 40 50", "man-tor 8-15", "Petra Politi")


async def test_whoever_has_left_is_reported_to_the_coordinator(world: World) -> None:
    """He stands in the directory no more, and his coordinator hears of it."""
    palle, question = await asked(world)
    await palle.click(question, "confirmation.left")
    await palle.message("his own message", "ikke i kataloget mere")
    await world.person("coord-p").message("the correction", "Palle Politi", "Arbejder der ikke mere", "correction.done")
