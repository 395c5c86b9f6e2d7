"""An invented municipality and police, alike in every respect, and a clock that stands still until it is moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any, Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, select

from bot.domain.cases import Case, CaseView, FollowupWhat, Room
from bot.domain.deliveries import Delivery, DeliveryKind, DeliveryState, ToSend
from bot.domain.matters import Matter
from bot.domain.opening import NewCase
from bot.domain.people import Actor, Agency, Contact, Role, Side
from bot.domain.routing import RoutingRule
from bot.domain.urgency import Urgency
from bot.domain.working_time import WorkingTime
from bot.usecases import cases, delivery, directory, followups, identity, opening
from bot.usecases.followups import NewFollowup
from storage import audit as audit_rows
from storage import cases as case_rows
from storage import deliveries as delivery_rows
from storage import directory as directory_rows
from storage import matters as matter_rows
from storage.deliveries import to_delivery
from storage.schema import metadata
from storage.uow import UnitOfWork

P = ParamSpec("P")
R = TypeVar("R")

HOME, ELSEWHERE = "T-HOME", "T-ELSEWHERE"
KOEGE = "259"
ROOM = "C-ROOM"
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""A working Monday, 10 o'clock in Copenhagen."""
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
OFFICE = WorkingTime(COPENHAGEN, time(8), time(16), lambda _: False)
"""The same hours on both sides: whoever swaps the sides must see no other difference than the words."""
SIDES = {"m": Side.MUNICIPALITY, "p": Side.POLICE}
OTHER = {"m": "p", "p": "m"}


def _agency(key: str, side: Side) -> Agency:
    return Agency(id="", workspace_id="", key=key, name=f"Agency {key}", side=side, country="DK", language="da")


def person(side: str, name: str, role: Role, *, substitute: str | None = None, agency: str | None = None) -> Contact:
    """Somebody of a side (`m`, `p`), by a short name."""
    key = f"{side}-{name}"
    return Contact(
        id="", workspace_id="", key=key, agency_id=agency or f"agency-{side}", agency_name="", side=SIDES[side],
        name=f"Name of {key}", role=role, unit="Unit", phone="+4500000001", email=f"{key}@example.org",
        slack_id=f"U-{key.upper()}", substitute_key=substitute, municipalities=(KOEGE,),
    )  # fmt: skip


def everybody() -> directory.Entries:
    """The directory: on each side a worker, her substitute, a colleague and a coordinator; and an agency apart."""
    return directory.Entries(
        agencies=[
            _agency("agency-m", Side.MUNICIPALITY),
            _agency("agency-p", Side.POLICE),
            _agency("agency-apart", Side.POLICE),
        ],
        contacts=[
            *(
                contact
                for side in SIDES
                for contact in (
                    person(side, "worker", Role.CONTACT, substitute=f"{side}-substitute"),
                    person(side, "substitute", Role.CONTACT),
                    person(side, "colleague", Role.CASEWORKER),
                    person(side, "coordinator", Role.COORDINATOR),
                )
            ),
            person("p", "apart", Role.COORDINATOR, agency="agency-apart"),
        ],
        rules=[
            RoutingRule(f"rule-{side}", "DK", f"{side}-worker", "agreed", "the board", None, municipality=KOEGE)
            for side in SIDES
        ],
        rooms=[Room(id="", workspace_id="", country="DK", municipality=KOEGE, channel=ROOM, language="da")],
    )


