"""What counts as typed by a person; and a workspace without the thread guard."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import manifest
from bot.domain.incidents import Place
from bot.domain.intake import Typed
from handlers.incidents import deleted_in, message_in
from tests import acts
from tests.stage import Scene, running

HOME = "T0HOME"
SAID = {"type": "message", "channel": "C1", "channel_type": "channel", "user": "U1", "ts": "5.5", "text": "words"}


def changed(message: dict[str, object], before: str) -> dict[str, object]:
    """The event of an edit."""
    event = {"type": "message", "subtype": "message_changed", "channel": "C1", "channel_type": "channel", "ts": "9.9"}
    return {**event, "message": {**SAID, **message}, "previous_message": {**SAID, "text": before}}


@pytest.mark.parametrize("subtype", [None, "file_share", "thread_broadcast", "me_message"])
def test_every_way_of_writing_counts(subtype: str | None) -> None:
    """A reply, one that is sent to the channel too, the words beside a file, and what somebody says of herself."""
    typed = message_in({**SAID, "thread_ts": "1.1", **({"subtype": subtype} if subtype else {})}, HOME)
    assert typed is not None
    assert (typed.place, typed.author, typed.text.as_typed) == (Place("C1", "5.5", "1.1"), "U1", "words")
    edited = message_in(changed({"text": "other", **({"subtype": subtype} if subtype else {})}, "words"), HOME)
    assert edited is not None
    assert (edited.place, edited.text, edited.before) == (Place("C1", "5.5"), Typed("other"), Typed("words"))


@pytest.mark.parametrize(
    "event",
    [
        {**SAID, "bot_id": "B1"},
        {**SAID, "subtype": "bot_message"},
        {**SAID, "subtype": "channel_join"},
        {**SAID, "subtype": "channel_topic"},
        {k: v for k, v in SAID.items() if k != "user"},
        changed({"bot_id": "B1", "text": "other"}, "words"),
        changed({"attachments": [{}]}, "words"),
    ],
)
def test_what_no_person_typed_does_not_count(event: dict[str, object]) -> None:
    """The bot itself, other apps, Slack's notices, and an edit that changed no word (a preview was unfolded)."""
    assert message_in(event, HOME) is None


def test_who_belongs_to_another_organisation_is_seen() -> None:
    """Slack says of such a person which workspace is hers."""
    for team, elsewhere in ((None, False), (HOME, False), ("T0OTHER", True)):
        typed = message_in({**SAID, **({"user_team": team} if team else {})}, HOME)
        assert typed is not None
        assert typed.elsewhere == elsewhere


def test_a_message_goes_in_two_ways() -> None:
    """Deleted altogether, or, where replies hang on it, turned into a tombstone."""
    event = {"type": "message", "subtype": "message_deleted", "channel": "C1", "deleted_ts": "5.5", "ts": "9.9"}
    assert deleted_in(event) == Place("C1", "5.5")
    assert deleted_in(changed({"subtype": "tombstone", "text": "This message was deleted."}, "words")) == Place(
        "C1", "5.5"
    )
    assert deleted_in(SAID) is None
    assert deleted_in(changed({}, "words")) is None


@pytest.mark.parametrize("on", [True, False])
def test_the_manifest_asks_for_channel_messages_only_with_the_thread_guard(*, on: bool) -> None:
    """Events and rights come and go together."""
    made = manifest.build("da", thread_guard=on)
    events, scopes = (
        set(made["settings"]["event_subscriptions"]["bot_events"]),
        set(made["oauth_config"]["scopes"]["bot"]),
    )
    assert ({"message.channels", "message.groups"} <= events) == on
    assert ({"channels:history", "groups:history"} <= scopes) == on
    assert ({"message.channels", "message.groups"} & events or {"channels:history", "groups:history"} & scopes) == (
        {"message.channels", "message.groups"} if on else set()
    )


async def test_without_the_thread_guard_nothing_in_a_room_is_looked_at(tmp_path: Path) -> None:
    """BINDELED_THREAD_GUARD=off: even where Slack sends the events, nobody looks; the rest works."""
    async with running(Scene(tmp_path, thread_guard="off"), tmp_path) as world:
        sanne = world.person("case1")
        headline = await acts.accepted(world)
        await sanne.act("message", channel=headline["channel"], thread_ts=headline["ts"], text="cpr 010190-9999")
        await world.advance(3 * 3600)
        assert world.count("incidents") == 0
        assert not await world.seen_by("case1", "Personnummer")
        await acts.asks(sanne)
