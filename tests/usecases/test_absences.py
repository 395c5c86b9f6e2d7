"""Being away, on a real database."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from bot.domain.absences import AbsenceState, AbsenceView, HalfDays
from bot.domain.deliveries import DeliveryKind, DeliveryState, ToSend
from bot.domain.errors import BadInput, NotAllowed, NotFound, Repeated, Settled
from bot.domain.holes import HoleKind
from bot.domain.intake import Typed
from bot.domain.matters import Matter, MatterState
from bot.usecases import absences, accounts, cases, contacts, delivery, directory, followups, intake, opening
from bot.usecases.absences import NewAbsence
from storage import absences as rows
from storage import matters as matter_rows
from tests.world import COPENHAGEN, HOME, World

TODAY = date(2026, 3, 2)


def set_away(
    world: World, who: str = "p-worker", substitute: str | None = "p-colleague", *, days: int = 4, by: str | None = None
) -> AbsenceView:
    """Somebody is away from today on, said by herself or by `by`."""
    wanted = NewAbsence(
        TODAY, TODAY + timedelta(days=days), contact_id=world.contact(who).id,
        substitute_id=world.contact(substitute).id if substitute else None,
    )  # fmt: skip
    return world.do(absences.set_absence, world.actor(by or who), wanted, key=world.key())


def request(world: World, view: AbsenceView) -> Matter:
    """The request to the substitute, as it is now."""
    with world.work().reading() as work:
        found = matter_rows.matter(work, HOME, str(view.absence.matter_id))
    assert found is not None
    return found


def answer(world: World, view: AbsenceView, by: str = "p-colleague", *, yes: bool = True) -> AbsenceView:
    """The substitute's answer."""
    usecase = absences.accept if yes else absences.decline
    return world.do(usecase, world.actor(by), matter_id=request(world, view).id, key=world.key())


def covered(world: World, who: str = "p-worker", substitute: str = "p-colleague", *, days: int = 4) -> AbsenceView:
    """Somebody is away and her substitute has accepted."""
    return answer(world, set_away(world, who, substitute, days=days), by=substitute)


def now_of(world: World, view: AbsenceView) -> AbsenceView:
    """An absence as it is now."""
    with world.work().reading() as work:
        found = rows.absence(work, HOME, view.absence.id)
        assert found is not None
        return rows.views(work, HOME, [found])[0]


def chain(world: World) -> list[tuple[str | None, str]]:
    """Whom the municipality is told to ring, and why."""
    found = world.do(contacts.find_contact, world.actor("m-worker"))
    return [(link.contact.key if link.contact else None, link.why) for link in found.chain]


def readers(sent: list[ToSend], kind: DeliveryKind = DeliveryKind.NUDGE) -> list[str]:
    """To whom something went."""
    return [item.recipient.key for item in sent if item.recipient and item.delivery.kind is kind]


def local(moment: datetime | None) -> tuple[date, time]:
    """A moment as people there read it."""
    assert moment is not None
    there = moment.astimezone(COPENHAGEN)
    return there.date(), there.time()


def test_the_substitute_is_asked_and_until_then_the_chain_goes_to_the_unit(both_worlds):
    """Named is not accepted: nobody stands in; once she has said yes she comes first, with the reason."""
    view = set_away(both_worlds)
    assert view.absence.state is AbsenceState.ASKED
    assert chain(both_worlds)[0] == ("p-worker", "why.absent")
    assert ("p-colleague", "why.stands_in") not in chain(both_worlds)
    assert readers(both_worlds.deliver()) == ["p-colleague"]
    answer(both_worlds, view)
    assert chain(both_worlds)[:2] == [("p-colleague", "why.stands_in"), ("p-worker", "why.absent")]
    assert both_worlds.verbs(view.absence.id) == ["absence.set", "absence.accept"]


def test_it_begins_and_ends_by_itself(world):
    """Before its first day and after its last the rule holds; nothing has to run for that."""
    wanted = NewAbsence(
        TODAY + timedelta(days=1), TODAY + timedelta(days=2), substitute_id=world.contact("p-colleague").id
    )
    view = world.do(absences.set_absence, world.actor("p-worker"), wanted, key=world.key())
    answer(world, view)
    firsts = []
    for _ in range(4):
        firsts.append(chain(world)[0][0])
        world.later(days=1)
    assert firsts == ["p-worker", "p-colleague", "p-colleague", "p-worker"]


