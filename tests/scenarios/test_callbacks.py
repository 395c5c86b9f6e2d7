"""Call-backs over the wire, as the demo people live them: asked, moved on, promised, done, with the clock moving."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from bot.demo.person import NotSeenError, Person, Seen, written
from bot.demo.stage import Stage

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
QUESTION = "hvem er min politikontakt?"
ROOM = "samarbejde-koege"


@dataclass
class Play:
    """The demo on a Monday morning, and short ways to act in it."""

    stage: Stage
    session: aiohttp.ClientSession

    @property
    def control(self) -> str:
        """The stand-in's control address."""
        return self.stage.running.control_url

    def person(self, handle: str) -> Person:
        """One of the demo people."""
        return Person(self.session, self.control, handle)

    async def now(self) -> datetime:
        """The demo's present moment."""
        return datetime.fromisoformat((await self.person("case1").state())["now"])

    async def advance(self, **step: float) -> None:
        """Time passes; what is due by then has been sent."""
        wish = {"advance": timedelta(**step).total_seconds()}
        async with self.session.post(f"{self.control}clock", json=wish) as response:
            assert (await response.json())["ok"]

    async def restart(self) -> None:
        """The bot goes away and comes back."""
        await self.stage.stop_bot()
        await self.stage.start_bot()

    async def answer(self, handle: str = "case1", text: str = QUESTION) -> Seen:
        """She asks in a direct message, and is answered."""
        who = self.person(handle)
        await who.act("message", channel="@bindeled", text=text)
        return await who.message("the contact", "callback.ask", "case.open")

    async def fault(self, kind: str, method: str, **what: object) -> None:
        """From now on something breaks."""
        wish = {"kind": kind, "method": method, **what}
        async with self.session.post(f"{self.control}fault", json=wish) as response:
            assert (await response.json())["ok"]

    async def wire(self, *methods: str) -> list[Seen]:
        """The calls of these methods that the bot has made."""
        async with self.session.get(f"{self.control}wire") as response:
            lines: list[Seen] = await response.json()
        return [line for line in lines if line["method"] in methods]


@pytest.fixture
async def play(tmp_path: Path) -> AsyncIterator[Play]:
    """Stand-in and bot; it is a Monday, half past nine in Copenhagen."""
    async with Stage(tmp_path) as stage, aiohttp.ClientSession() as session:
        made = Play(stage, session)
        now = await made.now()
        local = now.astimezone(COPENHAGEN)
        monday = (local + timedelta(days=(7 - local.weekday()) % 7 or 7)).replace(hour=9, minute=30, second=0)
        await made.advance(seconds=(monday.astimezone(UTC) - now).total_seconds())
        yield made


async def test_asked_accepted_and_done(play: Play) -> None:
    """One tap asks, one tap accepts, one tap ends it; the asker reads all of it in one message."""
    sanne, palle = play.person("case1"), play.person("police1")
    await sanne.click(await play.answer(), "callback.ask")
    wish = await palle.message("the wish", "Sanne Sagsbehandler", "+45 00 00 01 01", "callback.accept", "callback.pass")
    receipt = await sanne.message(
        "her receipt", "bedt", "Palle Politi", "spurgt", "+45 00 00 02 01", "114", "callback.withdraw"
    )
    await palle.click(wish, "callback.accept")
    taken = await sanne.message("that he rings", "ringer nu", "callback.withdraw")
    assert taken["ts"] == receipt["ts"]
    mine = await palle.message("his own", "ringer nu", "callback.done", without=("callback.accept",))
    await palle.click(mine, "callback.done")
    done = await sanne.message("that they talked", "Ringet", "bedt", without=("callback.withdraw", "case.open"))
    assert done["ts"] == receipt["ts"]
    await palle.message("the end", "Ringet", without=("callback.done",))
    await play.advance(days=3)
    assert len(await _about(palle)) == 1


async def test_unanswered_it_moves_down_the_chain_also_over_a_restart(play: Play) -> None:
    """After a working hour the substitute is asked, after two the coordinator; she reads where it is."""
    sanne, benny = play.person("case1"), play.person("police2")
    await sanne.click(await play.answer(), "callback.ask")
    receipt = await sanne.message("her receipt", "Uden svar spørger jeg Benny", "Venter på svar", "callback.withdraw")
    await play.restart()
    await play.advance(hours=1)
    wish = await benny.message("his turn", "Palle Politi", "som du står for", "callback.accept")
    second = await sanne.message("where it is", "• Benny Betjent", "spurgt", "+45 00 00 02 02", "Vera")
    assert second["ts"] == receipt["ts"]
    await play.restart()
    await play.advance(hours=1)
    await play.person("coord-p").message("her turn", "har ikke fået svar", "callback.accept")
    await benny.click(wish, "callback.accept")
    await sanne.message("that he rings", "Benny Betjent (demo) ringer nu", "callback.withdraw")
    await play.person("police1").message(
        "that it is taken", "Benny Betjent (demo) ringer nu", without=("callback.accept",)
    )


