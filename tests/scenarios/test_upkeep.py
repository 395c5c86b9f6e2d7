"""The holes of the directory, as the demo people see them over the wire."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.demo.directory import KOEGE
from bot.domain.routing import RoutingRule
from tests.stage import World

UNCONFIRMED = RoutingRule("koege-neglect", "DK", "police2", "prøve", "ingen", None, municipality=KOEGE, kind="neglect")
"""Nobody confirmed it, and whoever answers by it has no substitute: two holes of the police."""
DANISH = ZoneInfo("Europe/Copenhagen")


async def monday(world: World) -> float:
    """Seconds until a little after nine on the coming Monday."""
    now = datetime.fromisoformat((await world.state())["now"]).astimezone(DANISH)
    days = -now.weekday() % 7 or 7
    nine = (now + timedelta(days=days)).replace(hour=10, minute=5, second=0, microsecond=0)
    return (nine - now).total_seconds()


async def test_the_coordinator_sees_her_holes_and_a_colleague_reads_who_may(world: World) -> None:
    """`/bindeled huller` answers the coordinator of the police with her own agency's holes alone."""
    await world.change_directory(rules=[UNCONFIRMED])
    told = await world.person("coord-p").act("command", channel="@bindeled", command="/bindeled", text="huller")
    text = told["ack"]["text"]
    assert "Kataloget har 2 huller" in text
    assert "Benny Betjent" in text
    assert "aldrig bekræftet" in text
    other = await world.person("coord-m").act("command", channel="@bindeled", command="/bindeled", text="huller")
    assert "Benny Betjent" not in other["ack"]["text"]
    refused = await world.person("police1").act("command", channel="@bindeled", command="/bindeled", text="huller")
    assert "Vera Vicepolitikommissær" in refused["ack"]["text"]


async def test_on_monday_the_notice_comes_and_leads_to_all_of_them(world: World) -> None:
    """One message with the first holes; *Vis alle* shows every one below it."""
    vera = world.person("coord-p")
    await world.change_directory(rules=[UNCONFIRMED])
    await world.until("the notice is planned", lambda: bool(world.rows("SELECT 1 FROM matters WHERE kind = 'upkeep'")))
    await world.advance(await monday(world))
    notice = await vera.message("the notice", "Ny uge: kataloget har", "upkeep.show")
    await vera.click(notice, "upkeep.show")
    await vera.message("all of them", "Kataloget har", " af ")
