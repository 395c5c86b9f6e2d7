"""Each person reads her own language."""

from __future__ import annotations

import pytest

from bot.domain.errors import BadInput, NotFound, Repeated
from bot.usecases import directory, languages
from tests.usecases.conftest import Sides
from tests.world import HOME, World, everybody


def choose(world: World, who: str, language: str, *, key: str | None = None) -> None:
    """Somebody chooses a language in Home."""
    world.do(languages.choose, world.actor(who), language=language, key=key or world.key())


def test_what_is_sent_to_her_is_written_in_her_language_and_the_thread_in_its_rooms(
    both_worlds: World, sides: Sides
) -> None:
    """Her own choice before her agency's; nobody else's language changes; a file of contacts does not undo it."""
    world = both_worlds
    choose(world, sides.asked, "nn")
    directory.put(world.work(), HOME, everybody())
    world.open_case(sides.asker, sides.asked)
    sent = world.deliver()
    assert {i.language for i in sent if i.recipient and i.recipient.key == sides.asked} == {"nn"}
    assert {i.language for i in sent if not (i.recipient and i.recipient.key == sides.asked)} == {"da"}
    assert world.actor(sides.asked).language == "nn"
    assert world.actor(sides.asker).language == "da"
    assert world.verbs(f"contact:{sides.asked}")[-1] == "language.choose"


def test_a_language_that_is_not_offered_and_a_stranger_change_nothing(world: World) -> None:
    """Nor does a repetition."""
    choose(world, "m-worker", "sv", key="tap")
    with pytest.raises(Repeated):
        choose(world, "m-worker", "en", key="tap")
    before = world.snapshot()
    with pytest.raises(BadInput):
        choose(world, "m-worker", "tlh")
    with pytest.raises(NotFound):
        choose(world, "nobody", "en")
    assert world.snapshot() == before
