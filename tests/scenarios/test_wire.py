"""Everything the bot says over the wire: well-formed, readable aloud, telling nothing to whom it does not concern."""

from __future__ import annotations

from bot.demo.person import Seen
from bot.demo.play import Play
from bot.demo.transcript import Transcript
from tests import acts
from tests.stage import World
from tests.wire import POSTING, check_form


async def test_all_of_the_main_job_is_well_formed(world: World) -> None:
    """No call refused, none wasted: what Slack was asked for and what it took is all there is."""
    await Play(world.stage, world.session, Transcript(lambda _line: None)).act()
    lines = await world.wire()
    check_form(lines, await world.state())
    refused = [line["method"] for line in lines if line["kind"] == "api" and not line["answer"]["ok"]]
    assert refused == []


async def test_what_blocks_say_the_text_says_too(world: World) -> None:
    """Screen readers read `text`: every sentence of a section or small print of what is sent stands in it as well."""
    await acts.reminded(world)
    posts = [line["body"] for line in await world.wire(kind="api") if line["method"] in POSTING]
    assert len(posts) > 5
    for body in posts:
        for said in (text for block in body["blocks"] if block["type"] == "section" for text in _texts(block)):
            for line in said.split("\n"):
                assert line.strip("_") in body["text"], (line, body["text"])


async def test_an_unchanged_event_costs_no_call(world: World) -> None:
    """What people write to each other where the bot sits is answered by nothing and asks Slack for nothing."""
    await world.person("case1").act("message", channel="samarbejde-koege", text="hej")  # Bolt asks once who the bot is
    await world.quiet()
    before = len(await world.wire(kind="api"))
    await world.person("case1").act("message", channel="samarbejde-koege", text="godmorgen")
    await world.quiet()
    assert len(await world.wire(kind="api")) == before


async def test_asking_costs_one_call_once_the_person_is_known(world: World) -> None:
    """The ack carries the answer to a command: no call at all; a direct message costs the one that answers it."""
    sanne = world.person("case1")
    await acts.asks(sanne)
    await world.quiet()
    before = len(await world.wire(kind="api"))
    await sanne.act("command", channel="alle", command="/kontakt")
    await world.quiet()
    assert len(await world.wire(kind="api")) == before
    await acts.asks(sanne)
    await sanne.act("message", channel="@bindeled", text="hvem er min kontakt?")
    await world.quiet()
    assert [line["method"] for line in (await world.wire(kind="api"))[before:]] == ["chat.postMessage"] * 2


def _texts(block: Seen) -> list[str]:
    return [block["text"]["text"]] if "text" in block else [field["text"] for field in block.get("fields", ())]
