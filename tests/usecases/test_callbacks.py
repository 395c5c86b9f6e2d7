"""A wish to be rung, on a real database, from either side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.domain.callbacks import PATIENCE, CallbackView, Reach, Wish
from bot.domain.deliveries import DeliveryKind, ToSend
from bot.domain.errors import BadInput, NotAllowed, NotFound, Refused, Repeated, Settled
from bot.domain.matters import Matter, MatterState
from bot.domain.urgency import Urgency
from bot.usecases import callbacks, delivery
from storage import callbacks as rows
from storage.directory import contacts
from tests.world import ELSEWHERE, HOME, KOEGE, OTHER, World

ANSWERS: tuple[Callable[..., Matter], ...] = (callbacks.accept, callbacks.done)


@pytest.fixture(params=["m", "p"])
def asker(request: pytest.FixtureRequest) -> str:
    """Either side asks; everything holds for both (promise 5)."""
    side: str = request.param
    return side


def ask(world: World, asker: str, **about: Any) -> Matter:
    """The worker of one side asks the worker of the other to ring."""
    owner = world.contact(f"{OTHER[asker]}-worker")
    wish = Wish(KOEGE, **about)
    outcome = world.do(callbacks.ask, world.actor(f"{asker}-worker"), owner.id, wish, key=world.key())
    assert outcome.matter is not None
    return outcome.matter


def view(world: World, matter: Matter) -> CallbackView:
    """The call-back as it is now."""
    with world.work().reading() as work:
        found = rows.view(work, HOME, matter.id)
    assert found is not None
    return found


def passed(world: World, matter: Matter, by: str, to: str) -> Matter:
    """Somebody passes it on."""
    return world.do(
        callbacks.pass_on, world.actor(by), matter_id=matter.id, contact_id=world.contact(to).id, key=world.key()
    )


def readers(sent: list[ToSend], kind: DeliveryKind = DeliveryKind.NUDGE) -> list[str]:
    """Who got messages of a kind, by key."""
    return [item.recipient.key for item in sent if item.recipient and item.delivery.kind is kind]


def change(world: World, key: str, **values: object) -> None:
    """Change somebody's row in the directory."""
    with world.work() as work:
        work.connection.execute(update(contacts).where(contacts.c.key == key).values(values))
        work.commit()


def test_the_contact_is_asked_and_the_asker_has_one_receipt(world: World, asker: str) -> None:
    """At once, and the receipt comes when the contact has been asked."""
    matter = ask(world, asker)
    sent = world.deliver()
    assert readers(sent) == [f"{OTHER[asker]}-worker"]
    assert readers(sent, DeliveryKind.RECEIPT) == [f"{asker}-worker"]
    receipt = next(item for item in sent if item.delivery.kind is DeliveryKind.RECEIPT)
    assert [one.contact.key for one in receipt.callback.asked] == [f"{OTHER[asker]}-worker"]
    assert receipt.callback.upcoming is not None
    assert receipt.callback.upcoming.contact.key == f"{OTHER[asker]}-substitute"
    assert world.verbs(matter.id) == ["callback.ask"]


def test_unanswered_it_moves_down_the_chain_and_the_receipt_follows(world: World, asker: str) -> None:
    """After a working hour the substitute, after two the coordinator; the one receipt is edited, no second one comes."""
    matter, other = ask(world, asker), OTHER[asker]
    world.deliver()
    receipts = world.deliveries(kind=DeliveryKind.RECEIPT)
    for expected in ("substitute", "coordinator"):
        world.now += PATIENCE
        sent = world.deliver()
        assert readers(sent) == [f"{other}-{expected}"]
        (edit,) = [item for item in sent if item.delivery.kind is DeliveryKind.EDIT]
        assert edit.delivery.edits_id == receipts[0].id
        assert edit.callback.asked[-1].contact.key == f"{other}-{expected}"
    world.later(days=7)
    assert world.deliver() == []
    assert len(world.deliveries(kind=DeliveryKind.RECEIPT)) == 1
    assert world.matter(matter).state is MatterState.PROPOSED


