"""Every card the product can write, in every state it can show, from values alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import time, timedelta
from itertools import cycle

from bot.app import reader as product_reader
from bot.data.guidance import topics as every_topic
from bot.data.municipalities import municipality
from bot.domain.callbacks import LATE, LINE, Asked, CallbackView, Reach, Wish
from bot.domain.cases import (
    MOST_NOTE,
    Case,
    CaseSubject,
    CaseView,
    Counter,
    Followup,
    FollowupWhat,
    Participant,
    ParticipantState,
    Room,
)
from bot.domain.channels import Apart, Obstacle, WishView
from bot.domain.clearances import Clearance, Level, Need, Towards
from bot.domain.closing import MOST_LEFT, CloseReason
from bot.domain.confirmations import ConfirmationView, Reply
from bot.domain.corrections import CorrectionView, Fault, Wrong
from bot.domain.deadlines import Amount, Basis, CaseDeadline, Deadline, DeadlineView, Timeline, Unit
from bot.domain.deliveries import STEPS, Delivery, DeliveryKind, DeliveryState, ToSend
from bot.domain.digests import DigestView
from bot.domain.followups import DECLINED, EVENTS
from bot.domain.handovers import HandoverView
from bot.domain.holes import Hole, HoleKind
from bot.domain.incidents import AGAIN, NOTICE, TOLD, Cause, Ending, Incident, IncidentView, Place, Recorded
from bot.domain.intake import Found, GuardedText, Held
from bot.domain.ladders import SNOOZED, Audience
from bot.domain.matters import DueClock, Matter, MatterKind, MatterState
from bot.domain.memberships import Claim, MembershipView
from bot.domain.opening import ROOM_AGAIN, NewCase, RoomView
from bot.domain.people import Agency, Contact, Role, Side
from bot.domain.preferences import NEVER, NONE, Preferences, Rhythm, Span
from bot.domain.rooms import Readers
from bot.domain.routing import Link, RoutingRule
from bot.domain.setup import SetupView, Step
from bot.domain.stuck import Stuck, Undelivered
from bot.domain.tasks import Task, Tasks
from bot.domain.tracks import STAGES, CaseEvent, Track
from bot.domain.upkeep import UpkeepView
from bot.domain.urgency import Urgency
from bot.domain.words import Word
from bot.guard import Kind
from bot.usecases import agreements as agreement_steps
from bot.usecases import clearances as clearance_steps
from bot.usecases import words as word_steps
from bot.usecases.callbacks import Outcome, Passing, Promise
from bot.usecases.cases import Everything
from bot.usecases.channels import Way
from bot.usecases.closing import Closing
from bot.usecases.contacts import ContactAnswer
from bot.usecases.corrections import Reporting
from bot.usecases.counters import Redating
from bot.usecases.editing import Editing
from bot.usecases.followups import Missing, Proposal
from bot.usecases.handovers import Handing
from bot.usecases.incidents import Noticed, Record
from bot.usecases.opening import Opened, Opening
from bot.usecases.preferences import Mine, Office
from bot.usecases.reminders import Postponing, Snoozed
from bot.usecases.rooms import Choosing, Chosen
from bot.usecases.tracks import Moving
from bot.usecases.upkeep import PAGE, Page
from handlers.cards import (
    agreements,
    callbacks,
    cases,
    channels,
    clearances,
    closing,
    codes,
    confirmations,
    contacts,
    corrections,
    counters,
    deadlines,
    digests,
    editing,
    everything,
    followups,
    handovers,
    incidents,
    intake,
    letters,
    memberships,
    opening,
    preferences,
    proposals,
    reminders,
    rooms,
    setup,
    stuck,
    tasks,
    tracks,
    upkeep,
    words,
)
from handlers.cards import help as help_cards
from handlers.cards.headline import headline, welcome
from handlers.cards.parts import Block, Card, Reader
from handlers.forms.followups import ProposalTarget, Shown
from handlers.forms.reminders import Target
from tests.world import MONDAY

ASKING = ("ask", "again", "substitute", "coordinator")
STATES = [s for s in MatterState if s is not MatterState.ACCEPTED]
PAIR = (("police", Side.POLICE), ("municipality", Side.MUNICIPALITY))
EXPIRING = ("expired", "expired-again", "expired-help")
DEADLINE_RUNGS = (
    *ASKING, "hours-12", "hours-4", "hours-1", "weeks-before", "day-before", "due", "overdue-1", "overdue-3", SNOOZED, "help",
)  # fmt: skip
REMINDING = ("day-before", "due", "overdue-1", "overdue-3", SNOOZED, "help")
WHYS = (("NATIONAL_ID", "guard.id.number"), ("QUASI", "guard.quasi.combination"))
"""Kinds and reasons of the guard that stand beside names."""
LONG = "Ægir <Ø&Å> " + "Nørregaard-" * 9
"""As long as the directory takes a name, with what must be escaped."""


def reader(language: str) -> Reader:
    """Somebody in Denmark who reads this language."""
    return product_reader(language, "DK")


def somebody(key: str, side: Side, *, name: str = "Name", role: Role = Role.CONTACT) -> Contact:
    """A contact."""
    return Contact(
        id=f"id-{key}", workspace_id="T", key=key, agency_id=side.value, agency_name=f"{name} agency"[:120], side=side,
        name=f"{name} {key}"[-120:], role=role, unit=f"{name} unit"[:120], phone="+4500000001", slack_id="U1", hours="8-15",
        municipalities=("259",),
    )  # fmt: skip


def matter(state: MatterState, *, kind: MatterKind = MatterKind.FOLLOWUP, number: int = 0) -> Matter:
    """A matter of the police, asked for by the municipality."""
    return Matter(
        id=f"matter-{number}", workspace_id="T", kind=kind, state=state, case_id="case", side=Side.POLICE,
        owner_id="id-police", asker_id="id-municipality", clock=DueClock.AGREED, created_at=MONDAY,
        due_at=MONDAY + timedelta(days=2, hours=number), settled_at=None if state.is_open else MONDAY,
    )  # fmt: skip


@dataclass(frozen=True)
class Stage:
    """A case with so many follow-ups, and people with names so long."""

    name: str = "Name"
    many: int = 2

    @property
    def note(self) -> GuardedText:
        """A few words about a follow-up, as long as the names."""
        return GuardedText.kept(f"{self.name} (words)"[:MOST_NOTE])

    def held(self, *, blocks: bool) -> Held:
        """What the guard objects to in a form with many words in it."""
        found = [
            Found("note", 0, 1, kind, 0.6, blocks, why, f"{n:02x}" * 32)
            for n, (kind, why) in enumerate([*(("NAME", "guard.name.word") for _ in range(9)), *WHYS])
        ]
        return Held(tuple(found))

    @property
    def view(self) -> CaseView:
        """The case: a follow-up in every state, and as many open ones as asked for."""
        owner = somebody("police", Side.POLICE, name=self.name)
        places = tuple(
            Participant(somebody(key, side, name=self.name, role=role), state)
            for key, side, role, state in (
                ("municipality", Side.MUNICIPALITY, Role.CASEWORKER, ParticipantState.ACCEPTED),
                ("police", Side.POLICE, Role.CONTACT, ParticipantState.ASKED),
                ("declined", Side.POLICE, Role.LEADER, ParticipantState.DECLINED),
                ("passed", Side.CHILDRENS_HOUSE, Role.COORDINATOR, ParticipantState.PASSED_ON),
                ("desk", Side.OTHER, Role.DESK, ParticipantState.ACCEPTED),
            )
        )
        whats, states = list(FollowupWhat), [s for s in MatterState if s.is_open]
        agreed = [
            Followup(matter(states[n % 2], number=n), whats[n % len(whats)], owner) for n in range(self.many)
        ] + [
            Followup(matter(state, number=100 + n), whats[n % len(whats)], owner, self.note)
            for n, state in enumerate(MatterState)
        ]  # fmt: skip
        case = Case(
            "case", "T", "K472-M53-7", "honour-control", Urgency.NEXT_DAY, "DK", "259", "room", "C1", "da",
            "id-municipality", MONDAY, "1.1", "https://slack.example/archives/C1/p11",
        )  # fmt: skip
        requests = (matter(MatterState.PROPOSED, kind=MatterKind.PARTICIPATION, number=200),)
        asker = somebody("municipality", Side.MUNICIPALITY, name=self.name)
        agreed = [self.terms(followup, n, asker) for n, followup in enumerate(agreed)]
        clearance = [
            Clearance(
                matter(state, kind=MatterKind.CLEARANCE, number=300 + n), towards, level, Side.MUNICIPALITY, owner, asker,
                expired=n % 2 == 1,
            )
            for n, (state, towards, level) in enumerate(zip(STATES, cycle(Towards), cycle(Level), strict=False))
        ]  # fmt: skip
        word = [Word(matter(s, kind=MatterKind.WORD, number=400 + n), owner, asker) for n, s in enumerate(STATES)]
        events = tuple(
            CaseEvent("case", track, stage, MONDAY, "id-police", MONDAY, f"{self.name} police"[-120:], on_behalf=True)
            for track, stages in STAGES.items()
            for stage in stages
        )
        return CaseView(
            case, places, tuple(agreed), requests, self.attached, clearances=tuple(clearance), words=tuple(word), events=events,
        )  # fmt: skip

    def terms(self, followup: Followup, number: int, asker: Contact) -> Followup:
        """A follow-up with everything that can lie beside it, now and then."""
        counter = None
        if number % 3 == 2:
            state = STATES[number % len(STATES)]
            asked = matter(state, kind=MatterKind.COUNTER, number=500 + number)
            counter = Counter(
                asked, followup.matter.id, asker, MONDAY, EVENTS[number % len(EVENTS)], number % 3, asker, asker
            )
        event = EVENTS[number % len(EVENTS)] if number % 2 else None
        about = replace(followup.matter, due_at=None) if number % 4 == 1 else followup.matter
        if not about.state.is_open and number % 2:
            about = replace(about, reason=DECLINED[0])
        role = Side.POLICE if number % 4 == 3 else None
        return replace(
            followup, matter=about, asker=asker, role=role, event=event, event_days=number % 3, counter=counter
        )

    @property
    def closed(self) -> CaseView:
        """The same case, closed."""
        case = replace(self.view.case, closed_at=MONDAY, closed_by="id-police", close_reason=CloseReason.OTHER_AGENCY)
        return replace(self.view, case=case, closed_by=somebody("police", Side.POLICE, name=self.name))

    def to_send(self, about: Matter, rung: str) -> ToSend:
        """A nudge about a matter."""
        delivery = Delivery(
            "d", "T", DeliveryKind.NUDGE, DeliveryState.SENDING, MONDAY, "lane", "case", about.id, rung, Audience.OWNER
        )
        return ToSend(delivery, "U1", "da", "DK", self.view, None, about)

    def handing(self, kind: MatterKind, state: MatterState, rung: str) -> ToSend:
        """What is sent about a place in the case."""
        asked, people = matter(state, kind=kind), [p.contact for p in self.view.participants]
        item = self.to_send(asked, rung)
        return replace(item, about=HandoverView(asked, self.view, people[0], people[1], people[2]))

    def memberships(self, to: Reader) -> Iterator[tuple[str, Card]]:
        """What is said about whoever says where she works."""
        yield "stranger", memberships.refused(to, to.texts.md("refused.stranger"))
        yield "claimed", memberships.claimed(to)
        owner = somebody("police", Side.POLICE, name=self.name)
        agency = Agency("a", "T", "a", f"{self.name} agency"[:120], Side.POLICE, "DK", "da")
        for state in (MatterState.PROPOSED, MatterState.ACCEPTED, MatterState.DECLINED, MatterState.WITHDRAWN):
            asked = matter(state, kind=MatterKind.MEMBERSHIP)
            claim = Claim("U9", self.name[:120], "a@example.org", "259")
            about = MembershipView(asked, claim, agency, owner, owner if state is MatterState.ACCEPTED else None)
            item = replace(self.to_send(asked, "ask"), about=about)
            yield f"membership {state}", memberships.message(to, item)
            sent = replace(item.delivery, kind=DeliveryKind.RECEIPT)
            yield "welcome of a member", memberships.message(to, replace(item, delivery=sent))

    def places(self, to: Reader) -> Iterator[tuple[str, Card]]:
        """What is sent about places in the case."""
        for state in (MatterState.PROPOSED, MatterState.ACCEPTED, MatterState.DECLINED, MatterState.WITHDRAWN):
            for rung in ASKING:
                yield f"handover {rung} {state}", handovers.message(to, self.handing(MatterKind.HANDOVER, state, rung))
            receipt = self.handing(MatterKind.HANDOVER, state, "ask")
            sent = replace(receipt, delivery=replace(receipt.delivery, kind=DeliveryKind.RECEIPT))
            yield f"handover receipt {state}", handovers.message(to, sent)
        for state in (MatterState.PROPOSED, MatterState.DONE, MatterState.WITHDRAWN):
            yield f"succession {state}", handovers.message(to, self.handing(MatterKind.SUCCESSION, state, "ask"))
        accepted = cases.request(to, self.to_send(matter(MatterState.ACCEPTED), "ask"))
        for joined_id in ("nobody", self.view.followups[0].matter.asker_id):
            yield f"welcome {joined_id}", welcome(to, self.view, accepted, joined_id=joined_id)

    def first_steps(self, to: Reader) -> Iterator[tuple[str, Card]]:
        """What a coordinator and a channel read first."""
        yield "help of a coordinator", help_cards.what_i_can_do(to, coordinator=True)
        yield "hello", setup.hello(to)
        for step in (None, *Step):
            asked, owner = (
                matter(MatterState.PROPOSED, kind=MatterKind.SETUP),
                somebody("police", Side.POLICE, name=self.name),
            )
            about = SetupView(asked, owner, step, "DK", "da")
            yield f"first step {step}", setup.welcome(to, replace(self.to_send(asked, "ask"), about=about))
            yield f"where {step}", setup.where(to, about)

    def cards(self, language: str) -> Iterator[tuple[str, Card]]:
        """Every message, by name."""
        to = reader(language)
        yield "headline", headline(to, self.view)
        yield "headline without follow-ups", headline(to, replace(self.view, followups=(), requests=()))
        yield "receipt", cases.receipt(to, self.view)
        yield "headline of a closed case", headline(to, self.closed)
        yield "exporting", closing.exporting(to)
        yield (
            "farewell",
            closing.farewell(to, replace(self.to_send(matter(MatterState.DONE), "ask"), about=self.closed)),
        )
        for state in (MatterState.PROPOSED, MatterState.ACCEPTED, MatterState.DECLINED, MatterState.WITHDRAWN):
            for rung in ASKING:
                asked = matter(state, kind=MatterKind.PARTICIPATION)
                yield f"request {rung} {state}", cases.request(to, self.to_send(asked, rung))
        for followup in self.view.followups[-len(MatterState) :]:
            if followup.matter.state is not MatterState.ACCEPTED:  # only a request for acceptance is accepted
                for rung in (*ASKING, *REMINDING):
                    name = f"nudge {rung} {followup.matter.state}"
                    yield name, followups.nudge(to, self.to_send(followup.matter, rung))
        yield from self.agreements(to)
        yield from self.reminders(to)
        yield from self.wishes(to)
        yield from self.threads(to)
        yield from self.deadlines(to)
        yield from self.places(to)
        yield from self.memberships(to)
        yield from self.first_steps(to)
        yield "choose a case", followups.choose_case(to, [(f"case-{n}", f"K472-M53-{n}") for n in range(9)])
        yield "no case", followups.choose_case(to, [])
        (mine, office), (_, chosen) = self.preferences()
        yield "hours", preferences.said(to, mine)
        yield "office hours", preferences.office_said(to, office)
        yield "office hours that were chosen", preferences.office_said(to, chosen)
        yield "no tasks", tasks.waiting(to, Tasks((), ()))
        yield "tasks", tasks.waiting(to, self.tasks)
        given_up = [
            Undelivered(f"d-{n}", DeliveryKind.NUDGE, reason, MONDAY, self.name, "K472-M53-7", MatterKind.FOLLOWUP)
            for n, reason in enumerate([*stuck.REASONS, "another_word", "no-answer"])
        ]
        steps = tuple(
            Undelivered(f"s-{step}", step, "restricted_action", MONDAY, self.name, "K472-M53-7") for step in STEPS
        )
        yield "stuck steps", stuck.stuck(to, Stuck((), steps))
        yield "nothing stuck", stuck.stuck(to, Stuck((), ()))
        yield "stuck", stuck.stuck(to, Stuck(self.tasks.on_me, tuple(given_up)))
        yield "digest", digests.morning(to, DigestView(somebody("police", Side.POLICE), "da", "DK", self.tasks))
        places = tuple(m for code in ("101", "259", "751", "851", "461", "561") if (m := municipality("DK", code)))
        yield "which municipality", contacts.which_municipality(to, places, acute=False)
        yield "which municipality, acute", contacts.which_municipality(to, places, acute=True)
        yield "emergency only", contacts.emergency_only(to, "contact.error.municipality")
        found = self.answer(Side.POLICE, Urgency.ROUTINE)
        for topic in (None, *every_topic("DK")):
            yield f"guidance {topic.key if topic else None}", contacts.guidance(to, topic, found)
        for message in (True, False):
            yield f"reminded {message}", intake.reminded(to, help_cards.what_i_can_do(to), tuple(Kind), message=message)
        yield "help", help_cards.what_i_can_do(to)
        yield "too old", help_cards.too_old(to)
        yield "unknown command", help_cards.unknown_command(to, "/<ukendt>")
        for side in Side:
            for urgency in Urgency:
                yield f"contact {side} {urgency}", contacts.answer(to, self.answer(side, urgency))

    def agreements(self, to: Reader) -> Iterator[tuple[str, Card]]:
        """Every message about what is agreed, by name."""
        every = [
            *((followups.card, f.matter, ("declined", "wont-do", "uncleared")) for f in self.view.followups),
            *((counters.card, f.counter.matter, ("declined",)) for f in self.view.followups if f.counter),
            *((clearances.card, c.matter, ("declined", "revoked", "again")) for c in self.view.clearances),
            *((words.card, w.matter, ("declined", "nothing-new")) for w in self.view.words),
        ]
        asker = somebody("municipality", Side.MUNICIPALITY, name=self.name)
        for write, about, told in every:
            for word in (None, *told):
                item = self.to_send(about, "")
                receipt = replace(item.delivery, kind=DeliveryKind.RECEIPT, rung=word)
                name = f"told {word} {about.kind} {about.id}"
                yield name, write(to, replace(item, delivery=receipt, recipient=asker))
        rungs = {MatterKind.COUNTER: (), MatterKind.CLEARANCE: EXPIRING, MatterKind.WORD: (*REMINDING, "late")}
        for write, about, _ in every[len(self.view.followups) :]:
            for rung in (*ASKING, SNOOZED, *rungs[about.kind]):
                yield f"nudge {rung} {about.kind} {about.id}", write(to, self.to_send(about, rung))
        rows = [row for part in (followups, clearances, words) for row in part.rows(to, self.view)]
        yield "more", agreements.more(to, rows, everything.way(to, "case"))
        yield "nothing more", agreements.more(to, [], everything.way(to, "case"))
        yield "acted", agreements.acted(to, "followup", matter(MatterState.DONE), to.texts("task.followup"))
        yield "offer", followups.offer(to, "case", "", "")

    def reminders(self, to: Reader) -> Iterator[tuple[str, Card]]:
        """Reminders with the answers every one carries, put off and not, and the asker's message, by name."""
        owner, asker = (somebody(key, side, name=self.name) for key, side in PAIR)
        others = (*(word.matter for word in self.view.words[:2]), self.view.clearances[1].matter)
        for asked in (*(followup.matter for followup in self.view.followups[:2]), *others):
            helped = replace(asked, help_asked_at=MONDAY)
            for clock, until in ((DueClock.AGREED, None), (DueClock.AGREED, MONDAY), (DueClock.STATUTORY, MONDAY)):
                item = self.to_send(replace(helped, clock=clock), SNOOZED)
                item = replace(item, recipient=owner, snoozed_until=until)
                yield f"reminder {clock} {until} {asked.id}", letters.card(to, item)
                receipt = replace(item.delivery, kind=DeliveryKind.RECEIPT, rung=None)
                yield (
                    f"kept in mind {clock} {until} {asked.id}",
                    letters.card(to, replace(item, delivery=receipt, recipient=asker)),
                )
            yield f"snoozed {asked.id}", reminders.said(to, Snoozed(asked, MONDAY))

    def agreement_views(self, to: Reader) -> Iterator[tuple[str, Block]]:
        """Every form about what is agreed, by name."""
        people = (somebody("police", Side.POLICE, name=self.name), somebody("desk", Side.OTHER, name=self.name))
        bare = ProposalTarget(case_id="case")
        filled = ProposalTarget(case_id="case", what=FollowupWhat.TALK_WITH_CHILD, event=EVENTS[0], days=2)
        for kind in cases.KINDS:
            view = replace(self.view, case=replace(self.view.case, kind=kind))
            yield f"propose {kind}", proposals.form(to, Proposal(view, MONDAY), bare)
        same = self.view.followups[:3]
        yield "propose, filled", proposals.form(to, Proposal(self.view, MONDAY), filled)
        opened = proposals.form(to, Proposal(self.view, MONDAY), bare)
        told = Shown(case_id="case", same=True, read=MONDAY)
        yield "propose, again", proposals.again(to, opened, opened["blocks"], told, read_back=MONDAY, same=same)
        yield "counter", counters.form(to, Redating(self.view, self.view.followups[0], MONDAY), matter_id="matter-0")
        need = Need(Towards.PARENTS, Level.FREE)
        yield "uncleared", proposals.uncleared_form(to, Missing(self.view.followups[0], need, people))
        asked = matter(MatterState.PROPOSED)
        yield "pass a follow-up on", agreements.pass_form(to, "followup", agreement_steps.Passing(asked, people))
        for asking in (False, True):
            reopening = agreement_steps.Reopening(asked, MONDAY, asking, late=asking)
            yield f"reopen {asking}", agreements.reopen_form(to, "followup", reopening)
        cleared = agreement_steps.Reopening(self.view.clearances[0].matter, MONDAY, asking=True, late=True)
        yield "reopen a clearance", agreements.reopen_form(to, "clearance", cleared)
        renews = self.view.clearances[0]
        yield "clearance", clearances.form(to, clearance_steps.Proposal(self.view, people, MONDAY))
        yield "renewal", clearances.form(to, clearance_steps.Proposal(self.view, people, MONDAY, renews))
        yield "word", words.form(to, word_steps.Proposal(self.view, people, MONDAY))
        yield "next word", words.next_form(to, word_steps.Next(asked, MONDAY))
        which = self.case_deadline(MatterState.PROPOSED)
        options = tuple(Timeline(replace(which.deadline, timeline=f"option-{n}"), "NO", Side.POLICE) for n in range(3))
        about = DeadlineView(which.matter, which.deadline, which.owner, "K472-M53-7", None, "NO", "da", True, options)  # noqa: FBT003 - its office is open
        yield "which deadline", deadlines.which_form(to, about)
        for clock in DueClock:
            choosing = Postponing(replace(asked, clock=clock), MONDAY)
            yield f"snooze {clock}", reminders.form(to, choosing, Target(matter_id=asked.id, channel="C1"))

    def case_deadline(self, state: MatterState, *, number: int = 0) -> CaseDeadline:
        """A deadline of the police, of the longest kind."""
        about = replace(matter(state, kind=MatterKind.DEADLINE, number=number), clock=DueClock.STATUTORY)
        amount = None if state is MatterState.PROPOSED else Amount(24, Unit.HOURS)
        law, sure = ("", True) if number % 2 else (f"{self.name} § 1"[:120], number % 4 == 0)
        deadline = Deadline(
            f"key-{number}", "v", self.name[:120], self.name[:120], amount, ("police.report-received",), law=law, sure=sure,
            basis=list(Basis)[number % len(Basis)],
        )  # fmt: skip
        return CaseDeadline(about, deadline, somebody("police", Side.POLICE, name=self.name))

    @property
    def attached(self) -> tuple[CaseDeadline, ...]:
        """Deadlines in every state, with a date and waiting for their event."""
        states = (MatterState.AGREED, MatterState.PROPOSED, MatterState.DONE, MatterState.WITHDRAWN)
        held = [self.case_deadline(state, number=n) for state in states for n in range(4)]
        return (*held, *(replace(item, matter=replace(item.matter, due_at=None)) for item in held[:4]))

    def preferences(self) -> Iterator[tuple[Mine, Office]]:
        """When somebody wants to be written to, and her agency, with nothing chosen and with everything."""
        usual = Rhythm(frozenset(range(5)), time(9), NEVER, time(9))
        full = Rhythm(frozenset({0, 2, 3, 4, 6}), time(6), Span(time(17, 30), time(7)), time(9, 30))
        chosen = Preferences(full.days, full.quiet, full.digest_at)
        agency = Agency("a", "T", "a", f"{self.name} agency"[:120], Side.POLICE, "DK", "da")
        for holds, wanted in ((usual, NONE), (full, chosen)):
            mine = Mine(replace(somebody("police", Side.POLICE), prefers=wanted), holds, usual, tuple(range(7)))
            yield mine, Office(agency, holds, Span(time(7, 45), time(15)), usual, Span(time(9), time(15)))

    def deadlines(self, to: Reader) -> Iterator[tuple[str, Card]]:
        """Every message about a deadline, in and outside office hours, by name."""
        for item, office in ((item, office) for item in self.attached for office in (True, False)):
            options = tuple(
                Timeline(replace(item.deadline, timeline=f"option-{n}"), "NO", Side.POLICE) for n in range(3)
            )
            view = DeadlineView(
                item.matter,
                item.deadline,
                item.owner,
                "K472-M53-7",
                "https://slack.example/p",
                "NO",
                "da",
                office,
                options,
            )
            for rung in DEADLINE_RUNGS:
                yield (
                    f"deadline {rung} {item.matter}",
                    deadlines.nudge(to, replace(self.to_send(item.matter, rung), about=view)),
                )

    def wishes(self, to: Reader) -> Iterator[tuple[str, Card]]:
        """Every message about a call-back, a consultation or a correction, by name."""
        owner = somebody("police", Side.POLICE, name=self.name)
        asker = somebody("municipality", Side.MUNICIPALITY, name=self.name)
        desk = somebody("desk", Side.POLICE, name=self.name, role=Role.DESK)
        asked = (Asked(owner, MONDAY, Reach.UNREACHABLE), Asked(desk, MONDAY))
        for state in (MatterState.PROPOSED, MatterState.AGREED, MatterState.DONE, MatterState.WITHDRAWN):
            about = matter(state, kind=MatterKind.CALLBACK)
            for sparring in (False, True):
                wish = Wish("259", "honour-control", Urgency.NOW, sparring)
                view = CallbackView(about, wish, asker, owner, "DK", "da", asked, Asked(desk, MONDAY))
                yield f"receipt {state} {sparring}", callbacks.receipt(to, view)
                for rung in ("ask", "due", *LINE, *(f"{LATE}{audience}" for audience in LINE)):
                    item = replace(self.to_send(about, rung), about=view, recipient=owner)
                    yield f"wish {rung} {sparring} {state}", callbacks.card(to, item)
        yield "unreachable", callbacks.unreachable(to, Outcome(owner, Wish("259"), None, desk), following="259:x:")
        wrong = matter(MatterState.PROPOSED, kind=MatterKind.CORRECTION)
        fault = Fault(owner.id, "259", Wrong.OTHER, "neglect")
        correction = CorrectionView(wrong, fault, owner, asker, desk, "DK", "da")
        for rung in ("ask", SNOOZED):
            yield f"correction {rung}", corrections.nudge(to, replace(self.to_send(wrong, rung), about=correction))
        yield "reported", corrections.reported(to, Reporting(owner, desk))
        yield from self.holes(to)
        yield from self.confirmations(to)
        yield from self.incidents(to)

    def holes(self, to: Reader) -> Iterator[tuple[str, Card]]:
        """Every page of holes, and the weekly notice."""
        owner = somebody("police", Side.POLICE, name=self.name, role=Role.COORDINATOR)
        found = tuple(
            Hole(kind, "koege-police", "DK", "259", name=name, kinds=kinds, since=since, other=self.name)
            for kind in HoleKind
            for name, kinds, since in ((owner.name, (), MONDAY), ("", tuple(cases.KINDS), None))
        )
        yield "no holes", upkeep.page(to, Page((), 0, 0))
        for at in range(0, len(found), PAGE):
            yield f"holes {at}", upkeep.page(to, Page(found[at : at + PAGE], at // PAGE, 3 * PAGE))
        weekly = matter(MatterState.PROPOSED, kind=MatterKind.UPKEEP)
        for some in ((), found[:1], found):
            item = replace(self.to_send(weekly, "weekly"), about=UpkeepView(weekly, owner, some))
            yield f"notice {len(some)}", upkeep.notice(to, item)

    def confirmations(self, to: Reader) -> Iterator[tuple[str, Card]]:
        """The question whether the directory is right, in every state; and that somebody has left."""
        owner, asked = somebody("police", Side.POLICE, name=self.name), matter(MatterState.PROPOSED)
        settled = [replace(matter(MatterState.DONE), reason=reply) for reply in Reply]
        for rung in ("ask", "again"):
            for about in (asked, *settled, matter(MatterState.WITHDRAWN)):
                about_kind = replace(about, kind=MatterKind.CONFIRMATION)
                item = replace(self.to_send(about_kind, rung), about=ConfirmationView(about_kind, owner, owner))
                yield f"confirmation {rung} {about.reason} {about.state}", confirmations.question(to, item)
        wrong = matter(MatterState.PROPOSED, kind=MatterKind.CORRECTION)
        view = CorrectionView(wrong, Fault(owner.id, "", Wrong.MOVED), owner, owner, owner, "DK", "da")
        yield "left", corrections.nudge(to, replace(self.to_send(wrong, "ask"), about=view))

    def incidents(self, to: Reader) -> Iterator[tuple[str, Card]]:
        """What is said of an incident, in every state and to everybody; and the record of an agency."""
        owner = somebody("police", Side.POLICE, name=self.name)
        found = tuple(Cause(kind, "guard.name.kin") for kind in (Kind if self.many > 2 else list(Kind)[:2]))[:8]
        for helper, outside in ((owner, False), (None, True)):
            noticed = Noticed(found, "da", "DK", direct=not outside, answers=True, matter_id="m", helper=helper)
            yield f"whisper {outside}", incidents.whisper(to, noticed)
            incident = Incident("m", "T", "a", found, Place("C1", "1.1"), None, MONDAY, outside)
            for state, ending in (
                (MatterState.PROPOSED, None),
                (MatterState.DONE, Ending.DELETED),
                (MatterState.DONE, Ending.EDITED),
                (MatterState.WITHDRAWN, Ending.FALSE_ALARM),
            ):
                about = replace(matter(state, kind=MatterKind.INCIDENT), reason=ending)
                code, link = ("K472-M53-7", self.view.case.permalink) if outside else (None, None)
                view = IncidentView(about, incident, owner, helper, code, link, timedelta(minutes=12))
                for rung in (NOTICE, AGAIN, TOLD):
                    item = replace(self.to_send(about, rung), about=view)
                    yield f"incident {rung} {outside} {ending} {state}", incidents.message(to, item)
        endings: tuple[Ending | None, ...] = (None, *Ending)
        many = [
            Recorded(
                tuple(one.kind for one in found), MONDAY, timedelta(seconds=3 ** min(n, 12)), n or None, endings[n % 4]
            )
            for n in range(self.many)
        ]
        yield "no incidents", incidents.record(to, Record(owner.agency_name, ()))
        yield "incidents", incidents.record(to, Record(owner.agency_name, tuple(many[:20])))

    @property
    def tasks(self) -> Tasks:
        """What waits: every kind of open matter, with a thread and without."""
        asked = matter(MatterState.PROPOSED, kind=MatterKind.PARTICIPATION)
        open_ = [f for f in self.view.followups if f.matter.state.is_open]
        mine = [
            Task(f.matter, self.name, self.name, "K472-M53-7", self.view.case.permalink, f.what) for f in open_
        ]  # fmt: skip
        return Tasks((Task(asked, self.name, self.name, "K472-M53-7"), *mine), tuple(mine))

    def draft(self, state: MatterState, code: str | None = None) -> RoomView:
        """A case that waits for its room."""
        asked, asker = somebody("police", Side.POLICE, name=self.name), somebody("m", Side.MUNICIPALITY, name=self.name)
        wanted = NewCase("honour-control", Urgency.NEXT_DAY, "259", asked.id)
        link = self.view.case.permalink if code else None
        return RoomView(matter(state, kind=MatterKind.ROOM), wanted, asker, asked, (asked,), "DK", "da", code, link)

    def threads(self, to: Reader) -> Iterator[tuple[str, Card]]:
        """What is said about rooms, codes, and cases that nobody takes part in."""
        yield "code", codes.summary(to, self.view)
        yield "code, no thread", codes.summary(to, replace(self.view, case=replace(self.view.case, permalink=None)))
        view = self.draft(MatterState.PROPOSED)
        yield "offer", opening.offer(to)
        yield "waits", opening.waits(to, Opened(None, view.matter, view.owner, view.asked))
        yield "working", rooms.working(to)
        yield "failed", rooms.failed(to, "room.error.not_member")
        read = Readers(3, ((self.name, 2),), 1, (self.name, self.name), is_shared=True)
        room = Room("r", "T", "DK", "259", "C1", "da")
        chosen = Chosen(room, read, (self.view.case,))
        yield "room chosen for another", rooms.chosen(to, chosen, None)
        for name, way in self.ways(room):
            yield f"room chosen, {name}", rooms.chosen(to, chosen, way)
        yield from self.channels(to, room)
        for state, code in (
            (MatterState.PROPOSED, None), (MatterState.DONE, "K472-M53-7"), (MatterState.WITHDRAWN, None),
        ):  # fmt: skip
            draft = self.draft(state, code)
            for rung in ("ask", *(name for name, _ in ROOM_AGAIN), "ended"):
                yield f"room {rung} {state}", rooms.card(to, replace(self.to_send(draft.matter, rung), about=draft))
            item = replace(self.to_send(draft.matter, ""), about=draft)
            receipt = replace(item, delivery=replace(item.delivery, kind=DeliveryKind.RECEIPT))
            yield f"room receipt {state}", rooms.card(to, receipt)
        for state in (MatterState.PROPOSED, MatterState.DONE):
            alone = replace(self.to_send(matter(state, kind=MatterKind.NOBODY), "ask"), about=self.alone)
            yield f"nobody left {state}", cases.nobody(to, alone)
            yield f"on behalf {state}", cases.on_behalf(to, somebody("gone", Side.POLICE), cases.nobody(to, alone))
        yield "alone", headline(to, self.alone)
        yield "receipt, alone", cases.receipt(to, self.alone)
        yield "other contact", cases.other_contact(to, somebody("police", Side.POLICE, name=self.name))

    def ways(self, room: Room) -> Iterator[tuple[str, Way]]:
        """How the cases of a room can be kept."""
        other = somebody("police", Side.POLICE, name=self.name)
        yield "threads", Way(room, other=other)
        yield "asked", Way(room, other=other, asked=other)
        yield "channels", Way(replace(room, per_case=True), other=other)
        for apart in Apart:
            yield f"apart {apart}", Way(room, Obstacle(apart, self.name))

    def channels(self, to: Reader, room: Room) -> Iterator[tuple[str, Card]]:
        """The wish for private channels, and what is said in a case that has one."""
        owner, asker = somebody("police", Side.POLICE, name=self.name), somebody("m", Side.MUNICIPALITY, name=self.name)
        for state in (MatterState.PROPOSED, MatterState.ACCEPTED, MatterState.DECLINED, MatterState.WITHDRAWN):
            for per_case in (False, True):
                wish = matter(state, kind=MatterKind.CHANNEL)
                view = WishView(wish, replace(room, per_case=per_case), owner, asker)
                item = replace(self.to_send(wish, "ask"), about=view)
                receipt = replace(item, delivery=replace(item.delivery, kind=DeliveryKind.RECEIPT))
                yield f"wish {state} {per_case}", channels.message(to, item)
                yield f"wish receipt {state} {per_case}", channels.message(to, receipt)
        own = self.in_channel
        yield "channel is being made", channels.making(to, own.case)
        yield "headline in a channel", headline(to, own)
        yield "code, in a channel", codes.summary(to, own)
        not_yet = replace(own, case=replace(own.case, permalink=None))
        yield "code, no channel", codes.summary(to, not_yet)
        yield "receipt, no channel", cases.receipt(to, not_yet)
        yield (
            "welcome to a channel",
            welcome(to, own, cases.receipt(to, own), joined_id=own.followups[0].matter.asker_id),
        )
        farewell = replace(self.to_send(matter(MatterState.DONE), ""), about=own)
        yield "farewell to a channel", closing.farewell(to, farewell)

    @property
    def in_channel(self) -> CaseView:
        """The case in a private channel of its own."""
        case = replace(self.view.case, own_channel=True)
        return replace(self.view, case=case, let_in=tuple(p.contact for p in self.view.participants))

    @property
    def alone(self) -> CaseView:
        """A case of which the other side wants to know nothing, about a place, with one who has no Slack."""
        mute = replace(somebody("mute", Side.MUNICIPALITY, name=self.name), slack_id=None, email="")
        there = tuple(p for p in self.view.participants if p.contact.side is Side.MUNICIPALITY)
        behalf = Participant(mute, ParticipantState.ACCEPTED, there[0].contact)
        case = replace(self.view.case, subject=CaseSubject.PLACE, replaces=True)
        return replace(self.view, case=case, participants=(*there, behalf), followups=(), requests=(), unseen=7)

    def openings(self, to: Reader) -> Iterator[tuple[str, Block]]:
        """Every form about opening, asking and putting right."""
        asked, me = somebody("police", Side.POLICE, name=self.name), somebody("m", Side.MUNICIPALITY, name=self.name)
        room = Room("r", "T", "DK", "259", "C1", "da")
        for kind in (None, *cases.KINDS):
            found = Opening(me, "259", (asked,), ((asked, me),), room, None, kind)
            yield f"open {kind}", opening.opening_form(to, found, meta="259:id-police:")
        own = replace(room, per_case=True)
        for chosen in ((asked,), ()):
            found = Opening(me, "259", chosen, room=own)
            yield f"open with a channel {len(chosen)}", opening.opening_form(to, found, meta="259::")
        yield "open without room", opening.opening_form(to, Opening(me, "259", (asked,), (), None, me), meta="259::")
        yield "open from nothing", opening.opening_form(to, Opening(me), meta="::")
        yield "invite", opening.invite_form(to, "case", "K472-M53-7")
        yield "correct", opening.correct_form(to, "case", kind="neglect", urgency=Urgency.NOW, municipality="259")

    def answer(self, side: Side, urgency: Urgency) -> ContactAnswer:
        """A chain with every kind of link."""
        rule = RoutingRule("r", "DK", "police", f"{self.name} reason", f"{self.name} board", MONDAY, municipality="259")
        person = somebody("police", side, name=self.name)
        desk = somebody("desk", side, name=self.name, role=Role.DESK)
        links = [
            Link(person.name, person.phone, "why.rule", person.unit, person.role, person.hours, person, rule),
            Link(person.name, "", "why.substitute", "", "", "", replace(person, role=Role.LEADER)),
            Link(desk.name, desk.phone, "why.desk", desk.unit, desk.role, "", desk, reachable_at=MONDAY),
            Link(desk.name, desk.phone, "why.covers", "", "", "", desk),
            Link("Control room (114)", "114", "why.control_room"),
        ]
        return ContactAnswer(
            side,
            "DK",
            "259",
            "Køge",
            "neglect",
            urgency,
            "112",
            tuple(links),
            MONDAY,
            ((person, cases.KINDS), (desk, cases.KINDS[:2])),
        )

    def asking(self, to: Reader) -> Block:
        """The form for a follow-up once the guard has asked: about words, and about details that single out."""
        held = self.held(blocks=False)
        form = proposals.form(to, Proposal(self.view, MONDAY), ProposalTarget(case_id="case"))
        asked = Held((held.found[-1], *held.found))
        return intake.asking(to, asked, form, form["blocks"], [self.name for _ in asked.found])

    def views(self, language: str) -> Iterator[tuple[str, Block]]:
        """Every form, by name."""
        to = reader(language)
        yield from self.openings(to)
        yield "stage", tracks.stage_form(to, Moving(self.view, tuple(Track), (Track.CHILDRENS_HOUSE,), MONDAY))
        yield "room", rooms.room_form(to, Choosing("259", self.draft(MatterState.PROPOSED)))
        yield "room, empty", rooms.room_form(to, Choosing())
        for page in (0, 1):
            yield f"everything {page}", everything.page(to, Everything(self.view, self.view.followups[:20], page, 2))
        yield "decline", cases.decline_form(to, "matter-0")
        yield from self.agreement_views(to)
        asked = somebody("police", Side.POLICE, name=self.name)
        owed = [matter(MatterState.AGREED, number=n) for n in range(MOST_LEFT + 5)]
        yield "close", closing.form(to, Closing(self.view, tuple(owed), {"id-police": asked}))
        yield "handover", handovers.form(to, Handing(self.view, (asked,)))
        yield "membership", memberships.form(to)
        yield "close, in a channel", closing.form(to, Closing(self.in_channel, (), {}))
        yield "reopen", closing.reopen_form(to, self.closed)
        yield "asking", self.asking(to)
        desk = somebody("desk", Side.POLICE, name=self.name, role=Role.DESK)
        wish = matter(MatterState.PROPOSED, kind=MatterKind.CALLBACK)
        yield "later", callbacks.later_form(to, Promise(wish, MONDAY))
        yield "pass on", callbacks.pass_form(to, Passing(wish, (desk,)))
        yield "wrong contact", corrections.report_form(to, Reporting(desk, desk), meta="259:id-desk:")
        owner = somebody("police", Side.POLICE, name=self.name)
        yield "confirmation", confirmations.form(to, ConfirmationView(wish, owner, owner))
        yield "choose contact", editing.choose(to)
        yield "new contact", editing.contact_form(to, Editing())
        yield "contact", editing.contact_form(to, Editing(replace(owner, valid_until=MONDAY), owner))
        yield "rule", editing.rule_form(to)
        yield "told", help_cards.told(to, help_cards.too_old(to))
        for at, (mine, office) in enumerate(self.preferences()):
            yield f"hours {at}", preferences.form(to, mine)
            yield f"office hours {at}", preferences.office_form(to, office)
