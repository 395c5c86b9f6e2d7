"""The world file: what is read from it and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.sandbox.errors import WorldError
from bot.sandbox.world import World
from tests.sandbox.bench import demo_world

if TYPE_CHECKING:
    from pathlib import Path

TEAM = {"key": "a", "name": "A", "bot": True}
PERSON = {"handle": "p", "real_name": "P", "team": "a"}


def test_the_demo_world_has_its_people_and_rooms():
    """All handles, stable ids, both rooms with the bot, the stranger and the foreign colleague in their places."""
    world = demo_world()
    handles = {user.handle for user in world.users}
    assert handles == {
        *("case1", "case2", "case3", "case4", "police1", "police2", "police3"),
        *("coord-m", "coord-p", "house1", "stranger1", "bindeled"),
        *("no-case1", "no-coord", "no-police1"),
    }
    channels = {channel.name: channel for channel in world.channels}
    assert {user.id for user in world.users} >= {"U0CASE1", "U0COORDM", "U0POLICE3"}
    koege, shared = channels["samarbejde-koege"], channels["samarbejde-ekstern"]
    assert koege.is_private
    assert "U0BINDELED" in koege.members
    assert not {"U0STRANGER1", "U0POLICE3"} & set(koege.members)
    assert shared.is_ext_shared
    assert {"U0BINDELED", "U0POLICE3"} <= set(shared.members)


def test_everyone_in_the_demo_world_is_plainly_invented():
    """Every name says so, every address lies in a reserved domain."""
    people = [user for user in demo_world().users if not user.is_bot]
    assert all(user.real_name.endswith("(demo)") for user in people)
    assert all(user.email.endswith(".example") for user in people)


@pytest.mark.parametrize(
    ("mapping", "says"),
    [
        ({}, "no teams"),
        ({"teams": "a"}, "must be a list"),
        ({"teams": [TEAM]}, "no users"),
        ({"teams": [{"key": "a", "name": "A"}], "users": [PERSON]}, "bot: true"),
        ({"teams": [TEAM], "users": [PERSON | {"team": "b"}]}, "belongs to a team"),
        ({"teams": [TEAM], "users": [PERSON, PERSON]}, "given twice"),
        ({"teams": [TEAM], "users": [PERSON | {"id": "x1"}]}, "capital letters"),
        ({"teams": [TEAM], "users": [PERSON | {"handle": ""}]}, "lacks a text"),
        ({"teams": [TEAM], "users": [PERSON, PERSON | {"handle": "q", "id": "U0P"}]}, "same id"),
        ({"teams": [TEAM], "users": [PERSON], "channels": [{"name": "c", "members": ["x"]}]}, "does not list"),
        ({"teams": [TEAM], "users": [PERSON], "channels": [{"name": "c", "ext_shared": True}]}, "externally shared"),
        (
            {
                "teams": [TEAM, {"key": "b", "name": "B"}],
                "users": [PERSON, {"handle": "q", "real_name": "Q", "team": "b"}],
                "channels": [{"name": "c", "members": ["q"]}],
            },
            "not shared with the team of q",
        ),
    ],
)
def test_a_broken_world_says_what_to_change(mapping: dict[str, Any], says: str):
    """One sentence that names the entry."""
    with pytest.raises(WorldError, match=says):
        World.from_mapping(mapping)


def test_a_file_that_is_no_yaml_is_refused(tmp_path: Path):
    """The message names the file; a list is no world either."""
    file = tmp_path / "verden.yml"
    file.write_text("teams: [", encoding="utf-8")
    with pytest.raises(WorldError, match=r"verden\.yml is not readable YAML"):
        World.from_file(file)
    file.write_text("- 1", encoding="utf-8")
    with pytest.raises(WorldError, match="must be a mapping"):
        World.from_file(file)
    with pytest.raises(WorldError, match="cannot be read"):
        World.from_file(tmp_path / "findes-ikke.yml")
