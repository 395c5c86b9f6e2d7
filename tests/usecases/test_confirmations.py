"""*Passer det stadig?*: who is asked when, what each answer does, and what happens without one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.confirmations import Reply
from bot.domain.deliveries import DeliveryKind, ToSend
from bot.domain.errors import BadInput, NotAllowed, NotFound, Repeated, Settled
from bot.domain.holes import HoleKind
from bot.domain.intake import GuardedText
from bot.domain.matters import Matter, MatterKind, MatterState
from bot.usecases import confirmations, directory, upkeep
from bot.usecases.confirmations import Details
from tests.world import HOME, World, everybody


@pytest.fixture(params=["m", "p"])
def side(request: pytest.FixtureRequest) -> str:
    """Everything holds for both sides."""
    found: str = request.param
    return found


def confirmed(world: World, **days_ago: int) -> None:
    """Everybody was confirmed today, some of them (by key, with _ for -) so many days ago."""
    entries = everybody()
    ago = {key.replace("_", "-"): timedelta(days=days) for key, days in days_ago.items()}
    contacts = [replace(c, confirmed_at=world.now - ago.get(c.key, timedelta())) for c in entries.contacts]
    directory.put(world.work(), HOME, replace(entries, contacts=contacts))


def asked(world: World) -> list[ToSend]:
    """The ticker's hour: plan, then send; the questions that went out."""
    world.do(upkeep.plan, workspace_id=HOME)
    return [i for i in world.deliver() if i.matter and i.matter.kind is MatterKind.CONFIRMATION]


def question(world: World, side: str) -> Matter:
    """The question to one side's worker, sent."""
    confirmed(world, **{f"{side}_worker": 91})
    (item,) = asked(world)
    assert item.matter is not None
    assert item.recipient == world.contact(f"{side}-worker")
    return item.matter


def holes(world: World, side: str) -> set[tuple[HoleKind, str]]:
    """What the side's coordinator sees."""
    page = world.do(upkeep.holes, world.actor(f"{side}-coordinator"))
    return {(hole.kind, hole.record) for hole in page.holes}


def test_each_is_asked_once_after_ninety_days_and_reminded_once(world: World, side: str) -> None:
    """However often it is planned; again only ninety days later."""
    matter = question(world, side)
    assert asked(world) == []
    world.later(days=7)
    (again,) = asked(world)
    assert (again.delivery.rung, again.delivery.matter_id) == ("again", matter.id)
    confirmed(world, **{f"{side}_worker": 120})
    for _ in range(8):
        world.later(days=10)
        assert [i for i in asked(world) if i.delivery.kind is DeliveryKind.NUDGE] == []
    confirmed(world, **{f"{side}_worker": 200})
    world.later(days=4)
    anew = [i for i in asked(world) if i.delivery.kind is DeliveryKind.NUDGE]
    assert [i.recipient.key for i in anew if i.recipient] == [f"{side}-worker"]
    assert anew[0].delivery.matter_id != matter.id
    assert world.matter(matter).state is MatterState.WITHDRAWN


def test_nobody_is_asked_at_night(world: World, side: str) -> None:
    """The question waits for working hours."""
    world.later(hours=12)
    confirmed(world, **{f"{side}_worker": 91})
    assert asked(world) == []
    world.later(hours=12)
    assert len(asked(world)) == 1


def test_yes_confirms_and_ends_it(world: World, side: str) -> None:
    """By whom and when stands in the directory; the message says so; no reminder; a second tap changes nothing."""
    matter, actor, key = question(world, side), world.actor(f"{side}-worker"), world.key()
    world.do(confirmations.yes, actor, matter_id=matter.id, key=key)
    contact = world.contact(f"{side}-worker")
    assert (contact.confirmed_by, contact.confirmed_at) == (contact.name, world.now)
    (edit,) = world.deliver()
    assert edit.confirmation.matter.reason == Reply.YES
    with pytest.raises(Repeated):
        world.do(confirmations.yes, actor, matter_id=matter.id, key=key)
    with pytest.raises(Settled):
        world.do(confirmations.left, actor, matter_id=matter.id, key=world.key())
    world.later(days=20)
    assert asked(world) == []
    assert world.verbs(f"contact:{contact.key}")[-1] == "contact.confirm"


def said(phone: str, hours: str = "", best_time: str = "", substitute: str = "") -> Details:
    """What a form holds once the guard has let it pass."""
    return Details(GuardedText.kept(phone), GuardedText.kept(hours), GuardedText.kept(best_time), substitute)


