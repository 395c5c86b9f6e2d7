"""What an operator's monitoring asks: does it live, can it work, what does it count."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request

from bot.health import STALE, Health
from bot.usecases.auditing import Findings
from tests import acts
from tests.handlers.http_mode import HttpStage
from tests.stage import World, running


@pytest.fixture
async def stage(tmp_path: Path) -> HttpStage:
    """Not yet running."""
    return HttpStage(tmp_path)


@pytest.fixture
async def world(stage: HttpStage, tmp_path: Path) -> AsyncIterator[World]:
    """The demo world, the bot reached over HTTP."""
    async with running(stage, tmp_path) as made:
        yield made


async def get(session: ClientSession, stage: HttpStage, name: str) -> tuple[int, str]:
    """Status and words of one of the three addresses."""
    async with session.get(stage.address.replace("/slack/events", f"/{name}")) as response:
        return response.status, await response.text()


async def test_a_bot_at_work_lives_is_ready_and_counts(world: World, stage: HttpStage) -> None:
    """What was sent is counted with its delay; no name, code or text stands in the numbers."""
    await acts.accepted(world)
    await world.quiet()
    assert await get(world.session, stage, "livez") == (200, "ok\n")
    assert await get(world.session, stage, "readyz") == (200, "ok\n")
    status, said = await get(world.session, stage, "metrics")
    assert status == 200
    assert 'bindeled_deliveries_total{kind="nudge",outcome="sent"} 1.0' in said
    assert 'bindeled_delivery_delay_seconds_bucket{kind="headline",le="10.0"}' in said
    for word in ("Palle", "Sanne", "U0POLICE1", "Køge", "C0"):
        assert word not in said


async def test_what_slack_refuses_is_counted_too(world: World, stage: HttpStage) -> None:
    """A monitoring sees that Slack asks for patience."""
    headline = await acts.accepted(world)
    sanne = world.person("case1")
    await sanne.click(headline, "followup.propose")
    await world.fault("ratelimit", "chat.postMessage", rate=1.0, count=1, retry_after=1)
    await acts.fills_in(sanne, "Palle")
    await world.person("police1").message("the proposal", "foreslår en opfølgning")
    await world.quiet()
    _, said = await get(world.session, stage, "metrics")
    assert 'outcome="later"} 1.0' in said


@pytest.fixture
async def asked() -> AsyncIterator[tuple[Health, TestClient[Request, Application]]]:
    """A bot's health alone, and somebody who asks."""
    health, app = Health(), Application()
    app.router.add_routes(health.routes())
    async with TestClient(TestServer(app)) as client:
        yield health, client


async def test_what_is_past_its_time_makes_the_bot_not_ready_and_says_so(
    asked: tuple[Health, TestClient[Request, Application]],
) -> None:
    """The auditor's finding stands in health and in the numbers; when it is sent, all is well again."""
    health, client = asked
    health.audited(Findings({"due": 7}, overdue=2, oldest_seconds=900.0, parked=1))
    answer = await client.get("/readyz")
    assert (answer.status, await answer.text()) == (503, "2 deliveries are past their time and unsent\n")
    said = await (await client.get("/metrics")).text()
    for line in (
        'bindeled_deliveries_waiting{state="due"} 7.0', "bindeled_deliveries_overdue 2.0",
        "bindeled_deliveries_overdue_seconds 900.0", "bindeled_deliveries_parked 1.0",
    ):  # fmt: skip
        assert line in said
    assert (await client.get("/livez")).status == 200
    health.audited(Findings({}, overdue=0, oldest_seconds=0.0, parked=1))
    assert (await client.get("/readyz")).status == 200


async def test_a_bot_that_no_longer_looks_for_work_is_not_alive(
    asked: tuple[Health, TestClient[Request, Application]],
) -> None:
    """Whoever watches it starts it again."""
    health, client = asked
    health.ticked -= STALE + 1
    assert (await client.get("/livez")).status == 503
    health.tick()
    assert (await client.get("/livez")).status == 200
    health.database = False
    assert await (await client.get("/readyz")).text() == "the database does not answer\n"
