"""Tracks, corrections and invitations over the wire: one window each, and one right outcome whoever is quick or late."""

from __future__ import annotations

import asyncio
from datetime import datetime

from bot.demo.person import written
from tests import acts
from tests.stage import World


async def moves(world: World, handle: str, stage: str, **more: object) -> None:
    """Somebody moves her side's track from the headline."""
    who = world.person(handle)
    await who.click(await acts.headline(world, handle), "case.stage")
    form = await who.view("case.stage")
    await who.act("submit", view_id=form["id"], values={"stage": {"case.stage.which": stage}, **more})


async def test_each_side_moves_its_own_track_and_the_other_sees_it(world: World) -> None:
    """One window: which stage, since when. The form offers nobody the other side's track."""
    await acts.accepted(world)
    await moves(world, "case1", "municipality.assessed")
    await world.person("police1").message("where the municipality is", "Deltagere", "Vurderet")
    await moves(world, "police1", "police.interview-held")
    await world.person("case1").message("where the police are", "Deltagere", "Vurderet", "Videoafhøring holdt")
    palle = world.person("police1")
    await palle.click(await acts.headline(world, "police1"), "case.stage")
    form = str((await palle.view("case.stage"))["blocks"])
    assert "municipality." not in form
    assert "Videoafhøring holdt" in form, "what is known stands above"


async def test_going_back_is_a_choice_of_its_own(world: World) -> None:
    """An earlier stage adds its date; with the tick in its box the later stages hold no more."""
    await acts.accepted(world)
    for stage in ("police.interview-held", "police.asked"):
        await moves(world, "police1", stage)
    await world.quiet()
    await world.person("case1").message("still the furthest", "Deltagere", "Videoafhøring holdt")
    await moves(world, "police1", "police.asked", back={"case.stage.back": ["back"]})
    await world.person("case1").message("back", "Deltagere", "*Politi:* Spurgt", without=("Videoafhøring holdt",))
    verbs = world.rows("SELECT verb FROM audit WHERE verb LIKE 'case.stage%' ORDER BY id")
    assert verbs == [("case.stage",), ("case.stage",), ("case.stage.back",)]


async def test_a_step_that_lies_ahead_is_said_at_its_field(world: World) -> None:
    """The window stays open with what is wrong beside the moment."""
    await acts.accepted(world)
    sanne = world.person("case1")
    await sanne.click(await acts.headline(world), "case.stage")
    form = await sanne.view("case.stage")
    tomorrow = int(datetime.fromisoformat((await world.state())["now"]).timestamp()) + 86400
    values = {"stage": {"case.stage.which": "municipality.assessed"}, "at": {"case.stage.at": tomorrow}}
    answer = await sanne.act("submit", view_id=form["id"], values=values)
    assert "fremtiden" in answer["ack"]["errors"]["at"]
    assert world.count("case_events") == 0


async def test_who_moves_nothing_is_told_alone(world: World) -> None:
    """case3 sees the room's buttons: for each she is told who may, and no window opens."""
    await acts.accepted(world)
    frede = world.person("case3")
    shown = await acts.headline(world, "case3")
    for action_id in ("case.stage", "case.invite", "case.correct", "agreement.more"):
        before = len(await world.seen_by("case3", "Det kan kun"))
        await frede.click(shown, action_id)
        await world.quiet()
        told = await world.seen_by("case3", "Det kan kun")
        assert len(told) == before + 1, action_id
        assert told[-1]["ephemeral_to"] == "U0CASE3"
    assert not (await frede.state())["views"]


async def test_both_sides_in_the_same_second_have_both_their_say(world: World) -> None:
    """Two windows sent at once: both stages stand in one headline. Delivered twice, each is said once."""
    await acts.accepted(world)
    await world.fault("twice", rate=1)
    await asyncio.gather(moves(world, "case1", "municipality.measures"), moves(world, "police1", "police.ended"))
    await world.person("case1").message("both", "Deltagere", "Indsats i gang", "Afsluttet hos politiet")
    await world.quiet()
    assert world.rows("SELECT count(*) FROM audit WHERE verb = 'case.stage'") == [(2,)]
    assert len(await world.seen_by("case1", "Deltagere")) == 1


async def test_the_same_person_asked_by_two_at_once_is_asked_once(world: World) -> None:
    """Both sides ask the children's house in the same second: one request, and the later one is told."""
    await acts.accepted(world)
    forms = {}
    for handle in ("case1", "police1"):
        who = world.person(handle)
        await who.click(await acts.headline(world, handle), "case.invite")
        forms[handle] = (await who.view("case.invite"))["id"]
        offered = await who.act("options", view_id=forms[handle], action_id="case.person", query="")
        assert offered["ack"]["option_groups"][0]["label"]["text"] == "Foreslået"
        found = await who.act("options", view_id=forms[handle], action_id="case.person", query="bodil")
        (house,) = [o["value"] for g in found["ack"]["option_groups"] for o in g["options"]]
    values = {"person": {"case.person": house}}
    answers = await asyncio.gather(
        *(world.person(handle).act("submit", view_id=form, values=values) for handle, form in forms.items())
    )
    assert sum("errors" in (answer["ack"] or {}) for answer in answers) == 1
    await world.quiet()
    assert len(await world.seen_by("house1", "beder dig være med")) == 1
    await world.person("case1").message("the house's track", "Deltagere", "Børnehus:", "Bodil")


async def test_a_case_is_put_right_and_the_right_contact_is_named_not_asked(world: World) -> None:
    """The kind was wrong: headline and requests say the right one; Benny, whose kind it is, is proposed."""
    await acts.opens(world)
    sanne = world.person("case1")
    await sanne.click(await acts.headline(world), "case.correct")
    form = await sanne.view("case.correct")
    answer = await sanne.act("submit", view_id=form["id"], values={"kind": {"case.kind": "sexual-abuse"}})
    assert "Benny Betjent" in str(answer["ack"]["view"])
    await world.person("police1").message("the request, put right", "beder dig være med", "eksuelt overgreb")
    await sanne.message("the headline, put right", "Deltagere", "eksuelt overgreb")
    await world.quiet()
    assert not await world.seen_by("police2", "beder dig være med")


async def test_all_of_a_case_is_one_tap_away(world: World) -> None:
    """*Mere …* leads to *Hele sagen …*: a window with every date, participant and follow-up, for whoever tapped alone."""
    await acts.proposed(world)
    await moves(world, "case1", "municipality.assessed")
    await world.quiet()
    palle = world.person("police1")
    shown = await acts.headline(world, "police1")
    assert "case.more" not in written(shown)  # nothing was left out: one button leads to all there is
    await palle.click(shown, "agreement.more")
    await palle.click(await palle.message("what can be done", "hvad du kan gøre", "case.more"), "case.more")
    said = str((await palle.view("case.more"))["blocks"])
    for words in ("Vurderet", "Sanne Sagsbehandler", "Svar om samtale", "Side 1 af 1"):
        assert words in said, words
