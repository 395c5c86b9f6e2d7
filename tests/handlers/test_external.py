"""People of another workspace, in a channel that is shared with it: no commands, but everything by button and mention."""

from __future__ import annotations

import pytest

from bot.clock import SystemClock
from bot.demo.directory import KOEGE
from bot.demo.person import NotSeenError, Seen
from bot.domain.routing import RoutingRule
from tests import acts
from tests.stage import EXTERNAL_ROOM, World

PETRA = {"police3": "U0POLICE3"}
"""Slack tells no e-mail of another workspace's people: she is known where her Slack id stands in the directory."""


def _petra_for_koege() -> RoutingRule:
    return RoutingRule(
        "koege-police", "DK", "police3", "fast kontakt for Køge", "kredsrådet (demo)", SystemClock().now(),
        municipality=KOEGE,
    )  # fmt: skip


async def petra_takes_part(world: World) -> Seen:
    """A case in the shared channel, opened by case1, in which somebody of the other workspace takes part; its headline."""
    await world.change_directory(room=EXTERNAL_ROOM, slack_ids=PETRA, rules=[_petra_for_koege()])
    sanne, petra = world.person("case1"), world.person("police3")
    answer = await acts.asks(sanne)
    assert "Petra Politi" in answer["text"]
    await sanne.click(answer, "case.open")
    form = await sanne.view("case.open")
    await sanne.act("submit", view_id=form["id"], values=acts.CASE)
    await petra.click(await acts.headline(world, "police3", "case.accept"), "case.accept")
    return await petra.message("herself in the headline", "Deltagere", "Petra Politi", without=("har ikke svaret",))


async def test_she_has_no_commands(world: World) -> None:
    """Slack gives people of another workspace no commands: the stand-in refuses as Slack does."""
    with pytest.raises(NotSeenError, match="not a valid command"):
        await world.person("police3").act("command", channel=EXTERNAL_ROOM, command="/kontakt")


async def test_a_mention_is_answered_to_her_alone(world: World) -> None:
    """@Bindeled in the shared channel: her contact, seen by nobody else there."""
    await world.change_directory(slack_ids=PETRA)
    petra = world.person("police3")
    await petra.act("message", channel=EXTERNAL_ROOM, text="@bindeled hvem er min kontakt?")
    answer = await petra.message("the contact", "Rita Rådgiver", "+45 00 00 01 02", "case.open")
    assert answer["ephemeral_to"] == "U0POLICE3"
    await world.quiet()
    for other in ("case1", "coord-p", "police1"):
        assert not await world.seen_by(other)


async def test_a_mention_in_a_thread_is_answered_in_that_thread(world: World) -> None:
    """Commands do not work inside threads; a mention does, and its answer stands beside the question."""
    await world.change_directory(slack_ids=PETRA)
    petra = world.person("police3")
    first = await petra.act("message", channel=EXTERNAL_ROOM, text="godmorgen")
    await petra.act("message", channel=EXTERNAL_ROOM, thread_ts=first["ts"], text="@bindeled hvem er min kontakt?")
    answer = await petra.message("the contact", "Rita Rådgiver")
    assert (answer["ephemeral_to"], answer["thread_ts"]) == ("U0POLICE3", first["ts"])


async def test_she_opens_a_case_with_buttons_alone(world: World) -> None:
    """From the answer to her mention she opens a case in the shared channel; the municipality's contact is asked."""
    await world.change_directory(room=EXTERNAL_ROOM, slack_ids=PETRA)
    petra = world.person("police3")
    await petra.act("message", channel=EXTERNAL_ROOM, text="@bindeled hvem er min kontakt?")
    await petra.click(await petra.message("the contact", "Rita Rådgiver"), "case.open")
    form = await petra.view("case.open")
    await petra.act("submit", view_id=form["id"], values=acts.CASE)
    await petra.message("the headline", "Deltagere", "Petra Politi")
    await world.person("case2").message("the request", "Petra Politi", "beder dig være med", "case.accept")


async def test_she_accepts_proposes_and_agrees_in_the_thread(world: World) -> None:
    """Asked as the contact, she has every step as a button of the headline in the shared channel."""
    sanne, petra = world.person("case1"), world.person("police3")
    headline = await petra_takes_part(world)
    await sanne.click(headline, "followup.propose")
    await acts.fills_in(sanne, "Petra")
    await petra.click(await acts.headline(world, "police3", "followup.agree"), "followup.agree")
    headline = await acts.headline(world, "police3", "Aftalt: Petra", "followup.done")
    await petra.click(headline, "followup.done")
    await acts.headline(world, "case1", "Udført: Svar om samtale")


async def test_somebody_of_another_workspace_whom_the_directory_does_not_know_is_a_stranger(world: World) -> None:
    """Her work e-mail alone cannot be read across workspaces: told why, alone, and shown nothing."""
    petra = world.person("police3")
    await petra.act("message", channel=EXTERNAL_ROOM, text="@bindeled hvem er min kontakt?")
    told = await petra.message("why not", "Jeg kan kun hjælpe")
    assert told["ephemeral_to"] == "U0POLICE3"
    await world.quiet()
    assert len(await world.seen_by("police3")) == 1
