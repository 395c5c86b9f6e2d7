from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.cases import Case, CaseView
from bot.domain.codes import read_code
from bot.domain.deliveries import DeliveryKind, DeliveryState
from bot.domain.errors import BadInput, NotAllowed, NotFound, Refused, Repeated, Settled
from bot.domain.matters import MatterKind, MatterState
from bot.domain.opening import NewCase
from bot.domain.people import Contact
from bot.domain.urgency import Urgency
from bot.usecases import cases, followups, opening
from bot.usecases.cases import PAGE, Right
from storage import cases as rows
from storage import rooms
from tests.world import ELSEWHERE, HOME, KOEGE, MONDAY, ROOM, World

PENDING = (DeliveryState.DUE, DeliveryState.CLAIMED)


def test_an_opened_case_asks_the_other_side(both_worlds, sides):
    """The opener takes part, the contact is asked, and headline, request and receipt are on their way."""
    case = both_worlds.open_case(sides.asker, sides.asked)
    assert read_code(case.code) == case.code
    assert both_worlds.places(case) == {sides.asker: "accepted", sides.asked: "asked"}
    request = both_worlds.request(case)
    assert (request.kind, request.state, request.revision) == (MatterKind.PARTICIPATION, MatterState.PROPOSED, 1)
    assert (request.owner_id, request.asker_id) == (
        both_worlds.contact(sides.asked).id,
        both_worlds.contact(sides.asker).id,
    )
    assert both_worlds.rungs(request, DeliveryState.DUE) == ["ask", "again", "substitute", "coordinator"]
    kinds = [d.kind for d in both_worlds.deliveries(DeliveryState.DUE) if d.due_at == both_worlds.now]
    assert sorted(kinds) == [DeliveryKind.HEADLINE, DeliveryKind.NUDGE, DeliveryKind.RECEIPT]
    assert both_worlds.verbs(case.id) == ["case.open"]


def test_the_headline_goes_first_and_what_links_to_it_follows(world, sides):
    """Request and receipt carry the way to the thread: they wait until it is there."""
    world.open_case(sides.asker, sides.asked)
    (headline,) = world.take()
    assert headline.delivery.kind is DeliveryKind.HEADLINE
    assert world.take() == []


def test_the_room_the_thread_will_stand_in_is_shown_before(world, sides):
    """Before anything is opened she sees the room and whom it will reach, and nothing has changed."""
    before = world.snapshot()
    contact = world.contact(sides.asked)
    found = world.do(opening.prepare, world.actor(sides.asker), municipality=KOEGE, contact_id=contact.id)
    assert (found.room.channel, found.shown) == (ROOM, (contact,))
    assert world.snapshot() == before


def test_a_repeated_opening_opens_one_case(both_worlds, sides):
    """Slack's second delivery of the same form opens nothing."""
    wanted = NewCase("neglect", Urgency.NOW, KOEGE, both_worlds.contact(sides.asked).id)
    actor = both_worlds.actor(sides.asker)
    both_worlds.do(opening.open_case, actor, wanted, key="view:1")
    before = both_worlds.snapshot()
    with pytest.raises(Repeated):
        both_worlds.do(opening.open_case, actor, wanted, key="view:1")
    assert both_worlds.snapshot() == before


def refused_opening(world: World, name: str, **changed: str) -> Refused:
    """Why a case is not opened; and that nothing was left behind."""
    before = world.snapshot()
    wanted = NewCase("neglect", Urgency.NOW, KOEGE, world.contact("p-worker").id)
    with pytest.raises(Refused) as error:
        world.do(opening.open_case, world.actor(name), replace(wanted, **changed), key=world.key())  # type: ignore[arg-type]  # fields of a new case
    assert world.snapshot() == before
    return error.value


def test_a_stranger_opens_nothing(world):
    """Who belongs to no known agency learns nothing and leaves nothing."""
    assert refused_opening(world, "nobody").key == "refused.stranger"


def test_a_contact_who_is_not_there_is_said(world):
    """A contact of another workspace, or of none, looks the same: gone."""
    assert refused_opening(world, "m-worker", contact_id="nobody").key == "refused.contact_gone"


