from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from bot.domain.deliveries import DeliveryKind, DeliveryState, ToSend
from bot.usecases import cases, counters, delivery, directory, followups
from bot.usecases.delivery import Sent
from storage.deliveries import deliveries
from storage.sending import LEASE
from tests.world import ELSEWHERE, HOME, ROOM, World, everybody


def taken(world: World, kind: DeliveryKind) -> ToSend:
    """Take what is due; the one of this kind, being sent now."""
    (found,) = [item for item in world.take() if item.delivery.kind is kind]
    return found


def state(world: World, item: ToSend) -> DeliveryState:
    """Where a delivery stands now."""
    return next(d.state for d in world.deliveries() if d.id == item.delivery.id)


def error(world: World, item: ToSend) -> str | None:
    """Why it stands there."""
    with world.engine.connect().execution_options(reading=True) as connection:
        query = deliveries.select().where(deliveries.c.id == item.delivery.id)
        found: str | None = connection.execute(query).one().error
        return found


def test_the_headline_makes_the_thread(both_worlds, sides):
    """The first headline is posted into the room; where it stands is remembered, and the next one edits it."""
    case = both_worlds.open_case(sides.asker, sides.asked)
    item = taken(both_worlds, DeliveryKind.HEADLINE)
    assert (item.post_to, item.edit_ts, item.language) == (ROOM, None, "da")
    both_worlds.do(delivery.report_sent, item.delivery.id, Sent(ROOM, "1.1", "https://slack.example/1"))
    view = both_worlds.view(case)
    assert (view.case.thread_ts, view.case.permalink) == ("1.1", "https://slack.example/1")
    both_worlds.later(seconds=2)
    both_worlds.deliver()
    both_worlds.answer(cases.accept, sides.asked, both_worlds.request(case))
    (again,) = [i for i in both_worlds.deliver() if i.delivery.kind is DeliveryKind.HEADLINE]
    assert (again.post_to, again.edit_ts) == (ROOM, "1.1")
    assert both_worlds.view(case).case.permalink == "https://slack.example/1"


def test_request_and_receipt_reach_their_readers(world, sides):
    """The one who is asked gets the request, the one who asked gets the receipt, each in her own conversation."""
    world.open_case(sides.asker, sides.asked)
    sent = {item.delivery.kind: item for item in world.deliver()}
    assert sent[DeliveryKind.NUDGE].recipient == world.contact(sides.asked)
    assert sent[DeliveryKind.NUDGE].post_to == f"U-{sides.asked.upper()}"
    assert sent[DeliveryKind.RECEIPT].recipient == world.contact(sides.asker)


def test_the_ladder_reaches_owner_substitute_and_coordinator_in_turn(world, sides):
    """Without an answer the owner is asked again, then her substitute, then her coordinator, each side in its own line."""
    world.open_case(sides.asker, sides.asked)
    reached = []
    for _ in range(14):
        reached += [
            (item.delivery.rung, item.recipient.key if item.recipient else None)
            for item in world.deliver()
            if item.delivery.kind is DeliveryKind.NUDGE and item.delivery.id not in world.seen_bundled
        ]
        reached += [(rung, name) for name, rung in world.bundled()]
        world.later(hours=3)
    assert reached == [
        ("ask", sides.asked), ("again", sides.asked), ("substitute", sides.substitute), ("coordinator", sides.coordinator),
    ]  # fmt: skip


def test_a_reminder_of_what_was_settled_is_not_sent(both_worlds, sides):
    """A nudge that was taken before the answer came is checked once more, and dropped."""
    both_worlds.deliver()
    case = both_worlds.open_case(sides.asker, sides.asked)
    headline = taken(both_worlds, DeliveryKind.HEADLINE)
    both_worlds.do(delivery.report_sent, headline.delivery.id, Sent(ROOM, "1.1"))
    claimed = both_worlds.do(delivery.claim, workspace_id=HOME, limit=20)
    (nudge,) = [d for d in claimed if d.kind is DeliveryKind.NUDGE]
    both_worlds.answer(cases.accept, sides.asked, both_worlds.request(case))
    assert both_worlds.do(delivery.begin, nudge.id) is None
    assert next(d.state for d in both_worlds.deliveries() if d.id == nudge.id) is DeliveryState.CANCELLED


