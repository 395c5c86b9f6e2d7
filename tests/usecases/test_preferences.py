"""What is sent goes by what its reader has chosen at that moment; what is owed by law does not."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from bot.domain.callbacks import Wish
from bot.domain.deliveries import DeliveryKind, DeliveryState
from bot.domain.errors import BadInput, NotAllowed, NotFound, Repeated
from bot.domain.opening import NewCase
from bot.domain.preferences import NEVER, NONE, Preferences, Span
from bot.domain.urgency import Urgency
from bot.usecases import callbacks, contacts, directory, opening, preferences
from storage import callbacks as callback_rows
from tests.usecases.conftest import Sides
from tests.usecases.test_digests import agreed, digests, through
from tests.world import COPENHAGEN, HOME, KOEGE, World, everybody

MORNINGS = Span(time(8), time(11))
"""Quiet from eight to eleven: it is ten o'clock on Monday."""
PART_TIME = frozenset({0, 1, 2})


def choose(world: World, who: str, *, key: str | None = None, **wanted: Any) -> preferences.Mine:
    """Somebody chooses for herself."""
    chosen = Preferences(**wanted)
    return world.do(preferences.choose, world.actor(who), chosen, key=key or world.key())


def choose_office(world: World, who: str, *, key: str | None = None, **wanted: Any) -> preferences.Office:
    """A coordinator chooses for her agency; what she leaves is as it is."""
    held = world.do(preferences.office, world.actor(who))
    now = {"days": held.holds.days, "quiet": held.holds.quiet, "digest_at": held.holds.digest_at, "hours": held.hours}
    chosen = Preferences(**{**now, **wanted})
    return world.do(preferences.choose_office, world.actor(who), chosen, key=key or world.key())


def opened(world: World, sides: Sides, urgency: Urgency) -> None:
    """A case in which somebody is asked to take part."""
    wanted = NewCase("neglect", urgency, KOEGE, world.contact(sides.asked).id)
    world.do(opening.open_case, world.actor(sides.asker), wanted, key=world.key())


def first_read(world: World, who: str, *, hours: int = 4) -> str | None:
    """When somebody is written to first, as she reads it, or None."""
    sent = through(world, hours=hours)
    hers = [at for at, item in sent if item.recipient and item.recipient.key == who]
    return hers[0].astimezone(COPENHAGEN).strftime("%a %H:%M") if hers else None


@pytest.mark.parametrize("urgency", [Urgency.SAME_DAY, Urgency.ROUTINE])
def test_a_request_waits_until_her_quiet_hours_are_over(both_worlds: World, sides: Sides, urgency: Urgency) -> None:
    """Whoever asked has her receipt at once; nobody else is spared, and nothing is sent twice or lost."""
    world = both_worlds
    choose(world, sides.asked, quiet=MORNINGS)
    opened(world, sides, urgency)
    assert {i.recipient.key for i in world.deliver() if i.recipient} == {sides.asker}
    assert first_read(world, sides.asked, hours=2) == "Mon 11:00"
    assert sum(d.rung == "ask" for d in world.deliveries(DeliveryState.SENT)) == 1


def test_what_is_asked_now_comes_at_any_hour(world: World, sides: Sides) -> None:
    """In her quiet hours, and on her day off."""
    choose(world, sides.asked, quiet=MORNINGS, days=frozenset({3}))
    opened(world, sides, Urgency.NOW)
    assert sides.asked in {i.recipient.key for i in world.deliver() if i.recipient}


def test_a_choice_holds_for_what_is_planned_already_and_is_undone_by_choosing_again(world: World, sides: Sides) -> None:
    """The request was planned before she chose; the last choice counts at the moment of sending."""
    opened(world, sides, Urgency.ROUTINE)
    choose(world, sides.asked, quiet=MORNINGS)
    choose(world, sides.asked, quiet=NEVER)
    assert sides.asked in {i.recipient.key for i in world.deliver() if i.recipient}


