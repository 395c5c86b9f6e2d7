"""Answers on the reminder itself, over the wire: later, a date, help; once, by whom it is for, and in the thread, too."""

from __future__ import annotations

from datetime import timedelta

from bot.demo.person import Seen, written
from tests import acts
from tests.handlers.test_external import petra_takes_part
from tests.scenarios.test_agreements import chooses, element, owner, submits
from tests.stage import World

AGAIN = "Påmindelse igen"
LATER = "Jeg minder dig igen"


async def again(world: World) -> list[Seen]:
    """The reminders that came again to police1."""
    return await world.seen_by("police1", AGAIN)


def snoozes(world: World) -> int:
    """How often somebody put a reminder off."""
    return len(world.rows("SELECT id FROM audit WHERE verb = 'followup.snooze'"))


async def test_in_an_hour_the_reminder_comes_again_once_and_done_ends_everything(world: World) -> None:
    """One tap, delivered twice: the message says until when, its buttons stay; the asker sees it; an hour later it comes."""
    reminder = await acts.reminded(world)
    palle, sanne = world.person("police1"), world.person("case1")
    await world.fault("twice", rate=1)
    await chooses(palle, reminder, "reminder.snooze", ":hour")
    shown = await palle.message("until when", "Påmindelse: frist", LATER, "followup.done", "reminder.snooze")
    assert (shown["ts"], snoozes(world)) == (reminder["ts"], 1)
    await world.heal()
    await sanne.message("until when", "Du har foreslået en opfølgning", "Påmindelse sat til")
    await world.quiet()
    await world.advance(3600 - 60)
    assert not await again(world)
    await world.advance(61)
    (reminded,) = await again(world)
    await sanne.message("that he was reminded", "Du har foreslået en opfølgning", without=("Påmindelse sat til",))
    await palle.click(reminded, "followup.done")
    await palle.message("his answer", AGAIN, "Udført", without=("followup.done", "reminder.snooze"))
    await world.quiet()
    before = len(await world.seen_by("police1"))
    await world.advance(9 * 86400)
    assert len(await world.seen_by("police1")) == before
    list_, row = element(reminded, "reminder.snooze"), reminded["blocks"][-1]["block_id"]
    for value in (list_["options"][0]["value"], ""):  # without one: the same choice again, after its form was closed
        told = len(await world.seen_by("police1", "Det er allerede udført"))
        where = {"channel": reminded["channel"], "ts": reminded["ts"], "block_id": row, "force": True}
        await palle.act("click", **where, action_id="reminder.snooze", value=value)
        await world.quiet()
        assert len(await world.seen_by("police1", "Det er allerede udført")) == told + 1
    assert snoozes(world) == 1
    assert not (await palle.state())["views"]


async def test_a_date_of_ones_own(world: World) -> None:
    """The form refuses what has passed with one sentence; closed and chosen again it opens again; two dates are the last."""
    reminder = await acts.reminded(world)
    palle = world.person("police1")
    await chooses(palle, reminder, "reminder.snooze", ":date")
    form = await palle.view("reminder.snooze")
    suggested = element(form, "reminder.due")["initial_date_time"]
    refused = await palle.act("submit", view_id=form["id"], values={"due": {"reminder.due": suggested - 30 * 86400}})
    assert refused["ack"]["errors"] == {"due": "Tidspunktet er passeret. Vælg et senere."}
    refused = await palle.act("submit", view_id=form["id"], values={"due": {"reminder.due": suggested + 60 * 86400}})
    assert "inden for 30 dage" in refused["ack"]["errors"]["due"]
    await palle.act("close", view_id=form["id"])
    assert snoozes(world) == 0
    for days in (0, 1):
        shown = await palle.message("his reminder", "Påmindelse: frist", "reminder.snooze")
        await chooses(palle, shown, "reminder.snooze", ":date")
        await submits(palle, await palle.view("reminder.snooze"), due=suggested + days * 86400)
        await world.quiet()
    assert snoozes(world) == 2
    for _ in range(8):
        await world.advance(timedelta(hours=12).total_seconds())
    assert len(await again(world)) == 1


async def test_a_reminder_is_put_off_by_nobody_else(world: World) -> None:
    """The asker with the id of his button: told alone whose it is, and nothing changes."""
    reminder = await acts.reminded(world)
    sanne = world.person("case1")
    value = element(reminder, "reminder.snooze")["options"][0]["value"]
    await acts.taps_old(sanne, await acts.headline(world, "case1"), "reminder.snooze", value)
    told = await sanne.message("whose it is", "Kun Palle Politi")
    assert told["ephemeral_to"] == "U0CASE1"
    assert snoozes(world) == 0


async def test_help_goes_to_her_own_line_once_and_the_asker_sees_nothing_of_it(world: World) -> None:
    """Two taps: his leader is told once, in his own message it says so, and Sanne's message is as it was."""
    reminder = await acts.reminded(world)
    palle, sanne, vera = world.person("police1"), world.person("case1"), world.person("coord-p")
    receipt = await sanne.message("where it is", "Du har foreslået en opfølgning")
    await palle.click(reminder, "followup.help")
    await vera.message("the cry", "Palle Politi", "beder om hjælp", "followup.done")
    shown = await palle.message("that it was heard", "Påmindelse: frist", "Der er bedt om hjælp", "followup.done")
    await palle.click(shown, "followup.help")
    await palle.message("that it was heard before", "Der er allerede bedt om hjælp")
    await world.quiet()
    assert len(await world.seen_by("coord-p", "beder om hjælp")) == 1
    assert not await world.seen_by("case1", "hjælp")
    after = await sanne.message("where it is", "Du har foreslået en opfølgning")
    assert written(after) == written(receipt)


async def test_whoever_has_only_buttons_in_the_thread_puts_it_off_there(world: World) -> None:
    """Somebody of another organisation: in *Mere …*, and what became of it is said to her alone."""
    sanne, petra = world.person("case1"), world.person("police3")
    headline = await petra_takes_part(world)
    await sanne.click(headline, "followup.propose")
    form = await sanne.view("followup.propose")
    await submits(sanne, form, what="answer-about-talk", owner=owner(form, "Petra"))
    await petra.click(await acts.headline(world, "police3", "followup.agree"), "followup.agree")
    await petra.click(await acts.headline(world, "police3", "Aftalt: Petra"), "agreement.more")
    more = await petra.message("everything", "hvad du kan gøre", "reminder.snooze")
    await chooses(petra, more, "reminder.snooze", ":morning")
    told = await petra.message("until when", LATER)
    assert told["ephemeral_to"] == "U0POLICE3"
    await sanne.message("until when", "Du har foreslået en opfølgning", "Påmindelse sat til")
    await chooses(petra, more, "reminder.snooze", ":date")
    await submits(petra, await petra.view("reminder.snooze"))
    await world.until("it was put off twice", lambda: snoozes(world) == 2)
    await world.quiet()
    assert {m["ephemeral_to"] for m in await world.seen_by("police3", LATER) if m["ephemeral_to"]} == {"U0POLICE3"}
    assert len(await world.seen_by("police3", LATER)) >= 2