def test_a_reminder_of_an_earlier_date_is_not_sent(world, sides):
    """A nudge of unknown outcome that comes up again after the date moved is dropped: its revision is gone."""
    case = world.accepted_case(sides.asker, sides.asked)
    matter = world.propose(case, sides.asker, sides.asker, due=world.now + timedelta(hours=1))
    world.deliver()
    world.later(hours=1)
    nudge = taken(world, DeliveryKind.NUDGE)
    world.do(delivery.report_unknown, nudge.delivery.id)
    terms = counters.NewTerms(due_at=world.now + timedelta(days=3))
    world.answer(counters.propose, sides.asker, matter, wanted=terms)
    world.do(delivery.report_not_found, nudge.delivery.id)
    world.later(seconds=10)
    assert nudge.delivery.id not in {item.delivery.id for item in world.deliver()}
    assert state(world, nudge) is DeliveryState.CANCELLED
    assert error(world, nudge) == "settled"


def test_what_changed_while_its_nudge_was_being_sent_is_edited(both_worlds, sides):
    """The answer came while Slack took the message: it goes out, and is brought up to date at once, by one edit."""
    case = both_worlds.accepted_case(sides.asker, sides.asked)
    both_worlds.deliver()
    matter = both_worlds.propose(case, sides.asker, sides.asked)
    nudge = taken(both_worlds, DeliveryKind.NUDGE)
    both_worlds.answer(followups.agree, sides.substitute, matter)
    both_worlds.do(delivery.report_sent, nudge.delivery.id, Sent("D1", "5.5"))
    both_worlds.later(seconds=2)
    (edit,) = [item for item in both_worlds.deliver() if item.delivery.kind is DeliveryKind.EDIT]
    assert (edit.post_to, edit.edit_ts) == ("D1", "5.5")
    assert edit.original is not None
    assert edit.original.id == nudge.delivery.id
    assert edit.matter == both_worlds.matter(matter)


def test_a_receipt_that_was_being_sent_while_the_other_side_accepted_is_edited(world, sides):
    """The receipt keeps the opener up to date from its first moment on."""
    case = world.open_case(sides.asker, sides.asked)
    headline = taken(world, DeliveryKind.HEADLINE)
    world.do(delivery.report_sent, headline.delivery.id, Sent(ROOM, "1.1"))
    world.later(seconds=2)
    receipt = taken(world, DeliveryKind.RECEIPT)
    world.answer(cases.accept, sides.asked, world.request(case))
    world.do(delivery.report_sent, receipt.delivery.id, Sent("D1", "5.5"))
    world.later(seconds=2)
    edits = [item for item in world.deliver() if item.delivery.kind is DeliveryKind.EDIT]
    assert ("D1", "5.5") in [(item.post_to, item.edit_ts) for item in edits]


def test_who_has_neither_slack_nor_e_mail_parks_the_delivery(world, sides):
    """What nobody can read, not even on her behalf, is not lost: it stands there with its reason."""
    entries = everybody()
    lonely = [
        replace(c, slack_id=None, email="") if c.key in {sides.asked, sides.coordinator} else c
        for c in entries.contacts
    ]  # fmt: skip
    world.do(directory.put, HOME, replace(entries, contacts=lonely))
    world.open_case(sides.asker, sides.asked)
    world.deliver()
    (parked,) = world.deliveries(DeliveryState.PARKED)
    assert (parked.kind, parked.rung) == (DeliveryKind.NUDGE, "ask")