async def test_a_promised_moment_is_reminded_of_and_goes_on_when_it_passes(play: Play) -> None:
    """Put off with a form; a reminder at the moment; overdue the substitute is asked, also after a restart."""
    sanne, palle = play.person("case1"), play.person("police1")
    await sanne.click(await play.answer(), "callback.ask")
    await palle.click(await palle.message("the wish", "callback.later"), "callback.later")
    form = await palle.view("callback.later")
    due = int((await play.now() + timedelta(hours=3)).timestamp())
    await palle.act("submit", view_id=form["id"], values={"due": {"callback.due": due}})
    said = datetime.fromtimestamp(due, COPENHAGEN).strftime("kl. %H.%M")
    await sanne.message("when he rings", "ringer mandag", said, "callback.withdraw")
    await play.restart()
    await play.advance(hours=3)
    await palle.message("the reminder", "venter på dit opkald nu", "callback.done")
    await play.advance(hours=1)
    benny = play.person("police2")
    late = await benny.message("his turn", "venter stadig", "callback.accept")
    await sanne.message("that it is late", "Tidspunktet er passeret", "callback.withdraw")
    await benny.click(late, "callback.accept")
    await sanne.message("that he rings", "Benny Betjent (demo) ringer nu", "callback.withdraw")


async def test_it_is_passed_on(play: Play) -> None:
    """A form offers the own agency's people in Slack; the one chosen is asked, the asker sees it."""
    sanne, palle, vera = play.person("case1"), play.person("police1"), play.person("coord-p")
    await sanne.click(await play.answer(), "callback.ask")
    await palle.click(await palle.message("the wish", "callback.pass"), "callback.pass")
    form = await palle.view("callback.pass")
    offered = {o["text"]["text"]: o["value"] for o in form["blocks"][0]["element"]["options"]}
    assert sorted(name.split(" ")[0] for name in offered) == ["Benny", "Vera"]
    chosen = next(value for name, value in offered.items() if name.startswith("Vera"))
    await palle.act("submit", view_id=form["id"], values={"receiver": {"callback.receiver": chosen}})
    await vera.message("her wish", "Sanne Sagsbehandler", "callback.accept")
    await palle.message("that it has gone on", "gået videre til Vera", without=("callback.accept",))
    await sanne.message("where it is", "• Vera Vicepolitikommissær", "callback.withdraw")


async def test_the_asker_withdraws(play: Play) -> None:
    """One tap on the receipt; the contact's message loses its buttons, nobody is asked any more."""
    sanne, palle = play.person("case1"), play.person("police1")
    await sanne.click(await play.answer(), "callback.ask")
    await palle.message("the wish", "callback.accept")
    await sanne.click(await sanne.message("her receipt", "callback.withdraw"), "callback.withdraw")
    await palle.message("that it is over", "Ikke nødvendigt mere", without=("callback.accept",))
    await sanne.message("her own", "Ikke nødvendigt mere", without=("callback.withdraw",))
    await play.advance(days=2)
    assert await _about(play.person("police2")) == []


async def test_sparring_may_become_a_case_and_leaves_nothing_else(play: Play) -> None:
    """Talked over before deciding; the receipt then opens a case with the same contact in one tap."""
    sanne, palle = play.person("case1"), play.person("police1")
    await sanne.click(await play.answer(), "sparring.ask")
    wish = await palle.message("the wish", "før der besluttes", "callback.accept")
    await palle.click(wish, "callback.accept")
    await palle.click(await palle.message("his own", "callback.done"), "callback.done")
    over = await sanne.message(
        "that they talked", "Ringet", "før du beslutter", "case.open", without=("callback.withdraw",)
    )
    await play.advance(minutes=1)
    await sanne.click(over, "case.open")
    form = await sanne.view("case.open")
    assert "Palle Politi" in str(form["blocks"])