def test_danger_now_goes_on_after_a_quarter_of_an_hour_at_night(world: World, asker: str) -> None:
    """Saturday night: the substitute fifteen minutes later, the coordinator after half an hour."""
    world.later(days=5, hours=14)
    ask(world, asker, urgency=Urgency.NOW)
    world.deliver()
    world.later(minutes=15)
    assert readers(world.deliver()) == [f"{OTHER[asker]}-substitute"]
    world.later(minutes=15)
    assert readers(world.deliver()) == [f"{OTHER[asker]}-coordinator"]


def test_accepting_stops_the_ladder_and_tells_the_asker(world: World, asker: str) -> None:
    """The receipt says who rings; nobody else is asked."""
    matter = ask(world, asker)
    world.deliver()
    accepted = world.answer(callbacks.accept, f"{OTHER[asker]}-worker", matter)
    assert accepted.state is MatterState.AGREED
    sent = world.deliver()
    assert sorted(readers(sent, DeliveryKind.EDIT)) == sorted([f"{asker}-worker", f"{OTHER[asker]}-worker"])
    world.later(minutes=59)
    assert world.deliver() == []


def test_acknowledged_is_not_done(world: World, asker: str) -> None:
    """Whoever rings now is reminded an hour later; then the substitute and the coordinator are asked."""
    matter, other = ask(world, asker), OTHER[asker]
    world.deliver()
    world.answer(callbacks.accept, f"{other}-worker", matter)
    world.deliver()
    reminded = []
    for _ in range(3):
        world.now += PATIENCE
        reminded += readers(world.deliver())
    assert reminded == [f"{other}-worker", f"{other}-substitute", f"{other}-coordinator"]
    assert view(world, matter).late


def test_a_promised_moment_is_kept_in_mind(world: World, asker: str) -> None:
    """Nothing until the moment; then the contact; overdue it goes to the substitute, who can take it over."""
    matter, other = ask(world, asker), OTHER[asker]
    world.deliver()
    due = world.now + timedelta(hours=3)
    promised = world.answer(callbacks.promise, f"{other}-worker", matter, due_at=due)
    assert (promised.state, promised.due_at) == (MatterState.AGREED, due)
    world.deliver()
    world.now = due - timedelta(minutes=1)
    assert world.deliver() == []
    with pytest.raises(Settled):
        world.answer(callbacks.accept, f"{other}-substitute", matter)
    world.now = due
    assert readers(world.deliver()) == [f"{other}-worker"]
    world.now = due + PATIENCE
    assert readers(world.deliver()) == [f"{other}-substitute"]
    taken = world.answer(callbacks.accept, f"{other}-substitute", matter)
    assert taken.owner_id == world.contact(f"{other}-substitute").id
    assert taken.due_at is None


def test_a_promise_can_be_moved_and_kept_early(world: World, asker: str) -> None:
    """She who promised may name another moment, or ring now after all."""
    matter, name = ask(world, asker), f"{OTHER[asker]}-worker"
    for hours in (2, 4):
        promised = world.answer(callbacks.promise, name, matter, due_at=world.now + timedelta(hours=hours))
        assert promised.due_at == world.now + timedelta(hours=hours)
    assert world.answer(callbacks.accept, name, matter).due_at is None
    assert world.answer(callbacks.done, name, matter).state is MatterState.DONE


def test_a_moment_that_has_passed_is_no_promise(world: World, asker: str) -> None:
    """The form says so at its field, and nothing changes."""
    matter = ask(world, asker)
    before = world.snapshot()
    with pytest.raises(BadInput) as refused:
        world.answer(callbacks.promise, f"{OTHER[asker]}-worker", matter, due_at=world.now)
    assert refused.value.field == "due"
    assert world.snapshot() == before


def test_the_substitute_takes_it_and_the_others_see_it(world: World, asker: str) -> None:
    """Whoever answers first owns it; the first contact's message loses its buttons."""
    matter, other = ask(world, asker), OTHER[asker]
    world.deliver()
    world.now += PATIENCE
    world.deliver()
    taken = world.answer(callbacks.accept, f"{other}-substitute", matter)
    assert taken.owner_id == world.contact(f"{other}-substitute").id
    edits = {item.recipient.key: item for item in world.deliver() if item.recipient}
    assert edits[f"{other}-substitute"].callback.may_be_answered_by(world.contact(f"{other}-substitute"))
    assert not edits[f"{other}-worker"].callback.may_be_answered_by(world.contact(f"{other}-worker"))


