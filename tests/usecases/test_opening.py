"""Opening a case from closed lists; and what waits where there is no room."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.cases import CaseSubject
from bot.domain.deliveries import DeliveryKind, DeliveryState
from bot.domain.errors import BadInput, NotAllowed, NotFound, Refused, Repeated, Settled
from bot.domain.intake import Typed
from bot.domain.matters import Matter, MatterKind, MatterState
from bot.domain.opening import MOST_ASKED, PATIENCE, NewCase
from bot.domain.people import Side
from bot.domain.tracks import Track, event
from bot.domain.urgency import Urgency
from bot.usecases import directory, opening, rooms
from storage import drafts
from tests.world import HOME, KOEGE, MONDAY, World, everybody

GREVE = "253"
"""A municipality without a room, in the same police district's country."""


def wanted(world: World, asked: str = "p-worker", **changed: Any) -> NewCase:
    """A new case, plainly."""
    return replace(NewCase("neglect", Urgency.NEXT_DAY, KOEGE, world.contact(asked).id), **changed)


def opens(world: World, name: str, case: NewCase) -> opening.Opened:
    """One person opens it."""
    return world.do(opening.open_case, world.actor(name), case, key=world.key())


def waiting(world: World, opener: str = "m-worker", asked: str = "p-worker") -> Matter:
    """A case that waits for its room; the request for it."""
    opened = opens(world, opener, wanted(world, asked, municipality=GREVE))
    assert opened.waiting is not None
    return opened.waiting


def covers_greve(world: World, *names: str) -> None:
    """These coordinators' agencies answer for Greve, too."""
    entries = everybody()
    contacts = [replace(c, municipalities=(KOEGE, GREVE)) if c.key in names else c for c in entries.contacts]
    world.do(directory.put, HOME, replace(entries, contacts=contacts))


def chooses(world: World, name: str, channel: str = "C-NEW") -> rooms.Chosen:
    """A coordinator chooses the room of Greve."""
    return world.do(
        rooms.choose, world.actor(name), municipality=GREVE, channel=channel,
        members=["U-M-WORKER", "U-P-WORKER", "U-SOMEBODY"], is_shared=True, key=world.key(),
    )  # fmt: skip


def test_a_case_begins_with_what_was_chosen(both_worlds, sides):
    """Subject, the tracks as far as known, when the notification came in, and everybody who is asked."""
    received = MONDAY - timedelta(hours=20)
    new = wanted(
        both_worlds, sides.asked, others=(both_worlds.contact(sides.colleague).id,), subject=CaseSubject.GROUP,
        stages=((Track.MUNICIPALITY, "assessed"), (Track.POLICE, "asked")), received=received,
    )  # fmt: skip
    case = opens(both_worlds, sides.asker, new).case
    view = both_worlds.view(case)
    assert view.case.subject is CaseSubject.GROUP
    assert {e.name: e.at for e in view.events} == {
        "municipality.received": received, "municipality.assessed": MONDAY, "police.asked": MONDAY,
    }  # fmt: skip
    assert both_worlds.places(case) == {sides.asker: "accepted", sides.asked: "asked", sides.colleague: "asked"}
    assert len(view.requests) == 2


def test_a_notification_that_is_not_there_yet_leaves_its_event_unknown(world, sides):
    """Deadlines that hang on it wait."""
    case = opens(world, sides.asker, wanted(world, sides.asked)).case
    assert event(world.view(case).events, "municipality.received") is None


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": "'; DROP TABLE cases; --"}, "kind"),
        ({"kind": "<!channel>"}, "kind"),
        ({"municipality": "9999"}, "municipality"),
        ({"stages": ((Track.POLICE, "received"),)}, "stage"),
        ({"received": MONDAY + timedelta(days=1)}, "received"),
        ({"others": tuple(f"c{n}" for n in range(MOST_ASKED + 1))}, "participants"),
    ],
)
def test_what_stands_on_no_list_opens_nothing(world, changed, field):
    """A form that was tampered with is refused, and nothing is left behind."""
    before = world.snapshot()
    with pytest.raises(BadInput) as error:
        opens(world, "m-worker", wanted(world, **changed))
    assert error.value.field == field
    assert world.snapshot() == before