def test_a_correction_is_written_as_an_import_would_write_it(world: World, side: str) -> None:
    """The number becomes E.164, the rest stays; it counts as confirmed."""
    matter, before = question(world, side), world.contact(f"{side}-worker")
    details = said("20 30 40 50", "man-fre 8-15", "8-9", f"{side}-colleague")
    facts = directory.facts()
    world.do(confirmations.correct, world.actor(before.key), details, facts, matter_id=matter.id, key=world.key())
    after = world.contact(before.key)
    assert (after.phone, after.hours, after.best_time) == ("+4520304050", "man-fre 8-15", "8-9")
    assert after.substitute_key == f"{side}-colleague"
    assert (after.id, after.name, after.unit, after.slack_id) == (before.id, before.name, before.unit, before.slack_id)
    assert after.confirmed_by == after.name
    assert world.now - timedelta(days=1) < (after.confirmed_at or before.confirmed_at or world.now) <= world.now
    assert world.matter(matter).reason == Reply.CORRECT


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (said(phone="12"), "phone"),
        (said(phone="114", hours="somehow"), "hours"),
        (said(phone="114", best_time="=1+1"), "best_time"),
        (said(phone="114", substitute="nobody-there"), "substitute"),
        (said(phone="114", substitute="m-worker"), "substitute"),
    ],
)
def test_a_field_that_cannot_be_used_is_named_and_nothing_is_written(
    world: World, details: Details, field: str
) -> None:
    """As an import would say it."""
    matter = question(world, "m")
    before = world.snapshot()
    with pytest.raises(BadInput) as bad:
        world.do(
            confirmations.correct, world.actor("m-worker"), details, directory.facts(),
            matter_id=matter.id, key=world.key(),
        )  # fmt: skip
    assert bad.value.field == field
    assert world.snapshot() == before


def test_whoever_has_left_is_found_no_more_and_the_coordinator_is_told(world: World, side: str) -> None:
    """Her entry ends, the coordinator gets it as something to put right, and the rule that led to her is a hole."""
    matter, contact = question(world, side), world.contact(f"{side}-worker")
    world.do(confirmations.left, world.actor(contact.key), matter_id=matter.id, key=world.key())
    assert world.actor(contact.key).is_stranger
    sent = world.deliver()
    (told,) = [i for i in sent if i.matter and i.matter.kind is MatterKind.CORRECTION]
    assert told.recipient == world.contact(f"{side}-coordinator")
    assert told.correction.contact.id == contact.id
    assert [i.confirmation.matter.reason for i in sent if i.edit_ts] == [Reply.LEFT]
    assert (HoleKind.NOBODY, f"rule-{side}") in holes(world, side)


def test_a_coordinator_who_leaves_is_reported_to_nobody_but_herself_gone(world: World, side: str) -> None:
    """Without another coordinator nothing is sent into the void."""
    confirmed(world, **{f"{side}_coordinator": 91})
    (item,) = asked(world)
    actor = world.actor(f"{side}-coordinator")
    world.do(confirmations.left, actor, matter_id=str(item.delivery.matter_id), key=world.key())
    assert [i for i in world.deliver() if not i.edit_ts] == []


def test_only_she_herself_answers(world: World, side: str) -> None:
    """Not her coordinator, not her substitute; a stranger learns nothing."""
    matter = question(world, side)
    for name in (f"{side}-coordinator", f"{side}-substitute"):
        with pytest.raises(NotAllowed):
            world.do(confirmations.left, world.actor(name), matter_id=matter.id, key=world.key())
    with pytest.raises(NotFound):
        world.do(confirmations.yes, world.actor("nobody"), matter_id=matter.id, key=world.key())


def test_after_two_weeks_without_an_answer_the_coordinator_sees_it(world: World, side: str) -> None:
    """Before that it is merely not confirmed."""
    question(world, side)
    assert (HoleKind.NOT_CONFIRMED, f"{side}-worker") in holes(world, side)
    world.later(days=14)
    assert (HoleKind.UNANSWERED, f"{side}-worker") in holes(world, side)
    assert (HoleKind.NOT_CONFIRMED, f"{side}-worker") not in holes(world, side)


def test_whoever_was_confirmed_by_a_file_is_asked_no_more(world: World, side: str) -> None:
    """The question is taken back, and the message says so."""
    matter = question(world, side)
    confirmed(world)
    (edit,) = asked(world)
    assert edit.confirmation.matter.state is MatterState.WITHDRAWN
    assert world.matter(matter).state is MatterState.WITHDRAWN
