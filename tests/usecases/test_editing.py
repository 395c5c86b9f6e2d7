"""Coordinators keep their own agency's contacts and rules; everybody else is told who may."""

from __future__ import annotations

import pytest

from bot.domain.errors import BadInput, NotAllowed, NotFound, Repeated
from bot.domain.intake import GuardedText, Typed
from bot.usecases import contacts, directory, editing
from bot.usecases.editing import Entry, Taking
from tests.world import KOEGE, OTHER, World

EMPTY = dict.fromkeys(("unit", "hours", "best_time", "substitute", "valid_until"), "")
CHOSEN = ("role", "substitute", "valid_until")
FIELDS = {**EMPTY, "name": "New Name", "role": "contact", "phone": "20 30 40 50", "email": "new@example.org"}


@pytest.fixture(params=["m", "p"])
def side(request: pytest.FixtureRequest) -> str:
    """Everything holds for both sides."""
    found: str = request.param
    return found


def save(world: World, who: str, contact_key: str = "", key: str | None = None, **fields: str) -> str:
    """Somebody sends the form of a contact."""
    cells = {**FIELDS, **fields}
    typed = {column: GuardedText.kept(said) for column, said in cells.items() if column not in CHOSEN}
    entry = Entry(typed, {column: cells[column] for column in CHOSEN})
    return world.do(
        editing.save_contact, world.actor(who), entry, directory.facts(),
        contact_key=contact_key, key=key or world.key(),
    )  # fmt: skip


def rule(world: World, who: str, contact: str, municipality: str = KOEGE) -> str:
    """Somebody sends the form of a rule."""
    wanted = Taking(municipality, contact, GuardedText.kept("agreed in spring"), "neglect")
    return world.do(editing.save_rule, world.actor(who), wanted, directory.facts(), key=world.key())


def test_a_coordinator_adds_a_contact_of_her_own_agency(world: World, side: str) -> None:
    """Checked as a file is: the number becomes E.164; confirmed by her; audited."""
    coordinator = world.contact(f"{side}-coordinator")
    save(world, coordinator.key)
    made = world.contact(f"agency-{side}-new-name")
    assert (made.agency_id, made.side, made.phone) == (coordinator.agency_id, coordinator.side, "+4520304050")
    assert made.confirmed_by == coordinator.name
    assert world.verbs(f"contact:{made.key}") == ["contact.add"]
    save(world, coordinator.key)
    assert world.contact(f"agency-{side}-new-name-2").name == made.name


def test_a_coordinator_changes_a_contact_and_what_the_form_lacks_stays(world: World, side: str) -> None:
    """Slack id and municipalities are not in the form."""
    before = world.contact(f"{side}-worker")
    save(world, f"{side}-coordinator", before.key, email=before.email, hours="man-fre 8-15")
    after = world.contact(before.key)
    assert (after.name, after.hours) == ("New Name", "man-fre 8-15")
    assert (after.id, after.slack_id, after.municipalities) == (before.id, before.slack_id, before.municipalities)


def test_only_coordinators_and_only_in_their_own_agency(world: World, side: str) -> None:
    """A colleague reads who may; another agency's contact does not exist for them; a stranger learns nothing."""
    before = world.snapshot()
    coordinator = world.contact(f"{side}-coordinator")
    with pytest.raises(NotAllowed) as refused:
        save(world, f"{side}-worker", f"{side}-worker")
    assert refused.value.values == {"names": coordinator.name}
    with pytest.raises(NotAllowed):
        world.do(editing.check, world.actor(f"{side}-worker"))
    with pytest.raises(NotFound):
        save(world, coordinator.key, f"{OTHER[side]}-worker")
    with pytest.raises(NotFound):
        world.do(editing.begin, world.actor(coordinator.key), contact_key=f"{OTHER[side]}-worker")
    with pytest.raises(NotFound):
        save(world, "nobody")
    with pytest.raises(NotFound):
        rule(world, coordinator.key, f"{OTHER[side]}-worker")
    with pytest.raises(NotAllowed):
        rule(world, f"{side}-worker", f"{side}-worker")
    assert world.snapshot() == before


@pytest.mark.parametrize(("field", "said"), [("phone", "12"), ("hours", "somehow"), ("email", "x"), ("name", "=1")])
def test_a_field_that_cannot_be_used_is_named_and_nothing_is_written(
    world: World, side: str, field: str, said: str
) -> None:
    """As an import would say it."""
    before = world.snapshot()
    with pytest.raises(BadInput) as bad:
        save(world, f"{side}-coordinator", f"{side}-worker", **{field: said})
    assert bad.value.field == field
    assert world.snapshot() == before


def test_a_rule_answers_from_the_next_question_on(world: World, side: str) -> None:
    """Who takes this kind here is asked for on the other side; said anew it is changed, not added."""
    first = rule(world, f"{side}-coordinator", f"{side}-colleague")
    asker = world.actor(f"{OTHER[side]}-worker")
    found = world.do(contacts.find_contact, asker, municipality=KOEGE, kind="neglect")
    assert found.chain[0].contact == world.contact(f"{side}-colleague")
    assert world.verbs(f"rule:{first}") == ["rule.add"]
    assert rule(world, f"{side}-coordinator", f"{side}-substitute") == first
    found = world.do(contacts.find_contact, asker, municipality=KOEGE, kind="neglect")
    assert found.chain[0].contact == world.contact(f"{side}-substitute")
    assert rule(world, f"{OTHER[side]}-coordinator", f"{OTHER[side]}-colleague") != first


def test_a_rule_elsewhere_is_made_by_the_agency_there(world: World, side: str) -> None:
    """A municipality this agency does not answer for is not its to decide."""
    before = world.snapshot()
    with pytest.raises(NotAllowed):
        rule(world, f"{side}-coordinator", f"{side}-worker", municipality="101")
    assert world.snapshot() == before


def test_what_is_offered_is_her_own(world: World, side: str) -> None:
    """Contacts and municipalities of her agency; nothing for anybody else."""
    actor = world.actor(f"{side}-coordinator")
    agencies = {c.agency_id for c in world.do(editing.people, actor, typed=Typed("name"))}
    assert agencies == {world.contact(f"{side}-coordinator").agency_id}
    assert [m.code for m in world.do(editing.places, actor, typed=Typed("kø"))] == [KOEGE]
    for name in (f"{side}-worker", "nobody"):
        assert world.do(editing.people, world.actor(name), typed=Typed("")) == []
        assert world.do(editing.places, world.actor(name), typed=Typed("")) == []


def test_a_repeated_form_counts_once(world: World, side: str) -> None:
    """Slack delivers a submission twice."""
    save(world, f"{side}-coordinator", key="same")
    with pytest.raises(Repeated):
        save(world, f"{side}-coordinator", key="same")