def test_the_opener_is_not_asked_whether_she_takes_part_in_her_own_case(world, sides):
    """She chose herself among the participants: she has her place already."""
    case = opens(world, sides.asker, wanted(world, sides.asker)).case
    assert world.places(case) == {sides.asker: "accepted"}
    assert world.view(case).is_without_counterpart


def test_the_other_sides_contact_is_proposed_with_her_substitute_and_the_house(world, sides):
    """By kind and place; the children's house only for the kinds it is there for; then everybody by name."""
    entries = everybody()
    house = replace(world.add_house(), municipalities=(KOEGE,))
    agencies = [*entries.agencies, replace(entries.agencies[0], key="agency-h", side=Side.CHILDRENS_HOUSE)]
    world.do(
        directory.put, HOME,
        replace(entries, agencies=agencies, contacts=[*entries.contacts, replace(house, agency_id="agency-h")]),
    )  # fmt: skip
    actor = world.actor(sides.asker)
    found = world.do(opening.people, actor, typed=Typed(), municipality=KOEGE, kind="sexual-abuse")
    assert [c.key for c in found.proposed] == [sides.asked, sides.substitute, "h-worker"]
    assert actor.contact not in found.others
    found = world.do(opening.people, actor, typed=Typed(), municipality=KOEGE, kind="young-offending")
    assert [c.key for c in found.proposed] == [sides.asked, sides.substitute]
    found = world.do(opening.people, actor, typed=Typed(f"name {sides.colleague}"), municipality=None, kind=None)
    assert [c.key for c in (*found.proposed, *found.others)] == [sides.colleague]
    stranger = world.do(opening.people, world.actor("nobody"), typed=Typed(), municipality=KOEGE, kind=None)
    assert (stranger.proposed, stranger.others) == ((), ())


def test_without_a_room_a_draft_waits_and_a_coordinator_is_asked(both_worlds, sides):
    """Closed fields alone are kept; the asker's receipt says whom the request went to; no case is there yet."""
    opened = opens(both_worlds, sides.asker, wanted(both_worlds, sides.asked, municipality=GREVE))
    assert opened.case is None
    assert opened.coordinator is not None
    assert opened.waiting is not None
    assert opened.waiting.due_at == MONDAY + PATIENCE
    assert (opened.coordinator.key, [c.key for c in opened.asked]) == (f"{sides.mine}-coordinator", [sides.asked])
    sent = {item.delivery.kind: item for item in both_worlds.deliver() if item.original is None}
    assert set(sent) == {DeliveryKind.NUDGE, DeliveryKind.RECEIPT}
    assert sent[DeliveryKind.NUDGE].recipient.key == f"{sides.mine}-coordinator"
    assert sent[DeliveryKind.RECEIPT].recipient.key == sides.asker
    assert both_worlds.verbs(opened.waiting.id) == ["case.draft"]


def test_a_draft_opens_by_itself_when_the_room_is_there(both_worlds, sides):
    """Everybody is asked then, the request is settled, and the asker's receipt leads to the thread."""
    world = both_worlds
    opened = waiting(world, sides.asker, sides.asked)
    world.deliver()
    covers_greve(world, f"{sides.mine}-coordinator")
    world.later(days=3)
    chosen = chooses(world, f"{sides.mine}-coordinator")
    (case,) = chosen.opened
    assert (case.channel, case.municipality) == ("C-NEW", GREVE)
    assert world.places(case) == {sides.asker: "accepted", sides.asked: "asked"}
    assert world.matter(opened).state is MatterState.DONE
    sent = world.deliver()
    receipt = next(i for i in sent if i.original is not None and i.original.kind is DeliveryKind.RECEIPT)
    assert receipt.draft.code == case.code
    assert (chosen.readers.count, chosen.readers.unknown, chosen.readers.is_shared) == (3, 1, True)
    assert chosen.readers.by_agency == (("Agency agency-m", 1), ("Agency agency-p", 1))
    world.later(days=30)
    assert world.do(opening.end_drafts, workspace_id=HOME) == 0
    assert [d for d in world.deliver() if d.delivery.rung == "ended"] == []


def test_two_coordinators_who_choose_open_one_case(world, sides):
    """The second choice makes another room, and finds nothing waiting any more."""
    waiting(world, sides.asker, sides.asked)
    covers_greve(world, "m-coordinator", "p-coordinator")
    (case,) = chooses(world, "m-coordinator").opened
    again = chooses(world, "p-coordinator", "C-OTHER")
    assert (again.opened, again.room.channel) == ((), "C-OTHER")
    assert world.view(case).case.channel == "C-NEW", "a thread stays where it began"


