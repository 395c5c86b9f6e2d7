"""What people write, edit, delete and react, and what the bot is told of it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.sandbox.bench import PUBLIC, ROOM, SHARED, Bench, manifest, standin

Json = dict[str, Any]


@pytest.fixture
async def told(bench: Bench) -> list[Json]:
    """The events a connected Bolt app hears, in order."""
    heard: list[Json] = []
    app = bench.app()

    @app.middleware
    async def note(body: Json, next: Any) -> None:  # noqa: A002 - Bolt names its arguments
        heard.append(body)
        await next()

    for name in (
        "message",
        "app_mention",
        "reaction_added",
        "reaction_removed",
        "member_joined_channel",
        "member_left_channel",
        "user_change",
        "app_home_opened",
    ):

        @app.event(name)
        async def nothing() -> None: ...

    await bench.connect(app)
    return heard


async def test_a_direct_message_reaches_the_bot(bench: Bench, told: list[Json]):
    """message.im in Slack's envelope: ids, authorizations, client_msg_id, rich text, channel_type."""
    done = await bench.did("case1", "message", channel="@bindeled", text="hvem er min politikontakt?")
    assert done["acked"] is True
    body = told[0]
    event = body["event"]
    assert body["type"] == "event_callback"
    assert body["authorizations"][0]["user_id"] == bench.running.bot_user_id
    assert body["event_id"].startswith("Ev")
    assert body["is_ext_shared_channel"] is False
    assert (event["type"], event["channel_type"], event["channel"]) == ("message", "im", "D0CASE1")
    assert (event["user"], event["ts"], event["team"]) == ("U0CASE1", done["ts"], "T0KOEGE")
    assert event["blocks"][0]["elements"][0]["elements"] == [{"type": "text", "text": "hvem er min politikontakt?"}]


async def test_a_mention_in_a_channel_is_told_as_such(bench: Bench, told: list[Json]):
    """@bindeled becomes <@U…>; the bot gets a message and an app_mention with the same ts."""
    await bench.did("case1", "message", channel="samarbejde-koege", text="hej @bindeled og @ingen")
    events = [body["event"] for body in told]
    assert sorted(event["type"] for event in events) == ["app_mention", "message"]
    assert {event["text"] for event in events} == {"hej <@U0BINDELED> og @ingen"}


async def test_where_the_bot_is_not_it_hears_nothing(bench: Bench, told: list[Json]):
    """A public channel it has not joined, even with a mention."""
    done = await bench.did("case1", "message", channel=PUBLIC, text="hej @bindeled")
    assert (done["acked"], told) == (False, [])


async def test_text_is_stored_as_slack_stores_it(bench: Bench):
    """Escaped; mentions, channels, broadcasts and addresses marked up."""
    typed = "a<b & @police1. #alle @here https://example.org/x?a=1&b=2 <@U0CASE2> kl@politi"
    await bench.did("case1", "message", channel=ROOM, text=typed)
    [message] = await bench.messages()
    assert message["text"] == (
        "a&lt;b &amp; <@U0POLICE1>. <#C0ALLE|alle> <!here> <https://example.org/x?a=1&amp;b=2> <@U0CASE2> kl@politi"
    )


async def test_edits_and_deletes_are_told(bench: Bench, told: list[Json]):
    """message_changed with both versions, message_deleted with the former; both hidden."""
    said = await bench.did("case1", "message", channel=ROOM, text="før")
    await bench.did("case1", "edit", channel=ROOM, ts=said["ts"], text="efter")
    await bench.did("case1", "delete", channel=ROOM, ts=said["ts"])
    changed, deleted = (body["event"] for body in told[1:])
    assert (changed["subtype"], changed["hidden"]) == ("message_changed", True)
    assert (changed["message"]["text"], changed["previous_message"]["text"]) == ("efter", "før")
    assert changed["message"]["edited"]["user"] == "U0CASE1"
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", said["ts"])
    assert await bench.messages() == []


async def test_a_deleted_thread_start_becomes_a_tombstone(bench: Bench, told: list[Json]):
    """With replies below it, the bot is told of a change, and the replies stay."""
    said = await bench.did("case1", "message", channel=ROOM, text="1")
    await bench.did("case2", "message", channel=ROOM, text="2", thread_ts=said["ts"])
    await bench.did("case1", "delete", channel=ROOM, ts=said["ts"])
    assert told[-1]["event"]["message"]["subtype"] == "tombstone"
    assert [m["text"] for m in await bench.messages()] == ["This message was deleted.", "2"]


async def test_nobody_touches_what_others_wrote(bench: Bench):
    """Editing and deleting other people's or the bot's messages is refused."""
    said = await bench.did("case1", "message", channel=ROOM, text="mit")
    bots = await bench.post_button(ROOM)
    for ts in (said["ts"], bots):
        assert (await bench.act("case2", "edit", channel=ROOM, ts=ts, text="x"))["error"] == "cant_update_message"
        assert (await bench.act("case2", "delete", channel=ROOM, ts=ts))["error"] == "cant_delete_message"


async def test_reactions_are_told(bench: Bench, told: list[Json]):
    """reaction_added and reaction_removed with the item; twice is refused."""
    ts = await bench.post_button(ROOM)
    await bench.did("case1", "reaction", channel=ROOM, ts=ts, name="white_check_mark")
    assert (await bench.act("case1", "reaction", channel=ROOM, ts=ts, name="white_check_mark"))["error"] == (
        "already_reacted"
    )
    await bench.did("case1", "reaction", channel=ROOM, ts=ts, name="white_check_mark", remove=True)
    added, removed = (body["event"] for body in told if body["event"]["type"].startswith("reaction"))
    assert added["item"] == {"type": "message", "channel": ROOM, "ts": ts}
    assert (added["user"], added["item_user"]) == ("U0CASE1", "U0BINDELED")
    assert removed["type"] == "reaction_removed"


