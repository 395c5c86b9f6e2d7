"""Many people with many agreements, all due at one moment: the stand-in's world and the rows in the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine

from bot.domain.cases import Case, FollowupWhat, ParticipantState, Room
from bot.domain.ladders import Audience, Rung
from bot.domain.matters import DueClock, Matter, MatterKind, MatterState
from bot.domain.people import Agency, Contact, Role, Side
from bot.domain.urgency import Urgency
from bot.usecases import directory
from bot.working_time import calendar
from storage import cases, deliveries, matters, rooms
from storage import directory as directory_rows
from storage.schema import new_id
from storage.uow import UnitOfWork

HOME = "T0HOME"
SIDES = ((Side.MUNICIPALITY, "m"), (Side.POLICE, "p"))
PLACES = tuple(str(101 + n) for n in range(32))
"""Municipalities by number; each has a room of its own."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many people, cases, and reminders that are all due at one moment."""

    people: int
    cases: int
    reminders: int
    headlines: int = 0
    """How many of the cases have yet to get their thread."""

    def handles(self) -> list[str]:
        """Everybody's handle."""
        return [f"{'mp'[n % 2]}{n}" for n in range(self.people)]

    def world(self) -> dict[str, Any]:
        """The stand-in's world: one workspace in which all of them sit."""
        handles = self.handles()
        return {
            "teams": [{"key": "home", "name": "Home", "bot": True}],
            "users": [{"handle": h, "real_name": f"Name {h}", "team": "home"} for h in handles],
            "channels": [{"name": f"room{place}", "members": ["bot", *handles[:4]]} for place in PLACES],
        }

    def fill(self, engine: Engine, now: datetime, due: datetime) -> None:
        """Directory, cases, what was agreed in them, a reminder of each at `due` (UTC), and some headlines."""
        directory.put(UnitOfWork(engine, now, calendar), HOME, self._entries(now))
        with UnitOfWork(engine, now, calendar) as work:
            people = {c.key: c for c in directory_rows.all_contacts(work, HOME)}
            everybody = [people[handle] for handle in self.handles()]
            opened = [self._case(work, n, everybody) for n in range(self.cases)]
            for case in opened[: self.headlines]:
                deliveries.refresh_headline(work, HOME, case.id, case.channel)
            for n in range(self.reminders):
                self._agreement(work, opened[n % self.cases].id, everybody[n % self.people], everybody[0], due)
            work.commit()

    def _case(self, work: UnitOfWork, n: int, everybody: list[Contact]) -> Case:
        room = rooms.room_of(work, HOME, "DK", PLACES[n % len(PLACES)])
        assert room is not None
        case = Case(
            new_id(), HOME, f"A{n:03}-B00-A", "neglect", Urgency.NEXT_DAY, "DK", room.municipality, room.id,
            room.channel, "da", everybody[0].id, work.now,
        )  # fmt: skip
        cases.add_case(work, case)
        for contact in everybody[:2]:
            cases.set_participant(work, case.id, contact.id, ParticipantState.ACCEPTED)
        return case

    def _agreement(self, work: UnitOfWork, case_id: str, owner: Contact, asker: Contact, due: datetime) -> None:
        matter = Matter(
            new_id(), HOME, MatterKind.FOLLOWUP, MatterState.AGREED, case_id, owner.side, owner.id, asker.id,
            DueClock.AGREED, work.now, due_at=due,
        )  # fmt: skip
        matters.add_followup(work, matter, FollowupWhat.ANSWER_ABOUT_TALK)
        deliveries.add_rungs(work, matter, [Rung("due", due, Audience.OWNER)])

    def _entries(self, now: datetime) -> directory.Entries:
        return directory.Entries(
            agencies=[Agency("", "", letter, f"Agency {letter}", side, "DK", "da") for side, letter in SIDES],
            contacts=[
                Contact(
                    id="", workspace_id="", key=handle, agency_id=handle[0], agency_name="", name=f"Name {handle}",
                    side={letter: side for side, letter in SIDES}[handle[0]], role=Role.CASEWORKER, unit="Unit",
                    phone="+4500000001", slack_id=f"U0{handle.upper()}", confirmed_at=now, confirmed_by="the board",
                )
                for handle in self.handles()
            ],
            rooms=[Room("", "", "DK", place, f"C0ROOM{place}", "da") for place in PLACES],
        )  # fmt: skip


SOON = timedelta(seconds=1)
