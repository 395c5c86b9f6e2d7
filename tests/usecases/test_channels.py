"""A private channel for each case: both sides must want it; then who takes part is let in, and who does not is taken out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.domain.cases import Case, Room
from bot.domain.channels import Apart, Obstacle, names
from bot.domain.closing import CloseReason, ReopenReason
from bot.domain.deliveries import Delivery, DeliveryKind, DeliveryState, ToSend
from bot.domain.errors import NotAllowed, NotFound, Refused, Repeated, Settled
from bot.domain.matters import Matter, MatterState
from bot.usecases import cases, channels, closing, delivery, directory, handovers, rooms, setup, stuck
from bot.usecases.closing import Ending
from storage import directory as directory_rows
from storage import directory_changes
from storage import matters as matter_rows
from storage import rooms as room_rows
from storage.channels import channel_wishes
from tests.usecases.conftest import Sides
from tests.usecases.test_absences import covered
from tests.world import HOME, KOEGE, ROOM, World, everybody

STEPS = {DeliveryKind.LET_IN: "+", DeliveryKind.LET_OUT: "-"}


@pytest.fixture
def mine(sides: Sides) -> str:
    """The coordinator of the side that asks."""
    return f"{sides.mine}-coordinator"


def the_room(world: World) -> Room:
    """The room of Køge as it is now."""
    with world.work().reading() as work:
        found = room_rows.room_of(work, HOME, "DK", KOEGE)
    assert found is not None
    return found


def wish(world: World, name: str, obstacle: Obstacle | None = None, *, key: str = "") -> Matter:
    """A coordinator wishes for channels; what the other side is asked."""
    who, room_id = world.actor(name), the_room(world).id
    world.do(channels.wish, who, room_id=room_id, obstacle=obstacle, key=key or world.key())
    with world.work().reading() as work:
        latest = select(channel_wishes.c.matter_id, matter_rows.matters.c.created_at).join_from(
            channel_wishes, matter_rows.matters
        )
        rows = work.connection.execute(latest.order_by(matter_rows.matters.c.created_at.desc())).all()
        found = matter_rows.matter(work, HOME, rows[0].matter_id)
    assert found is not None
    return found


def answer(world: World, usecase, name: str, matter: Matter, **more: object) -> None:
    """One tap on the wish."""
    world.do(usecase, world.actor(name), matter_id=matter.id, key=world.key(), **more)


def agreed(world: World, mine: str = "m-coordinator", theirs: str = "p-coordinator") -> None:
    """Both sides want channels."""
    answer(world, channels.accept, theirs, wish(world, mine), obstacle=None)
    world.deliver()
    assert the_room(world).per_case


def steps(world: World, case: Case, *states: DeliveryState) -> list[str]:
    """Who was, or is to be, let in (+) or out (-) of the channel of a case."""
    with world.work().reading() as work:
        people = {c.id: c.key for c in directory_rows.all_contacts(work, HOME)}
    found = [d for d in world.deliveries(*states) if d.case_id == case.id and d.kind in STEPS]
    return sorted(f"{STEPS[d.kind]}{people[str(d.recipient_id)]}" for d in found)


def kinds(items: list[ToSend]) -> list[DeliveryKind]:
    """What was sent, in order."""
    return [item.delivery.kind for item in items]


def test_only_where_both_sides_want_it_a_case_gets_a_channel(both_worlds: World, sides: Sides, mine: str) -> None:
    """Until the other side has said yes there are threads; both read what came of it; each act is in the audit."""
    world = both_worlds
    asked = wish(world, mine)
    before = world.open_case(sides.asker, sides.asked)
    assert (before.channel, before.own_channel) == (ROOM, False)
    sent = world.deliver()
    first = [i for i in sent if i.matter and i.matter.id == asked.id and i.delivery.kind is not DeliveryKind.EDIT]
    told = {i.recipient.key: i.delivery.kind for i in first if i.recipient}
    assert told == {sides.coordinator: DeliveryKind.NUDGE, mine: DeliveryKind.RECEIPT}
    answer(world, channels.accept, sides.coordinator, asked, obstacle=None)
    edits = [i for i in world.deliver() if i.delivery.kind is DeliveryKind.EDIT and i.matter]
    assert len(edits) == 2
    assert all(i.wish.room.per_case for i in edits)
    assert world.verbs(asked.id) == ["channel.wish", "channel.accept"]
    after = world.open_case(sides.asker, sides.asked)
    assert (after.channel, after.own_channel) == ("", True)
    assert world.view(before).case.channel == ROOM


def test_the_other_side_says_no_and_everything_stays(both_worlds: World, sides: Sides, mine: str) -> None:
    """Threads as before; whoever wished for it is told, and may ask again another day."""
    world = both_worlds
    asked = wish(world, mine)
    world.deliver()
    answer(world, channels.decline, sides.coordinator, asked)
    assert world.matter(asked).state is MatterState.DECLINED
    assert not the_room(world).per_case
    (edit, _) = (i for i in world.deliver() if i.delivery.kind is DeliveryKind.EDIT)
    assert edit.wish.matter.state is MatterState.DECLINED
    with pytest.raises(Settled):
        answer(world, channels.accept, sides.coordinator, asked, obstacle=None)
    world.later(days=1)
    assert wish(world, mine).id != asked.id


def test_either_side_goes_back_to_threads_and_running_cases_stay(both_worlds: World, sides: Sides, mine: str) -> None:
    """New cases are threads from that moment; a case with a channel keeps it."""
    world = both_worlds
    agreed(world, mine, sides.coordinator)
    running = world.open_case(sides.asker, sides.asked)
    for who in (mine, sides.coordinator):
        found = world.do(channels.back, world.actor(who), room_id=the_room(world).id, key=world.key())
        assert not found.room.per_case
        assert not world.open_case(sides.asker, sides.asked).own_channel
        with pytest.raises(Settled):
            world.do(channels.back, world.actor(who), room_id=the_room(world).id, key=world.key())
        world.later(minutes=1)
        agreed(world, mine, sides.coordinator)
    assert world.view(running).case.own_channel


def test_an_unanswered_wish_ends_when_somebody_goes_back(both_worlds: World, sides: Sides, mine: str) -> None:
    """The other side is not asked any more, and nobody can say yes to it."""
    world = both_worlds
    asked = wish(world, mine)
    with pytest.raises(Settled):
        wish(world, mine)
    world.do(channels.back, world.actor(mine), room_id=the_room(world).id, key=world.key())
    assert world.matter(asked).state is MatterState.WITHDRAWN
    assert world.rungs(asked, DeliveryState.DUE) == []
    with pytest.raises(Settled):
        answer(world, channels.accept, sides.coordinator, asked, obstacle=None)


@pytest.mark.parametrize("apart", [Apart.SHARED, Apart.PERSON])
def test_what_slack_says_against_it_is_refused_with_its_reason(both_worlds: World, mine: str, apart: Apart) -> None:
    """Nothing is asked of anybody; the same holds when the room was shared while the other side thought about it."""
    world = both_worlds
    before = world.snapshot()
    with pytest.raises(Refused) as refused:
        wish(world, mine, Obstacle(apart, "Name"))
    assert refused.value.key == f"channel.apart.{apart}"
    assert world.snapshot() == before
    asked = wish(world, mine)
    other = "p-coordinator" if mine[0] == "m" else "m-coordinator"
    with pytest.raises(Refused):
        answer(world, channels.accept, other, asked, obstacle=Obstacle(apart, "Name"))
    assert not the_room(world).per_case


def test_without_a_coordinator_on_the_other_side_it_is_not_offered(world: World) -> None:
    """Nobody could say yes for it."""
    entries = everybody()
    left = [c for c in entries.contacts if c.key not in {"p-coordinator", "p-apart"}]
    world.without_slack("p-coordinator", "p-apart")
    found = world.do(channels.way, world.actor("m-coordinator"), room_id=the_room(world).id, obstacle=None)
    assert len(left) + 2 == len(entries.contacts)
    assert found.obstacle == Obstacle(Apart.NOBODY)


def test_only_coordinators_of_the_place_choose_and_only_the_other_side_answers(world: World) -> None:
    """Colleagues, the asker herself and strangers change nothing; a repetition does nothing."""
    for name, error in (("m-worker", NotAllowed), ("stranger", NotFound)):
        with pytest.raises(error):
            wish(world, name)
    asked = wish(world, "m-coordinator", key="once")
    with pytest.raises(Repeated):
        wish(world, "m-coordinator", key="once")
    for name, error in (("m-coordinator", NotAllowed), ("m-worker", NotAllowed), ("stranger", NotFound)):
        with pytest.raises(error):
            answer(world, channels.accept, name, asked, obstacle=None)
    assert not the_room(world).per_case


def test_a_room_that_is_shared_from_now_on_has_threads_again(world: World) -> None:
    """Nobody of another organisation could be let into a private channel."""
    agreed(world)
    chief = world.actor("m-coordinator")

    def choose(channel: str, *, is_shared: bool) -> Room:
        more = {"municipality": KOEGE, "channel": channel, "key": world.key()}
        return world.do(rooms.choose, chief, members=[], is_shared=is_shared, **more).room

    assert choose("C-OTHER", is_shared=False).per_case
    assert not choose("C-SHARED", is_shared=True).per_case
    assert not the_room(world).per_case


def test_a_case_is_written_first_and_its_channel_follows_step_by_step(
    both_worlds: World, sides: Sides, mine: str
) -> None:
    """Channel, headline, everybody let in, and only then the question with the way there; not a word in the room."""
    world = both_worlds
    agreed(world, mine, sides.coordinator)
    case = world.open_case(sides.asker, sides.asked)
    sent = world.deliver()
    order = kinds(sent)
    assert order[:2] == [DeliveryKind.CHANNEL, DeliveryKind.HEADLINE]
    asked = next(i for i in sent if i.delivery.kind is DeliveryKind.NUDGE)
    assert asked.case.case.permalink
    let_in = [order.index(DeliveryKind.LET_IN), len(order) - 1 - order[::-1].index(DeliveryKind.LET_IN)]
    assert order.index(DeliveryKind.HEADLINE) < let_in[0]
    assert steps(world, case, DeliveryState.SENT) == sorted(
        [f"+{mine}", f"+{sides.coordinator}", f"+{sides.asker}", f"+{sides.asked}"]
    )
    channel = f"C-{case.code}"
    assert world.view(case).case.channel == channel
    assert {i.post_to for i in sent if i.delivery.kind is DeliveryKind.HEADLINE} == {channel}
    assert {c.key for c in world.view(case).let_in} == {mine, sides.coordinator, sides.asker, sides.asked}
    assert world.verbs(case.id)[1:] == ["channel.make", *["channel.let-in"] * 4]


def test_until_there_is_a_channel_nothing_is_posted_anywhere(both_worlds: World, sides: Sides) -> None:
    """Slack refuses it for good: a coordinator sees it with its reason, the contact is asked all the same.

    Tried again it is made, the headline comes, everybody is let in, and what was sent leads there.
    """
    world = both_worlds
    agreed(world)
    case = world.open_case(sides.asker, sides.asked)
    (make,) = (i for i in world.take() if i.delivery.kind is DeliveryKind.CHANNEL)
    world.do(delivery.report_refused, make.delivery.id, reason="restricted_action")
    sent = world.deliver()
    assert set(kinds(sent)) == {DeliveryKind.NUDGE, DeliveryKind.RECEIPT}
    assert steps(world, case, DeliveryState.CANCELLED) == steps(world, case)
    (one,) = world.do(stuck.look, world.actor(f"{sides.mine}-coordinator")).undelivered
    assert (one.kind, one.reason, one.code) == (DeliveryKind.CHANNEL, "restricted_action", case.code)
    chief = world.actor(f"{sides.mine}-coordinator")
    world.do(stuck.retry, chief, delivery_id=make.delivery.id, key=world.key())
    again = world.deliver()
    assert DeliveryKind.HEADLINE in kinds(again)
    assert len(steps(world, case, DeliveryState.SENT)) == 4
    edited = [i for i in again if i.delivery.kind is DeliveryKind.EDIT]
    assert {i.original.kind for i in edited if i.original} == {DeliveryKind.NUDGE, DeliveryKind.RECEIPT}
    assert all(i.case.case.permalink for i in edited)


def test_whoever_cannot_be_let_in_is_asked_all_the_same_and_her_coordinator_sees_it(
    both_worlds: World, sides: Sides
) -> None:
    """A guest, or somebody who sits elsewhere: parked with Slack's reason and her name; nobody else is kept out."""
    world = both_worlds
    agreed(world)
    case = world.open_case(sides.asker, sides.asked)
    refused: list[Delivery] = []
    for _ in range(12):
        for item in world.take():
            hers = item.recipient is not None and item.recipient.key == sides.asked
            if item.delivery.kind is DeliveryKind.LET_IN and hers:
                refused.append(item.delivery)
                world.do(delivery.report_refused, item.delivery.id, reason="user_is_restricted")
            else:
                took = delivery.Sent(item.post_to or "C-NEW", f"1.{item.delivery.id[:6]}", "https://x")
                world.do(delivery.report_sent, item.delivery.id, took)
        world.later(seconds=1)
    assert len(refused) == 1
    assert len(steps(world, case, DeliveryState.SENT)) == 3
    (one,) = world.do(stuck.look, world.actor(sides.coordinator)).undelivered
    assert (one.kind, one.reason, one.person) == (DeliveryKind.LET_IN, "user_is_restricted", f"Name of {sides.asked}")
    assert [i for i in world.deliveries(DeliveryState.SENT, kind=DeliveryKind.NUDGE) if i.case_id == case.id]


