"""The things a workspace is made of. Plain records; the rules stand beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from bot.sandbox.jsons import Json


@dataclass
class Team:
    """A workspace; one of them has the bot installed."""

    id: str
    name: str
    domain: str
    has_bot: bool = False


@dataclass
class User:
    """A person, or the bot's own user."""

    id: str
    team: str
    handle: str
    real_name: str
    email: str = ""
    locale: str = "da-DK"
    tz: str = "Europe/Copenhagen"
    title: str = ""
    is_bot: bool = False
    deleted: bool = False
    updated: int = 0


@dataclass
class Channel:
    """A channel or a direct conversation. `teams` has more than one entry where it is externally shared."""

    id: str
    name: str
    teams: tuple[str, ...]
    members: list[str]
    creator: str
    created: int
    is_private: bool = False
    is_im: bool = False
    is_mpim: bool = False
    is_archived: bool = False
    topic: str = ""
    purpose: str = ""

    @property
    def is_ext_shared(self) -> bool:
        """Whether people of another workspace are in it."""
        return len(self.teams) > 1

    @property
    def kind(self) -> Literal["im", "mpim", "group", "channel"]:
        """Slack's `channel_type`."""
        if self.is_im:
            return "im"
        if self.is_mpim:
            return "mpim"
        return "group" if self.is_private else "channel"

    @property
    def conversation_type(self) -> str:
        """The `types` word of conversations.list, by which scopes go."""
        return {"group": "private_channel", "channel": "public_channel"}.get(self.kind, self.kind)


@dataclass
class Message:
    """One message as stored; an ephemeral one has its only reader in `ephemeral_to`."""

    channel: str
    ts: str
    user: str
    team: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    files: list[Json] = field(default_factory=list)
    by_bot: bool = False
    thread_ts: str | None = None
    broadcast: bool = False
    metadata: Json | None = None
    edited: Json | None = None
    subtype: str | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    ephemeral_to: str | None = None
    client_msg_id: str | None = None
    extra: Json = field(default_factory=dict)


@dataclass
class View:
    """An open modal of one person, or the published Home of one person."""

    id: str
    user: str
    team: str
    body: Json
    hash: str
    root: str
    previous: str | None = None
    typed: Json = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def is_home(self) -> bool:
        """Whether this is a Home tab."""
        return self.body.get("type") == "home"


@dataclass
class Trigger:
    """Leave to open one view, good for three seconds of real time and one use."""

    id: str
    user: str
    made: float
    view: str | None
    used: bool = False


@dataclass
class ResponseUrl:
    """Leave to answer one interaction: five times within thirty minutes."""

    id: str
    user: str
    channel: str
    made: float
    message: str | None = None
    thread_ts: str | None = None
    uses: int = 0


@dataclass
class Upload:
    """A file on its way in, or there."""

    id: str
    name: str
    length: int
    created: int
    title: str = ""
    content: bytes | None = None
    done: bool = False
    channels: list[str] = field(default_factory=list)