def test_accepting_takes_the_place(both_worlds, sides):
    """The contact says yes: she takes part, nobody asks her again, and opener and headline are told."""
    case = both_worlds.open_case(sides.asker, sides.asked)
    both_worlds.deliver()
    request = both_worlds.request(case)
    view = both_worlds.answer(cases.accept, sides.asked, request)
    assert view == both_worlds.view(case)
    assert both_worlds.places(case) == {sides.asker: "accepted", sides.asked: "accepted"}
    assert both_worlds.matter(request).state is MatterState.ACCEPTED
    assert both_worlds.matter(request).settled_at == both_worlds.now
    assert both_worlds.rungs(request, *PENDING) == []
    assert both_worlds.rungs(request, DeliveryState.CANCELLED) == ["again", "substitute", "coordinator"]
    assert both_worlds.verbs(case.id) == ["case.open", "case.accept"]
    changed = both_worlds.deliver()
    assert sorted(item.delivery.kind for item in changed) == [
        DeliveryKind.EDIT, DeliveryKind.EDIT, DeliveryKind.HEADLINE,
    ]  # fmt: skip
    assert all(item.edit_ts for item in changed)


@pytest.mark.parametrize("who", ["substitute", "coordinator"])
def test_who_stands_in_takes_the_place_herself(both_worlds, sides, who):
    """A substitute or coordinator who accepts takes part; the one first asked has passed it on."""
    case = both_worlds.open_case(sides.asker, sides.asked)
    request = both_worlds.request(case)
    both_worlds.answer(cases.accept, getattr(sides, who), request)
    assert both_worlds.places(case) == {
        sides.asker: "accepted", sides.asked: "passed-on", getattr(sides, who): "accepted",
    }  # fmt: skip
    assert both_worlds.matter(request).owner_id == both_worlds.contact(getattr(sides, who)).id


@pytest.mark.parametrize("answer", [cases.accept, cases.decline], ids=["accept", "decline"])
@pytest.mark.parametrize("who", ["colleague", "asker", "apart"])
def test_nobody_else_answers_and_is_told_who_may(world, sides, answer, who):
    """A colleague, the asker, another agency's coordinator: refused by name of the one who may, and nothing changed."""
    case = world.open_case(sides.asker, sides.asked)
    name = {"colleague": sides.colleague, "asker": sides.asker, "apart": "p-apart"}[who]
    before = world.snapshot()
    more = {"reason": "no-time"} if answer is cases.decline else {}
    with pytest.raises(NotAllowed) as error:
        world.answer(answer, name, world.request(case), **more)
    assert error.value.values == {"owner": f"Name of {sides.asked}"}
    assert world.snapshot() == before


def test_a_stranger_learns_not_even_that_there_is_a_request(world, sides):
    """For who is not known a request that exists and one that does not look the same."""
    request = world.request(world.open_case(sides.asker, sides.asked))
    for matter in (request, replace(request, id="nothing")):
        with pytest.raises(NotFound) as error:
            world.answer(cases.accept, "nobody", matter)
        assert error.value.key == "refused.gone"


def test_what_is_answered_is_not_answered_again(both_worlds, sides):
    """After a yes neither a second yes nor a no changes anything; the sentence says it was accepted."""
    case = both_worlds.open_case(sides.asker, sides.asked)
    request = both_worlds.request(case)
    both_worlds.answer(cases.accept, sides.asked, request)
    before = both_worlds.snapshot()
    for answer, more in ((cases.accept, {}), (cases.decline, {"reason": "no-time"})):
        with pytest.raises(Settled) as error:
            both_worlds.answer(answer, sides.asked, request, **more)
        assert error.value.key == "settled.accepted"
    assert both_worlds.snapshot() == before


def test_the_form_for_a_no_is_only_shown_where_a_no_counts(world, sides):
    """She sees the form while the request is open; afterwards, or as somebody else, she is told why not."""
    case = world.open_case(sides.asker, sides.asked)
    request = world.request(case)
    assert world.do(cases.prepare_decline, world.actor(sides.asked), matter_id=request.id) == request
    with pytest.raises(NotAllowed):
        world.do(cases.prepare_decline, world.actor(sides.colleague), matter_id=request.id)
    world.answer(cases.accept, sides.asked, request)
    with pytest.raises(Settled):
        world.do(cases.prepare_decline, world.actor(sides.asked), matter_id=request.id)