@dataclass
class World:
    """The directory in a database, the present moment, and short ways to act and to look."""

    engine: Engine
    now: datetime = MONDAY
    _keys: int = field(default=0)
    seen_bundled: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Fill the directory of the home workspace."""
        directory.put(self.work(), HOME, everybody())

    def work(self) -> UnitOfWork:
        """A unit of work at the present moment."""
        return UnitOfWork(self.engine, self.now, lambda _country, _side: OFFICE)

    def do(self, usecase: Callable[Concatenate[UnitOfWork, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run one use case in a unit of work of its own."""
        return usecase(self.work(), *args, **kwargs)

    def later(self, **step: float) -> None:
        """Let time pass."""
        self.now += timedelta(**step)

    def key(self) -> str:
        """The name of an interaction that never was before."""
        self._keys += 1
        return f"key-{self._keys}"

    def actor(self, name: str, workspace_id: str = HOME) -> Actor:
        """A person of the directory (`m-worker`), or a stranger."""
        return self.do(identity.who_is, workspace_id=workspace_id, slack_id=f"U-{name.upper()}", language="en")

    def contact(self, name: str) -> Contact:
        """A person of the directory."""
        with self.work().reading() as work:
            return next(c for c in directory_rows.all_contacts(work, HOME) if c.key == name)

    def add_house(self, *, slack: bool = True) -> Contact:
        """A children's house with one contact joins the directory; without Slack she is known by phone alone."""
        entries = everybody()
        worker = replace(
            person("m", "house", Role.CONTACT, agency="agency-h"), key="h-worker", side=Side.CHILDRENS_HOUSE,
            slack_id="U-H-WORKER" if slack else None, email="",
        )  # fmt: skip
        directory.put(
            self.work(), HOME,
            replace(
                entries,
                agencies=[*entries.agencies, _agency("agency-h", Side.CHILDRENS_HOUSE)],
                contacts=[*entries.contacts, worker],
            ),
        )  # fmt: skip
        return self.contact("h-worker")

    def without_slack(self, *names: str) -> None:
        """These people have no Slack, and no e-mail by which it could find them."""
        entries = everybody()
        contacts = [replace(c, slack_id=None, email="") if c.key in names else c for c in entries.contacts]
        directory.put(self.work(), HOME, replace(entries, contacts=contacts))

    def open_case(self, opener: str = "m-worker", asked: str = "p-worker") -> Case:
        """A case that one opens and the other is asked to take part in."""
        wanted = NewCase("neglect", Urgency.NEXT_DAY, KOEGE, self.contact(asked).id)
        opened = self.do(opening.open_case, self.actor(opener), wanted, key=self.key())
        assert opened.case is not None
        return opened.case

    def accepted_case(self, opener: str = "m-worker", asked: str = "p-worker") -> Case:
        """A case in which both take part."""
        case = self.open_case(opener, asked)
        self.do(cases.accept, self.actor(asked), matter_id=self.request(case).id, key=self.key())
        return case

    def propose(
        self, case: Case, asker: str = "m-worker", owner: str = "p-worker", *, due: datetime | None = None
    ) -> Matter:
        """A follow-up that one asks of the other, due in two days."""
        wanted = NewFollowup(
            FollowupWhat.ANSWER_ABOUT_TALK, self.contact(owner).id, due or self.now + timedelta(days=2)
        )
        return self.do(followups.propose, self.actor(asker), case.id, wanted, key=self.key())

    def answer(self, usecase: Callable[..., R], name: str, matter: Matter, **more: Any) -> R:
        """One tap on a request or reminder."""
        return self.do(usecase, self.actor(name), matter_id=matter.id, key=self.key(), **more)

    def view(self, case: Case) -> CaseView:
        """The case as it is now."""
        with self.work().reading() as work:
            found = case_rows.view(work, HOME, case.id)
        assert found is not None
        return found

    def places(self, case: Case) -> dict[str, str]:
        """Who has which place in the case, by key."""
        return {place.contact.key: place.state.value for place in self.view(case).participants}

    def request(self, case: Case) -> Matter:
        """The open question whether somebody takes part."""
        (found,) = self.view(case).requests
        return found

    def matter(self, matter: Matter) -> Matter:
        """A matter as it is now."""
        with self.work().reading() as work:
            found = matter_rows.matter(work, HOME, matter.id)
        assert found is not None
        return found

    def verbs(self, subject: str) -> list[str]:
        """What was done to a record."""
        with self.work().reading() as work:
            return audit_rows.verbs_for(work, HOME, subject)

    def deliveries(self, *states: DeliveryState, kind: DeliveryKind | None = None) -> list[Delivery]:
        """The rows in these states (or all), the earliest due first."""
        table = delivery_rows.deliveries
        query = select(table).order_by(table.c.due_at, table.c.rung, table.c.id)
        with self.engine.connect().execution_options(reading=True) as connection:
            found = [to_delivery(row) for row in connection.execute(query)]
        return [d for d in found if (not states or d.state in states) and kind in {None, d.kind}]

    def rungs(self, matter: Matter, *states: DeliveryState) -> list[str]:
        """The names of a matter's steps in these states, in order, each once however many it goes to."""
        nudges = self.deliveries(*states, kind=DeliveryKind.NUDGE)
        return list(dict.fromkeys(d.rung or "" for d in nudges if d.matter_id == matter.id))

    def snapshot(self) -> dict[str, list[tuple[object, ...]]]:
        """Every row of every table: two of them are equal where nothing changed."""
        with self.engine.connect().execution_options(reading=True) as connection:
            return {
                table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
                for table in metadata.sorted_tables
            }

    def take(self) -> list[ToSend]:
        """Take what is due and step to sending: what a card would be written from."""
        claimed = self.do(delivery.claim, workspace_id=HOME, limit=20)
        begun = [self.do(delivery.begin, item.id) for item in claimed]
        return [item for item in begun if item is not None]

    def deliver(self) -> list[ToSend]:
        """Send all that is due now, as Slack would take it; what was sent, in order."""
        sent: list[ToSend] = []
        while claimed := self.do(delivery.claim, workspace_id=HOME, limit=20):
            batch = [item for row in claimed if (item := self.do(delivery.begin, row.id)) is not None]
            for item in batch:
                is_new = item.delivery.kind is DeliveryKind.CHANNEL
                channel = f"C-{item.case.case.code}" if is_new else item.post_to or "D-UNKNOWN"
                ts = item.edit_ts or f"{len(sent)}.{self._next()}"
                link = f"https://slack.example/{ts}" if item.delivery.kind is DeliveryKind.HEADLINE else None
                self.do(delivery.report_sent, item.delivery.id, delivery.Sent(channel, ts, link))
            sent += batch
            self.later(seconds=1)
        return sent

    def bundled(self) -> list[tuple[str, str]]:
        """Who will read, or has read, which rung in a digest; what was given back before is left out."""
        new = [d for d in self.deliveries(DeliveryState.BUNDLED, DeliveryState.TOLD) if d.id not in self.seen_bundled]
        self.seen_bundled |= {d.id for d in new}
        with self.work().reading() as work:
            people = {c.id: c.key for c in directory_rows.all_contacts(work, HOME)}
        return [(people[str(d.recipient_id)], d.rung or "") for d in new]

    def _next(self) -> int:
        self._keys += 1
        return self._keys
