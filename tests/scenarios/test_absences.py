"""Being away, as the demo people act it over the wire."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.demo.person import NotSeenError, Person, Seen, written
from tests.stage import World

DANISH = ZoneInfo("Europe/Copenhagen")


async def today(world: World) -> date:
    """The demo's day, as people there read it."""
    return datetime.fromisoformat((await world.state())["now"]).astimezone(DANISH).date()


async def fills_in(who: Person, first: date, *, name: str | None, days: int = 3, **more: Any) -> Seen:
    """The open form, filled in and sent; a name is typed and the first colleague offered is taken."""
    form = await who.view("absence.set")
    values: dict[str, Any] = {
        "first": {"absence.first": first.isoformat()},
        "last": {"absence.last": (first + timedelta(days=days)).isoformat()},
        **more,
    }
    if name is not None:
        offered = await offers(who, form, name)
        values["substitute"] = {"absence.substitute": offered[0]["value"]}
    return await who.act("submit", view_id=form["id"], values=values)


async def offers(who: Person, form: Seen, name: str) -> list[Seen]:
    """What is offered to somebody who types into the field for the substitute."""
    answer = await who.act(
        "options", view_id=form["id"], block_id="substitute", action_id="absence.substitute", query=name
    )
    found: list[Seen] = answer["ack"]["options"]
    return found


async def away(world: World, who: str = "police1", name: str = "benny") -> None:
    """Somebody says that she is away from today on, and names a substitute."""
    person = world.person(who)
    await person.act("command", channel="@bindeled", command="/bindeled", text="væk")
    await fills_in(person, await today(world), name=name)


async def contact_of(world: World) -> str:
    """What a caseworker reads who asks for her contact now."""
    sanne = world.person("case1")
    before = {m["ts"] for m in (await sanne.state())["messages"]}
    await sanne.act("message", channel="@bindeled", text="hvem er min politikontakt?")

    def fresh(state: Seen) -> Seen | None:
        return next((m for m in state["messages"] if m["ts"] not in before and "114" in m["text"]), None)

    return str((await sanne.sees("the contact", fresh))["text"])


async def test_away_by_command_asked_accepted_and_shown(world: World) -> None:
    """He is away and names a colleague; she is asked, says yes; who asks for him is shown her first, and why."""
    palle, benny = world.person("police1"), world.person("police2")
    await away(world)
    receipt = await palle.message("his receipt", "Palle Politi", "har ikke svaret endnu", "absence.end")
    asked = await benny.message("the request", "beder dig være stedfortræder", "absence.accept")
    assert "Væk" in await contact_of(world)
    await benny.click(asked, "absence.accept")
    accepted = await palle.message("the same receipt", "Benny Betjent (demo) er stedfortræder")
    assert accepted["ts"] == receipt["ts"]
    await benny.message("his own yes", "har sagt ja og er stedfortræder for", without=("absence.accept",))
    text = await contact_of(world)
    assert text.index("Benny Betjent") < text.index("Palle Politi (demo)*")


async def test_what_comes_while_he_is_away_goes_to_whoever_stands_in(world: World) -> None:
    """A case opened with somebody who is away asks the one who stands in, and says so before it is opened."""
    await away(world)
    benny, sanne = world.person("police2"), world.person("case1")
    await benny.click(await benny.message("the request", "absence.accept"), "absence.accept")
    await world.person("police1").message("the yes", "er stedfortræder")
    await contact_of(world)
    await sanne.click(await sanne.message("the contact", "case.open"), "case.open")
    form = await sanne.view("case.open")
    values = {"kind": {"case.kind": "neglect"}, "urgency": {"case.urgency": "next-day"}}
    await sanne.act("submit", view_id=form["id"], values=values)
    await benny.message("the wish to take part", "beder dig være med", "case.accept")
    await sanne.message("her receipt", "er åbnet", "Benny Betjent")


async def test_a_request_already_sent_is_repeated_to_the_stand_in_with_the_reason(world: World) -> None:
    """Asked before the absence began: the repetition goes to whoever stands in, and says for whom."""
    sanne, palle, benny = world.person("case1"), world.person("police1"), world.person("police2")
    await contact_of(world)
    await sanne.click(await sanne.message("the contact", "case.open"), "case.open")
    form = await sanne.view("case.open")
    values = {"kind": {"case.kind": "neglect"}, "urgency": {"case.urgency": "next-day"}}
    await sanne.act("submit", view_id=form["id"], values=values)
    await palle.message("the wish to take part", "case.accept")
    await palle.act("command", channel="@bindeled", command="/bindeled", text="fravær")
    await fills_in(palle, await today(world), name="benny", days=20)
    await benny.click(await benny.message("the request", "absence.accept"), "absence.accept")
    await palle.message("the yes", "er stedfortræder")
    for _ in range(12):
        await world.advance(12 * 3600)
        if any("venter på dit svar om sag" in written(m) for m in (await benny.state())["messages"]):
            break
    again = await benny.message("the repetition", "venter på dit svar om sag", "fordi Palle Politi (demo) er væk")
    await benny.click(again, "case.accept")
    await sanne.message("him in the headline", "Benny Betjent (demo) (kontaktperson", "followup.propose")