def test_a_no_passes_on_to_the_substitute_then_to_the_coordinator(both_worlds, sides):
    """Each no asks the next in line at once, with a ladder of its own, and never the same person twice."""
    case = both_worlds.open_case(sides.asker, sides.asked)
    first = both_worlds.request(case)
    both_worlds.answer(cases.decline, sides.asked, first, reason="no-time")
    assert both_worlds.places(case) == {sides.asker: "accepted", sides.asked: "declined", sides.substitute: "asked"}
    assert both_worlds.matter(first).reason == "no-time"
    assert both_worlds.rungs(first, *PENDING) == []
    second = both_worlds.request(case)
    assert second.asker_id == both_worlds.contact(sides.asker).id
    assert both_worlds.rungs(second, DeliveryState.DUE) == ["ask", "again", "substitute", "coordinator"]

    both_worlds.answer(cases.decline, sides.substitute, second, reason="absent")
    third = both_worlds.request(case)
    assert third.owner_id == both_worlds.contact(sides.coordinator).id
    both_worlds.answer(cases.accept, sides.coordinator, third)
    assert both_worlds.places(case) == {
        sides.asker: "accepted", sides.asked: "declined", sides.substitute: "declined", sides.coordinator: "accepted",
    }  # fmt: skip
    assert both_worlds.verbs(case.id) == ["case.open", "case.decline", "case.decline", "case.accept"]


def test_a_substitute_who_says_no_for_her_is_not_asked_the_same_at_once(world, sides):
    """The one who has just said that she cannot comes last in the line."""
    case = world.open_case(sides.asker, sides.asked)
    world.answer(cases.decline, sides.substitute, world.request(case), reason="no-time")
    assert world.request(case).owner_id == world.contact(sides.coordinator).id


def test_a_coordinator_who_passes_it_on_reaches_the_substitute(world, sides):
    """A coordinator's no for her colleague asks the substitute."""
    case = world.open_case(sides.asker, sides.asked)
    world.answer(cases.decline, sides.coordinator, world.request(case), reason="absent")
    assert world.request(case).owner_id == world.contact(sides.substitute).id


def test_nothing_is_half_done(world, sides):
    """Where the last step of an act fails, all of it is undone, and the same interaction may try again."""
    case = world.open_case(sides.asker, sides.asked)
    request, actor = world.request(case), world.actor(sides.asked)
    before = world.snapshot()
    # An actor whose Slack id does not fit its column: the audit row, the last thing written, fails.
    broken = replace(actor, slack_id=object())  # that is the fault
    with pytest.raises(Exception, match=r"(?i)type"):
        world.do(cases.accept, broken, matter_id=request.id, key="click:1")
    assert world.snapshot() == before
    world.do(cases.accept, actor, matter_id=request.id, key="click:1")
    assert world.places(case)[sides.asked] == "accepted"


def test_a_case_belongs_to_its_workspace(both_worlds, sides):
    """From another workspace neither the case nor its request nor its room can be seen or answered."""
    case = both_worlds.accepted_case(sides.asker, sides.asked)
    request = both_worlds.request(both_worlds.open_case(sides.asker, sides.asked))
    matter = both_worlds.propose(case, sides.asker, sides.asked)
    elsewhere = replace(both_worlds.actor(sides.asked), workspace_id=ELSEWHERE)
    before = both_worlds.snapshot()
    with both_worlds.work().reading() as work:
        assert rows.case(work, ELSEWHERE, case.id) is None
        assert rows.view(work, ELSEWHERE, case.id) is None
        assert rooms.room_of(work, ELSEWHERE, "DK", KOEGE) is None
        assert rooms.count_rooms(work, ELSEWHERE) == 0
        assert rows.open_cases_of(work, ELSEWHERE, both_worlds.contact(sides.asked).id) == []
        assert [c.id for c in rows.open_cases_of(work, HOME, both_worlds.contact(sides.asked).id)] == [case.id]
    with pytest.raises(NotFound):
        both_worlds.do(cases.accept, elsewhere, matter_id=request.id, key="k")
    with pytest.raises(NotFound):
        both_worlds.do(followups.agree, elsewhere, matter_id=matter.id, key="k")
    assert both_worlds.snapshot() == before


def test_swapping_the_sides_changes_nothing_but_the_words(world):
    """The same steps with municipality and police swapped leave the same rows, but for names and ids."""
    seen = []
    for asker, asked in (("m-worker", "p-worker"), ("p-worker", "m-worker")):
        case = world.open_case(asker, asked)
        world.answer(cases.decline, asked, world.request(case), reason="no-time")
        substitute = asked.replace("worker", "substitute")
        world.answer(cases.accept, substitute, world.request(case))
        matter = world.propose(case, asker, substitute)
        world.answer(followups.agree, substitute, matter)
        sent = world.deliver()
        rows_ = [d for d in world.deliveries() if d.case_id == case.id]
        seen.append(
            (
                [state for _, state in sorted((k.split("-")[1], v) for k, v in world.places(case).items())],
                sorted(
                    (d.kind, d.state, d.rung or "", d.audience or "", (d.due_at - case.opened_at).total_seconds() > 5)
                    for d in rows_
                ),
                sorted((item.delivery.kind, bool(item.edit_ts)) for item in sent),
                world.verbs(case.id) + world.verbs(matter.id),
            )
        )
        world.now = MONDAY
    assert seen[0] == seen[1]