@pytest.mark.parametrize(
    ("half", "begins", "ends"),
    [
        (HalfDays.NONE, (TODAY, time.min), (TODAY + timedelta(days=2), time.min)),
        (HalfDays.FROM_NOON, (TODAY, time(12)), (TODAY + timedelta(days=2), time.min)),
        (HalfDays.UNTIL_NOON, (TODAY, time.min), (TODAY + timedelta(days=1), time(12))),
        (HalfDays.BOTH, (TODAY, time(12)), (TODAY + timedelta(days=1), time(12))),
    ],
)
def test_days_are_the_persons_own(world, half, begins, ends):
    """Whole and half days are those of her own country."""
    wanted = NewAbsence(TODAY, TODAY + timedelta(days=1), half)
    view = world.do(absences.set_absence, world.actor("p-worker"), wanted, key=world.key())
    assert local(view.absence.starts_at) == begins
    assert local(view.absence.ends_at) == ends


def test_what_is_due_to_somebody_who_is_away_goes_to_whoever_stands_in(world):
    """A reminder finds its reader when it is sent, not when it was planned; it says for whom she gets it."""
    case = world.accepted_case()
    matter = world.propose(case)
    world.answer(followups.agree, "p-worker", matter)
    world.deliver()
    covered(world)
    world.deliver()
    world.later(days=1)
    (item,) = [item for item in world.deliver() if item.delivery.rung == "day-before"]
    assert item.recipient is not None
    assert item.instead_of is not None
    assert (item.recipient.key, item.instead_of.key) == ("p-colleague", "p-worker")
    world.answer(followups.done, "p-colleague", matter)
    assert world.matter(matter).state is MatterState.DONE


def test_without_a_stand_in_what_is_due_goes_to_the_coordinator(world):
    """Nobody accepted: the unit has to know, and a coordinator is the unit Slack reaches."""
    case = world.accepted_case()
    matter = world.propose(case)
    set_away(world, substitute=None)
    sent = [item for item in world.deliver() if item.delivery.matter_id == matter.id]
    (item,) = [item for item in sent if item.delivery.kind is DeliveryKind.NUDGE]  # the asker has her receipt
    assert item.recipient is not None
    assert item.recipient.key == "p-coordinator"


def test_a_wish_to_take_part_goes_to_the_stand_in_and_the_asker_is_shown_who_gets_it(world):
    """The form names her before anything is sent; the case names her as the one who was asked; she accepts."""
    covered(world)
    asked = world.contact("p-worker")
    found = world.do(opening.prepare, world.actor("m-worker"), municipality="259", contact_id=asked.id)
    assert [contact.key for contact in (*found.contacts, *found.shown)] == ["p-worker", "p-colleague"]
    case = world.open_case()
    assert world.places(case) == {"m-worker": "accepted", "p-colleague": "asked"}
    assert "p-colleague" in readers(world.deliver())
    world.answer(cases.accept, "p-colleague", world.request(case))
    assert world.places(case)["p-colleague"] == "accepted"


def test_a_stand_in_may_answer_what_was_asked_before_the_absence(world):
    """Asked on Monday, away on Tuesday: her stand-in takes the place; others still may not."""
    case = world.open_case()
    covered(world)
    with pytest.raises(NotAllowed):
        world.answer(cases.accept, "m-colleague", world.request(case))
    world.answer(cases.accept, "p-colleague", world.request(case))
    assert world.places(case) == {"m-worker": "accepted", "p-worker": "passed-on", "p-colleague": "accepted"}


def test_a_refusal_passes_by_those_who_are_away(world):
    """Who says no is followed by somebody who is there."""
    covered(world, "p-substitute")
    case = world.open_case()
    world.answer(cases.decline, "p-worker", world.request(case), reason="no-time")
    assert world.request(case).owner_id == world.contact("p-colleague").id


def test_a_substitute_who_is_away_is_followed_and_a_circle_goes_to_the_unit(world):
    """She stands in for somebody and is away herself: hers stands in for both; a circle ends in the unit."""
    covered(world, "p-worker", "p-colleague")
    covered(world, "p-colleague", "p-substitute", days=2)
    assert chain(world)[0] == ("p-substitute", "why.stands_in")
    covered(world, "p-substitute", "p-worker", days=1)
    assert chain(world)[:2] == [("p-worker", "why.absent"), ("p-coordinator", "why.coordinator")]
    world.later(days=2)
    assert chain(world)[0] == ("p-substitute", "why.stands_in")


