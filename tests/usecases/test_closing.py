"""A case is closed, opened again, told for the journal, and forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.app import reader
from bot.domain.cases import Case, FollowupWhat
from bot.domain.closing import CloseReason, CoopAnswer, CoopQuestion, LeftReason, ReopenReason
from bot.domain.deliveries import DeliveryKind, DeliveryState, ToSend
from bot.domain.errors import BadInput, NotAllowed, NotFound, Repeated, Settled
from bot.domain.intake import GuardedText
from bot.domain.matters import Matter, MatterState
from bot.usecases import closing, delivery, followups
from bot.usecases.closing import Ending
from handlers.cards import closing as closing_cards
from storage import closing as closing_rows
from storage.schema import metadata
from tests.usecases.conftest import Sides
from tests.world import HOME, World

ANSWERS = dict.fromkeys(CoopQuestion, CoopAnswer.YES)
DONE = Ending(CloseReason.AGREED_DONE, {}, ANSWERS)


def close(world: World, case: Case, who: str, ending: Ending = DONE, *, key: str | None = None) -> Case:
    """Somebody closes a case."""
    return world.do(closing.close, world.actor(who), case.id, ending, key=key or world.key())


def reopen(world: World, case: Case, who: str) -> Case:
    """Somebody opens a case again."""
    actor = world.actor(who)
    return world.do(closing.reopen, actor, case_id=case.id, reason=ReopenReason.NEW_NEED, key=world.key())


def forget(world: World) -> closing.Forgotten:
    """What the ticker does every hour."""
    return world.do(closing.forget, workspace_id=HOME)


def test_either_side_closes_and_everything_pending_ends(both_worlds: World, sides: Sides) -> None:
    """Nobody is reminded of anything in a closed case; the headline says who closed it and why."""
    world = both_worlds
    case = world.accepted_case(sides.asker, sides.asked)
    owed = world.propose(case, sides.asker, sides.asked)
    world.deliver()
    found = world.do(closing.prepare, world.actor(sides.asked), case_id=case.id)
    assert [matter.id for matter in found.owed] == [owed.id]
    close(world, case, sides.asked, Ending(CloseReason.NOTHING_MORE, {owed.id: LeftReason.NOT_NEEDED}, ANSWERS))
    view = world.view(case)
    assert not view.case.is_open
    assert view.case.close_reason == "nothing-more"
    assert view.closed_by == world.contact(sides.asked)
    ended = world.matter(owed)
    assert (ended.state, ended.reason) == (MatterState.WITHDRAWN, "not-needed")
    world.later(days=30)
    assert [i for i in world.deliver() if i.delivery.kind is DeliveryKind.NUDGE] == []
    assert world.verbs(case.id)[-1] == "case.close"
    assert world.verbs(owed.id)[-1] == "followup.left"


def test_what_was_agreed_while_the_form_was_open_needs_a_word_of_its_own(world: World, sides: Sides) -> None:
    """Nothing is closed over somebody's head; nothing is half closed."""
    case = world.accepted_case(sides.asker, sides.asked)
    world.propose(case, sides.asker, sides.asked)
    before = world.snapshot()
    with pytest.raises(BadInput) as refused:
        close(world, case, sides.asked)
    assert refused.value.key == "closing.error.new_owed"
    assert world.snapshot() == before


def test_one_word_serves_what_the_form_could_not_show(world: World) -> None:
    """Where more is open than a form can ask about."""
    case = world.accepted_case()
    owed = [world.propose(case) for _ in range(3)]
    close(world, case, "m-worker", Ending(CloseReason.BY_MISTAKE, {}, ANSWERS, rest=LeftReason.UNKNOWN))
    assert {world.matter(matter).reason for matter in owed} == {"unknown"}


def test_a_request_to_take_part_ends_with_the_case(world: World, sides: Sides) -> None:
    """Nobody is asked into a closed case any more."""
    case = world.open_case(sides.asker, sides.asked)
    asked = world.request(case)
    close(world, case, sides.asker)
    assert world.matter(asked).reason == "case-closed"
    world.later(days=3)
    assert [i for i in world.deliver() if i.delivery.kind is DeliveryKind.NUDGE] == []


def test_in_a_closed_case_nothing_is_agreed_until_it_is_opened_again(world: World, sides: Sides) -> None:
    """The refusal says how to go on."""
    case = world.accepted_case(sides.asker, sides.asked)
    close(world, case, sides.asker)
    with pytest.raises(Settled) as refused:
        world.propose(case, sides.asked, sides.asker)
    assert refused.value.key == "settled.case_closed"
    with pytest.raises(Settled):
        close(world, case, sides.asked)
    assert world.do(followups.my_cases, world.actor(sides.asked)) == []
    reopen(world, case, sides.asked)
    assert world.view(case).case.is_open
    assert world.propose(case, sides.asked, sides.asker).state is MatterState.PROPOSED
    with pytest.raises(Settled):
        reopen(world, case, sides.asked)
    assert "case.reopen.new-need" in world.verbs(case.id)