def test_who_declines_goes_and_who_is_asked_instead_comes(both_worlds: World, sides: Sides) -> None:
    """In a private channel to read is to be a member: one is taken out, the next is let in before she is asked."""
    world = both_worlds
    agreed(world)
    case = world.open_case(sides.asker, sides.asked)
    world.deliver()
    world.answer(cases.decline, sides.asked, world.request(case), reason="no-time")
    sent = world.deliver()
    assert f"-{sides.asked}" in steps(world, case, DeliveryState.SENT)
    assert f"+{sides.substitute}" in steps(world, case, DeliveryState.SENT)
    order = kinds(sent)
    assert order.index(DeliveryKind.LET_IN) < order.index(DeliveryKind.NUDGE)
    assert sides.asked not in {c.key for c in world.view(case).let_in}


def test_with_a_handover_one_comes_and_the_other_goes(both_worlds: World, sides: Sides) -> None:
    """Only once it is accepted."""
    world = both_worlds
    agreed(world)
    case = world.accepted_case(sides.asker, sides.asked)
    world.deliver()
    ids = {"holder_id": world.contact(sides.asked).id, "receiver_id": world.contact(sides.colleague).id}
    asked = world.do(handovers.ask, world.actor(sides.asked), case.id, **ids, key=world.key())
    world.deliver()
    assert f"+{sides.colleague}" not in steps(world, case)
    world.answer(handovers.accept, sides.colleague, asked)
    world.deliver()
    done = steps(world, case, DeliveryState.SENT)
    assert {f"+{sides.colleague}", f"-{sides.asked}"} <= set(done)