def test_a_reminder_to_somebody_behind_her_waits_for_that_persons_hours(world: World, sides: Sides) -> None:
    """The ladder was planned by the hours of the one who was asked; the substitute has chosen others."""
    choose(world, sides.substitute, quiet=Span(time(8), time(12)))
    opened(world, sides, Urgency.SAME_DAY)
    sent = through(world, hours=3)
    ((at, _),) = [(at, i) for at, i in sent if i.recipient and i.recipient.key == sides.substitute]
    assert at.astimezone(COPENHAGEN).strftime("%H:%M") == "12:00"


def test_whoever_asks_to_be_rung_reads_at_once_when_the_other_will_be_asked(both_worlds: World, sides: Sides) -> None:
    """The receipt does not wait with the question; once she is asked it says so, and who is next."""
    world = both_worlds
    choose(world, sides.asked, quiet=MORNINGS)
    owner = world.contact(sides.asked)
    asked = world.do(callbacks.ask, world.actor(sides.asker), owner.id, Wish(KOEGE), key=world.key())
    assert asked.matter is not None
    (receipt,) = world.deliver()
    upcoming = receipt.callback.upcoming
    assert receipt.recipient is not None
    assert receipt.recipient.key == sides.asker
    assert upcoming is not None
    assert (upcoming.contact.key, upcoming.at) == (sides.asked, datetime(2026, 3, 2, 10, tzinfo=UTC))
    through(world, hours=2)
    with world.work().reading() as work:
        later = callback_rows.view(work, HOME, asked.matter.id)
    assert later is not None
    assert later.upcoming is not None
    assert [one.contact.key for one in later.asked] == [sides.asked]
    assert later.upcoming.contact.key == sides.substitute


def test_her_digest_comes_at_her_time_on_her_days(both_worlds: World, sides: Sides) -> None:
    """Two agreements due on Friday: she works until Wednesday, and reads of them on Wednesday at half past nine."""
    world = both_worlds
    choose(world, sides.asked, days=PART_TIME | {4}, digest_at=time(9, 30))
    for _ in range(2):
        agreed(world, sides.asker, sides.asked, due=world.now + timedelta(days=4, hours=4))
    ((at, item),) = digests(through(world, hours=72), sides.asked)
    assert at.astimezone(COPENHAGEN).strftime("%a %H:%M") in {"Wed 09:30", "Wed 09:35"}
    assert len(item.digest.tasks.on_me) == 2


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"digest_at": time(10)}, "Tue 10:00"),
        ({"days": frozenset({0, 2, 3, 4})}, "Wed 08:"),
        ({"quiet": Span(time(7), time(12))}, "Tue 12:"),
    ],
)
def test_a_digest_that_waits_moves_with_her_choice(
    world: World, sides: Sides, wanted: dict[str, Any], expected: str
) -> None:
    """It was planned for Tuesday soon after eight; there is one, not two."""
    for _ in range(2):
        agreed(world, sides.asker, sides.asked, due=world.now + timedelta(days=2, hours=4))
    while not world.deliveries(DeliveryState.DUE, kind=DeliveryKind.DIGEST):
        world.later(minutes=1)
        world.deliver()
    choose(world, sides.asked, **wanted)
    ((at, _),) = digests(through(world, hours=30), sides.asked)
    assert at.astimezone(COPENHAGEN).strftime("%a %H:%M").startswith(expected[:-1])


def test_no_second_digest_comes_on_a_day_on_which_the_time_is_put_later(world: World, sides: Sides) -> None:
    """What is due after the digest of that day waits for the next, and is not lost."""
    for _ in range(2):
        agreed(world, sides.asker, sides.asked, due=world.now + timedelta(days=2, hours=4))
    assert len(digests(through(world, hours=23), sides.asked)) == 1
    choose(world, sides.asked, digest_at=time(12))
    for _ in range(2):
        agreed(world, sides.asker, sides.asked, due=world.now - timedelta(days=1) + timedelta(hours=25))
    sent = digests(through(world, hours=60), sides.asked)
    assert [at.astimezone(COPENHAGEN).day for at, _ in sent] == sorted(
        {at.astimezone(COPENHAGEN).day for at, _ in sent}
    )
    assert 3 not in {at.astimezone(COPENHAGEN).day for at, _ in sent}
    if world.deliveries(DeliveryState.BUNDLED):
        assert world.deliveries(DeliveryState.DUE, kind=DeliveryKind.DIGEST)