def test_a_no_leaves_nobody_standing_in_and_another_can_be_named(both_worlds):
    """The absence holds; another substitute takes the place of the one who cannot, in one step."""
    view = set_away(both_worlds)
    answer(both_worlds, view, yes=False)
    assert now_of(both_worlds, view).absence.state is AbsenceState.DECLINED
    assert chain(both_worlds)[0] == ("p-worker", "why.absent")
    wanted = NewAbsence(
        TODAY, TODAY + timedelta(days=4), substitute_id=both_worlds.contact("p-substitute").id, replaces=view.absence.id
    )
    second = both_worlds.do(absences.set_absence, both_worlds.actor("p-worker"), wanted, key=both_worlds.key())
    answer(both_worlds, second, by="p-substitute")
    assert now_of(both_worlds, view).over
    assert [v.absence.id for v in both_worlds.do(absences.mine, both_worlds.actor("p-worker"))] == [second.absence.id]
    assert chain(both_worlds)[0] == ("p-substitute", "why.stands_in")


def test_two_absences_at_once_both_hold(world):
    """The newer one's substitute stands in while it lasts, then the older one's, until both are over."""
    covered(world, substitute="p-colleague", days=3)
    world.later(minutes=1)
    covered(world, substitute="p-substitute", days=1)
    firsts = []
    for _ in range(5):
        firsts.append(chain(world)[0][0])
        world.later(days=1)
    assert firsts == ["p-substitute", "p-substitute", "p-colleague", "p-colleague", "p-worker"]


def test_nobody_becomes_her_own_substitute(world):
    """Her usual substitute's substitute may be herself: she can neither name nor accept herself, nor be nudged."""
    with pytest.raises(BadInput) as refused:
        set_away(world, substitute="p-worker")
    assert refused.value.field == "substitute"
    view = set_away(world, "p-substitute", "p-worker")  # p-substitute answers for p-worker in everything else
    with pytest.raises(NotAllowed):
        answer(world, view, by="p-substitute")
    world.later(days=2)
    assert "p-substitute" not in readers(world.deliver())


def test_a_coordinator_may_take_it_herself(world):
    """Whoever answers in the place of the one who was asked stands in herself: nobody is obliged by another's yes."""
    view = answer(world, set_away(world), by="p-coordinator")
    assert view.substitute == world.contact("p-coordinator")
    assert request(world, view).owner_id == world.contact("p-coordinator").id


@pytest.mark.parametrize("by", ["p-colleague", "m-coordinator", "p-apart"])
def test_only_herself_or_her_own_coordinator_may_say_that_somebody_is_away(world, by):
    """A colleague, the other side's coordinator and another agency's coordinator may not, nor end it."""
    with pytest.raises((NotAllowed, NotFound)):
        set_away(world, by=by)
    view = set_away(world)
    with pytest.raises((NotAllowed, NotFound)):
        world.do(absences.end, world.actor(by), absence_id=view.absence.id, key=world.key())
    assert not now_of(world, view).over


def test_a_coordinator_says_it_on_behalf_and_that_is_kept(world):
    """Who said it stays visible; the receipt goes to whoever is away."""
    view = set_away(world, by="p-coordinator")
    assert view.set_by == world.contact("p-coordinator")
    assert readers(world.deliver(), DeliveryKind.RECEIPT) == ["p-worker"]
    world.do(absences.end, world.actor("p-coordinator"), absence_id=view.absence.id, key=world.key())
    assert chain(world)[0] == ("p-worker", "why.rule")


@pytest.mark.parametrize("substitute", ["m-colleague", "p-apart"])
def test_a_substitute_is_of_the_same_agency(world, substitute):
    """Nobody of another agency can be named, and nobody of another agency is offered."""
    with pytest.raises(BadInput):
        set_away(world, substitute=substitute)
    offered = world.do(absences.people, world.actor("p-worker"), typed=Typed("name"))
    assert {c.agency_id for c in offered} == {world.contact("p-worker").agency_id}


def test_names_are_found_by_any_part_in_any_case(world):
    """Every typed word must stand in the name."""
    found = world.do(absences.people, world.actor("p-worker"), typed=Typed("COLL name"))
    assert [c.key for c in found] == ["p-colleague"]
    assert world.do(absences.people, world.actor("p-worker"), typed=Typed("nobody")) == []


