"""Slash commands: each is answered inside its ack, to the one who typed it, well within Slack's three seconds."""

from __future__ import annotations

from bot.demo.person import Seen
from tests import acts
from tests.stage import CODE, World

SECOND = 1000.0


async def types(world: World, handle: str, command: str, text: str = "") -> Seen:
    """She types a command; what the ack carried."""
    answer = await world.person(handle).act("command", channel="alle", command=command, text=text)
    assert answer["acked"]
    assert answer["ms"] < SECOND
    assert answer["ack"] is None or answer["ack"]["response_type"] == "ephemeral"
    return answer


def said(answer: Seen) -> str:
    """The words of an ack."""
    return str(answer["ack"]["text"])


async def test_kontakt_alone_names_the_contact_of_the_own_municipality(world: World) -> None:
    """Person, substitute, desk, control room, and why, without a word of text."""
    answer = said(await types(world, "case1", "/kontakt"))
    for part in ("Palle Politi", "+45 00 00 02 01", "Benny Betjent", "Lokalpolitiets vagt", "114"):
        assert part in answer
    assert answer.index("Palle") < answer.index("Benny") < answer.index("vagt") < answer.index("114")


async def test_kontakt_with_a_question_is_answered_like_the_question(world: World) -> None:
    """`/kontakt hvem er min kontakt?` names the same person as `/kontakt`."""
    answer = said(await types(world, "police1", "/kontakt", "hvem er min kontakt i kommunen?"))
    assert "Rita Rådgiver" in answer
    assert "+45 00 00 01 02" in answer


async def test_kontakt_with_something_else_says_what_the_bot_can_do(world: World) -> None:
    """What is not understood is not answered as if it were, and not repeated."""
    answer = said(await types(world, "case1", "/kontakt", "rabarberkage"))
    assert "Finde din kontakt" in answer
    assert "rabarberkage" not in answer


async def test_sag_opens_the_form_for_the_own_contact(world: World) -> None:
    """`/sag`: the form, for one's own first contact; sent, the case is there."""
    sanne = world.person("case1")
    await types(world, "case1", "/sag")
    form = await sanne.view("case.open")
    assert "Palle Politi" in str(form["blocks"])
    await sanne.act("submit", view_id=form["id"], values=acts.CASE)
    await acts.headline(world, "case1", "Fysisk vold")


async def test_aftale_without_a_case_says_how_to_get_one(world: World) -> None:
    """`/aftale` of somebody in no case: one sentence that says what to do."""
    answer = await types(world, "case4", "/aftale")
    assert "Du er ikke med i nogen åben sag" in said(answer)


async def test_aftale_offers_ones_own_cases_and_opens_the_form(world: World) -> None:
    """Two cases: a button for each with its code, the newest first, and each opens the form of its own case."""
    first = CODE.findall((await acts.opens(world))["text"])[0]
    await types(world, "case1", "/sag")
    sanne = world.person("case1")
    form = await sanne.view("case.open")
    await sanne.act("submit", view_id=form["id"], values=acts.CASE)
    await sanne.message("two receipts", "er åbnet", without=(first,))
    await world.quiet()
    answer = await types(world, "case1", "/aftale")
    buttons = answer["ack"]["blocks"][-1]["elements"]
    codes = [button["text"]["text"] for button in buttons]
    assert len(set(codes)) == 2
    assert codes[1] == first
    shown = await sanne.message("the choice", "Hvilken sag gælder det?")
    await sanne.click(shown, buttons[1]["action_id"])
    form = await sanne.view("followup.propose")
    assert first in str(form["blocks"])
    assert "Hvilken sag" not in str(await world.seen_by("case4"))


async def test_bindeled_says_what_it_can_do(world: World) -> None:
    """`/bindeled`: a few sentences and the first thing to try as a button, which works."""
    sanne = world.person("case1")
    answer = await types(world, "case1", "/bindeled", "hjælp")
    assert "Finde din kontakt" in said(answer)
    await sanne.click(await sanne.message("the help", "contact.find"), "contact.find")
    found = await sanne.message("the contact", "Palle Politi", "case.open")
    assert found["ephemeral_to"] == "U0CASE1"


async def test_a_due_moment_that_has_passed_is_marked_at_its_field(world: World) -> None:
    """The form for a follow-up with a moment in the past: the field says so, the form stays, nothing is kept."""
    sanne = world.person("case1")
    await sanne.click(await acts.accepted(world), "followup.propose")
    answer = await acts.fills_in(sanne, "Palle", due=1_700_000_000)
    assert answer["ack"] == {
        "response_action": "errors",
        "errors": {"due": "Tidspunktet er passeret. Vælg et senere."},
    }
    await sanne.view("followup.propose")
    assert world.count("followups") == 0