@pytest.mark.parametrize("answer", ANSWERS)
def test_the_second_of_two_answers_is_told_that_it_is_settled(
    world: World, asker: str, answer: Callable[..., Matter]
) -> None:
    """The first one counts; the second changes nothing."""
    matter, other = ask(world, asker), OTHER[asker]
    world.answer(answer, f"{other}-worker", matter)
    before = world.snapshot()
    for second in (f"{other}-worker", f"{other}-substitute", f"{other}-coordinator"):
        with pytest.raises(Settled):
            world.answer(answer, second, matter)
    assert world.snapshot() == before


def test_a_repeated_click_is_acted_on_once(world: World, asker: str) -> None:
    """Slack delivers an interaction twice: the first one counts."""
    matter, other = ask(world, asker), OTHER[asker]
    world.do(callbacks.accept, world.actor(f"{other}-worker"), matter_id=matter.id, key="same")
    with pytest.raises(Repeated):
        world.do(callbacks.accept, world.actor(f"{other}-worker"), matter_id=matter.id, key="same")
    assert world.verbs(matter.id) == ["callback.ask", "callback.accept"]


def test_done_ends_it_for_everybody(world: World, asker: str) -> None:
    """No reminder is left, both messages say when they talked."""
    matter, other = ask(world, asker), OTHER[asker]
    world.deliver()
    done = world.answer(callbacks.done, f"{other}-worker", matter)
    assert (done.state, done.settled_at) == (MatterState.DONE, world.now)
    assert len(world.deliver()) == 2
    world.later(days=7)
    assert world.deliver() == []


def test_the_asker_withdraws_and_nobody_else(world: World, asker: str) -> None:
    """Not the contact, not a colleague, not her own coordinator; she herself at any time before it is done."""
    matter, other = ask(world, asker), OTHER[asker]
    world.deliver()
    for stranger in (f"{other}-worker", f"{asker}-colleague", f"{asker}-coordinator"):
        with pytest.raises(NotAllowed):
            world.answer(callbacks.withdraw, stranger, matter)
    world.answer(callbacks.accept, f"{other}-worker", matter)
    gone = world.answer(callbacks.withdraw, f"{asker}-worker", matter)
    assert gone.state is MatterState.WITHDRAWN
    world.deliver()
    world.later(days=7)
    assert world.deliver() == []
    with pytest.raises(Settled):
        world.answer(callbacks.done, f"{other}-worker", matter)


@pytest.mark.parametrize("answer", ANSWERS)
def test_only_the_owners_own_line_answers(world: World, asker: str, answer: Callable[..., Matter]) -> None:
    """The asker, a colleague and another agency's coordinator may not; a stranger and another workspace learn nothing."""
    matter, other = ask(world, asker), OTHER[asker]
    before = world.snapshot()
    for name in (f"{asker}-worker", f"{asker}-coordinator", f"{other}-colleague", "p-apart"):
        with pytest.raises(NotAllowed):
            world.answer(answer, name, matter)
    for nobody in (world.actor("nobody"), world.actor(f"{other}-worker", ELSEWHERE)):
        with pytest.raises(NotFound):
            world.do(answer, nobody, matter_id=matter.id, key=world.key())
    assert world.snapshot() == before


def test_it_is_passed_on_within_the_own_agency(world: World, asker: str) -> None:
    """The receiver is asked at once, whoever passed it on has nothing more to do, the asker sees it."""
    matter, other = ask(world, asker), OTHER[asker]
    world.deliver()
    found = world.do(callbacks.prepare_pass, world.actor(f"{other}-worker"), matter_id=matter.id)
    assert {c.key for c in found.receivers} == {f"{other}-substitute", f"{other}-coordinator"}
    asked = passed(world, matter, f"{other}-worker", f"{other}-coordinator")
    assert (asked.state, asked.owner_id) == (MatterState.PROPOSED, world.contact(f"{other}-coordinator").id)
    sent = world.deliver()
    assert readers(sent) == [f"{other}-coordinator"]
    edits = {item.recipient.key: item for item in sent if item.delivery.kind is DeliveryKind.EDIT and item.recipient}
    assert not edits[f"{other}-worker"].callback.may_be_answered_by(world.contact(f"{other}-worker"))
    assert [one.contact.key for one in edits[f"{asker}-worker"].callback.asked] == [f"{other}-worker", f"{other}-coordinator"]  # fmt: skip
    with pytest.raises(NotAllowed):
        world.answer(callbacks.accept, f"{other}-worker", matter)


