"""First steps over the wire."""

from __future__ import annotations

from bot.demo.person import written
from tests.stage import World


async def test_one_short_hello_where_the_bot_is_invited(world: World) -> None:
    """Who it is, what must never be written, what to type; said once, also where Slack delivers the event twice."""
    await world.fault("twice", rate=1.0)
    await world.person("case1").act("invite", channel="alle", user="@bindeled")
    hello = await world.person("case1").message("the hello", "Hej, jeg er Bindeled", "@Bindeled hjælp")
    await world.quiet()
    assert [m for m in await world.seen_by("case1") if "Hej, jeg er Bindeled" in written(m)] == [hello]


async def test_help_says_everything_and_to_a_coordinator_what_is_hers(world: World) -> None:
    """By command and by message."""
    answer = await world.person("coord-m").act("command", channel="alle", command="/bindeled", text="hjælp")
    said = str(answer["ack"])
    assert "/bindeled huller" in said
    assert "/kontakt" in said
    sanne = world.person("case1")
    await sanne.act("message", channel="@bindeled", text="hvad kan du?")
    told = await sanne.message("what it can do", "Det kan jeg", "contact.find")
    assert "/bindeled huller" not in written(told)
