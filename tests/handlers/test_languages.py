"""Everybody reads her own language; what all share stands in the room's."""

from __future__ import annotations

from bot.demo.directory import POLICE
from bot.demo.person import written
from tests import acts
from tests.stage import World


async def test_each_reads_her_agencys_language_and_the_headline_stays_danish(world: World) -> None:
    """The police read English: answer, request, form, refusal; the headline in the room is Danish for both."""
    await world.change_directory(language={POLICE: "en"})
    sanne, palle = world.person("case1"), world.person("police1")
    answer = await palle.act("command", channel="alle", command="/kontakt")
    assert "Contact in Køge" in answer["ack"]["text"]
    await sanne.click(await acts.asks(sanne), "case.open")
    assert (await sanne.view("case.open"))["title"]["text"] == "Åbn sag"
    form = await sanne.view("case.open")
    await sanne.act("submit", view_id=form["id"], values=acts.CASE)
    request = await palle.message(
        "the request in English", "asks you to take part", "Physical violence", "Go to the thread"
    )
    assert "Fysisk vold" not in written(request)
    await palle.click(request, "case.decline")
    assert (await palle.view("case.decline"))["title"]["text"] == "I cannot"
    await palle.act("close", view_id=(await palle.view("case.decline"))["id"])
    headlines = [await acts.headline(world, handle, "Fysisk vold", "Deltagere") for handle in ("case1", "police1")]
    assert headlines[0]["text"] == headlines[1]["text"]
    await palle.click(headlines[1], "followup.propose")
    told = await palle.message("a refusal in English", "Only those who take part in the case")
    assert told["ephemeral_to"] == "U0POLICE1"
    await sanne.message("her receipt in Danish", "er åbnet", "har ikke svaret endnu")


async def test_reminders_and_their_dates_are_in_the_readers_language(world: World) -> None:
    """He is reminded in English, with an English date; her receipt stays Danish."""
    await acts.asks(world.person("police1"))
    proposal = await acts.proposed(world)
    await world.change_directory(language={POLICE: "en"})
    palle = world.person("police1")
    await palle.click(proposal, "followup.agree")
    await palle.message("his yes in English", "Agreed. You will be reminded")
    await world.quiet()
    reminder = None
    while reminder is None:
        await world.advance(6 * 3600)
        reminder = next(iter(await world.seen_by("police1", "Reminder")), None)
    assert "Responsible: Palle Politi" in reminder["text"]
    assert "kl." not in reminder["text"]
    await acts.headline(world, "police1", "Aftalt: Palle Politi", "kl. ")