async def test_people_of_another_workspace_are_marked(bench: Bench, told: list[Json]):
    """In a shared channel: is_ext_shared_channel, user_team, source_team, user_profile."""
    await bench.did("police3", "message", channel="samarbejde-ekstern", text="hej")
    body = told[0]
    event = body["event"]
    assert body["is_ext_shared_channel"] is True
    assert (event["user_team"], event["source_team"], event["team"]) == ("T0POLITIET", "T0POLITIET", "T0POLITIET")
    assert event["user_profile"]["real_name"] == "Petra Politi (demo)"
    assert body["authorizations"][0]["team_id"] == "T0KOEGE"


@pytest.mark.parametrize(
    ("who", "channel", "error"),
    [
        ("stranger1", ROOM, "channel_not_found"),
        ("stranger1", "samarbejde-koege", "channel_not_found"),
        ("police3", ROOM, "channel_not_found"),
        ("police3", PUBLIC, "channel_not_found"),
        ("police3", "@bindeled", "channel_not_found"),
        ("case3", SHARED, "not_in_channel"),
        ("case1", "@police1", "channel_not_found"),
        ("nobody", ROOM, "user_not_found"),
        ("bindeled", ROOM, "user_not_found"),
    ],
)
async def test_nobody_writes_where_they_are_not(bench: Bench, who: str, channel: str, error: str):
    """A private channel does not exist for others; a seen one must be joined first."""
    assert (await bench.act(who, "message", channel=channel, text="x"))["error"] == error


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"text": "  "}, "no_text"),
        ({"text": "x" * 12_001}, "msg_too_long"),
        ({"text": "x", "thread_ts": "1700000000.000100"}, "thread_not_found"),
        ({}, "missing_field: text"),
    ],
)
async def test_a_message_needs_a_text_that_fits(bench: Bench, fields: Json, error: str):
    """Empty, too long, below nothing, without text."""
    assert (await bench.act("case1", "message", channel=ROOM, **fields))["error"] == error


async def test_only_subscribed_events_are_sent():
    """The manifest decides: message.im yes, message.groups no."""
    async with standin(manifest=manifest(events=["message.im"])) as bench:
        socket = await bench.socket()
        await bench.act("case1", "message", channel=ROOM, text="i rummet")
        acting = asyncio.create_task(bench.act("case1", "message", channel="@bindeled", text="til dig"))
        envelope = await socket.receive_json(timeout=3)
        assert envelope["payload"]["event"]["text"] == "til dig"
        await socket.send_json({"envelope_id": envelope["envelope_id"]})
        assert (await acting)["acked"] is True


async def test_the_bot_hears_its_own_messages_as_slack_tells_them(bench: Bench):
    """A message event with bot_id, so that an app that answers itself is found out."""
    socket = await bench.socket()
    await bench.web.chat_postMessage(channel=ROOM, text="fra mig")
    envelope = await socket.receive_json(timeout=3)
    assert envelope["payload"]["event"]["bot_id"] == "B0BINDELED"


async def test_joining_and_leaving_is_told(bench: Bench, told: list[Json]):
    """member_joined_channel and Slack's own line, with the inviter; leaving likewise; the bot can be invited."""
    await bench.did("case1", "invite", channel=PUBLIC, user="@bindeled")
    joined = [b["event"] for b in told if b["event"]["type"] == "member_joined_channel"]
    assert [(e["user"], e["inviter"]) for e in joined] == [("U0BINDELED", "U0CASE1")]
    await bench.did("case1", "leave", channel=PUBLIC)
    assert (await bench.act("case1", "leave", channel=PUBLIC))["error"] == "not_in_channel"
    await bench.did("case1", "join", channel=PUBLIC)
    assert (await bench.act("case1", "join", channel=PUBLIC))["error"] == "already_in_channel"
    assert (await bench.act("stranger1", "join", channel=ROOM))["error"] == "channel_not_found"
    kinds = [b["event"].get("subtype") or b["event"]["type"] for b in told]
    assert kinds.count("channel_join") == 1  # the line about the bot itself is dropped by Bolt
    assert kinds.count("channel_leave") == 1
    assert kinds.count("member_left_channel") == 1


async def test_a_deactivated_person_is_gone(bench: Bench, told: list[Json]):
    """user_change, deleted in users.info, out of every channel, unreachable, unable to act."""
    await bench.direct()
    await bench.did("case1", "deactivate")
    change = next(b["event"] for b in told if b["event"]["type"] == "user_change")
    assert change["user"]["deleted"] is True
    assert (await bench.web.users_info(user="U0CASE1"))["user"]["deleted"] is True
    assert "U0CASE1" not in (await bench.web.conversations_members(channel=ROOM))["members"]
    assert (await bench.act("case1", "message", channel=ROOM, text="x"))["error"] == "account_inactive"


async def test_home_is_opened(bench: Bench, told: list[Json]):
    """app_home_opened with the direct channel and, once published, the view."""
    await bench.did("case1", "home")
    await bench.web.views_publish(user_id="U0CASE1", view={"type": "home", "blocks": []})
    await bench.did("case1", "home")
    first, second = (b["event"] for b in told if b["event"]["type"] == "app_home_opened")
    assert (first["tab"], first["channel"], "view" in first) == ("home", "D0CASE1", False)
    assert second["view"]["type"] == "home"
    assert (await bench.act("police3", "home"))["error"] == "not_available_to_external_people"