def test_closing_twice_is_closing_once(both_worlds: World) -> None:
    """Slack's repetition and the other side's tap in the same second change nothing."""
    world = both_worlds
    case = world.accepted_case()
    close(world, case, "m-worker", key="form")
    with pytest.raises(Repeated):
        close(world, case, "m-worker", key="form")
    with pytest.raises(Settled):
        close(world, case, "p-worker")
    with world.work().reading() as work:
        assert closing_rows.answers(work, HOME) == {(question, "yes"): 1 for question in CoopQuestion}


def test_whoever_takes_no_part_neither_closes_nor_reopens_nor_exports(world: World, sides: Sides) -> None:
    """She is told who may; a case of nobody's looks like one that never was."""
    case = world.accepted_case(sides.asker, sides.asked)
    outsider = world.actor(sides.colleague)
    with pytest.raises(NotAllowed):
        world.do(closing.prepare, outsider, case_id=case.id)
    with pytest.raises(NotAllowed):
        world.do(closing.export, outsider, case_id=case.id, key=world.key())
    with pytest.raises(NotFound):
        world.do(closing.prepare_reopen, outsider, case_id="none")
    close(world, case, sides.coordinator)
    with pytest.raises(NotAllowed):
        world.do(closing.prepare_reopen, outsider, case_id=case.id)


def test_the_file_tells_who_did_what_when_and_is_taken_away_after_a_day(world: World, sides: Sides) -> None:
    """It goes to the one who asked, and both its coming and its going are in the audit."""
    case = world.accepted_case(sides.asker, sides.asked)
    world.deliver()
    world.do(closing.export, world.actor(sides.asked), case_id=case.id, key=world.key())
    (item,) = [i for i in world.deliver() if i.delivery.kind is DeliveryKind.FILE]
    assert item.recipient == world.contact(sides.asked)
    assert [(step.verb, step.by) for step in item.export.steps] == [
        ("case.open", f"Name of {sides.asker}"),
        ("case.accept", f"Name of {sides.asked}"),
        ("case.export", f"Name of {sides.asked}"),
    ]
    world.later(hours=23)
    assert [i for i in world.deliver() if i.delivery.kind is DeliveryKind.REMOVAL] == []
    world.later(hours=1)
    (gone,) = [i for i in world.deliver() if i.delivery.kind is DeliveryKind.REMOVAL]
    assert gone.original is not None
    assert (gone.original.kind, gone.edit_ts) == (DeliveryKind.FILE, gone.original.ts)
    assert world.verbs(case.id)[-2:] == ["case.export", "message.remove"]


def test_the_words_of_a_follow_up_stand_in_the_form_and_in_the_file(both_worlds: World, sides: Sides) -> None:
    """Whoever closes the case reads which follow-up is still open; her file says what was done about which."""
    world = both_worlds
    case = world.accepted_case(sides.asker, sides.asked)
    note = GuardedText.kept("ring til skolen først")
    wanted = followups.NewFollowup(
        FollowupWhat.INFORM_SCHOOL, world.contact(sides.asked).id, world.now + timedelta(days=2), note=note
    )
    world.do(followups.propose, world.actor(sides.asker), case.id, wanted, key=world.key())
    world.deliver()
    found = world.do(closing.prepare, world.actor(sides.asked), case_id=case.id)
    form = closing_cards.form(reader("da", "DK"), found)
    labels = [block["label"]["text"] for block in form["blocks"] if block["type"] == "input"]
    (label,) = [text for text in labels if "ring til skolen først" in text]
    assert label.startswith("Giv skolen besked: ring til skolen først (")
    assert label.endswith(")")
    world.do(closing.export, world.actor(sides.asked), case_id=case.id, key=world.key())
    (item,) = [i for i in world.deliver() if i.delivery.kind is DeliveryKind.FILE]
    _, text = closing_cards.file(reader("da", "DK"), item.export)
    (line,) = [line for line in text.splitlines() if "Opfølgning foreslået" in line]
    assert f"Opfølgning foreslået: Giv skolen besked: ring til skolen først (Name of {sides.asker}" in line


