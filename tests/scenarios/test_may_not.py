"""Somebody who may not, somebody who is late, somebody who is quick."""

from __future__ import annotations

import asyncio

from bot.demo.person import written
from tests import acts
from tests.stage import World


async def test_somebody_elses_matter_is_answered_by_nobody_else(world: World) -> None:
    """case3 sees the room's buttons and taps them: she alone is told who may, and nothing changes."""
    await acts.opens(world)
    frede = world.person("case3")
    headline = await acts.headline(world, "case3")
    await frede.click(headline, "case.accept")
    told = await frede.message("who may", "Det kan kun", "Palle Politi")
    assert told["ephemeral_to"] == "U0CASE3"
    await frede.click(headline, "followup.propose")
    told = await frede.message("who may", "Det kan kun dem, der er med i sagen")
    assert told["ephemeral_to"] == "U0CASE3"
    await world.quiet()
    assert world.rows("SELECT state FROM matters WHERE kind NOT IN ('upkeep', 'deadline')") == [("proposed",)]
    assert not (await frede.state())["views"]


async def test_only_the_owner_says_done(world: World) -> None:
    """case3, and case1 who proposed it, tap *Udført* in the headline: told alone, nothing changes."""
    reminder = await acts.reminded(world)
    headline = await acts.headline(world, "case3", "followup.done")
    for handle in ("case3", "case1"):
        await world.person(handle).click(headline, "followup.done")
        told = await world.person(handle).message("who may", "Det kan kun", "Palle Politi")
        assert told["ephemeral_to"] == f"U0{handle.upper()}"
    await world.quiet()
    assert world.rows("SELECT state FROM matters WHERE kind = 'followup'") == [("agreed",)]
    assert "followup.done" in written(reminder)


async def test_a_double_click_counts_once(world: World) -> None:
    """Two quick taps on *Tag imod*: one acceptance, and at most a friendly word about the second."""
    request = await acts.opens(world)
    palle = world.person("police1")
    await asyncio.gather(palle.click(request, "case.accept"), palle.click(request, "case.accept"))
    await palle.message("his answer", "svaret ja", without=("case.accept",))
    await world.quiet()
    assert world.rows("SELECT state, revision FROM matters WHERE kind NOT IN ('upkeep', 'deadline')") == [
        ("accepted", 3)
    ]
    assert world.rows("SELECT count(*) FROM audit WHERE verb = 'case.accept'") == [(1,)]


async def test_two_people_in_the_same_second_have_one_right_outcome(world: World) -> None:
    """The contact and his substitute accept at once: one takes the place, the other is told that it is taken."""
    request = await acts.opens(world)
    await acts.asks(world.person("police2"))
    palle, benny = world.person("police1"), world.person("police2")
    headline = await acts.headline(world, "police2", "case.accept")
    await asyncio.gather(palle.click(request, "case.accept"), benny.click(headline, "case.accept"))
    await world.quiet()
    places = dict(world.rows("SELECT c.key, p.state FROM participants p JOIN contacts c ON c.id = p.contact_id"))
    won = [handle for handle in ("police1", "police2") if places.get(handle) == "accepted"]
    assert len(won) == 1, places
    late = ({"police1", "police2"} - set(won)).pop()
    assert await world.seen_by(late, "allerede") or await world.seen_by(late, "En anden nåede det først")
    assert not await world.seen_by(won[0], "allerede")


async def test_a_button_from_last_week_changes_nothing(world: World) -> None:
    """*Sig ja* and *Udført* in a client that still shows them after all is done: told so, and all stays as it is."""
    proposal = await acts.proposed(world)
    palle = world.person("police1")
    await palle.click(proposal, "followup.agree")
    headline = await acts.headline(world, "police1", "Aftalt", "followup.done")
    await palle.click(headline, "followup.done")
    await palle.message("done", "Udført: Svar om samtale")
    await world.quiet()
    before = world.rows("SELECT id, state, revision, settled_at FROM matters WHERE case_id IS NOT NULL ORDER BY id")
    await world.advance(7 * 86400)
    value = str(acts.button(headline, "followup.done")["value"])
    for action_id in ("followup.agree", "followup.done", "followup.decline", "followup.help", "followup.redate"):
        told = len(await world.seen_by("police1", "Det er allerede udført"))
        await acts.taps_old(palle, proposal, action_id, value)
        await world.quiet()
        assert len(await world.seen_by("police1", "Det er allerede udført")) == told + 1, action_id
    assert (
        world.rows("SELECT id, state, revision, settled_at FROM matters WHERE case_id IS NOT NULL ORDER BY id")
        == before
    )
    assert not (await palle.state())["views"]
