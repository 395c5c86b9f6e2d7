"""A stranger says where she works; it counts only after the coordinator there confirmed it."""

from __future__ import annotations

import pytest

from bot.domain.deliveries import DeliveryKind
from bot.domain.errors import BadInput, NotAllowed, Repeated, Settled
from bot.domain.intake import Typed
from bot.domain.matters import MatterState
from bot.domain.memberships import MembershipView
from bot.domain.people import Role
from bot.usecases import memberships
from tests.world import HOME, KOEGE, World

PLACES = {"m": f"municipality:DK:{KOEGE}", "p": "district:midt-og-vestsjaelland"}
MARK = "Zebrafinke"


@pytest.fixture(params=["m", "p"])
def side(request: pytest.FixtureRequest) -> str:
    """Either side takes people in; everything holds for both."""
    found: str = request.param
    return found


def claim(world: World, place: str, *, who: str = "newcomer", key: str | None = None) -> None:
    """A stranger says where she works."""
    said = {"place": place, "name": f"{MARK} Ny", "email": "ny@example.org"}
    world.do(memberships.claim, world.actor(who), **said, key=key or world.key())


def place_of(side: str) -> str:
    """A place the side's agency answers for, as the form gives it."""
    from bot.data.municipalities import municipality

    found = municipality("DK", KOEGE)
    assert found is not None
    return f"municipality:DK:{KOEGE}" if side == "m" else f"district:{found.district}"


def asked(world: World) -> MembershipView:
    """What the coordinator is asked."""
    (item,) = [i for i in world.deliver() if i.delivery.kind is DeliveryKind.NUDGE]
    assert item.matter is not None
    return item.membership


def kept(world: World) -> str:
    """Everything the database holds."""
    return repr(world.snapshot())


def test_until_it_is_confirmed_she_is_a_stranger_and_then_she_is_known(both_worlds: World, side: str) -> None:
    """She is a caseworker of that agency, known by her Slack id, and is told so."""
    world = both_worlds
    claim(world, place_of(side))
    question = asked(world)
    assert question.owner.key == f"{side}-coordinator"
    assert world.actor("newcomer").is_stranger
    world.answer(memberships.confirm, f"{side}-coordinator", question.matter)
    known = world.actor("newcomer")
    assert known.contact is not None
    assert (known.contact.agency_key, known.contact.role) == (f"agency-{side}", Role.CASEWORKER)
    assert known.contact.name == f"{MARK} Ny"
    (welcome,) = [i for i in world.deliver() if i.delivery.kind is DeliveryKind.RECEIPT]
    assert (welcome.recipient, welcome.post_to) == (known.contact, "U-NEWCOMER")
    assert world.verbs(question.matter.id) == ["membership.confirm"]


def test_a_claim_that_is_denied_or_never_answered_leaves_nothing_of_her(both_worlds: World, side: str) -> None:
    """Neither her name nor her address stays; she is told nothing."""
    world = both_worlds
    claim(world, place_of(side))
    question = asked(world)
    world.answer(memberships.decline, f"{side}-coordinator", question.matter)
    assert MARK not in kept(world)
    claim(world, place_of(side), who="another")
    assert MARK in kept(world)
    world.later(days=31)
    world.do(memberships.lapse, workspace_id=HOME)
    assert MARK not in kept(world)
    assert [i for i in world.deliver() if i.delivery.kind is DeliveryKind.RECEIPT] == []
    for who in ("newcomer", "another"):
        assert world.actor(who).is_stranger


def test_it_ends_the_same_way_whether_the_agency_is_known_or_not(world: World) -> None:
    """Nobody can find out who uses Bindeled; a place on no list is the only mistake."""
    claim(world, "municipality:DK:101")
    assert MARK not in kept(world)
    with pytest.raises(BadInput) as refused:
        claim(world, "municipality:DK:000")
    assert refused.value.field == "place"
    offered = {p.value for p in memberships.places(typed=Typed("kø"), country="DK")}
    assert f"municipality:DK:{KOEGE}" in offered
    assert {p.value.split(":")[0] for p in memberships.places(typed=Typed(""), country="DK")} <= {
        "municipality",
        "district",
    }


def test_saying_it_twice_asks_once_and_a_double_tap_confirms_once(both_worlds: World, side: str) -> None:
    """Also where Slack delivers the form twice."""
    world = both_worlds
    claim(world, place_of(side), key="form")
    with pytest.raises(Repeated):
        claim(world, place_of(side), key="form")
    claim(world, place_of(side))
    question = asked(world)
    world.answer(memberships.confirm, f"{side}-coordinator", question.matter)
    with pytest.raises(Settled):
        world.answer(memberships.confirm, f"{side}-coordinator", question.matter)
    with pytest.raises(Settled):
        claim(world, place_of(side))


def test_only_that_agencys_coordinator_confirms(world: World, side: str) -> None:
    """Not a colleague, not the other side, and of course not she herself."""
    claim(world, place_of(side))
    question = asked(world)
    other = {"m": "p", "p": "m"}[side]
    for who in (f"{side}-worker", f"{other}-coordinator", "newcomer"):
        with pytest.raises((NotAllowed, Exception)):
            world.answer(memberships.confirm, who, question.matter)
    assert world.matter(question.matter).state is MatterState.PROPOSED
