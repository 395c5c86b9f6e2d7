"""Refusals that no other test needs on its way: each method's own codes, in one table."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.bench import PUBLIC, ROOM, Bench, manifest, refused, standin

Json = dict[str, Any]
NOBODYS = "1700000000.000100"


@pytest.mark.parametrize(
    ("method", "arguments", "code"),
    [
        ("chat.postMessage", {"text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"channel": ROOM, "text": "x", "attachments": [{}] * 101}, "too_many_attachments"),
        ("chat.postMessage", {"channel": ROOM, "text": "x", "attachments": [5]}, "invalid_attachments"),
        ("chat.postMessage", {"channel": ROOM, "text": "x", "blocks": {"type": "section"}}, "invalid_blocks_format"),
        ("chat.postMessage", {"channel": "U0BINDELED", "text": "x"}, "channel_not_found"),
        ("chat.getPermalink", {"channel": ROOM, "message_ts": NOBODYS}, "message_not_found"),
        ("conversations.info", {"channel": "alle"}, "channel_not_found"),
        ("conversations.invite", {"channel": PUBLIC, "users": "U0CASE1"}, "not_in_channel"),
        ("conversations.invite", {"channel": ROOM, "users": ""}, "no_user"),
        ("conversations.invite", {"channel": ROOM, "users": ",".join(["U0CASE1"] * 101)}, "too_many_users"),
        ("conversations.archive", {"channel": PUBLIC}, "not_in_channel"),
        ("conversations.kick", {"channel": ROOM}, "invalid_arguments"),
        ("conversations.kick", {"channel": ROOM, "user": "U0BINDELED"}, "cant_kick_self"),
        ("conversations.unarchive", {"channel": ROOM}, "not_archived"),
        ("conversations.create", {"name": "---"}, "invalid_name_punctuation"),
        ("conversations.open", {"users": ",".join(f"U0CASE{n % 4 + 1}" for n in range(9))}, "too_many_users"),
        ("conversations.open", {"channel": "D0NOBODY"}, "channel_not_found"),
        ("files.completeUploadExternal", {"files": [{"id": "F0NONE"}]}, "file_not_found"),
        ("files.completeUploadExternal", {}, "invalid_arguments"),
        ("files.getUploadURLExternal", {"filename": "a", "length": 0}, "invalid_arguments"),
        ("files.getUploadURLExternal", {"filename": "a", "length": 2_000_000_000}, "file_upload_size_restricted"),
        ("reactions.add", {"channel": ROOM, "name": "eyes"}, "no_item_specified"),
        ("reactions.add", {"channel": PUBLIC, "name": "eyes", "timestamp": NOBODYS}, "not_in_channel"),
        ("views.open", {"trigger_id": "1.2.3"}, "invalid_arguments"),
        ("views.publish", {"user_id": "U0NOBODY", "view": {"type": "home", "blocks": []}}, "user_not_found"),
    ],
)
async def test_each_method_refuses_with_its_code(bench: Bench, method: str, arguments: Json, code: str):
    """The code Slack documents, and nothing happened."""
    with refused(code):
        await bench.web.api_call(method, json=arguments)
    assert await bench.messages() == []


@pytest.mark.parametrize(
    "method", [f"conversations.{verb}" for verb in ("join", "invite", "kick", "archive", "unarchive")]
)
async def test_direct_conversations_are_no_channels(bench: Bench, method: str):
    """method_not_supported_for_channel_type."""
    with refused("method_not_supported_for_channel_type"):
        await bench.web.api_call(method, json={"channel": await bench.direct(), "users": "U0CASE2"})


async def test_a_deactivated_person_cannot_be_written_to(bench: Bench):
    """user_disabled when opening, channel_not_found when posting, users_not_found by e-mail."""
    channel = await bench.direct()
    await bench.act("case1", "deactivate")
    with refused("user_disabled"):
        await bench.web.conversations_open(users="U0CASE1")
    with refused("channel_not_found"):
        await bench.web.chat_postMessage(channel=channel, text="x")
    with refused("users_not_found"):
        await bench.web.users_lookupByEmail(email="case1@kommune.example")


async def test_a_file_must_be_as_long_as_announced(bench: Bench):
    """Another length is refused, an unknown address is not found."""
    ticket = await bench.web.files_getUploadURLExternal(filename="a.csv", length=3)
    async with bench.http.post(str(ticket["upload_url"]), data=b"for langt") as answer:
        assert answer.status == 400
    async with bench.http.post(f"{bench.running.page}upload/v1/F0NONE", data=b"abc") as answer:
        assert answer.status == 404


async def test_an_answer_to_nowhere_is_expired(bench: Bench):
    """An invented response address, and one whose body is no JSON object."""
    async with bench.http.post(f"{bench.running.page}response/opfundet", json={"text": "x"}) as answer:
        assert (answer.status, (await answer.json())["error"]) == (404, "expired_url")


async def test_clicks_need_interactivity():
    """Where the manifest has none, the client says so and nothing is sent."""
    app = manifest()
    app["settings"]["interactivity"] = {"is_enabled": False}
    app["features"].pop("shortcuts")
    async with standin(manifest=app) as bench:
        outcome = await bench.act("case1", "click", channel=ROOM, ts=await bench.post_button(ROOM), action_id="a.b")
        assert outcome["error"] == "interactivity_not_enabled"


@pytest.mark.parametrize(
    ("kind", "fields", "error"),
    [
        ("reaction", {"channel": ROOM, "ts": NOBODYS, "name": "eyes"}, "message_not_found"),
        ("click", {"channel": ROOM, "ts": NOBODYS, "action_id": "a.b"}, "message_not_found"),
        ("click", {"view_id": "V0NONE", "action_id": "a.b"}, "view_not_found"),
        ("join", {"channel": ROOM}, "channel_not_found"),
        ("leave", {"channel": "@bindeled"}, "not_in_channel"),
        ("invite", {"channel": ROOM, "user": "police3"}, "user_not_found"),
        ("invite", {"channel": ROOM, "user": "police1"}, "already_in_channel"),
        ("edit", {"channel": ROOM, "ts": NOBODYS, "text": "x"}, "message_not_found"),
    ],
)
async def test_a_person_is_told_why_not(bench: Bench, kind: str, fields: Json, error: str):
    """The error says why, and nothing reaches the bot."""
    outcome = await bench.act("case1", kind, **fields)
    assert (outcome["ok"], outcome["acked"], outcome["error"]) == (False, False, error)
    assert await bench.wire("interactive") == []