def test_a_draft_ends_after_a_fortnight_and_the_asker_is_told(both_worlds, sides):
    """She gets a message of her own; a room that comes later opens nothing."""
    world = both_worlds
    opened = waiting(world, sides.asker, sides.asked)
    world.deliver()
    world.now = MONDAY + PATIENCE + timedelta(minutes=1)
    told = [i for i in world.deliver() if i.delivery.rung == "ended"]
    assert [i.recipient.key for i in told] == [sides.asker]
    assert world.do(opening.end_drafts, workspace_id=HOME) == 1
    assert world.matter(opened).state is MatterState.WITHDRAWN
    covers_greve(world, "m-coordinator")
    assert chooses(world, "m-coordinator").opened == ()
    world.later(days=15)
    world.do(opening.end_drafts, workspace_id=HOME)
    with world.work().reading() as work:
        assert drafts.view(work, HOME, opened.id) is None


@pytest.mark.parametrize("who", ["m-worker", "p-apart", "p-coordinator"])
def test_only_a_coordinator_who_answers_for_the_place_chooses(world, who):
    """Others are told; whoever coordinates elsewhere cannot take a place over."""
    waiting(world)
    before = world.snapshot()
    with pytest.raises(NotAllowed):
        chooses(world, who)
    assert world.snapshot() == before


def test_the_coordinator_who_was_asked_may_choose_wherever_the_case_is(world, sides):
    """A case of her colleagues waits for it: that is reason enough, once."""
    opened = waiting(world, sides.asker, sides.asked)
    name = f"{sides.mine}-coordinator"
    found = world.do(rooms.prepare, world.actor(name), matter_id=opened.id)
    assert found.municipality == GREVE
    assert len(chooses(world, name).opened) == 1
    with pytest.raises(Settled):
        world.do(rooms.prepare, world.actor(name), matter_id=opened.id)


def test_where_nobody_could_choose_a_room_she_is_told_whom_to_ring(world):
    """No coordinator of either side can be reached: no draft that waits for nobody."""
    world.without_slack("m-coordinator", "p-coordinator")
    before = world.snapshot()
    with pytest.raises(Refused) as error:
        waiting(world)
    assert (error.value.key, error.value.values["contact"]) == ("refused.no_room", "Name of p-worker")
    assert error.value.values["phone"]
    assert world.snapshot() == before


def test_a_repeated_draft_waits_once(both_worlds, sides):
    """Slack's second delivery of the form asks nobody again."""
    new = wanted(both_worlds, sides.asked, municipality=GREVE)
    both_worlds.do(opening.open_case, both_worlds.actor(sides.asker), new, key="view:1")
    before = both_worlds.snapshot()
    with pytest.raises(Repeated):
        both_worlds.do(opening.open_case, both_worlds.actor(sides.asker), new, key="view:1")
    assert both_worlds.snapshot() == before


def test_the_form_says_what_will_happen(world, sides):
    """With a room it names it, without one who is asked for it; without a place it begins empty; nothing changes."""
    before = world.snapshot()
    actor, contact = world.actor(sides.asker), world.contact(sides.asked)
    found = world.do(opening.prepare, actor, municipality=GREVE, contact_id=contact.id, kind="neglect")
    assert (found.room, found.coordinator.key, found.kind) == (None, f"{sides.mine}-coordinator", "neglect")
    found = world.do(opening.prepare, actor)
    assert (found.municipality, found.shown) == (KOEGE, ())
    found = world.do(opening.prepare, actor, municipality="no-such-place", kind="no-such-kind")
    assert (found.municipality, found.kind) == (None, None)
    with pytest.raises(NotFound):
        world.do(opening.prepare, world.actor("nobody"))
    assert world.snapshot() == before


def test_the_request_for_a_room_is_repeated_twice_and_stops_when_it_is_answered(world):
    """After two and five working days; it is nobody's follow-up and no participation."""
    opened = waiting(world)
    assert world.rungs(opened, DeliveryState.DUE) == ["ask", "again-2", "again-5", "ended"]
    assert world.matter(opened).kind is MatterKind.ROOM
    chooses(world, "m-coordinator")
    assert world.rungs(opened, DeliveryState.DUE) == []
