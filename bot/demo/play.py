"""The main job, acted through the wire as the demo people would; each step is seen, or the play fails."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp

from bot.demo.person import NotSeenError, Person, Seen, written
from bot.demo.stage import Stage
from bot.demo.transcript import Transcript

DANISH = ZoneInfo("Europe/Copenhagen")
FORTNIGHT = timedelta(days=14)


class Play:
    """The four steps of the main job. `restart` is called between them: nothing may be lost by it."""

    def __init__(self, stage: Stage, session: aiohttp.ClientSession, say: Transcript) -> None:
        control = stage.running.control_url
        self._stage = stage
        self._session = session
        self._control = control
        self._say = say
        self.sanne = Person(session, control, "case1")
        self.palle = Person(session, control, "police1")

    async def act(self, between: Callable[[], Awaitable[None]] | None = None) -> None:
        """All of it; raises `NotSeenError` at the first step that does not happen."""
        await self._say.meet(self.sanne)
        steps = (self.asks, self.opens, self.accepts, self.proposes, self.agrees, self.is_reminded, self.is_done)
        for step in steps:
            await step()
            if between is not None:
                await between()

    async def asks(self) -> None:
        """She asks, and is answered at once."""
        self._say.scene("1. Hvem er min politikontakt?")
        await self.sanne.act("message", channel="@bindeled", text="hvem er min politikontakt?")
        self._say.said(self.sanne, "hvem er min politikontakt?")
        self._answer = await self.sanne.message(
            "the contact", "Palle Politi", "+45 00 00 02 01", "Derfor", "Benny Betjent", "114", "case.open"
        )
        self._say.sees(self.sanne, self._answer)

    async def opens(self) -> None:
        """She opens a case; the thread appears, the contact is pinged."""
        self._say.scene("2. Hun åbner en sag")
        await self.sanne.click(self._answer, "case.open")
        form = await self.sanne.view("case.open")
        self._say.form(self.sanne, form)
        values = {"kind": {"case.kind": "physical-violence"}, "urgency": {"case.urgency": "same-day"}}
        await self.sanne.act("submit", view_id=form["id"], values=values)
        self._headline = await self.sanne.message(
            "the headline", "Fysisk vold", "followup.propose", "har ikke svaret endnu"
        )
        self._say.sees(self.sanne, self._headline)
        self._say.sees(self.sanne, await self.sanne.message("her receipt", "er åbnet", "Gå til tråden"))
        self._request = await self.palle.message("the request", "beder dig være med", "case.accept", "Gå til tråden")
        self._say.sees(self.palle, self._request)

    async def accepts(self) -> None:
        """He accepts."""
        self._say.scene("3. Han tager imod, hun foreslår en opfølgning, han siger ja")
        await self.palle.click(self._request, "case.accept")
        self._say.taps(self.palle, "Tag imod")
        self._say.sees(
            self.palle,
            await self.palle.message("his answer", "beder dig være med", "svaret ja", without=("case.accept",)),
        )
        self._headline = await self.sanne.message(
            "him in the headline",
            "followup.propose",
            "Palle Politi (demo) (kontaktperson",
            without=("har ikke svaret",),
        )

    async def proposes(self) -> None:
        """She proposes a follow-up with owner and due time."""
        await self.sanne.click(self._headline, "followup.propose")
        form = await self.sanne.view("followup.propose")
        owners = {o["text"]["text"]: o["value"] for o in _block(form, "owner")["element"]["options"]}
        owner = next(value for name, value in owners.items() if name.startswith("Palle"))
        self._due = int(_block(form, "due")["element"]["initial_date_time"])
        values = {
            "what": {"followup.what": "answer-about-talk"},
            "owner": {"followup.owner": owner},
            "due": {"followup.due": self._due},
        }
        await self.sanne.act("submit", view_id=form["id"], values=values)
        self._say.form(self.sanne, form)
        self._proposal = await self.palle.message(
            "the proposal", "foreslår en opfølgning", "Svar om samtale", "followup.agree"
        )
        self._say.sees(self.palle, self._proposal)

    async def agrees(self) -> None:
        """He agrees; the headline shows it."""
        await self.palle.click(self._proposal, "followup.agree")
        self._say.taps(self.palle, "Sig ja")
        headline = await self.sanne.message("the agreement in the headline", "Aftalt: Palle Politi", "followup.propose")
        self._say.sees(self.sanne, headline)

    async def is_reminded(self) -> None:
        """The due time comes near: he gets one reminder."""
        self._say.scene("4. Fristen nærmer sig")
        due = datetime.fromtimestamp(self._due, DANISH)
        morning = (due - timedelta(days=6)).replace(hour=9, minute=5)
        while not await self._reminders():  # forward from morning to morning, as days pass
            morning += timedelta(days=1)
            if morning > due:
                raise NotSeenError("police1 should have been reminded before the due time, and was not")
            await self._clock_to(morning)
        found = await self._reminders()
        if len(found) != 1:
            raise NotSeenError(f"police1 should have got one reminder, and got {len(found)}")
        self._reminder = found[0]
        self._say.sees(self.palle, self._reminder)

    async def is_done(self) -> None:
        """He taps Udført; the headline is edited; no further reminder comes, also not after a restart."""
        await self.palle.click(self._reminder, "followup.done")
        self._say.taps(self.palle, "Udført")
        self._say.sees(
            self.sanne, await self.sanne.message("done in the headline", "Udført: Svar om samtale", "followup.propose")
        )
        self._say.sees(
            self.palle, await self.palle.message("his thanks", "Udført", "Påmindelse", without=("followup.done",))
        )
        await self._stage.stop_bot()
        await self._stage.start_bot()
        self._say.note("Botten er startet forfra, og to uger går.")
        await self._clock_to(datetime.fromtimestamp(self._due, DANISH) + FORTNIGHT)
        late = [m for m in (await self.palle.state())["messages"] if float(m["ts"]) > float(self._reminder["ts"])]
        if late:
            raise NotSeenError(f"police1 should have got nothing more, and got: {late[0]['text']}")
        self._say.note("Der kom ingen flere påmindelser.")

    async def _reminders(self) -> list[Seen]:
        state = await self.palle.state()
        return [m for m in state["messages"] if "followup.redate" in written(m)]

    async def _clock_to(self, moment: datetime) -> None:
        wish: dict[str, Any] = {"to": moment.isoformat()}
        async with self._session.post(f"{self._control}clock", json=wish) as response:
            answer = await response.json()
        if not answer["ok"] and answer["error"] != "not_forward":
            raise NotSeenError(f"the clock could not be moved: {answer['error']}")


def _block(view: Seen, block_id: str) -> Seen:
    found: Seen = next(block for block in view["blocks"] if block.get("block_id") == block_id)
    return found