def test_after_its_time_a_case_is_in_no_table_any_more(both_worlds: World, sides: Sides) -> None:
    """First the bot's messages go and both sides are told; then every row. Counts without identity stay."""
    world = both_worlds
    case = world.accepted_case(sides.asker, sides.asked)
    owed = world.propose(case, sides.asker, sides.asked)
    world.deliver()
    ids = {case.id, case.code, owed.id, *(d.id for d in world.deliveries())}
    ids |= {str(d.matter_id) for d in world.deliveries() if d.matter_id}
    sent = {(d.channel, d.ts) for d in world.deliveries(DeliveryState.SENT) if d.kind is not DeliveryKind.EDIT}
    close(world, case, sides.asker, Ending(CloseReason.AGREED_DONE, {owed.id: LeftReason.UNKNOWN}, ANSWERS))
    world.deliver()
    world.later(days=89)
    assert forget(world) == closing.Forgotten(0, 0)
    world.later(days=2)
    assert world.do(closing.past_retention, workspace_id=HOME) == 1
    assert forget(world) == closing.Forgotten(1, 0)
    done = world.deliver()
    removed = {(i.post_to, i.edit_ts) for i in done if i.delivery.kind is DeliveryKind.REMOVAL}
    assert removed == sent
    told = {i.recipient.key for i in done if i.delivery.kind is DeliveryKind.FAREWELL and i.recipient}
    assert told == {sides.asker, sides.asked}
    assert forget(world) == closing.Forgotten(0, 1)
    left = world.snapshot()
    for table in metadata.sorted_tables:
        if table.name not in {"audit", "inbox"}:  # verbs with ids that lead nowhere; keys of Slack's
            assert not [row for row in left[table.name] if ids & {str(value) for value in row}], table.name
    assert [row[-1] for row in left["case_counts"]] == [1]
    assert forget(world) == closing.Forgotten(0, 0)


def test_the_digests_that_named_it_are_taken_away_and_no_others(both_worlds: World, sides: Sides) -> None:
    """Of whoever owed it and of whoever waited for it, on either side; what never named the case stays where it is."""
    world = both_worlds
    case, other = (world.accepted_case(sides.asker, sides.asked) for _ in range(2))
    own = [agreed(world, case, sides.asker, sides.asked), agreed(world, case, sides.asked, sides.asker)]
    first = mornings(world, days=5)
    assert {item.recipient.key for item in first if item.recipient} == {sides.asker, sides.asked}
    for matter in own:
        world.answer(followups.done, sides.asker if matter is own[1] else sides.asked, matter)
    close(world, case, sides.asker)
    for _ in range(2):
        agreed(world, other, sides.asker, sides.asked)
        agreed(world, other, sides.asked, sides.asker)
    later = mornings(world, days=5)
    assert later
    world.later(days=91)
    forget(world)
    removed = {i.edit_ts for i in world.deliver() if i.delivery.kind is DeliveryKind.REMOVAL}
    sent = {d.id: d.ts for d in world.deliveries(DeliveryState.SENT, kind=DeliveryKind.DIGEST)}
    assert {sent[i.delivery.id] for i in first} <= removed
    assert not {sent[i.delivery.id] for i in later} & removed
    assert forget(world) == closing.Forgotten(0, 1)
    assert not [row for row in world.snapshot()["digest_cases"] if case.id in row]


def agreed(world: World, case: Case, asker: str, owner: str) -> Matter:
    """A follow-up in a case that is agreed, and will be late."""
    matter = world.propose(case, asker, owner, due=world.now + timedelta(hours=1))
    world.answer(followups.agree, owner, matter)
    world.deliver()
    return matter


def mornings(world: World, *, days: int) -> list[ToSend]:
    """The digests of so many days."""
    sent = []
    for _ in range(days * 12):
        sent += [item for item in world.deliver() if item.delivery.kind is DeliveryKind.DIGEST]
        world.later(hours=2)
    return sent


def test_a_case_that_is_being_deleted_is_not_opened_again(world: World) -> None:
    """Half of it is gone already; a new case is the way."""
    case = world.accepted_case()
    close(world, case, "m-worker")
    world.deliver()
    world.later(days=91)
    forget(world)
    with pytest.raises(Settled) as refused:
        reopen(world, case, "m-worker")
    assert refused.value.key == "settled.case_forgotten"


def test_where_slack_refuses_to_delete_the_case_goes_all_the_same(world: World) -> None:
    """After a week of refusals; the message stays in Slack, the row does not."""
    case = world.accepted_case()
    close(world, case, "m-worker")
    world.deliver()
    world.later(days=91)
    forget(world)
    for item in world.take():
        world.do(delivery.report_later, item.delivery.id, wait=timedelta(days=30))
    assert forget(world) == closing.Forgotten(0, 0)
    world.later(days=8)
    assert forget(world) == closing.Forgotten(0, 1)