def test_what_a_coordinator_chooses_holds_for_her_agency_alone(both_worlds: World, sides: Sides) -> None:
    """For everybody there who has chosen nothing else; a file of contacts does not undo it."""
    world = both_worlds
    choose_office(world, sides.coordinator, quiet=MORNINGS)
    directory.put(world.work(), HOME, everybody())
    choose(world, sides.substitute, quiet=NEVER)
    held = {who: world.do(preferences.mine, world.actor(who)).holds.quiet for who in (sides.asked, sides.substitute)}
    assert held == {sides.asked: MORNINGS, sides.substitute: NEVER}
    assert world.do(preferences.mine, world.actor(sides.asker)).holds.quiet == NEVER
    opened(world, sides, Urgency.ROUTINE)
    assert first_read(world, sides.asked) == "Mon 11:00"
    assert world.verbs(f"agency:agency-{sides.theirs}")[-1] == "preference.office"


def test_what_is_as_everywhere_is_no_choice(world: World, sides: Sides) -> None:
    """Choosing again what holds without a choice undoes it: a later change above holds for her, too."""
    choose(world, sides.asked, days=PART_TIME, quiet=MORNINGS)
    mine = choose(world, sides.asked, days=frozenset(range(5)))
    assert (mine.contact.prefers, mine.holds) == (NONE, mine.usual)
    choose_office(world, sides.coordinator, days=frozenset({0, 1}))
    assert world.do(preferences.mine, world.actor(sides.asked)).holds.days == {0, 1}
    choose_office(world, sides.coordinator, days=frozenset(range(5)))
    assert world.actor(sides.coordinator).agency == world.actor(sides.asked).agency
    assert world.contact(sides.asked).office == NONE


def test_who_may_not_and_what_makes_no_sense_changes_nothing(world: World) -> None:
    """A stranger, somebody who coordinates nothing, a repetition, and hours in which nothing could be sent."""
    choose(world, "m-worker", days=PART_TIME, key="tap")
    before = world.snapshot()
    with pytest.raises(Repeated):
        choose(world, "m-worker", key="tap")
    with pytest.raises(NotFound):
        choose(world, "nobody")
    with pytest.raises(NotAllowed):
        choose_office(world, "m-worker")
    wrong: dict[str, Any]
    for wrong in ({"days": frozenset()}, {"quiet": Span(time(6), time(18))}):
        with pytest.raises(BadInput):
            choose(world, "m-worker", **wrong)
        with pytest.raises(BadInput):
            choose_office(world, "m-coordinator", **wrong)
    assert world.snapshot() == before


def test_a_day_off_is_no_day_for_her_to_be_rung(world: World, sides: Sides) -> None:
    """Her entry says when she can be reached next; quiet hours are about messages, not about the phone."""
    choose(world, sides.asked, days=frozenset({2, 3}), quiet=Span(time(8), time(9)))
    found = world.do(contacts.find_contact, world.actor(sides.asker))
    link = next(link for link in found.chain if link.contact and link.contact.key == sides.asked)
    assert link.reachable_at == datetime(2026, 3, 4, 7, tzinfo=UTC)


def test_the_choice_goes_with_the_person(world: World, sides: Sides) -> None:
    """It stands in her own row: nothing of it is kept anywhere else."""
    choose(world, sides.asked, quiet=MORNINGS)
    holding = [table for table, rows in world.snapshot().items() if str(MORNINGS) in str(rows)]
    assert holding == ["contacts"]