async def test_the_police_ask_and_the_municipality_rings(play: Play) -> None:
    """Promise 5: the same from the other side."""
    palle, rita = play.person("police1"), play.person("case2")
    await palle.click(await play.answer("police1", "hvem er min kontakt i kommunen?"), "callback.ask")
    wish = await rita.message("the wish", "Palle Politi", "+45 00 00 02 01", "callback.accept")
    await play.advance(hours=1)
    await play.person("case1").message("her turn", "Rita Rådgiver", "som du står for", "callback.accept")
    await rita.click(wish, "callback.accept")
    await palle.message("that she rings", "Rita Rådgiver (demo) ringer nu", "callback.withdraw")


async def test_a_stranger_to_it_cannot_answer(play: Play) -> None:
    """The other side's people see no wish; a tap of the asker on what is not hers is refused by the stand-in itself."""
    sanne = play.person("case1")
    await sanne.click(await play.answer(), "callback.ask")
    wish = await play.person("police1").message("the wish", "callback.accept")
    with pytest.raises(NotSeenError):
        await sanne.click(wish, "callback.accept")
    assert await _about(play.person("case3")) == []


async def test_a_lost_answer_of_slack_asks_nobody_twice(play: Play) -> None:
    """Slack took the wish and its answer was lost: it is found again; one wish, one receipt."""
    sanne, palle = play.person("case1"), play.person("police1")
    answer = await play.answer()
    await play.fault("lost", "chat.postMessage", count=1)
    await sanne.click(answer, "callback.ask")
    await palle.message("the wish", "callback.accept")
    await play.advance(seconds=10)
    await sanne.message("her receipt", "spurgt", "callback.withdraw")
    assert len(await _about(palle)) == 1
    assert len(await _about(sanne, "callback.withdraw")) == 1


async def test_a_contact_without_slack_is_shown_with_the_number(play: Play) -> None:
    """Her work e-mail belongs to nobody in Slack: the next is asked at once, and the receipt says whom to ring."""
    sanne, benny = play.person("case1"), play.person("police2")
    answer = await play.answer()
    await play.person("police1").act("deactivate")
    await sanne.click(answer, "callback.ask")
    await benny.message("his turn", "callback.accept")
    await sanne.message(
        "her receipt", "Palle Politi (demo)", "kan ikke nås i Slack", "+45 00 00 02 01", "• Benny Betjent"
    )


async def test_a_wrong_contact_reaches_the_coordinator(play: Play) -> None:
    """A closed reason in a form; the contact's own coordinator is told, and ends it with one tap."""
    sanne, vera = play.person("case1"), play.person("coord-p")
    await sanne.click(await play.answer(), "contact.wrong")
    form = await sanne.view("contact.wrong")
    assert [o["value"] for o in form["blocks"][1]["element"]["options"]] == [
        "moved",
        "municipality",
        "kind",
        "number",
        "other",
    ]
    await sanne.act("submit", view_id=form["id"], values={"wrong": {"contact.reason": "number"}})
    told = await sanne.view("told")
    assert "Vera Vicepolitikommissær" in str(told["blocks"])
    message = await vera.message("the mistake", "Palle Politi", "Forkert nummer", "Køge", "correction.done")
    await vera.click(message, "correction.done")
    await vera.message("that it is corrected", "Rettet", without=("correction.done",))


async def test_an_answer_that_vanishes_can_be_kept(play: Play) -> None:
    """By mention or by command, with kind and urgency: *Send mig det* puts the same answer into the direct message."""
    sanne = play.person("case1")
    await sanne.act("message", channel=ROOM, text="<@U0BINDELED> hvem kontakter jeg om vold?")
    whispered = await sanne.message("the whispered answer", "contact.send", "Palle Politi")
    assert whispered["ephemeral_to"]
    await sanne.click(whispered, "contact.send")
    kept = await sanne.message("the answer kept", "Palle Politi", "callback.ask", without=("contact.send",))
    assert kept["ephemeral_to"] is None
    assert _values(kept) == _values(whispered)


async def test_an_answer_in_a_direct_message_need_not_be_sent(play: Play) -> None:
    """It stays where it is: the button would be in the way."""
    assert "contact.send" not in written(await play.answer())


def _values(message: Seen) -> dict[str, str]:
    return {
        element["action_id"]: element["value"]
        for block in message["blocks"]
        for element in block.get("elements", ())
        if element["type"] == "button" and element["action_id"] != "contact.send"
    }


async def _about(who: Person, *words: str) -> list[Seen]:
    """The direct messages about call-backs that somebody sees, whatever has become of them."""
    await asyncio.sleep(0.2)
    state = await who.state()
    about = ("opkald", "i telefon", *words)
    return [m for m in state["messages"] if m["bot_id"] and any(word in written(m) for word in about)]
