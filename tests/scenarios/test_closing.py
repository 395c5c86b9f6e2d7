"""The end of a case over the wire: closed, opened again, told for the journal, and deleted when its time is over."""

from __future__ import annotations

from bot.demo.person import Person, Seen, written
from tests import acts
from tests.stage import CODE, World

DAY = 24 * 3600
ANSWERS = {
    f"coop-{question}": {"close.coop": "yes"} for question in ("answer-in-time", "who-does-what", "agreed-was-kept")
}


async def closes(who: Person, headline: Seen, **left: str) -> Seen:
    """She presses the button and sends the form."""
    await who.click(headline, "case.close")
    form = await who.view("case.close")
    owed = [block["block_id"] for block in form["blocks"] if str(block.get("block_id")).startswith("left-")]
    values = {
        "reason": {"close.reason": "agreed-done"},
        **ANSWERS,
        **{name: {"close.left": "not-needed"} for name in owed},
    }
    return await who.act("submit", view_id=form["id"], values={**values, **left})


async def test_closed_by_one_side_and_opened_again_by_the_other(world: World) -> None:
    """The headline says who closed it and why, offers only what a closed case allows, and opens again."""
    reminder = await acts.reminded(world)
    sanne, palle = world.person("case1"), world.person("police1")
    answer = await closes(sanne, await acts.headline(world))
    assert answer["ok"], answer
    closed = await palle.message(
        "that it is closed", "Lukket", "Sanne Sagsbehandler", "Det aftalte er gjort", "case.reopen"
    )
    assert "followup.propose" not in written(closed)
    await world.quiet()
    await acts.taps_old(palle, reminder, "followup.done", str(acts.button(reminder, "followup.done")["value"]))
    await palle.message("why not", "trukket tilbage")
    await acts.taps_old(palle, closed, "followup.propose", str(acts.button(closed, "case.reopen")["value"]))
    await palle.message("how to go on", "er lukket", "Genåbn")
    await palle.click(closed, "case.reopen")
    form = await palle.view("case.reopen")
    await palle.act("submit", view_id=form["id"], values={"reason": {"reopen.reason": "new-need"}})
    again = await sanne.message("that it is open again", "Deltagere", "followup.propose", without=("Lukket",))
    assert again["ts"] == closed["ts"]


async def test_the_file_for_the_journal_comes_alone_and_goes_after_a_day(world: World) -> None:
    """It holds code, steps, times and roles; nobody else gets it."""
    headline = await acts.accepted(world)
    sanne = world.person("case1")
    await closes(sanne, headline)
    closed = await sanne.message("that it is closed", "Lukket", "case.export")
    await sanne.click(closed, "case.export")
    file = await sanne.message("the file", "Til journalen")
    assert [m for m in await world.seen_by("police1") if "Til journalen" in written(m)] == []
    (uploaded,) = [
        line for line in await world.wire(method="files.getUploadURLExternal") if "filename" in str(line["body"])
    ]
    assert CODE.search(str(uploaded["body"]))
    assert file["channel"] != closed["channel"]
    await world.advance(DAY + 60)
    await world.quiet()
    assert len(await world.wire(method="files.delete")) == 1


async def test_after_its_time_the_bots_messages_are_gone_and_both_sides_are_told(world: World) -> None:
    """What people wrote themselves stays; a restart in the middle changes nothing."""
    headline = await acts.accepted(world)
    code = CODE.search(written(headline))
    assert code is not None
    sanne = world.person("case1")
    await sanne.act("message", channel=headline["channel"], text="Tak for samarbejdet", thread_ts=headline["ts"])
    await closes(sanne, headline)
    await world.quiet()
    await world.advance(91 * DAY)
    await world.restart()
    for _ in range(2):  # taken away first, deleted when that is done
        await world.advance(2 * 3600)
        await world.quiet()
    for handle in ("case1", "police1"):
        assert await world.seen_by(handle, code.group()) == []
        assert len(await world.seen_by(handle, "er nu slettet i Bindeled")) == 1
    assert [m for m in (await world.state())["messages"] if m["text"] == "Tak for samarbejdet"]
    await world.until("the case is gone", lambda: world.count("cases") == 0)
    assert [world.count(table) for table in ("participants", "case_counts")] == [0, 1]


async def test_the_form_is_refused_while_an_answer_is_missing(world: World) -> None:
    """What was agreed while it was open is said in the form, and nothing is closed."""
    headline = await acts.accepted(world)
    sanne, palle = world.person("case1"), world.person("police1")
    await sanne.click(headline, "case.close")
    form = await sanne.view("case.close")
    await palle.click(headline, "followup.propose")
    await acts.fills_in(palle, "Sanne")
    await world.quiet()
    values = {"reason": {"close.reason": "agreed-done"}, **ANSWERS}
    answer = await sanne.act("submit", view_id=form["id"], values=values)
    assert "aftalt noget nyt" in str(answer["ack"])
    await world.quiet()
    assert await world.seen_by("case1", "Lukket") == []