def test_days_that_have_passed_are_refused(world):
    """An absence that is over before it is said is a mistake; nothing is kept of it."""
    before = world.snapshot()
    with pytest.raises(BadInput) as refused:
        set_away(world, days=-1)
    assert refused.value.field == "last"
    world.later(days=3)
    with pytest.raises(BadInput):
        set_away(world, days=0)
    assert world.snapshot() == before


def test_coming_back_early_ends_it_at_once(both_worlds):
    """From that moment she is asked herself; the message to whoever stood in says so; a second end is told."""
    view = set_away(both_worlds)
    both_worlds.deliver()
    answer(both_worlds, view)
    both_worlds.deliver()
    both_worlds.later(hours=1)
    both_worlds.do(absences.end, both_worlds.actor("p-worker"), absence_id=view.absence.id, key=both_worlds.key())
    assert chain(both_worlds)[0] == ("p-worker", "why.rule")
    edits = [item for item in both_worlds.deliver() if item.delivery.kind is DeliveryKind.EDIT]
    assert {item.recipient.key for item in edits if item.recipient} == {"p-worker", "p-colleague"}
    assert all(item.absence.over for item in edits)
    with pytest.raises(Settled):
        both_worlds.do(absences.end, both_worlds.actor("p-worker"), absence_id=view.absence.id, key=both_worlds.key())


def test_ending_it_takes_back_an_open_request(world):
    """The one who was asked need not answer any more, and is not reminded."""
    view = set_away(world)
    world.deliver()
    world.do(absences.end, world.actor("p-worker"), absence_id=view.absence.id, key=world.key())
    assert request(world, view).state is MatterState.WITHDRAWN
    world.later(days=3)
    assert readers(world.deliver()) == []
    with pytest.raises(Settled):
        answer(world, view)


def test_an_unanswered_request_climbs_and_ends_with_the_absence(world):
    """Asked again, then her coordinator; when the absence is over nobody is asked any more, without anybody's doing."""
    view = set_away(world, days=2)
    told = []
    for _ in range(80):
        told += [(item.delivery.rung, item.recipient.key) for item in world.deliver() if item.delivery.kind is DeliveryKind.NUDGE and item.recipient]  # fmt: skip
        world.later(hours=1)
    assert told == [
        ("ask", "p-colleague"), ("again", "p-colleague"), ("substitute", "p-coordinator"), ("coordinator", "p-coordinator"),
    ]  # fmt: skip
    assert request(world, view).state is MatterState.WITHDRAWN
    assert world.deliveries(DeliveryState.DUE) == []
    with pytest.raises(Settled):
        answer(world, view)


def test_the_receipt_is_one_message_brought_up_to_date(world):
    """One message to whoever is away; the answer edits it, and no second one comes."""
    view = set_away(world)
    assert readers(world.deliver(), DeliveryKind.RECEIPT) == ["p-worker"]
    answer(world, view)
    sent = world.deliver()
    assert readers(sent, DeliveryKind.RECEIPT) == []
    edited = [item for item in sent if item.original and item.original.kind is DeliveryKind.RECEIPT]
    assert [item.absence.absence.state for item in edited] == [AbsenceState.ACCEPTED]


def test_an_answer_while_the_receipt_is_on_its_way_is_not_lost(world):
    """What changed between taking a receipt and Slack's answer is brought up to date at once."""
    view = set_away(world)
    items = world.take()
    answer(world, view)
    assert {item.absence.absence.state for item in items} == {AbsenceState.ASKED}
    for item in items:
        world.do(delivery.report_sent, item.delivery.id, delivery.Sent("D", f"1.{item.delivery.id}"))
    world.later(seconds=2)
    edits = [item for item in world.deliver() if item.delivery.kind is DeliveryKind.EDIT]
    assert {item.original.kind for item in edits if item.original} == {DeliveryKind.RECEIPT, DeliveryKind.NUDGE}


