"""What could not be sent, as people see it in Slack."""

from __future__ import annotations

from tests import acts
from tests.stage import World


async def test_a_coordinator_reads_why_and_tries_again(world: World) -> None:
    """The direct message is refused: he is called in the thread; the coordinator's list has it, with one tap it comes."""
    sanne = world.person("case1")
    await acts.asks(sanne)
    await world.quiet()
    await sanne.click((await world.seen_by("case1", "Derfor"))[0], "case.open")
    form = await sanne.view("case.open")
    await world.change_directory(slack_ids={"police1": "U0NOBODY"})
    await sanne.act("submit", view_id=form["id"], values=acts.CASE)
    await world.quiet()
    await world.advance(3)
    assert len(await world.seen_by("case1", "kunne ikke skrive direkte")) == 1
    await world.change_directory(slack_ids={"police1": "U0POLICE1"})
    chief = world.person("coord-p")
    await chief.act("command", channel="alle", command="/bindeled", text="hænger")
    listed = await chief.message("the list", "Kunne ikke sendes", "Slack kender ikke personen", "stuck.retry")
    await chief.click(listed, "stuck.retry")
    await world.person("police1").message("the request", "beder dig være med", "case.accept")
    await world.quiet()
    assert len(await world.seen_by("police1", "beder dig være med")) == 1
