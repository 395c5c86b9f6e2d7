"""The main job, acted through the wire: as it is, interrupted, killed, and from the other side."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.demo.person import Seen
from bot.demo.play import Play
from bot.demo.transcript import Transcript
from tests.scenarios.process import KilledStage
from tests.stage import World, running


async def test_the_main_job_happens(world: World) -> None:
    """She asks, opens, proposes; he accepts, agrees, is reminded once and is done."""
    told: list[object] = []
    await Play(world.stage, world.session, Transcript(told.append)).act()
    assert len(told) > 50


async def test_the_main_job_happens_with_the_bot_away_between_any_two_steps(world: World) -> None:
    """Stopped and started again after every step, the bot loses nothing."""
    await Play(world.stage, world.session, Transcript(lambda _line: None)).act(between=world.restart)


@pytest.mark.slow
async def test_the_main_job_happens_with_the_bot_killed_between_any_two_steps(tmp_path: Path) -> None:
    """`bindeled run`, killed without a word after every step and started again, loses nothing."""
    stage = KilledStage(tmp_path)
    async with running(stage, tmp_path) as world:
        await Play(stage, world.session, Transcript(lambda _line: None)).act(between=stage.die_and_come_back)
    assert stage.kills >= 8


async def test_the_police_begin_and_the_municipality_owes(world: World) -> None:
    """Promise 5: police1 asks, opens and proposes; case2 accepts, agrees, is reminded once and does it."""
    palle, rita = world.person("police1"), world.person("case2")
    await palle.act("message", channel="@bindeled", text="hvem er min kontakt i kommunen?")
    answer = await palle.message("the contact", "Rita Rådgiver", "+45 00 00 01 02", "Derfor", "114", "case.open")
    await palle.click(answer, "case.open")
    form = await palle.view("case.open")
    await palle.act(
        "submit",
        view_id=form["id"],
        values={"kind": {"case.kind": "young-offending"}, "urgency": {"case.urgency": "next-day"}},
    )
    request = await rita.message("the request", "Palle Politi", "beder dig være med", "case.accept")
    await rita.click(request, "case.accept")
    headline = await palle.message(
        "her in the headline", "Rita Rådgiver", "followup.propose", without=("har ikke svaret",)
    )
    await palle.click(headline, "followup.propose")
    form = await palle.view("followup.propose")
    owner = _option(form, "owner", "Rita")
    due = next(b for b in form["blocks"] if b.get("block_id") == "due")["element"]["initial_date_time"]
    values = {
        "what": {"followup.what": "agree-on-meeting"},
        "owner": {"followup.owner": owner},
        "due": {"followup.due": due},
    }
    await palle.act("submit", view_id=form["id"], values=values)
    await rita.click(await rita.message("the proposal", "foreslår en opfølgning", "followup.agree"), "followup.agree")
    await palle.message("the agreement", "Aftalt: Rita Rådgiver", "followup.propose")
    await world.quiet()
    reminder: list[Seen] = []
    while not reminder:
        await world.advance(6 * 3600)
        reminder = await world.seen_by("case2", "Påmindelse", "followup.done")
    assert len(reminder) == 1
    await rita.click(reminder[0], "followup.done")
    await palle.message("done in the headline", "Udført: ", "Rita Rådgiver", "followup.propose")
    await world.quiet()
    before = len(await world.seen_by("case2"))
    await world.advance(14 * 86400)
    assert len(await world.seen_by("case2")) == before


def _option(view: Seen, block_id: str, name: str) -> str:
    field = next(block for block in view["blocks"] if block.get("block_id") == block_id)
    return next(str(o["value"]) for o in field["element"]["options"] if o["text"]["text"].startswith(name))
