"""The room is archived, or the bot is no longer in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.demo.stage import ROOM
from tests import acts
from tests.stage import Scene, World, running


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """The demo world; here the app may archive channels, which no demo person can."""
    async with running(Scene(tmp_path, all_rights=True), tmp_path) as made:
        yield made


@pytest.mark.parametrize(
    ("method", "reason"), [("conversations.archive", "is_archived"), ("conversations.leave", "channel_not_found")]
)
async def test_without_the_room_the_contact_is_asked_all_the_same(world: World, method: str, reason: str) -> None:
    """The headline is parked with Slack's reason; the contact is asked in a direct message, the opener has her receipt."""
    await world.call(method, channel=await world.channel_id(ROOM))
    sanne, palle = world.person("case1"), world.person("police1")
    await sanne.click(await acts.asks(sanne), "case.open")
    form = await sanne.view("case.open")
    await sanne.act("submit", view_id=form["id"], values=acts.CASE)
    request = await palle.message("the request", "beder dig være med", "case.accept", without=("Gå til tråden",))
    await palle.click(request, "case.accept")
    await sanne.message("her receipt", "er åbnet", without=("har ikke svaret",))
    await world.quiet()
    parked = world.rows("SELECT DISTINCT kind, error FROM deliveries WHERE state = 'parked'")
    assert parked == [("headline", reason)]
