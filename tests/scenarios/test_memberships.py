"""A stranger becomes known, over the wire."""

from __future__ import annotations

from bot.demo.person import written
from tests import acts
from tests.stage import World


async def test_a_stranger_says_where_she_works_and_is_answered_once_it_is_confirmed(world: World) -> None:
    """Question, button, form; the coordinator's yes; the next question is answered."""
    stranger, coordinator = world.person("stranger1"), world.person("coord-m")
    await stranger.act("message", channel="@bindeled", text="hvem er min politikontakt?")
    told = await stranger.message("why not, and the way on", "Jeg kan kun hjælpe", "membership.ask")
    await stranger.click(told, "membership.ask")
    form = await stranger.view("membership.ask")
    found = (await stranger.act("options", view_id=form["id"], action_id="membership.place", query="køge"))["ack"]
    place = next(o["value"] for o in found["options"] if o["text"]["text"] == "Køge")
    answer = await stranger.act("submit", view_id=form["id"], values={"place": {"membership.place": place}})
    assert "Hvis jeres koordinator bekræfter" in str(answer["ack"])
    question = await coordinator.message("the question", "siger, at han eller hun arbejder hos", "membership.confirm")
    await stranger.act("message", channel="@bindeled", text="og nu?")
    await stranger.message("still nothing", "Jeg kan kun hjælpe", "membership.ask")
    await world.restart()
    await coordinator.click(question, "membership.confirm")
    await coordinator.message("that it is done", "er nu i kataloget", without=("membership.confirm",))
    await stranger.message("the welcome", "Nu kender jeg dig", "contact.find")
    assert "Palle Politi" in written(await acts.asks(stranger))