def test_a_new_coordinator_is_let_in_within_the_hour(both_worlds: World, sides: Sides) -> None:
    """What changed outside the case, in the directory, is followed; once, however often it is looked."""
    world = both_worlds
    agreed(world)
    case = world.accepted_case(sides.asker, sides.asked)
    world.deliver()
    entries = everybody()
    promoted = [replace(c, role=entries.contacts[3].role) if c.key == sides.colleague else c for c in entries.contacts]
    directory.put(world.work(), HOME, replace(entries, contacts=promoted))
    for _ in range(2):
        world.do(channels.follow, workspace_id=HOME)
    world.deliver()
    assert steps(world, case, DeliveryState.SENT).count(f"+{sides.colleague}") == 1


def test_a_stand_in_reads_along_while_somebody_is_away(both_worlds: World, sides: Sides) -> None:
    """She answers for her, so she is let in; when the other is back she is taken out."""
    world = both_worlds
    agreed(world)
    case = world.accepted_case(sides.asker, sides.asked)
    world.deliver()
    covered(world, sides.asked, sides.colleague)
    world.do(channels.follow, workspace_id=HOME)
    world.deliver()
    assert f"+{sides.colleague}" in steps(world, case, DeliveryState.SENT)
    world.later(days=10)
    world.do(channels.follow, workspace_id=HOME)
    world.deliver()
    assert f"-{sides.colleague}" in steps(world, case, DeliveryState.SENT)
    assert f"-{sides.asked}" not in steps(world, case)


