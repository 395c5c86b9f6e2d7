"""Somebody says that a contact is wrong; a coordinator puts it right."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from bot.domain.corrections import Fault, Wrong
from bot.domain.deliveries import DeliveryKind
from bot.domain.errors import NotAllowed, NotFound, Refused, Repeated, Settled
from bot.domain.matters import MatterState
from bot.usecases import corrections
from bot.usecases.corrections import Reporting
from storage.directory import contacts
from tests.world import KOEGE, OTHER, World


@pytest.fixture(params=["m", "p"])
def asker(request: pytest.FixtureRequest) -> str:
    """Either side reports; everything holds for both."""
    side: str = request.param
    return side


def report(world: World, asker: str, *, key: str | None = None) -> Reporting:
    """The worker of one side says that the other side's contact has moved."""
    fault = Fault(world.contact(f"{OTHER[asker]}-worker").id, KOEGE, Wrong.MOVED, "neglect")
    return world.do(corrections.report, world.actor(f"{asker}-worker"), fault, key=key or world.key())


def matter_id(world: World) -> str:
    """The one correction there is."""
    (found,) = {d.matter_id for d in world.deliveries(kind=DeliveryKind.NUDGE)}
    return str(found)


def unreachable(world: World, *keys: str) -> None:
    """These people are not in Slack."""
    with world.work() as work:
        work.connection.execute(update(contacts).where(contacts.c.key.in_(keys)).values(slack_id=None, email=""))
        work.commit()


def test_the_coordinator_of_the_contacts_agency_is_told(world: World, asker: str) -> None:
    """Who is wrong and how, from a closed list; once more after a working week."""
    told = report(world, asker)
    assert told.coordinator.key == f"{OTHER[asker]}-coordinator"
    (item,) = world.deliver()
    assert item.recipient == told.coordinator
    assert item.correction.fault.wrong is Wrong.MOVED
    assert item.correction.contact.key == f"{OTHER[asker]}-worker"
    assert item.correction.asked_by == world.contact(f"{asker}-worker").id
    world.later(days=8)
    assert len(world.deliver()) == 1
    assert world.verbs(f"contact:{told.contact.id}") == ["contact.wrong"]


def test_without_a_coordinator_there_the_askers_own_is_told(world: World, asker: str) -> None:
    """Somebody always hears of it."""
    unreachable(world, f"{OTHER[asker]}-coordinator")
    assert report(world, asker).coordinator.key == f"{asker}-coordinator"


def test_without_any_coordinator_the_person_is_told_what_to_do(world: World, asker: str) -> None:
    """Nothing is sent into the void, and nothing is stored."""
    unreachable(world, "m-coordinator", "p-coordinator")
    before = world.snapshot()
    with pytest.raises(Refused) as refused:
        report(world, asker)
    assert refused.value.key == "correction.error.nobody"
    assert world.snapshot() == before


def test_the_form_names_whom_it_is_about_and_who_will_be_told(world: World, asker: str) -> None:
    """Before anything is sent."""
    contact = world.contact(f"{OTHER[asker]}-worker")
    found = world.do(corrections.prepare, world.actor(f"{asker}-worker"), contact_id=contact.id)
    assert (found.contact.key, found.coordinator.key) == (f"{OTHER[asker]}-worker", f"{OTHER[asker]}-coordinator")
    with pytest.raises(NotFound):
        world.do(corrections.prepare, world.actor(f"{asker}-worker"), contact_id="gone")
    with pytest.raises(NotFound):
        world.do(corrections.prepare, world.actor("nobody"), contact_id=contact.id)


def test_corrected_ends_it(world: World, asker: str) -> None:
    """One tap; the message says so; no reminder comes; a second tap changes nothing."""
    report(world, asker)
    world.deliver()
    found, coordinator = matter_id(world), world.actor(f"{OTHER[asker]}-coordinator")
    done = world.do(corrections.done, coordinator, matter_id=found, key=world.key())
    assert done.state is MatterState.DONE
    (edit,) = world.deliver()
    assert edit.delivery.kind is DeliveryKind.EDIT
    with pytest.raises(Settled):
        world.do(corrections.done, coordinator, matter_id=found, key=world.key())
    world.later(days=30)
    assert world.deliver() == []
    assert world.verbs(found) == ["correction.done"]


def test_only_the_coordinator_says_that_it_is_corrected(world: World, asker: str) -> None:
    """Not the one who reported it, not the contact; a stranger learns nothing."""
    report(world, asker)
    found = matter_id(world)
    for name in (f"{asker}-worker", f"{OTHER[asker]}-worker", f"{asker}-coordinator"):
        with pytest.raises(NotAllowed):
            world.do(corrections.done, world.actor(name), matter_id=found, key=world.key())
    with pytest.raises(NotFound):
        world.do(corrections.done, world.actor("nobody"), matter_id=found, key=world.key())


def test_a_repeated_form_reports_once(world: World, asker: str) -> None:
    """Slack delivers a submission twice."""
    report(world, asker, key="same")
    with pytest.raises(Repeated):
        report(world, asker, key="same")
    assert len(world.deliver()) == 1
