"""The main job in Norway: the same bot, another country, another language, and no word of Danish on the way."""

from __future__ import annotations

from bot.demo.person import Seen, written
from tests.acts import choice
from tests.stage import World
from tests.texts.test_languages import FOREIGN, said

DANISH = set(FOREIGN["nb"].split())


def every_text(thing: object) -> list[str]:
    """All that is shown of a message or a form: text, labels, choices, hints."""
    if isinstance(thing, list):
        return [text for each in thing for text in every_text(each)]
    if not isinstance(thing, dict):
        return []
    shown = [thing["text"]] if isinstance(thing.get("text"), str) else []
    return [*shown, *(text for each in thing.values() for text in every_text(each))]


async def test_the_main_job_happens_in_norwegian(world: World) -> None:
    """A caseworker in Drammen and her contact in the police read Bokmål from the question to the thread."""
    solveig, paal = world.person("no-case1"), world.person("no-police1")
    seen: list[Seen] = []

    async def reads(who: str, *words: str, without: tuple[str, ...] = ()) -> Seen:
        seen.append(await world.person(who).message(words[0], *words, without=without))
        return seen[-1]

    await solveig.act("message", channel="@bindeled", text="hvem er min politikontakt?")
    answer = await reads("no-case1", "Kontakt i politiet for Drammen", "Pål Politi", "+47 00 00 05 01", "Operasjonssentralen (02800)", "case.open")  # fmt: skip
    assert "114" not in written(answer)
    await solveig.click(answer, "case.open")
    seen.append(form := await solveig.view("case.open"))
    assert form["title"]["text"] == "Åpne sak"
    values = {"kind": {"case.kind": "physical-violence"}, "urgency": {"case.urgency": "same-day"}}
    await solveig.act("submit", view_id=form["id"], values=values)
    request = await reads(
        "no-police1", "ber deg være med i sak", "Solveig Saksbehandler", "case.accept", "Gå til tråden"
    )
    await paal.click(request, "case.accept")
    headline = await reads(
        "no-case1", "Deltakere", "Fysisk vold", "er med", "followup.propose", without=("har ikke svart",)
    )
    await solveig.click(headline, "followup.propose")
    seen.append(form := await solveig.view("followup.propose"))
    due = next(block for block in form["blocks"] if block.get("block_id") == "due")["element"]["initial_date_time"]
    values = {
        "what": {"followup.what": "date-for-interview"},
        "owner": {"followup.owner": choice(form, "owner", "Pål")},
        "due": {"followup.due": due},
    }
    await solveig.act("submit", view_id=form["id"], values=values)
    proposal = await reads("no-police1", "foreslår en oppfølging", "Gi dato for tilrettelagt avhør", "followup.agree")
    await paal.click(proposal, "followup.agree")
    await reads("no-case1", "Deltakere", "Avtalt: Pål Politi", "followup.propose")
    await world.quiet()
    reminder: list[Seen] = []
    while not reminder:
        await world.advance(6 * 3600)
        reminder = await world.seen_by("no-police1", "Påminnelse: frist neste virkedag", "followup.done")
    await paal.click(reminder[0], "followup.done")
    await reads("no-case1", "Utført: Gi dato for tilrettelagt avhør", "followup.propose")
    strange = {text: found for text in every_text([*seen, *reminder]) if (found := DANISH & set(said(text)))}
    assert strange == {}


async def test_the_commands_the_norwegian_help_names_work(world: World) -> None:
    """`/sak` opens the form and `/bindeled hull` answers the coordinator, in Bokmål."""
    await world.person("no-case1").act("command", channel="samarbeid-drammen", command="/sak", text="")
    form = await world.person("no-case1").view("case.open")
    assert form["title"]["text"] == "Åpne sak"
    await world.person("no-coord").act("command", channel="samarbeid-drammen", command="/bindeled", text="hull")
    await world.person("no-coord").message("the holes", "Katalogen har", "hull hos dere")
