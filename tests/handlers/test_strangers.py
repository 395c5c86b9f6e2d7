"""People of no known agency: told why, shown nothing, and nothing is kept of what they asked."""

from __future__ import annotations

import pytest

from bot.clock import SystemClock
from bot.demo.directory import entries
from bot.demo.person import NotSeenError, Seen, written
from tests import acts
from tests.stage import CODE, World

WHY = "Jeg kan kun hjælpe personer, hvis myndighed er tilmeldt"
MARK = "zebrafinke"


def learns_nothing(messages: list[Seen]) -> None:
    """No name, no phone, no case code in anything the bot said."""
    names = [contact.name for contact in entries("C0", SystemClock().now()).contacts]
    for message in messages:
        said = written(message)
        assert not [name for name in names if name.removesuffix(" (demo)") in said]
        assert "+45" not in said
        assert not CODE.search(said)
        buttons = {e["action_id"] for b in message["blocks"] for e in b.get("elements", ()) if e["type"] == "button"}
        assert buttons <= {"membership.ask"}


async def test_each_way_of_asking_tells_why_and_shows_nothing(world: World) -> None:
    """Direct message, command, mention and button: one friendly reason each, to her alone; the database knows nothing."""
    await acts.opens(world)
    stranger = world.person("stranger1")
    await stranger.act("message", channel="@bindeled", text=f"hvem er kontakten i {MARK}?")
    await stranger.message("why not", WHY)
    for command in ("/kontakt", "/sag", "/aftale", "/bindeled"):
        answer = await stranger.act("command", channel="alle", command=command, text=f"{MARK} Køge")
        assert WHY in answer["ack"]["text"]
        assert answer["ack"]["response_type"] == "ephemeral"
    await world.person("case1").act("invite", channel="alle", user="@bindeled")
    await stranger.act("message", channel="alle", text=f"@bindeled hvem er kontakten i {MARK}?")
    mentioned = await stranger.message("why not", WHY)
    assert mentioned["ephemeral_to"] == "U0STRANGER1"
    await world.quiet()
    told = await world.seen_by("stranger1")
    assert len(told) == 7  # and the hello to the whole channel
    learns_nothing(told)
    kept = "\n".join(str(row) for table in _tables(world) for row in world.rows(f"SELECT * FROM {table}"))  # noqa: S608 - the schema's own names
    assert MARK not in kept
    assert "STRANGER1" not in kept


@pytest.mark.parametrize("action_id", ["contact.find", "case.open", "case.accept", "followup.propose", "followup.done"])
async def test_a_button_in_a_channel_she_is_in_tells_why(world: World, action_id: str) -> None:
    """A tap on a button of ours, with a real record behind it: told why, alone; nothing changes, no form opens."""
    request = await acts.opens(world)
    value = str(acts.button(request, "case.accept")["value"])
    await world.person("case1").act("invite", channel="alle", user="@bindeled")
    shown = await world.person("case2").act("message", channel="alle", text="god morgen")
    stranger = world.person("stranger1")
    message = {"channel": await world.channel_id("alle"), "ts": shown["ts"], "blocks": [], "text": ""}
    await acts.taps_old(stranger, message, action_id, value)
    told = await stranger.message("why not", WHY)
    assert told["ephemeral_to"] == "U0STRANGER1"
    await world.quiet()
    learns_nothing(await world.seen_by("stranger1"))
    assert world.rows("SELECT state FROM matters WHERE kind NOT IN ('upkeep', 'deadline')") == [("proposed",)]
    assert not (await stranger.state())["views"]


async def test_what_nobody_waits_for_gets_no_answer(world: World) -> None:
    """A stranger who joins a channel the bot is in hears nothing from it."""
    await world.person("case1").act("invite", channel="alle", user="@bindeled")
    await world.person("stranger1").act("leave", channel="alle")
    await world.person("stranger1").act("join", channel="alle")
    await world.quiet()
    assert ["Hej, jeg er Bindeled" in written(m) for m in await world.seen_by("stranger1")] == [True]


async def test_who_was_taken_from_the_directory_is_a_stranger_at_once(world: World) -> None:
    """Somebody known until now whose place ended gets the same answer as any stranger."""
    await acts.asks(world.person("case3"))
    await world.quiet()
    await world.end_contact("case3")
    answer = await world.person("case3").act("command", channel="alle", command="/kontakt")
    assert WHY in answer["ack"]["text"]
    with pytest.raises(NotSeenError):
        await world.person("stranger1").act("command", channel="samarbejde-koege", command="/kontakt")


def _tables(world: World) -> list[str]:
    return [str(row[0]) for row in world.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
