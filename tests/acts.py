"""What demo people do in many tests, step by step over the wire."""

from __future__ import annotations

from bot.demo.person import NotSeenError, Person, Seen, written
from tests.stage import World

QUESTION = "hvem er min kontakt?"
CASE = {"kind": {"case.kind": "physical-violence"}, "urgency": {"case.urgency": "same-day"}}


async def asks(who: Person) -> Seen:
    """She asks in a direct message; the answer."""
    await who.act("message", channel="@bindeled", text=QUESTION)
    return await who.message("the contact", "Derfor", "114", "case.open")


async def opens(world: World, who: str = "case1", asked: str = "police1") -> Seen:
    """She asks and opens a case; the request that reaches the other side."""
    person = world.person(who)
    await person.click(await asks(person), "case.open")
    form = await person.view("case.open")
    await person.act("submit", view_id=form["id"], values=CASE)
    return await world.person(asked).message("the request", "beder dig være med", "case.accept", "Gå til tråden")


async def headline(world: World, who: str = "case1", *words: str) -> Seen:
    """The newest headline she sees."""
    return await world.person(who).message("the headline", "Deltagere", "followup.propose", *words)


async def accepted(world: World) -> Seen:
    """A case of case1's that police1 has accepted; its headline."""
    await world.person("police1").click(await opens(world), "case.accept")
    found = await world.person("case1").message(
        "him in the headline", "followup.propose", "Palle Politi", without=("har ikke svaret",)
    )
    await world.quiet()
    return found


def choice(view: Seen, block_id: str, name: str) -> str:
    """The value behind the first choice of a form's list that begins with a name."""
    field = next(block for block in view["blocks"] if block.get("block_id") == block_id)
    return next(str(o["value"]) for o in field["element"]["options"] if o["text"]["text"].startswith(name))


async def fills_in(who: Person, owner: str, **changed: object) -> Seen:
    """The open form for a follow-up, filled in and sent; what the stand-in answers."""
    form = await who.view("followup.propose")
    due = next(block for block in form["blocks"] if block.get("block_id") == "due")
    values = {
        "what": {"followup.what": changed.get("what", "answer-about-talk")},
        "owner": {"followup.owner": choice(form, "owner", owner)},
        "due": {"followup.due": changed.get("due", due["element"]["initial_date_time"])},
    }
    return await who.act("submit", view_id=form["id"], values=values)


async def proposed(world: World) -> Seen:
    """A follow-up that case1 proposed to police1 in a new case; the proposal as he sees it."""
    sanne = world.person("case1")
    await sanne.click(await accepted(world), "followup.propose")
    await fills_in(sanne, "Palle")
    return await world.person("police1").message("the proposal", "foreslår en opfølgning", "followup.agree")


async def reminded(world: World) -> Seen:
    """A follow-up that police1 agreed to, so near its due time that he was reminded; the reminder."""
    palle = world.person("police1")
    await palle.click(await proposed(world), "followup.agree")
    await palle.message("his yes", "Der er sagt ja", without=("followup.agree",))
    await world.quiet()
    for _ in range(40):
        await world.advance(6 * 3600)
        found = [m for m in await world.seen_by("police1", "Påmindelse") if "followup.done" in written(m)]
        if found:
            return found[0]
    raise NotSeenError("police1 should have been reminded")


def button(message: Seen, action_id: str) -> Seen:
    """A button of a message, as its element."""
    elements = [e for b in message["blocks"] for e in (*b.get("elements", ()), b.get("accessory") or {})]
    return next(e for e in elements if e.get("action_id") == action_id)


async def taps_old(who: Person, message: Seen, action_id: str, value: str | None = None) -> Seen:
    """A tap in a client that still shows what is gone, or in one that was tampered with."""
    wish = {"channel": message["channel"], "ts": message["ts"], "action_id": action_id, "force": True}
    return await who.act("click", **wish, **({} if value is None else {"value": value}))
