"""`chat.*` of the stand-in, spoken to with Slack's own client."""

from __future__ import annotations

import pytest

from tests.sandbox.bench import PUBLIC, ROOM, SHARED, Bench, button, manifest, refused, standin


async def test_a_posted_message_comes_back_in_slacks_shape(bench: Bench):
    """chat.postMessage answers with the channel, the ts and the whole message, blocks with ids."""
    posted = await bench.web.chat_postMessage(channel=ROOM, text="hej", blocks=[button() | {"block_id": "x"}])
    message = posted["message"]
    assert posted["channel"] == ROOM
    assert message["ts"] == posted["ts"]
    assert (message["type"], message["user"], message["bot_id"]) == ("message", "U0BINDELED", "B0BINDELED")
    assert message["bot_profile"]["app_id"] == bench.running.app_id
    assert message["blocks"][0]["block_id"] == "x"


async def test_times_of_messages_are_unique_and_grow(bench: Bench):
    """Even messages of the same microsecond get different times with six decimals, in order."""
    times = [str((await bench.web.chat_postMessage(channel=ROOM, text=str(n)))["ts"]) for n in range(20)]
    assert times == sorted(set(times))
    assert all(len(ts.partition(".")[2]) == 6 for ts in times)


async def test_a_long_text_is_cut_when_posted_and_refused_when_edited(bench: Bench):
    """chat.postMessage cuts at 40,000 characters, chat.update refuses more than 4,000."""
    posted = await bench.web.chat_postMessage(channel=ROOM, text="x" * 40_001)
    assert len(posted["message"]["text"]) == 40_000
    await bench.web.chat_update(channel=ROOM, ts=posted["ts"], text="y" * 4000)
    with refused("msg_too_long"):
        await bench.web.chat_update(channel=ROOM, ts=posted["ts"], text="y" * 4001)


@pytest.mark.parametrize(
    ("channel", "code"),
    [
        (PUBLIC, None),
        ("C0NOWHERE", "channel_not_found"),
        ("U0NOBODY", "channel_not_found"),
        ("U0POLICE3", "channel_not_found"),
    ],
)
async def test_the_bot_posts_only_where_it_may(bench: Bench, channel: str, code: str | None):
    """With chat:write.public (no manifest) public channels are open; unknown ones and strangers are not."""
    if code is None:
        assert (await bench.web.chat_postMessage(channel=channel, text="hej"))["ok"]
        return
    with refused(code):
        await bench.web.chat_postMessage(channel=channel, text="hej")


async def test_without_the_public_scope_the_bot_must_be_a_member():
    """A public channel it has not joined answers not_in_channel."""
    async with standin(manifest=manifest()) as bench:
        with refused("not_in_channel"):
            await bench.web.chat_postMessage(channel=PUBLIC, text="hej")


async def test_a_person_can_be_written_to_by_id(bench: Bench):
    """Posting to a user id posts into the direct conversation with that person."""
    assert (await bench.web.chat_postMessage(channel="U0CASE1", text="hej"))["channel"] == "D0CASE1"


async def test_an_empty_message_is_refused(bench: Bench):
    """Neither text nor blocks: no_text."""
    with refused("no_text"):
        await bench.web.api_call("chat.postMessage", json={"channel": ROOM, "text": ""})


async def test_bad_blocks_are_refused_with_reasons(bench: Bench):
    """invalid_blocks names the field in response_metadata.messages and in errors."""
    with refused("invalid_blocks") as answer:
        await bench.web.chat_postMessage(channel=ROOM, text="hej", blocks=[{"type": "sektion"}])
    assert "/blocks/0" in answer["response_metadata"]["messages"][0]
    assert answer["errors"]


async def test_blocks_that_are_no_json_are_refused(bench: Bench):
    """A text that cannot be parsed: invalid_blocks_format."""
    with refused("invalid_blocks_format"):
        await bench.web.api_call("chat.postMessage", data={"channel": ROOM, "text": "x", "blocks": "[{"})


@pytest.mark.parametrize(
    ("metadata", "code"),
    [
        ({"event_type": "sag"}, "invalid_metadata_format"),
        ("{", "invalid_metadata_format"),
        ({"event_type": "sag", "event_payload": {"x": "y" * 17_000}}, "metadata_too_large"),
    ],
)
async def test_bad_metadata_is_refused(bench: Bench, metadata: object, code: str):
    """Metadata needs event_type and event_payload and must not be large."""
    with refused(code):
        await bench.web.api_call("chat.postMessage", json={"channel": ROOM, "text": "x", "metadata": metadata})


@pytest.mark.parametrize(("ts", "code"), [("0", "invalid_thread_ts"), ("1700000000.000100", "thread_not_found")])
async def test_a_reply_needs_its_thread(bench: Bench, ts: str, code: str):
    """A thread_ts that is none, or of no message, is refused."""
    with refused(code):
        await bench.web.chat_postMessage(channel=ROOM, text="svar", thread_ts=ts)


async def test_a_reply_to_a_reply_is_refused(bench: Bench):
    """Only a thread's first message can be replied to."""
    first = await bench.web.chat_postMessage(channel=ROOM, text="1")
    reply = await bench.web.chat_postMessage(channel=ROOM, text="2", thread_ts=first["ts"])
    with refused("cannot_reply_to_message"):
        await bench.web.chat_postMessage(channel=ROOM, text="3", thread_ts=reply["ts"])