def test_who_is_known_by_e_mail_only_is_found_there_once(world, sides):
    """A person without a Slack id is sent to by her work e-mail; once Slack knows her, she has one."""
    entries = everybody()
    known = [replace(c, slack_id=None) if c.key == sides.asked else c for c in entries.contacts]
    world.do(directory.put, HOME, replace(entries, contacts=known))
    world.open_case(sides.asker, sides.asked)
    (item,) = [i for i in world.deliver() if i.delivery.kind is DeliveryKind.NUDGE]
    assert item.post_to is None
    assert item.recipient is not None
    world.do(delivery.know_slack_id, item.recipient, slack_id="U-NEW")
    assert world.contact(sides.asked).slack_id == "U-NEW"


def test_slack_says_wait(world, sides):
    """A 429 puts it off by what Slack said, and it is neither lost nor sent sooner."""
    world.open_case(sides.asker, sides.asked)
    item = taken(world, DeliveryKind.HEADLINE)
    world.do(delivery.report_later, item.delivery.id, wait=timedelta(seconds=30))
    assert state(world, item) is DeliveryState.DUE
    world.later(seconds=29)
    assert world.take() == []
    world.later(seconds=1)
    assert taken(world, DeliveryKind.HEADLINE).delivery.id == item.delivery.id


def test_what_slack_refuses_is_parked_with_its_reason_and_holds_nothing_up(world, sides):
    """A refusal for good is a state a coordinator sees; what waited for it goes on."""
    world.open_case(sides.asker, sides.asked)
    item = taken(world, DeliveryKind.HEADLINE)
    world.do(delivery.report_refused, item.delivery.id, reason="channel_not_found" + "x" * 100)
    assert state(world, item) is DeliveryState.PARKED
    assert (error(world, item) or "").startswith("channel_not_found")
    assert {i.delivery.kind for i in world.deliver()} == {DeliveryKind.NUDGE, DeliveryKind.RECEIPT}


def test_an_unknown_outcome_is_looked_up_and_found(both_worlds, sides):
    """Where the answer never came the message is looked for; found, it counts as sent, and is not sent again."""
    case = both_worlds.open_case(sides.asker, sides.asked)
    item = taken(both_worlds, DeliveryKind.HEADLINE)
    both_worlds.do(delivery.report_unknown, item.delivery.id)
    assert both_worlds.take() == []
    assert both_worlds.do(delivery.to_look_up, workspace_id=HOME, limit=9) == []
    both_worlds.later(seconds=delivery.RETRY.total_seconds())
    ((looked_up, to_send),) = both_worlds.do(delivery.to_look_up, workspace_id=HOME, limit=9)
    assert looked_up.id == item.delivery.id
    assert to_send is not None
    assert to_send.post_to == ROOM
    both_worlds.do(delivery.report_sent, looked_up.id, Sent(ROOM, "1.1"))
    assert state(both_worlds, item) is DeliveryState.SENT
    assert both_worlds.view(case).case.thread_ts == "1.1"


def test_an_unknown_outcome_that_is_not_found_is_sent_once_more(world, sides):
    """Not there: it is due again, for as long as it has not failed too often; then it is parked with its reason."""
    world.open_case(sides.asker, sides.asked)
    for attempt in range(1, delivery.MOST_ATTEMPTS + 1):
        item = taken(world, DeliveryKind.HEADLINE)
        world.do(delivery.report_unknown, item.delivery.id)
        world.do(delivery.report_not_found, item.delivery.id)
        expected = DeliveryState.DUE if attempt < delivery.MOST_ATTEMPTS else DeliveryState.PARKED
        assert state(world, item) is expected, attempt
    assert error(world, item) == "no-answer"


def test_an_edit_of_unknown_outcome_is_made_again(world, sides):
    """To make an edit twice changes nothing: it is not looked for."""
    case = world.open_case(sides.asker, sides.asked)
    world.deliver()
    world.answer(cases.accept, sides.asked, world.request(case))
    edit = next(item for item in world.take() if item.delivery.kind is DeliveryKind.EDIT)
    world.do(delivery.report_unknown, edit.delivery.id)
    world.later(seconds=5)
    found = {d.id: to_send for d, to_send in world.do(delivery.to_look_up, workspace_id=HOME, limit=9)}
    assert found[edit.delivery.id] is None


