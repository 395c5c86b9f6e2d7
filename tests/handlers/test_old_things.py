"""Commands nobody listens to, buttons and forms of another version, forms that came too late."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.demo.person import NotSeenError
from tests import acts
from tests.stage import Scene, World, running


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """The demo world; here the app was registered with whatever command anybody ever listened to."""
    async with running(Scene(tmp_path, all_rights=True), tmp_path) as made:
        yield made


async def test_an_unknown_command_gets_a_friendly_answer(world: World) -> None:
    """A command of another version: what it was, and what the bot can do."""
    answer = await world.person("case1").act("command", channel="alle", command="/kaffe", text="to, tak")
    assert "Kommandoen /kaffe kender jeg ikke." in answer["ack"]["text"]
    assert "hvem er min politikontakt" in answer["ack"]["text"]
    assert "tak" not in answer["ack"]["text"].replace("kontakt", "")


@pytest.mark.parametrize("action_id", ["coffee.brew", "case.brew", "followup.propose.77", "x"])
async def test_a_button_of_another_version_gets_a_friendly_answer(world: World, action_id: str) -> None:
    """Nobody listens to it any more: she is told so, alone, and what to do."""
    sanne = world.person("case1")
    await acts.taps_old(sanne, await acts.asks(sanne), action_id, "what-it-once-carried")
    await sanne.message("a friendly answer", "Den knap er fra en ældre udgave")
    await world.quiet()
    assert len(await world.seen_by("case1", "ældre udgave")) == 1


@pytest.mark.parametrize(
    "action_id",
    [
        "case.accept",
        "followup.agree",
        "followup.redate",
        "followup.propose",
        "case.decline",
        "case.stage",
        "case.invite",
        "case.correct",
        "case.more",
        "case.page",
    ],
)
@pytest.mark.parametrize("value", ["", "no-such-record", "'; DROP TABLE matters; --"])
async def test_a_button_with_a_value_of_another_version_gets_a_friendly_answer(
    world: World, action_id: str, value: str
) -> None:
    """A record that is not there, or none she may know of, are the same to her."""
    sanne = world.person("case1")
    await acts.taps_old(sanne, await acts.asks(sanne), action_id, value)
    await sanne.message("a friendly answer", "Det findes ikke, eller du har ikke adgang til det")


@pytest.mark.parametrize("value", ["", "259", "259:gone:", "259:gone:physical-violence:more", "0999:gone:"])
async def test_open_case_with_a_value_of_another_version_gets_a_friendly_answer(world: World, value: str) -> None:
    """*Åbn sag* that carries what an older version put into it: told to find the contact again, no form."""
    sanne = world.person("case1")
    await acts.taps_old(sanne, await acts.asks(sanne), "case.open", value)
    await world.quiet()
    told = await world.seen_by("case1", "Find kontakten igen") + await world.seen_by("case1", "ældre udgave")
    assert len(told) == 1
    assert not (await sanne.state())["views"]


async def test_a_form_of_another_version_says_that_nothing_was_kept(world: World) -> None:
    """A form is sent whose callback nobody listens to: it turns into a friendly sentence."""
    sanne = world.person("case1")
    answer = await acts.asks(sanne)
    await sanne.click(answer, "case.open")
    form = await sanne.view("case.open")
    await world.call(
        "views.update",
        view_id=form["id"],
        view={
            "type": "modal",
            "callback_id": "coffee.order",
            "title": {"type": "plain_text", "text": "Kaffe"},
            "submit": {"type": "plain_text", "text": "Bestil"},
            "blocks": [b for b in form["blocks"] if b["type"] == "input"],
        },
    )
    answer = await sanne.act("submit", view_id=form["id"], values=acts.CASE)
    assert answer["ack"]["response_action"] == "update"
    assert "ældre udgave" in str(answer["ack"]["view"])
    assert world.count("cases") == 0


async def test_a_form_whose_fields_are_of_another_version_is_answered(world: World) -> None:
    """The callback is known but its fields are not: a friendly sentence, no error, nothing kept."""
    sanne = world.person("case1")
    await sanne.click(await acts.asks(sanne), "case.open")
    form = await sanne.view("case.open")
    element = {"type": "plain_text_input", "action_id": "how"}
    await world.call(
        "views.update",
        view_id=form["id"],
        view={
            "type": "modal",
            "callback_id": "case.open",
            "title": {"type": "plain_text", "text": "Sag"},
            "submit": {"type": "plain_text", "text": "Åbn"},
            "private_metadata": "259",
            "blocks": [
                {
                    "type": "input",
                    "block_id": "how",
                    "label": {"type": "plain_text", "text": "Hvordan"},
                    "element": element,
                }
            ],
        },
    )
    answer = await sanne.act("submit", view_id=form["id"], values={"how": {"how": "hurtigt"}})
    assert answer["ack"]["response_action"] == "update"
    assert "ældre udgave" in str(answer["ack"]["view"])
    assert world.count("cases") == 0


async def test_a_form_that_came_too_late_asks_for_another_tap(world: World) -> None:
    """The tap reached the bot after three seconds: Slack opens no form any more, and she is told to tap again."""
    sanne = world.person("case1")
    answer = await acts.asks(sanne)
    await world.fault("slow", "case.open", count=1, delay_ms=3100)
    with pytest.raises(NotSeenError, match="operation_timeout"):
        await sanne.click(answer, "case.open")
    await sanne.message("what to do", "Formularen nåede ikke frem i tide. Tryk igen.")
    await sanne.click(answer, "case.open")
    await sanne.view("case.open")


async def test_a_form_asked_for_twice_opens_once_without_a_word(world: World) -> None:
    """Slack delivers a tap twice: the second finds the form already open and says nothing."""
    sanne = world.person("case1")
    answer = await acts.asks(sanne)
    await world.fault("twice", "interactive", count=1)
    await sanne.click(answer, "case.open")
    await sanne.view("case.open")
    await world.quiet()
    assert len((await sanne.state())["views"]) == 1
    assert not await world.seen_by("case1", "Formularen nåede ikke frem")
