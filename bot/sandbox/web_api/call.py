"""One call of a Web API method, and what nearly every method asks first."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from bot.sandbox.errors import RefusedError
from bot.sandbox.jsons import Json
from bot.sandbox.scopes import scopes_for

if TYPE_CHECKING:
    from bot.sandbox.model.store import Model
    from bot.sandbox.model.things import Channel, User
    from bot.sandbox.standin import Standin
    from bot.sandbox.web_api.arguments import Args

MOST_PER_PAGE = 1000
Item = TypeVar("Item")


@dataclass(frozen=True)
class Call:
    """A call by the bot, already authorised."""

    standin: Standin
    method: str
    args: Args

    @property
    def model(self) -> Model:
        """The state."""
        return self.standin.model

    @property
    def bot(self) -> User:
        """The bot's user."""
        return self.standin.model.bot

    def channel(self, name: str = "channel") -> Channel:
        """The conversation named by an argument, if the bot may know of it; else `channel_not_found`.

        Ids only, as everywhere in Slack but in `chat.postMessage`.
        """
        channel = self.model.channels.get(self.args.need(name))
        if channel is None or not self.may_know(channel):
            raise RefusedError("channel_not_found")
        self.require(channel.conversation_type)
        return channel

    def require(self, conversation_type: str | None = None) -> None:
        """`missing_scope` unless the token may use this method, on this type of conversation if one is named."""
        granted = self.standin.scopes()
        alternatives = scopes_for(self.method, conversation_type)
        if granted is None or not alternatives or any(needed <= granted for needed in alternatives):
            return
        needed = ",".join(sorted(scope for each in alternatives for scope in each))
        raise RefusedError("missing_scope", needed=needed, provided=",".join(sorted(granted)))

    def may_know(self, channel: Channel) -> bool:
        """The bot knows public channels of its workspace and conversations it is in."""
        in_it = self.bot.id in channel.members
        return in_it or (channel.kind == "channel" and self.model.home_team.id in channel.teams)

    def joined_channel(self, name: str = "channel") -> Channel:
        """Like `channel`, and the bot is in it; else `not_in_channel`."""
        channel = self.channel(name)
        if self.bot.id not in channel.members:
            raise RefusedError("not_in_channel")
        return channel

    def user(self, name: str = "user", code: str = "user_not_found") -> User:
        """The person named by an argument, if the bot's workspace can look them up; else `code`."""
        user = self.model.users.get(self.args.need(name))
        if user is None or not visible_to_bot(self.model, user):
            raise RefusedError(code)
        return user

    def page(
        self, items: Sequence[Item], *, default: int = 100, most: int = MOST_PER_PAGE
    ) -> tuple[Sequence[Item], str]:
        """One page of a list and the cursor of the next (empty on the last). `invalid_cursor`, `invalid_limit`."""
        limit = self.args.number("limit", default, code="invalid_limit") or default
        if not 0 < limit <= most:
            raise RefusedError("invalid_limit")
        start = _position(self.args.text("cursor"))
        if start > len(items):
            raise RefusedError("invalid_cursor")
        end = start + limit
        return items[start:end], _cursor(end) if end < len(items) else ""


def visible_to_bot(model: Model, user: User) -> bool:
    """People of the bot's workspace, and strangers in a channel that is shared with it."""
    if user.team == model.home_team.id:
        return True
    return any(user.id in c.members and model.home_team.id in c.teams for c in model.channels.values())


def next_cursor(cursor: str) -> Json:
    """The `response_metadata` of a paged answer."""
    return {"response_metadata": {"next_cursor": cursor}}


def _cursor(position: int) -> str:
    return base64.b64encode(f"next:{position}".encode()).decode()


def _position(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        word, _, number = base64.b64decode(cursor, validate=True).decode().partition(":")
        if word == "next":
            return int(number)
    except (binascii.Error, ValueError):
        pass
    raise RefusedError("invalid_cursor")


Method = Callable[[Call], Json]