def test_a_closed_account_is_away_for_good_and_a_hole_until_it_is_opened(both_worlds):
    """The chain says so, the coordinator sees it, cases go to her unit; twice changes nothing; opened again ends it."""
    gone = both_worlds.actor("p-worker")
    both_worlds.do(accounts.changed, gone, closed=True)
    before = both_worlds.snapshot()
    both_worlds.do(accounts.changed, gone, closed=True)
    assert both_worlds.snapshot() == before
    assert chain(both_worlds)[0] == ("p-worker", "why.deactivated")
    ((contact, away),) = both_worlds.do(absences.prepare, both_worlds.actor("p-coordinator")).away
    assert (contact.key, away.until, away.is_hole) == ("p-worker", None, True)
    assert both_worlds.places(both_worlds.open_case()) == {"m-worker": "accepted", "p-coordinator": "asked"}
    with pytest.raises(BadInput):
        set_away(both_worlds, "p-colleague", "p-worker")
    assert "p-worker" not in {
        c.key for c in both_worlds.do(absences.people, both_worlds.actor("p-colleague"), typed=Typed(""))
    }
    both_worlds.later(hours=1)
    both_worlds.do(accounts.changed, gone, closed=False)
    assert chain(both_worlds)[0] == ("p-worker", "why.rule")
    assert both_worlds.verbs(contact.id) == ["account.closed", "account.opened"]


def test_the_other_agency_is_not_told_who_is_away(world):
    """Who is away now is for the coordinator of the same agency."""
    set_away(world)
    assert [c.key for c, _ in world.do(absences.prepare, world.actor("p-coordinator")).away] == ["p-worker"]
    assert world.do(absences.prepare, world.actor("m-coordinator")).away == ()


def test_a_repetition_of_slacks_changes_nothing(world):
    """The same form delivered twice makes one absence."""
    wanted, key = NewAbsence(TODAY, TODAY), world.key()
    world.do(absences.set_absence, world.actor("p-worker"), wanted, key=key)
    with pytest.raises(Repeated):
        world.do(absences.set_absence, world.actor("p-worker"), wanted, key=key)
    assert len(world.do(absences.mine, world.actor("p-worker"))) == 1


def test_the_form_shows_what_is_known_and_offers_others_only_to_a_coordinator(world):
    """Her own absences; a coordinator may choose a person and sees who of her agency is away."""
    view = set_away(world)
    hers = world.do(absences.prepare, world.actor("p-worker"))
    assert (hers.may_choose, [v.absence for v in hers.coming], hers.away) == (False, [view.absence], ())
    theirs = world.do(absences.prepare, world.actor("p-coordinator"))
    assert (theirs.may_choose, theirs.coming, [c.key for c, _ in theirs.away]) == (True, (), ["p-worker"])
    with pytest.raises(NotAllowed):
        world.do(absences.prepare, world.actor("p-colleague"), replaces=view.absence.id)


def test_strangers_learn_nothing(world):
    """Nobody without an agency gets further, whatever she asks for."""
    view = set_away(world)
    stranger = world.actor("nobody")
    for usecase, more in (
        (absences.prepare, {}),
        (absences.mine, {}),
        (absences.people, {"typed": "n"}),
        (absences.accept, {"matter_id": view.absence.matter_id, "key": world.key()}),
        (absences.end, {"absence_id": view.absence.id, "key": world.key()}),
    ):
        with pytest.raises(NotFound):
            world.do(usecase, stranger, **more)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Jeg er væk 1.–5. december, en kollega tager over", date(2026, 12, 1), date(2026, 12, 5)),
        ("jeg har fri fra 28. december til 3. januar", date(2026, 12, 28), date(2027, 1, 3)),
        ("Eg er borte frå 28. desember til og med 3. januar", date(2026, 12, 28), date(2027, 1, 3)),
        ("jag är ledig 3 december", date(2026, 12, 3), date(2026, 12, 3)),
        ("jeg har været væk fra 26. februar til 5. marts", TODAY, date(2026, 3, 5)),
        ("jeg er syg i dag", TODAY, TODAY),
        ("jeg giver det til Rita, jeg er væk i morgen", TODAY + timedelta(days=1), TODAY + timedelta(days=1)),
        ("I am away next year", None, None),
    ],
)
def test_the_days_of_a_message_are_read_into_the_form(world, text, first, last):
    """One day, or the first and the last; where none is named, none is made up."""
    found = world.do(intake.days, world.actor("p-worker"), typed=Typed(text))
    assert (found.first, found.last) == (first, last) if found else first is None


def test_away_with_nobody_standing_in_is_a_hole_in_the_directory(world):
    """The coordinator sees it until somebody has accepted, and no longer than the absence lasts."""

    def absent() -> set[str]:
        return {hole.record for hole in world.do(directory.check, HOME) if hole.kind is HoleKind.ABSENT}

    assert absent() == set()
    view = set_away(world)
    assert absent() == {"p-worker"}
    answer(world, view)
    assert absent() == set()