def test_whoever_leaves_the_directory_reads_no_more(both_worlds: World, sides: Sides) -> None:
    """Her place may wait for somebody else; the channel does not wait."""
    world = both_worlds
    agreed(world)
    case = world.accepted_case(sides.asker, sides.asked)
    world.deliver()
    with world.work() as work:
        directory_changes.end_contacts(work, HOME, [sides.asked])
        work.commit()
    world.later(minutes=1)
    world.do(channels.follow, workspace_id=HOME)
    out = [i for i in world.deliver() if i.delivery.kind is DeliveryKind.LET_OUT]
    assert [i.post_to for i in out] == [f"U-{sides.asked.upper()}"]
    assert world.view(case).case.own_channel


def test_the_bot_does_not_introduce_itself_in_a_case(world: World) -> None:
    """Slack tells it that it joined the channel it has just made."""
    agreed(world)
    case = world.open_case()
    world.deliver()
    actor = replace(world.actor("m-worker"), slack_id="U-BOT")
    for channel, said in ((f"C-{case.code}", 0), ("C-ELSEWHERE", 1)):
        world.do(setup.joined, actor, channel=channel, key=world.key())
        assert kinds(world.deliver()).count(DeliveryKind.HELLO) == said


def test_a_closed_case_is_opened_again_in_its_channel(both_worlds: World, sides: Sides) -> None:
    """Nobody is taken out while it may be needed again, and the same headline is edited."""
    world = both_worlds
    agreed(world)
    case = world.accepted_case(sides.asker, sides.asked)
    world.deliver()
    ending = Ending(CloseReason.AGREED_DONE, {}, {})
    world.do(closing.close, world.actor(sides.asker), case.id, ending, key=world.key())
    world.deliver()
    who = world.actor(sides.asked)
    world.do(closing.reopen, who, case_id=case.id, reason=ReopenReason.NEW_NEED, key=world.key())
    (edit,) = (i for i in world.deliver() if i.delivery.kind is DeliveryKind.HEADLINE)
    assert (edit.post_to, edit.edit_ts) == (f"C-{case.code}", world.view(case).case.thread_ts)
    assert not [step for step in steps(world, case) if step.startswith("-")]