def test_what_was_accepted_can_still_be_passed_on(world: World, asker: str) -> None:
    """The promise goes with it: the receiver has promised nothing yet."""
    matter, other = ask(world, asker), OTHER[asker]
    world.answer(callbacks.promise, f"{other}-worker", matter, due_at=world.now + timedelta(hours=3))
    asked = passed(world, matter, f"{other}-worker", f"{other}-substitute")
    assert (asked.state, asked.due_at) == (MatterState.PROPOSED, None)


@pytest.mark.parametrize("who", ["colleague", "worker"])
def test_it_is_not_passed_on_to_whoever_is_not_offered(world: World, asker: str, who: str) -> None:
    """A colleague without a part in it, or the passer herself: the form says so at its field."""
    matter, other = ask(world, asker), OTHER[asker]
    for target in (f"{other}-{who}", f"{asker}-coordinator"):
        with pytest.raises(BadInput) as refused:
            passed(world, matter, f"{other}-worker", target)
        assert refused.value.field == "receiver"


def test_nobody_to_pass_it_on_to_is_said(world: World, asker: str) -> None:
    """Without anybody in Slack behind her, the person is told what to do instead."""
    matter, other = ask(world, asker), OTHER[asker]
    for name in ("substitute", "coordinator"):
        change(world, f"{other}-{name}", slack_id=None, email="")
    with pytest.raises(Refused) as refused:
        world.do(callbacks.prepare_pass, world.actor(f"{other}-worker"), matter_id=matter.id)
    assert refused.value.key == "callback.error.nobody"


def test_whoever_cannot_be_reached_in_slack_is_never_sent_a_wish(world: World, asker: str) -> None:
    """The asker is shown the number and who can be asked next; nothing is stored but the audit row."""
    other = OTHER[asker]
    change(world, f"{other}-worker", slack_id=None, email="")
    owner = world.contact(f"{other}-worker")
    outcome = world.do(callbacks.ask, world.actor(f"{asker}-worker"), owner.id, Wish(KOEGE), key=world.key())
    assert outcome.matter is None
    assert outcome.contact.phone
    assert outcome.following is not None
    assert outcome.following.key == f"{other}-substitute"
    assert world.deliver() == []
    assert world.verbs(f"contact:{owner.id}") == ["callback.ask"]


def test_a_contact_whom_slack_does_not_know_is_passed_over_at_once(world: World, asker: str) -> None:
    """Her work e-mail belongs to nobody in Slack: the substitute is asked now, and the receipt says why."""
    matter, other = ask(world, asker), OTHER[asker]
    (first,) = world.take()
    world.do(delivery.report_refused, first.delivery.id, reason="users_not_found")
    sent = world.deliver()
    assert readers(sent) == [f"{other}-substitute"]
    now = view(world, matter)
    assert [(one.contact.key, one.reach) for one in now.asked] == [
        (f"{other}-worker", Reach.UNREACHABLE),
        (f"{other}-substitute", Reach.ASKED),
    ]
    assert readers(sent, DeliveryKind.RECEIPT) == [f"{asker}-worker"]


def test_nobody_is_asked_twice_for_the_same(world: World, asker: str) -> None:
    """A second tap while the first wish is open points to the receipt; when it is settled, one may ask again."""
    matter = ask(world, asker)
    with pytest.raises(Settled) as settled:
        ask(world, asker)
    assert settled.value.key == "settled.callback_open"
    world.answer(callbacks.done, f"{OTHER[asker]}-worker", matter)
    assert ask(world, asker).id != matter.id


def test_a_contact_who_has_left_is_not_asked(world: World, asker: str) -> None:
    """The button is older than the directory."""
    owner = world.contact(f"{OTHER[asker]}-worker")
    change(world, owner.key, valid_until=world.now)
    with pytest.raises(NotFound):
        world.do(callbacks.ask, world.actor(f"{asker}-worker"), owner.id, Wish(KOEGE), key=world.key())