def invites(world: World, name: str, case: Case, contact: str) -> Contact:
    """One person asks another into a case."""
    wanted = world.contact(contact).id
    return world.do(cases.invite, world.actor(name), case_id=case.id, contact_id=wanted, key=world.key())


def everybody_declines(world: World, case: Case, *names: str) -> None:
    """One after the other says no."""
    for name in names:
        world.answer(cases.decline, name, world.request(case), reason="no-time")


def test_when_nobody_is_left_the_opener_and_both_coordinators_see_it(both_worlds, sides):
    """Owner, substitute and coordinator have declined: each of the three is told once, with the way out."""
    world = both_worlds
    case = world.open_case(sides.asker, sides.asked)
    world.deliver()
    everybody_declines(world, case, sides.asked, sides.substitute, sides.coordinator)
    assert world.view(case).is_without_counterpart
    told = [i for i in world.deliver() if i.delivery.kind is DeliveryKind.NUDGE and i.matter.kind is MatterKind.NOBODY]
    assert sorted(i.recipient.key for i in told) == sorted(
        [sides.asker, f"{sides.mine}-coordinator", sides.coordinator]
    )
    assert {i.post_to for i in told} == {f"U-{i.recipient.key.upper()}" for i in told}


def test_somebody_else_can_be_asked_and_everybody_who_was_told_sees_it(both_worlds, sides):
    """The opener asks a colleague of theirs: the way out closes for all three, and nobody is reminded."""
    world = both_worlds
    case = world.open_case(sides.asker, sides.asked)
    everybody_declines(world, case, sides.asked, sides.substitute, sides.coordinator)
    world.deliver()
    assert invites(world, sides.asker, case, sides.colleague).key == sides.colleague
    assert world.places(case)[sides.colleague] == "asked"
    edited = [i for i in world.deliver() if i.matter is not None and i.matter.kind is MatterKind.NOBODY]
    assert len(edited) == 3
    assert {i.matter.state for i in edited} == {MatterState.DONE}
    world.later(days=10)
    assert [i for i in world.deliver() if i.matter is not None and i.matter.kind is MatterKind.NOBODY] == []
    assert world.verbs(case.id)[-1] == "case.invite"


@pytest.mark.parametrize("who", ["asked", "coordinator"])
def test_either_side_asks_somebody_into_the_case(world, sides, who):
    """The one asked decides for herself; whoever takes part or was asked is not asked again."""
    case = world.accepted_case(sides.asker, sides.asked)
    invites(world, getattr(sides, who), case, f"{sides.mine}-colleague")
    assert world.places(case)[f"{sides.mine}-colleague"] == "asked"
    before = world.snapshot()
    for there in (sides.asker, f"{sides.mine}-colleague"):
        with pytest.raises(BadInput) as error:
            invites(world, sides.asker, case, there)
        assert error.value.key == "case.error.there"
    for contact_id in ("", "no-such-contact", "'; DROP TABLE cases; --"):
        with pytest.raises(BadInput):
            world.do(
                cases.invite, world.actor(sides.asker), case_id=case.id, contact_id=contact_id, key=world.key()
            )  # fmt: skip
    with pytest.raises(NotAllowed):
        invites(world, sides.colleague, case, sides.substitute)
    assert world.snapshot() == before


def test_for_somebody_without_slack_her_coordinator_accepts_visibly(both_worlds, sides):
    """The place stays hers, and everybody sees who took it for her; the other side cannot."""
    world = both_worlds
    world.without_slack(sides.asked)
    case = world.open_case(sides.asker, sides.asked)
    (request,) = [i for i in world.deliver() if i.delivery.rung == "ask"]
    assert (request.recipient.key, request.instead_of.key) == (sides.coordinator, sides.asked)
    with pytest.raises(NotAllowed):
        world.answer(cases.accept, sides.asker, world.request(case))
    world.answer(cases.accept, sides.coordinator, world.request(case))
    place = world.view(case).participant(world.contact(sides.asked).id)
    assert (place.state, place.by.key) == ("accepted", sides.coordinator)
    assert world.verbs(case.id)[-1] == "case.accept.behalf"
    owed = world.propose(case, sides.asker, sides.asked)
    (asked,) = [i for i in world.deliver() if i.delivery.rung == "ask" and i.delivery.matter_id == owed.id]
    assert asked.recipient.key == sides.coordinator
    world.answer(followups.agree, sides.coordinator, owed)
    assert world.matter(owed).state is MatterState.AGREED
    assert world.matter(owed).owner_id == world.contact(sides.asked).id