def test_the_channel_is_archived_once_the_bots_messages_are_gone(both_worlds: World, sides: Sides) -> None:
    """Deleted is what the bot wrote, everybody who took part is told, then the channel is closed, then the case goes."""
    world = both_worlds
    agreed(world)
    case = world.accepted_case(sides.asker, sides.asked)
    world.deliver()
    ending = Ending(CloseReason.AGREED_DONE, {}, {})
    world.do(closing.close, world.actor(sides.asker), case.id, ending, key=world.key())
    world.deliver()
    world.later(days=91)
    assert world.do(closing.forget, workspace_id=HOME) == closing.Forgotten(1, 0)
    first = kinds(world.deliver())
    assert {DeliveryKind.REMOVAL, DeliveryKind.FAREWELL} <= set(first)
    assert DeliveryKind.ARCHIVE not in first
    assert world.do(closing.forget, workspace_id=HOME) == closing.Forgotten(0, 0)
    (last,) = world.deliver()
    assert (last.delivery.kind, last.post_to) == (DeliveryKind.ARCHIVE, f"C-{case.code}")
    assert world.do(closing.forget, workspace_id=HOME) == closing.Forgotten(0, 1)
    assert not [d for d in world.deliveries() if d.case_id == case.id]


def test_a_channel_slack_will_not_archive_is_seen_for_a_week(world: World) -> None:
    """Then the case goes from the database all the same."""
    agreed(world)
    case = world.accepted_case()
    world.deliver()
    world.do(closing.close, world.actor("m-worker"), case.id, Ending(CloseReason.AGREED_DONE, {}, {}), key=world.key())
    world.deliver()
    world.later(days=91)
    world.do(closing.forget, workspace_id=HOME)
    world.deliver()
    world.do(closing.forget, workspace_id=HOME)
    (item,) = world.take()
    world.do(delivery.report_refused, item.delivery.id, reason="restricted_action")
    assert world.do(closing.forget, workspace_id=HOME) == closing.Forgotten(0, 0)
    (one,) = world.do(stuck.look, world.actor("m-coordinator")).undelivered
    assert one.kind is DeliveryKind.ARCHIVE
    world.later(days=8)
    assert world.do(closing.forget, workspace_id=HOME) == closing.Forgotten(0, 1)


def test_names_keep_to_slacks_rules() -> None:
    """Lower case, digits and dashes, at most 80 characters, each another one."""
    found = names("K472-M53-7")
    assert found[:2] == ("bindeled-k472-m53-7", "bindeled-k472-m53-7-2")
    assert len(set(found)) == len(found)
    assert all(len(name) <= 80 and name == name.lower() for name in names("K" * 200))