def test_a_process_that_dies_before_sending_loses_nothing(both_worlds, sides):
    """What it had taken is taken by another after the lease."""
    both_worlds.open_case(sides.asker, sides.asked)
    (lost,) = both_worlds.do(delivery.claim, workspace_id=HOME, limit=9)
    both_worlds.later(seconds=LEASE.total_seconds() + 1)
    assert taken(both_worlds, DeliveryKind.HEADLINE).delivery.id == lost.id
    assert both_worlds.do(delivery.begin, lost.id) is None


def test_a_process_that_dies_while_sending_sends_nothing_twice(world, sides):
    """What it was sending is looked up first."""
    world.open_case(sides.asker, sides.asked)
    item = taken(world, DeliveryKind.HEADLINE)
    world.later(seconds=LEASE.total_seconds() + 1)
    assert world.take() == []
    assert state(world, item) is DeliveryState.UNKNOWN
    assert [d.id for d, _ in world.do(delivery.to_look_up, workspace_id=HOME, limit=9)] == [item.delivery.id]


def test_a_look_for_work_finds_what_is_due_unknown_or_left_behind(both_worlds, sides):
    """Nothing at first; then what is due, what a dead process had taken, and what nobody knows; never too early."""

    def anything() -> bool:
        return bool(both_worlds.do(delivery.is_anything, workspace_id=HOME))

    assert not anything()
    both_worlds.open_case(sides.asker, sides.asked)
    assert anything()
    assert not both_worlds.do(delivery.is_anything, workspace_id=ELSEWHERE)
    rows = deliveries.c.state == DeliveryState.DUE
    with both_worlds.engine.begin() as connection:  # everything but the headline waits for another day
        later = deliveries.update().where(rows, deliveries.c.kind != DeliveryKind.HEADLINE)
        connection.execute(later.values(next_attempt_at=both_worlds.now + timedelta(days=1)))
    for held in (0, 1):
        claimed = both_worlds.do(delivery.claim, workspace_id=HOME, limit=9)
        assert [row.kind for row in claimed] == [DeliveryKind.HEADLINE]
        if held:
            assert both_worlds.do(delivery.begin, claimed[0].id) is not None
        assert not anything()
        both_worlds.later(seconds=LEASE.total_seconds() + 1)
        assert anything()
    assert both_worlds.do(delivery.claim, workspace_id=HOME, limit=9) == []
    assert anything(), "it has become unknown, and nobody has looked"
    both_worlds.do(delivery.to_look_up, workspace_id=HOME, limit=9)
    assert not anything()
    both_worlds.later(seconds=LEASE.total_seconds())
    assert anything()


def test_reports_that_are_written_together_are_all_kept_or_none(both_worlds, sides):
    """Two outcomes in one transaction: both stand there; where one cannot be written the other is not either."""
    both_worlds.open_case(sides.asker, sides.asked)
    headline = taken(both_worlds, DeliveryKind.HEADLINE)
    both_worlds.do(delivery.report_sent, headline.delivery.id, Sent(ROOM, "1.0"))
    one, other = both_worlds.take()
    sent = partial(delivery.report_sent, delivery_id=one.delivery.id, sent=Sent(ROOM, "1.1"))
    with pytest.raises(ZeroDivisionError):
        both_worlds.do(delivery.report_together, [sent, lambda _work: 1 / 0])
    assert state(both_worlds, one) is DeliveryState.SENDING
    unknown = partial(delivery.report_unknown, delivery_id=other.delivery.id)
    assert both_worlds.do(delivery.report_together, [sent, unknown]) == [0.0, None]
    assert (state(both_worlds, one), state(both_worlds, other)) == (DeliveryState.SENT, DeliveryState.UNKNOWN)


