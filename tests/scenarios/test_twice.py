"""Slack delivers everything twice."""

from __future__ import annotations

from tests import acts
from tests.stage import World


async def test_everything_delivered_twice_happens_once(world: World) -> None:
    """One answer to a question, one case, one request, one follow-up, one reminder, each edited to the same end."""
    await world.fault("twice", rate=1)
    reminder = await acts.reminded(world)
    assert len(await world.seen_by("case1", "Derfor")) == 1
    assert len(await world.seen_by("case1", "er åbnet")) == 1
    assert len(await world.seen_by("police1", "beder dig være med")) == 1
    assert len(await world.seen_by("police1", "foreslår en opfølgning")) == 1
    assert len(await world.seen_by("police1", "Påmindelse")) == 1
    await world.person("police1").click(reminder, "followup.done")
    await world.person("case1").message("done in the headline", "Udført: Svar om samtale")
    await world.quiet()
    assert [world.count(table) for table in ("cases", "followups")] == [1, 1]
    assert not await world.seen_by("case1", "nåede ikke frem")
    assert not await world.seen_by("police1", "allerede")


async def test_a_person_the_bot_has_never_met_is_known_at_both_deliveries(world: World) -> None:
    """The first thing she ever does comes twice: neither delivery takes her for a stranger."""
    await world.fault("twice", rate=1)
    for handle in ("case2", "coord-p", "house1"):
        await acts.asks(world.person(handle))
        await world.quiet()
        assert not await world.seen_by(handle, "Jeg kan kun hjælpe")


async def test_buttons_answered_with_a_message_answer_once(world: World) -> None:
    """*Find kontakt* and a button of an older version, delivered twice, are each answered by one message."""
    sanne = world.person("case1")
    await sanne.act("message", channel="@bindeled", text="goddag")
    help_ = await sanne.message("what the bot can do", "contact.find")
    await world.fault("twice", rate=1)
    await sanne.click(help_, "contact.find")
    await sanne.message("the contact", "Palle Politi")
    await acts.taps_old(sanne, help_, "coffee.brew")
    await sanne.message("a friendly answer", "ældre udgave")
    await world.quiet()
    assert len(await world.seen_by("case1", "Palle Politi")) == 1
    assert len(await world.seen_by("case1", "ældre udgave")) == 1


async def test_a_stranger_is_told_once(world: World) -> None:
    """A stranger's message that comes twice gets one answer."""
    await world.fault("twice", rate=1)
    stranger = world.person("stranger1")
    await stranger.act("message", channel="@bindeled", text="hvem er kontakten?")
    await stranger.message("why not", "Jeg kan kun hjælpe")
    await world.quiet()
    assert len(await world.seen_by("stranger1", "Jeg kan kun hjælpe")) == 1