async def test_an_edit_keeps_what_it_does_not_name(bench: Bench):
    """chat.update with text alone keeps the blocks; an empty list removes them; `edited` says who and when."""
    posted = await bench.web.chat_postMessage(channel=ROOM, text="hej", blocks=[button()])
    kept = (await bench.web.chat_update(channel=ROOM, ts=posted["ts"], text="ny"))["message"]
    assert (kept["text"], len(kept["blocks"])) == ("ny", 1)
    assert kept["edited"]["user"] == "U0BINDELED"
    gone = (await bench.web.chat_update(channel=ROOM, ts=posted["ts"], text="ny", blocks=[]))["message"]
    assert "blocks" not in gone


async def test_what_others_wrote_cannot_be_edited_or_deleted(bench: Bench):
    """cant_update_message, cant_delete_message; unknown messages are message_not_found."""
    said = await bench.did("case1", "message", channel="samarbejde-koege", text="mit")
    with refused("cant_update_message"):
        await bench.web.chat_update(channel=ROOM, ts=said["ts"], text="dit")
    with refused("cant_delete_message"):
        await bench.web.chat_delete(channel=ROOM, ts=said["ts"])
    with refused("message_not_found"):
        await bench.web.chat_update(channel=ROOM, ts="1700000000.000100", text="x")
    with refused("no_text"):
        await bench.web.api_call("chat.update", json={"channel": ROOM, "ts": await bench.post_button(ROOM)})


async def test_a_deleted_message_is_gone_and_a_deleted_thread_leaves_a_tombstone(bench: Bench):
    """chat.delete removes a message; below it replies keep a tombstone in its place."""
    alone = await bench.web.chat_postMessage(channel=ROOM, text="alene")
    await bench.web.chat_delete(channel=ROOM, ts=alone["ts"])
    with refused("message_not_found"):
        await bench.web.chat_delete(channel=ROOM, ts=alone["ts"])
    first = await bench.web.chat_postMessage(channel=ROOM, text="1")
    await bench.web.chat_postMessage(channel=ROOM, text="2", thread_ts=first["ts"])
    await bench.web.chat_delete(channel=ROOM, ts=first["ts"])
    thread = (await bench.web.conversations_replies(channel=ROOM, ts=first["ts"]))["messages"]
    assert [m.get("subtype") for m in thread] == ["tombstone", None]


async def test_an_ephemeral_message_is_seen_by_one_and_never_in_history(bench: Bench):
    """Only its reader sees it, history and chat.update do not know it, a reload takes it away."""
    shown = await bench.web.chat_postEphemeral(channel=ROOM, user="U0CASE1", text="kun dig")
    ts = shown["message_ts"]
    assert [m["ts"] for m in await bench.messages("case1")] == [ts]
    assert await bench.messages("police1") == []
    assert (await bench.web.conversations_history(channel=ROOM))["messages"] == []
    with refused("message_not_found"):
        await bench.web.chat_update(channel=ROOM, ts=ts, text="x")
    await bench.did("case1", "reload")
    assert await bench.messages() == []


async def test_an_ephemeral_message_needs_a_member(bench: Bench):
    """chat.postEphemeral to somebody who is not there: user_not_in_channel."""
    with refused("user_not_in_channel"):
        await bench.web.chat_postEphemeral(channel=ROOM, user="U0STRANGER1", text="x")


async def test_a_permalink_names_channel_and_message(bench: Bench):
    """A reply's link carries its thread; an unknown message has none."""
    first = str((await bench.web.chat_postMessage(channel=ROOM, text="1"))["ts"])
    reply = str((await bench.web.chat_postMessage(channel=ROOM, text="2", thread_ts=first))["ts"])
    link = (await bench.web.chat_getPermalink(channel=ROOM, message_ts=reply))["permalink"]
    assert link.endswith(f"/archives/{ROOM}/p{reply.replace('.', '')}?thread_ts={first}&cid={ROOM}")
    with refused("message_not_found"):
        await bench.web.chat_getPermalink(channel=ROOM, message_ts="1700000000.000100")


async def test_metadata_is_told_only_when_asked_for(bench: Bench):
    """conversations.history and replies carry metadata only with include_all_metadata."""
    metadata = {"event_type": "sag", "event_payload": {"nudge": "n1"}}
    posted = await bench.web.chat_postMessage(channel=SHARED, text="x", metadata=metadata)
    [without] = (await bench.web.conversations_history(channel=SHARED))["messages"]
    [with_it] = (await bench.web.conversations_history(channel=SHARED, include_all_metadata=True))["messages"]
    assert "metadata" not in without
    assert with_it["metadata"] == metadata
    [again] = (await bench.web.conversations_replies(channel=SHARED, ts=posted["ts"], include_all_metadata=True))[
        "messages"
    ]
    assert again["metadata"] == metadata


async def test_another_name_needs_its_scope():
    """`username` without chat:write.customize: missing_scope."""
    async with standin(manifest=manifest()) as bench:
        with refused("missing_scope") as answer:
            await bench.web.chat_postMessage(channel=ROOM, text="x", username="En anden")
        assert answer["needed"] == "chat:write.customize"
