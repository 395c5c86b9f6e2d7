"""Slack is slow, full, away, or lies about what it took: nothing is lost, nothing comes twice where the bot may look."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.demo.person import Seen
from bot.usecases import delivery
from storage.sending import LEASE
from tests import acts
from tests.stage import World

POST = "chat.postMessage"


async def test_a_full_channel_is_tried_again_when_slack_said(world: World) -> None:
    """429 with Retry-After 2: the message comes once, not before two seconds have passed."""
    sanne = world.person("case1")
    answer = await acts.asks(sanne)
    await world.quiet()
    await world.fault("ratelimit", POST, count=1, retry_after=2)
    await sanne.click(answer, "case.open")
    form = await sanne.view("case.open")
    await sanne.act("submit", view_id=form["id"], values=acts.CASE)
    await sanne.message("the headline", "Deltagere")
    await world.quiet()
    posts = [line for line in await world.wire(kind="api", method=POST) if line["seq"] > 0]
    refused = next(i for i, line in enumerate(posts) if line["status"] == 429)
    assert _seconds(posts[refused + 1]) - _seconds(posts[refused]) >= 2
    assert len(await world.seen_by("case1", "Deltagere")) == 1


@pytest.mark.parametrize("kind", ["ratelimit", "error", "drop", "lost"])
async def test_nothing_is_lost_or_doubled_while_posting_is_broken(world: World, kind: str) -> None:
    """The first three posts of a case fail in one way: every message of it comes, each of them once."""
    sanne = world.person("case1")
    await acts.asks(sanne)
    await world.quiet()
    await sanne.click((await world.seen_by("case1", "Derfor"))[0], "case.open")
    form = await sanne.view("case.open")
    await world.fault(kind, POST, count=3)
    await sanne.act("submit", view_id=form["id"], values=acts.CASE)
    for _ in range(6):
        await world.quiet()
        await world.advance(6)
    request = await world.person("police1").message("the request", "beder dig være med", "case.accept", "Gå til tråden")
    await world.person("police1").click(request, "case.accept")
    await sanne.message("him in the headline", "Deltagere", "Palle Politi", without=("har ikke svaret",))
    await world.quiet()
    assert len(await world.seen_by("police1", "beder dig være med")) == 1
    assert len(await world.seen_by("case1", "er åbnet")) == 1
    assert len(await world.seen_by("case1", "Deltagere")) == 1
    assert not world.rows("SELECT kind, error FROM deliveries WHERE state IN ('parked', 'unknown')")


async def test_a_slow_answer_holds_up_nobody_else(world: World) -> None:
    """Slack takes its time with one message: a case that is opened meanwhile gets its thread while that one is still open."""
    sanne = world.person("case1")
    answer = await acts.asks(sanne)
    await sanne.click(answer, "case.open")
    form = await sanne.view("case.open")
    await world.quiet()
    await world.fault("slow", POST, count=1, delay_ms=6000)
    await sanne.click(answer, "callback.ask")
    await sanne.act("submit", view_id=form["id"], values=acts.CASE)
    await sanne.message("the headline", "Deltagere")
    assert world.rows("SELECT count(*) FROM deliveries WHERE state = 'sending' AND kind != 'headline'") == [(1,)]
    await world.quiet()
    assert not world.rows("SELECT kind FROM deliveries WHERE state = 'sending'")


async def test_a_look_that_fails_is_no_proof_that_nothing_was_sent(world: World) -> None:
    """Slack took a message but the answer was lost, and the look for it fails too: it is looked for again, not resent."""
    sanne = world.person("case1")
    answer = await acts.asks(sanne)
    await sanne.click(answer, "case.open")
    form = await sanne.view("case.open")
    await world.fault("lost", POST, count=1)
    await world.fault("error", "conversations.history", count=1)
    await sanne.act("submit", view_id=form["id"], values=acts.CASE)
    await world.quiet()
    for _ in range(4):
        await world.advance(6)
        await world.quiet()
    assert len(await world.seen_by("case1", "Deltagere")) == 1
    assert len(await world.wire(kind="api", method="conversations.history")) == 2
    await world.person("police1").message("the request", "beder dig være med", "Gå til tråden")


async def test_broken_edits_are_made_good(world: World) -> None:
    """Edits that fail, or whose outcome is unknown, are made again: at the end all show what is true."""
    request = await acts.opens(world)
    await world.quiet()
    for kind in ("error", "drop", "lost", "ratelimit"):
        await world.fault(kind, "chat.update", count=1)
    palle = world.person("police1")
    await palle.click(request, "case.accept")
    for _ in range(5):
        await world.quiet()
        await world.advance(6)
    await palle.message("his answer", "svaret ja", without=("case.accept",))
    await world.person("case1").message("the headline", "Deltagere", without=("har ikke svaret",))
    await world.person("case1").message("the receipt", "er åbnet", without=("har ikke svaret",))


@pytest.mark.parametrize("begun", [False, True], ids=["claimed", "sending"])
async def test_what_a_dead_process_held_is_sent_once_by_the_next(world: World, begun: bool) -> None:  # noqa: FBT001 - the two ways to die
    """A process dies after it claimed a delivery, or after it began to send: the next one sends it, once."""
    sanne = world.person("case1")
    answer = await acts.asks(sanne)
    await sanne.click(answer, "case.open")
    form = await sanne.view("case.open")
    await world.fault("ratelimit", POST, retry_after=1, rate=1)
    await sanne.act("submit", view_id=form["id"], values=acts.CASE)
    await world.stage.stop_bot()
    await world.heal()
    await asyncio.sleep(1.2)  # what Slack asked to wait is real time
    async with world.work() as work:
        claimed = delivery.claim(work, workspace_id=world.stage.running.team_id, limit=20)
        assert claimed
        if begun:
            assert delivery.begin(work, claimed[0].id) is not None
    await world.stage.start_bot()
    await world.advance((LEASE + timedelta(seconds=1)).total_seconds())
    await world.advance(10)
    await world.quiet()
    assert len(await world.seen_by("case1", "Deltagere")) == 1
    assert len(await world.seen_by("police1", "beder dig være med")) == 1


async def test_a_socket_that_breaks_is_opened_again(world: World) -> None:
    """Slack restarts: the bot connects again by itself and goes on as if nothing had been."""
    request = await acts.opens(world)
    await world.fault("restart", delay_ms=300)
    state = await world.state()
    while not state["bot_connected"]:
        await asyncio.sleep(0.1)
        state = await world.state()
    await world.person("police1").click(request, "case.accept")
    await world.person("case1").message("him in the headline", "Deltagere", without=("har ikke svaret",))
    await world.quiet()
    assert len(await world.seen_by("police1", "beder dig være med")) == 1


async def test_reminders_are_sent_once_though_slack_loses_the_answer(world: World) -> None:
    """The reminder is taken by Slack and the connection breaks: it is found again in the direct message."""
    proposal = await acts.proposed(world)
    palle = world.person("police1")
    await palle.click(proposal, "followup.agree")
    await palle.message("his yes", "Der er sagt ja")
    await world.quiet()
    await world.fault("lost", POST, count=1)
    for _ in range(16):
        await world.advance(6 * 3600)
        await world.quiet()
    await world.advance(20)
    await world.quiet()
    assert len(await world.seen_by("police1", "Påmindelse")) == 1
    assert len(await world.wire(kind="api", method="conversations.history")) >= 1


def _seconds(line: Seen) -> float:
    return datetime.fromisoformat(line["at"]).timestamp()


async def test_an_answer_slack_asks_to_wait_with_comes_when_the_wait_is_over(world: World) -> None:
    """Somebody waits for it, so the bot does, too; it comes once."""
    await world.fault("ratelimit", "chat.postMessage", rate=1.0, count=2, retry_after=1)
    await acts.asks(world.person("case1"))
    await world.quiet()
    assert len(await world.seen_by("case1", "Derfor")) == 1