def corrects(world: World, name: str, case: Case, **changed: object) -> CaseView:
    """One person puts a case right."""
    right = replace(Right(case.kind, case.urgency, case.municipality), **changed)  # type: ignore[arg-type]  # fields of what is right
    return world.do(cases.correct, world.actor(name), right, case_id=case.id, key=world.key())


@pytest.mark.parametrize("who", ["asker", "asked"])
def test_either_side_puts_a_case_right_and_what_was_sent_follows(both_worlds, sides, who):
    """Headline, receipt and open requests are edited; who takes part and where the thread stands stay as they are."""
    world = both_worlds
    case = world.accepted_case(sides.asker, sides.asked)
    invites(world, sides.asker, case, sides.colleague)
    world.deliver()
    places = world.places(case)
    view = corrects(
        world, getattr(sides, who), case, kind="missing-child", urgency=Urgency.SAME_DAY, municipality="253"
    )
    now = view.case
    assert (now.kind, now.urgency, now.municipality) == ("missing-child", Urgency.SAME_DAY, "253")
    assert (now.channel, now.room_id, world.places(case)) == (case.channel, case.room_id, places)
    kinds = [(i.original or i.delivery).kind for i in world.deliver()]
    assert sorted(kinds) == [DeliveryKind.HEADLINE, DeliveryKind.NUDGE, DeliveryKind.RECEIPT]
    corrected = [verb for verb in world.verbs(case.id) if verb.startswith("case.correct")]
    assert sorted(corrected) == ["case.correct.kind", "case.correct.municipality", "case.correct.urgency"]


def test_an_open_request_is_repeated_as_soon_as_the_corrected_urgency_asks(both_worlds, sides):
    """From routine to now: the next step comes after a quarter of an hour, at any hour; nobody is asked anew."""
    world = both_worlds
    case = world.open_case(sides.asker, sides.asked)
    world.deliver()
    corrects(world, sides.asker, case, urgency=Urgency.NOW)
    assert [i for i in world.deliver() if i.delivery.kind is DeliveryKind.NUDGE] == []
    world.later(minutes=16)
    again = [i for i in world.deliver() if i.delivery.kind is DeliveryKind.NUDGE]
    assert [(i.delivery.rung, i.recipient.key) for i in again if i.recipient] == [("again", sides.asked)]


def test_a_correction_that_is_none_and_one_that_cannot_be_change_nothing(both_worlds, sides):
    """The same again leaves no trace; what is on no list, and who may not, are refused."""
    case = both_worlds.accepted_case(sides.asker, sides.asked)
    before = both_worlds.snapshot()
    corrects(both_worlds, sides.asker, case)
    for changed in ({"kind": "<script>"}, {"municipality": "0000"}):
        with pytest.raises(BadInput):
            corrects(both_worlds, sides.asker, case, **changed)
    with pytest.raises(NotAllowed):
        corrects(both_worlds, sides.colleague, case, kind="missing-child")
    assert both_worlds.snapshot() == before


def test_everything_is_shown_page_by_page(world, sides):
    """What the headline only counts stands on its pages, the last proposed first; a page that is none is the last one."""
    case = world.accepted_case(sides.asker, sides.asked)
    proposed = []
    for _ in range(PAGE + 3):
        world.later(minutes=1)
        proposed.append(world.propose(case, sides.asker, sides.asked).id)
    for matter_id in proposed[:10]:
        world.do(followups.decline, world.actor(sides.asked), matter_id=matter_id, key=world.key())
    view = world.view(case)
    assert (len(view.followups), view.unseen) == (PAGE + 3 - 10 + 5, 5)
    actor = world.actor(sides.asked)
    pages = [world.do(cases.everything, actor, case_id=case.id, page=n) for n in (0, 1, 7)]
    assert [f.matter.id for page in pages[:2] for f in page.followups] == proposed[::-1]
    assert [(page.page, page.pages) for page in pages] == [(0, 2), (1, 2), (1, 2)]
    with pytest.raises(NotAllowed):
        world.do(cases.everything, world.actor(sides.colleague), case_id=case.id, page=0)