async def test_a_no_is_seen_and_another_can_be_named(world: World) -> None:
    """The receipt says no, and its button opens the form as it was, for another name."""
    await away(world, "case1", "rita")
    sanne, rita, frede = world.person("case1"), world.person("case2"), world.person("case3")
    await rita.click(await rita.message("the request", "absence.decline"), "absence.decline")
    await sanne.click(await sanne.message("the no", "Rita Rådgiver (demo) kan ikke", "absence.set"), "absence.set")
    await fills_in(sanne, await today(world), name="frede")
    await frede.message("the request", "Sanne Sagsbehandler (demo) er væk", "absence.accept")
    await sanne.message("the first receipt", "Gælder ikke længere", without=("absence.end",))


async def test_away_by_message_is_offered_as_a_form_and_ended_from_the_list(world: World) -> None:
    """Nothing is taken down from a message; the button opens the form; the list ends it early."""
    frede = world.person("case3")
    await frede.act("message", channel="@bindeled", text="jeg er væk 1.–5. december")
    await frede.click(await frede.message("the offer", "ikke noteret noget endnu", "5. december"), "absence.set")
    form = await frede.view("absence.set")
    days = [b["element"]["initial_date"][5:] for b in form["blocks"] if b.get("block_id") in {"first", "last"}]
    assert days == ["12-01", "12-05"]
    await fills_in(frede, await today(world), name=None)
    told = await frede.view("told")
    assert "Ingen stedfortræder" in told["blocks"][0]["text"]["text"]
    await frede.act("close", view_id=told["id"])
    await frede.act("message", channel="@bindeled", text="jeg er på ferie i næste uge")
    listed = await frede.message("the list", "ikke noteret noget endnu", "Ingen stedfortræder", "absence.end")
    await frede.click(listed, "absence.end")

    def without_it(state: Seen) -> Seen | None:
        return next((m for m in state["messages"] if m["ts"] == listed["ts"] and "absence.end" not in written(m)), None)

    assert "ikke noteret noget endnu" in (await frede.sees("the list without it", without_it))["text"]


async def test_the_form_lists_what_is_known_and_ends_it(world: World) -> None:
    """A tap in the form ends an absence and brings the form up to date."""
    frede = world.person("case3")
    await frede.act("command", channel="@bindeled", command="/bindeled", text="borte")
    await fills_in(frede, await today(world), name=None)
    await frede.act("close", view_id=(await frede.view("told"))["id"])
    await frede.act("command", channel="@bindeled", command="/bindeled", text="away")
    form = await frede.view("absence.set")
    assert "Ingen stedfortræder" in str(form["blocks"])
    await frede.act("click", view_id=form["id"], action_id="absence.end", block_id="mine.0")
    assert "Ingen stedfortræder" not in str((await frede.view("absence.set"))["blocks"])


async def test_a_coordinator_says_it_on_behalf_of_somebody(world: World) -> None:
    """She chooses who is away; he sees who said so; the coordinator's form shows the hole."""
    karen, frede = world.person("coord-m"), world.person("case3")
    await karen.act("command", channel="@bindeled", command="/bindeled", text="væk")
    form = await karen.view("absence.set")
    answer = await karen.act(
        "options", view_id=form["id"], block_id="person", action_id="absence.person", query="frede"
    )
    person = {"absence.person": answer["ack"]["options"][0]["value"]}
    await fills_in(karen, await today(world), name="ulla", person=person)
    assert "Frede Familieafdeling" in str((await karen.view("told"))["blocks"])
    await karen.act("close", view_id=(await karen.view("told"))["id"])
    await frede.message("who said it", "Meldt af Karen Koordinator (demo) på vegne af Frede")
    await world.person("case4").message("the request in her own words", "absence.accept")
    await karen.act("command", channel="@bindeled", command="/bindeled", text="væk")
    assert "Frede Familieafdeling" in str((await karen.view("absence.set"))["blocks"][-1])


async def test_only_colleagues_of_the_own_agency_are_offered(world: World) -> None:
    """Who types into the field sees people of her own agency, and nobody of another one."""
    sanne = world.person("case1")
    await sanne.act("command", channel="@bindeled", command="/bindeled", text="væk")
    names = [option["text"]["text"] for option in await offers(sanne, await sanne.view("absence.set"), "")]
    assert any(name.startswith("Rita") for name in names)
    assert not any("Politi" in name or "Bodil" in name for name in names)


async def test_days_in_the_wrong_order_are_said_at_the_field(world: World) -> None:
    """The form stays open and says what to do."""
    sanne = world.person("case1")
    await sanne.act("command", channel="@bindeled", command="/bindeled", text="væk")
    await fills_in(sanne, await today(world) + timedelta(days=5), name=None, days=-3)
    form = await sanne.view("absence.set")
    assert form["errors"] == {"last": "Den sidste dag skal ligge efter den første. Vælg igen."}


async def test_somebody_elses_request_cannot_be_answered(world: World) -> None:
    """Nobody says yes to standing in for herself through the back door: the person who asked sees no button."""
    await away(world)
    palle = world.person("police1")
    receipt = await palle.message("his receipt", "absence.end")
    with pytest.raises(NotSeenError):
        await palle.click(receipt, "absence.accept")


async def test_a_closed_account_counts_as_away_for_good(world: World) -> None:
    """Slack tells of it; who asks for him is told; a case goes to his unit."""
    await world.person("police1").act("deactivate")
    text = await contact_of(world)
    assert "Kan ikke længere nås i Slack" in text


async def test_bindeled_alone_still_says_what_it_can_do(world: World) -> None:
    """The command's other words are not taken by absences."""
    sanne = world.person("case1")
    for text in ("", "hjælp"):
        answer = await sanne.act("command", channel="@bindeled", command="/bindeled", text=text)
        assert "Finde din kontakt" in answer["ack"]["text"]