def test_one_channel_takes_one_message_a_second(world, sides):
    """Two cases in the same room: the second headline waits its second."""
    world.open_case(sides.asker, sides.asked)
    world.open_case(sides.asker, sides.asked)
    first = taken(world, DeliveryKind.HEADLINE)
    world.do(delivery.report_sent, first.delivery.id, Sent(ROOM, "1.1"))
    assert DeliveryKind.HEADLINE not in {item.delivery.kind for item in world.take()}
    world.later(seconds=delivery.PACE.total_seconds())
    assert taken(world, DeliveryKind.HEADLINE).delivery.id != first.delivery.id


def test_the_reader_gets_her_own_agencys_language(world, sides):
    """A reminder is written in its reader's language, a headline in the room's."""
    entries = everybody()
    agencies = [
        replace(a, language="en") if a.key == f"agency-{sides.theirs}" else a for a in entries.agencies
    ]  # fmt: skip
    world.do(directory.put, HOME, replace(entries, agencies=agencies))
    world.open_case(sides.asker, sides.asked)
    found = {item.delivery.kind: item.language for item in world.deliver()}
    assert found == {DeliveryKind.HEADLINE: "da", DeliveryKind.RECEIPT: "da", DeliveryKind.NUDGE: "en"}


def test_the_next_due_moment_is_told(world, sides):
    """The one who waits knows until when; another workspace has nothing to wait for."""
    assert world.do(delivery.next_due, workspace_id=HOME) is None
    world.open_case(sides.asker, sides.asked)
    assert world.do(delivery.next_due, workspace_id=HOME) == world.now
    assert world.do(delivery.next_due, workspace_id=ELSEWHERE) is None


def test_what_is_not_there_is_not_reported(world):
    """A report about a row that is gone changes nothing."""
    before = world.snapshot()
    world.do(delivery.report_sent, "nothing", Sent(ROOM, "1.1"))
    world.do(delivery.report_unknown, "nothing")
    world.do(delivery.report_not_found, "nothing")
    assert world.do(delivery.begin, "nothing") is None
    assert world.snapshot() == before


@pytest.mark.parametrize("times", [1, 3])
def test_nothing_more_comes_after_all_is_done_however_often_it_is_asked(world, sides, times):
    """After the last answer no reminder comes, also not weeks later, also not after a restart."""
    case = world.accepted_case(sides.asker, sides.asked)
    matter = world.propose(case, sides.asker, sides.asked)
    world.answer(followups.agree, sides.asked, matter)
    world.deliver()
    world.answer(followups.done, sides.asked, matter)
    for _ in range(times):
        world.later(days=10)
        assert DeliveryKind.NUDGE not in {item.delivery.kind for item in world.deliver()}
    assert world.deliveries(DeliveryState.DUE, DeliveryState.CLAIMED, DeliveryState.SENDING) == []


def lost_headline(world, sides, *, looked: bool):
    """A headline of which nobody knows whether Slack took it, after it was looked for and not found, or could not be."""
    case = world.open_case(sides.asker, sides.asked)
    item = taken(world, DeliveryKind.HEADLINE)
    world.do(delivery.report_unknown, item.delivery.id)
    world.later(seconds=10)
    world.do(delivery.report_not_found, item.delivery.id, looked=looked)
    return case


def test_a_headline_that_could_not_be_looked_for_is_replaced_and_says_so(both_worlds, sides):
    """Slack may hold two of them: the one that is recorded says that it counts. Where we could look there is only one."""
    case = lost_headline(both_worlds, sides, looked=False)
    sent = [i for i in both_worlds.deliver() if i.delivery.kind is DeliveryKind.HEADLINE]
    assert [(i.edit_ts, i.case.case.replaces) for i in sent] == [(None, True)]
    assert both_worlds.view(case).case.thread_ts is not None


def test_a_headline_that_is_not_there_is_posted_once_more_without_a_word(world, sides):
    """It was looked for and Slack never took it."""
    lost_headline(world, sides, looked=True)
    sent = [i for i in world.deliver() if i.delivery.kind is DeliveryKind.HEADLINE]
    assert [i.case.case.replaces for i in sent] == [False]
