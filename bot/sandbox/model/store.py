"""The state of the stand-in and the ways to find things in it."""

from __future__ import annotations

import copy
import secrets
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.sandbox.clock import Clock
    from bot.sandbox.jsons import Json
    from bot.sandbox.model.changes import Changes
    from bot.sandbox.model.things import Channel, Message, ResponseUrl, Team, Trigger, Upload, User, View
    from bot.sandbox.world import World

BASE36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MICRO = 1_000_000


def parts_of_ts(ts: str) -> tuple[int, int]:
    """A message's `ts` as whole seconds and microseconds, for comparing; ValueError if it is none."""
    seconds, _, micros = ts.partition(".")
    return int(seconds), int((micros or "0").ljust(6, "0")[:6])


class Model:
    """Everything that exists, in memory. Mutations stand in the sibling modules and call `changes.note()`."""

    def __init__(self, world: World, clock: Clock, changes: Changes) -> None:
        self.clock = clock
        self.changes = changes
        self._beginning = copy.deepcopy(world)
        self.begin()

    def begin(self) -> None:
        """The world as it was before anyone had done anything; the ids of teams, people and channels stay."""
        world = copy.deepcopy(self._beginning)
        self.age = secrets.token_hex(8)  # whoever remembers something of an earlier beginning can tell
        self.teams: dict[str, Team] = {team.id: team for team in world.teams}
        self.users: dict[str, User] = {user.id: user for user in world.users}
        self.channels: dict[str, Channel] = {channel.id: channel for channel in world.channels}
        self.home_team = next(team for team in world.teams if team.has_bot)
        self.bot = next(user for user in world.users if user.is_bot)
        self.bot_id = f"B{self.bot.id[1:]}"
        self.app_id = f"A{self.bot.id[1:]}"
        self.messages: defaultdict[str, dict[str, Message]] = defaultdict(dict)
        self.threads: defaultdict[tuple[str, str], list[Message]] = defaultdict(list)
        self.views: dict[str, View] = {}
        self.homes: dict[str, View] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.uploads: dict[str, Upload] = {}
        self.typed_in_messages: dict[tuple[str, str, str], Json] = {}
        self.offered: dict[tuple[str, str, str, str], list[Json]] = {}
        self._counter = 0
        self._last_ts = (0, 0)

    # -- making names ------------------------------------------------------------------------------------------

    def new_id(self, letter: str) -> str:
        """A fresh id of Slack's look: the letter, then upper-case letters and digits."""
        self._counter += 1
        digits, n = "", self._counter
        while n:
            n, rest = divmod(n, 36)
            digits = BASE36[rest] + digits
        return f"{letter}1{digits.rjust(8, '0')}"

    def new_ts(self) -> str:
        """A message time on the stand-in's clock: unique, and greater than every one before."""
        micros = int(self.clock.now().timestamp() * MICRO)
        now = divmod(micros, MICRO)
        if now <= self._last_ts:
            seconds, rest = self._last_ts
            now = divmod(seconds * MICRO + rest + 100, MICRO)
        self._last_ts = (now[0], now[1])
        return f"{now[0]}.{now[1]:06d}"

    def new_hash(self) -> str:
        """A view's hash: when and something random."""
        return f"{self.seconds()}.{secrets.token_hex(4)}"

    def seconds(self) -> int:
        """Whole seconds since 1970 on the stand-in's clock."""
        return int(self.clock.now().timestamp())

    # -- finding -----------------------------------------------------------------------------------------------

    def person(self, name: str) -> User | None:
        """A user by id, handle or `@handle`; `@bot` is always the bot."""
        bare = name.removeprefix("@")
        if name in self.users:
            return self.users[name]
        found = next((user for user in self.users.values() if user.handle == bare), None)
        return found or (self.bot if bare == "bot" else None)

    def channel_named(self, name: str) -> Channel | None:
        """A channel by id, `name` or `#name`."""
        if name in self.channels:
            return self.channels[name]
        bare = name.removeprefix("#")
        return next((c for c in self.channels.values() if c.name == bare and not c.is_im), None)

    def direct(self, user_id: str) -> Channel | None:
        """The direct conversation between a person and the bot, if it was ever opened."""
        return self.channels.get(f"D{user_id[1:]}")

    def message(self, channel: str, ts: str) -> Message | None:
        """A message, ephemeral ones included."""
        return self.messages[channel].get(ts)

    def lasting(self, channel: str) -> Iterator[Message]:
        """The messages of a channel that are not ephemeral, oldest first."""
        return (m for m in self.messages[channel].values() if m.ephemeral_to is None)

    def replies(self, parent: Message) -> list[Message]:
        """The replies below a message, oldest first, without the message itself."""
        return list(self.threads.get((parent.channel, parent.ts), ()))

    def view(self, view_id: str) -> View | None:
        """An open modal or a published Home."""
        return self.views.get(view_id) or next((v for v in self.homes.values() if v.id == view_id), None)

    def is_external(self, user: User) -> bool:
        """Whether the person belongs to a workspace without the bot."""
        return user.team != self.home_team.id
