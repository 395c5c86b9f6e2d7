"""The world a stand-in begins with: workspaces, people, channels. Read from YAML, checked, with stable ids."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from bot.sandbox.errors import WorldError
from bot.sandbox.model.things import Channel, Team, User

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

BEGINNING = 1_700_000_000  # when the world's channels were made
ID = re.compile(r"[A-Z][A-Z0-9]+")


@dataclass(frozen=True)
class World:
    """What exists before anyone has done anything. The bot is one of the users."""

    teams: tuple[Team, ...]
    users: tuple[User, ...]
    channels: tuple[Channel, ...]

    @classmethod
    def from_file(cls, path: Path) -> World:
        """Read a YAML file. WorldError says what is wrong with it and where."""
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise WorldError(
                f"The world file {path} cannot be read ({error}); give --world an existing file."
            ) from None
        return cls.from_text(text, name=str(path))

    @classmethod
    def from_text(cls, text: str, *, name: str = "the world") -> World:
        """Read YAML text; `name` is what the reader calls it."""
        try:
            mapping = yaml.safe_load(text)
        except yaml.YAMLError as error:
            first = " ".join(str(error).split())
            raise WorldError(f"{name} is not readable YAML ({first}); correct it and start again.") from None
        if not isinstance(mapping, dict):
            raise WorldError(f"{name} must be a mapping with teams, users and channels; see bot/demo/world.yml.")
        return cls.from_mapping(mapping)

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> World:
        """Read a mapping with `teams`, `users`, `channels` and, if wanted, `bot`."""
        teams = _teams(_entries(mapping, "teams"))
        keys = dict(teams)
        users = _users(_entries(mapping, "users"), keys, mapping.get("bot") or {})
        channels = _channels(_entries(mapping, "channels", needed=False), keys, users)
        return cls(tuple(keys.values()), tuple(users.values()), tuple(channels))


def _entries(mapping: Mapping[str, Any], part: str, *, needed: bool = True) -> list[Mapping[str, Any]]:
    entries = mapping.get(part, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise WorldError(f"`{part}` in the world must be a list of mappings; see bot/demo/world.yml.")
    if needed and not entries:
        raise WorldError(f"The world has no {part}; add a list `{part}`.")
    return entries


def _text(entry: Mapping[str, Any], part: str, name: str, default: str | None = None) -> str:
    value = entry.get(name, default)
    if not isinstance(value, str) or (default is None and not value):
        raise WorldError(f"An entry of `{part}` in the world lacks a text for `{name}`: {dict(entry)}.")
    return value


def _id(entry: Mapping[str, Any], part: str, letter: str, name: str) -> str:
    made = f"{letter}0{re.sub('[^A-Z0-9]', '', name.upper())}"
    given = _text(entry, part, "id", made)
    if not ID.fullmatch(given) or given[0] != letter:
        raise WorldError(f"The id {given} in `{part}` must be {letter} followed by capital letters and digits.")
    return given


def _teams(entries: list[Mapping[str, Any]]) -> dict[str, Team]:
    teams: dict[str, Team] = {}
    for entry in entries:
        key = _text(entry, "teams", "key")
        domain = re.sub("[^a-z0-9-]", "", _text(entry, "teams", "domain", key).lower())
        teams[key] = Team(_id(entry, "teams", "T", key), _text(entry, "teams", "name"), domain, bool(entry.get("bot")))
    if sum(team.has_bot for team in teams.values()) != 1:
        raise WorldError("Exactly one team in the world needs `bot: true`.")
    return teams


def _users(entries: list[Mapping[str, Any]], teams: Mapping[str, Team], bot: Mapping[str, Any]) -> dict[str, User]:
    users: dict[str, User] = {}
    for entry in entries:
        handle = _text(entry, "users", "handle")
        team = teams.get(_text(entry, "users", "team"))
        if team is None:
            raise WorldError(f"The user {handle} belongs to a team the world does not list.")
        if handle in users:
            raise WorldError(f"The handle {handle} is given twice in the world.")
        users[handle] = User(
            id=_id(entry, "users", "U", handle),
            team=team.id,
            handle=handle,
            real_name=_text(entry, "users", "real_name"),
            email=_text(entry, "users", "email", ""),
            locale=_text(entry, "users", "locale", "da-DK"),
            tz=_text(entry, "users", "tz", "Europe/Copenhagen"),
            title=_text(entry, "users", "title", ""),
            updated=BEGINNING,
        )
    home = next(team for team in teams.values() if team.has_bot)
    handle = _text(bot, "bot", "handle", "bot")
    users[handle] = User(
        id=_id(bot, "bot", "U", handle),
        team=home.id,
        handle=handle,
        real_name=_text(bot, "bot", "real_name", handle.capitalize()),
        is_bot=True,
        updated=BEGINNING,
    )
    if len({user.id for user in users.values()}) != len(users):
        raise WorldError("Two users of the world have the same id; give one of them an `id` of its own.")
    return users


def _channels(entries: list[Mapping[str, Any]], teams: Mapping[str, Team], users: Mapping[str, User]) -> list[Channel]:
    home = next(key for key, team in teams.items() if team.has_bot)
    bot = next(user for user in users.values() if user.is_bot)
    channels: list[Channel] = []
    for entry in entries:
        name = _text(entry, "channels", "name")
        keys = entry.get("teams", [home])
        unknown = [key for key in keys if key not in teams]
        people = [bot if member == "bot" else users.get(member) for member in entry.get("members", [])]
        if unknown or None in people:
            raise WorldError(f"The channel {name} names a team or a member that the world does not list.")
        if bool(entry.get("ext_shared", len(keys) > 1)) != (len(keys) > 1):
            raise WorldError(f"The channel {name} is externally shared exactly when `teams` lists more than one team.")
        members = [user for user in people if user is not None]
        strange = [user.handle for user in members if user.team not in {teams[key].id for key in keys}]
        if strange:
            raise WorldError(f"The channel {name} is not shared with the team of {', '.join(strange)}.")
        channels.append(
            Channel(
                id=_id(entry, "channels", "C", name),
                name=name,
                teams=tuple(teams[key].id for key in keys),
                members=[user.id for user in members],
                creator=members[0].id if members else bot.id,
                created=BEGINNING,
                is_private=bool(entry.get("private")),
                topic=_text(entry, "channels", "topic", ""),
                purpose=_text(entry, "channels", "purpose", ""),
            )
        )
    return channels
