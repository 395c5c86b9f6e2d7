"""The main job, acted through the wire: as it is, interrupted, killed, and from the other side."""

from __future__ import annotations

from bot.demo.play import Play
from bot.demo.transcript import Transcript
from tests.world import World


async def test_the_main_job_happens(world: World) -> None:
    """She asks, opens, proposes; he accepts, agrees, is reminded once and is done."""
    told: list[object] = []
    await Play(world.stage, world.session, Transcript(told.append)).act()
    assert len(told) > 50


async def test_the_main_job_happens_with_the_bot_away_between_any_two_steps(world: World) -> None:
    """Stopped and started again after every step, the bot loses nothing."""
    await Play(world.stage, world.session, Transcript(lambda _line: None)).act(between=world.restart)