def test_swapping_the_sides_changes_nothing_but_the_words(world: World) -> None:
    """The same acts from either side leave the same rungs at the same moments, and the same states."""

    def story(asker: str) -> list[object]:
        matter, other, start = ask(world, asker), OTHER[asker], world.now
        told: list[object] = [
            (d.rung, d.audience, d.due_at - start) for d in world.deliveries() if d.matter_id == matter.id
        ]
        world.answer(callbacks.promise, f"{other}-worker", matter, due_at=world.now + timedelta(hours=2))
        passed(world, matter, f"{other}-worker", f"{other}-substitute")
        world.answer(callbacks.done, f"{other}-substitute", matter)
        told += [world.verbs(matter.id), world.matter(matter).revision]
        return told

    assert story("m") == story("p")


def counts(world: World) -> list[tuple[object, ...]]:
    """What consultations have left."""
    with world.work().reading() as work:
        return [tuple(row) for row in work.connection.execute(select(rows.sparring_counts))]


def left(world: World, needle: str) -> list[str]:
    """The tables in which something is still found."""
    return [name for name, found in world.snapshot().items() if any(needle in map(str, row) for row in found)]


def test_of_a_consultation_only_a_count_and_its_times_stay(world: World, asker: str) -> None:
    """Once everybody has seen that it was held, matter, details and deliveries go; the audit keeps its verbs."""
    matter, other = ask(world, asker, sparring=True, kind="neglect"), OTHER[asker]
    world.deliver()
    world.later(minutes=20)
    world.answer(callbacks.done, f"{other}-worker", matter)
    agency = world.contact(f"{asker}-worker").agency_id
    assert [row[:5] for row in counts(world)] == [(HOME, "2026-03", agency, KOEGE, 1)]
    world.do(delivery.tidy)
    assert "callbacks" in left(world, matter.id)  # the messages do not say yet that it was held
    (edit,) = [i for i in world.deliver() if i.recipient and i.recipient.key == f"{asker}-worker"]
    assert (edit.callback.wish.kind, edit.callback.matter.state) == ("neglect", MatterState.DONE)
    world.do(delivery.tidy)
    assert left(world, matter.id) == ["audit"]
    assert left(world, "neglect") == []
    assert world.verbs(matter.id) == ["sparring.ask", "callback.done"]
    with pytest.raises(NotFound):
        world.answer(callbacks.done, f"{other}-worker", matter)


def test_consultations_of_a_month_are_counted_together(world: World, asker: str) -> None:
    """One row for a month, an agency and a municipality; a withdrawn one was none."""
    for verb, name in ((callbacks.done, OTHER[asker]), (callbacks.done, OTHER[asker]), (callbacks.withdraw, asker)):
        matter = ask(world, asker, sparring=True)
        world.deliver()
        world.later(minutes=9, seconds=50)
        world.answer(verb, f"{name}-worker", matter)
        world.deliver()
    world.do(delivery.tidy)
    (row,) = counts(world)
    assert row[4] == 2
    assert row[5] in {18, 19, 20}
    assert left(world, "callback.withdraw") == ["audit"]
    with world.work().reading() as work:
        assert rows.sparring_count(work, HOME, since=world.now) == 2
        assert rows.sparring_count(work, ELSEWHERE, since=world.now) == 0
        assert rows.sparring_count(work, HOME, since=world.now + timedelta(days=40)) == 0


def test_an_ordinary_call_back_stays(world: World, asker: str) -> None:
    """What two people arranged is kept like every other matter."""
    matter = ask(world, asker)
    world.answer(callbacks.done, f"{OTHER[asker]}-worker", matter)
    world.deliver()
    world.do(delivery.tidy)
    assert world.matter(matter).state is MatterState.DONE
    assert counts(world) == []


def test_it_works_the_same_on_both_databases(both_worlds: World) -> None:
    """The whole way of a consultation on SQLite and on PostgreSQL."""
    world = both_worlds
    matter = ask(world, "m", sparring=True, urgency=Urgency.NOW)
    assert len(world.deliver()) == 2
    world.later(minutes=15)
    assert readers(world.deliver()) == ["p-substitute"]
    world.answer(callbacks.promise, "p-substitute", matter, due_at=world.now + timedelta(hours=1))
    world.deliver()
    world.answer(callbacks.done, "p-substitute", matter)
    world.deliver()
    world.do(delivery.tidy)
    assert len(counts(world)) == 1
    assert left(world, matter.id) == ["audit"]
