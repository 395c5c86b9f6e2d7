"""Slash commands and shortcuts."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.bench import QUICK, ROOM, SHARED, Bench, button, manifest, standin

Json = dict[str, Any]


async def answering(bench: Bench, *answer: Any, **fields: Any) -> list[Json]:
    """Connect an app that answers /kontakt in the ack; the payloads it gets."""
    app, heard = bench.app(), list[Json]()

    @app.command("/kontakt")
    async def kontakt(ack: Any, body: Json) -> None:
        heard.append(body)
        await ack(*answer, **fields)

    await bench.connect(app)
    return heard


async def test_a_command_carries_slacks_fields(bench: Bench):
    """Channel, user, team, text, trigger, response address; the answer in the ack is seen by one."""
    heard = await answering(bench, "Din kontakt er Palle")
    done = await bench.did("case1", "command", channel=ROOM, command="/kontakt", text="køge nu")
    [body] = heard
    assert (body["command"], body["text"], body["user_id"], body["user_name"]) == (
        "/kontakt",
        "køge nu",
        "U0CASE1",
        "case1",
    )
    assert (body["channel_id"], body["channel_name"], body["team_domain"]) == (ROOM, "privategroup", "koege-demo")
    assert body["trigger_id"]
    assert body["response_url"]
    assert done["ack"] == {"text": "Din kontakt er Palle"}
    [message] = await bench.messages("case1")
    assert (message["ephemeral_to"], message["ts"]) == ("U0CASE1", done["ts"])
    assert await bench.messages("police1") == []


async def test_an_answer_can_be_for_all(bench: Bench):
    """response_type in_channel posts for everyone in the channel."""
    await answering(bench, text="til alle", response_type="in_channel")
    await bench.did("case1", "command", channel=ROOM, command="/kontakt")
    assert [m["text"] for m in await bench.messages("police1")] == ["til alle"]


async def test_an_answer_slack_would_not_take_is_an_error(bench: Bench):
    """Bad blocks in the ack: invalid_command_response."""
    await answering(bench, text="x", blocks=[button() | {"elements": []}])
    outcome = await bench.act("case1", "command", channel=ROOM, command="/kontakt")
    assert outcome["error"] == "invalid_command_response: invalid_blocks"


async def test_without_a_channel_the_command_is_typed_in_the_direct_conversation(bench: Bench):
    """channel_name is directmessage."""
    heard = await answering(bench)
    await bench.did("case1", "command", command="/kontakt")
    assert (heard[0]["channel_id"], heard[0]["channel_name"]) == ("D0CASE1", "directmessage")


@pytest.mark.parametrize(
    ("who", "fields", "error"),
    [
        ("case1", {"command": "/findes-ikke"}, "/findes-ikke is not a valid command"),
        ("police3", {"command": "/kontakt", "channel": SHARED}, "/kontakt is not a valid command"),
        (
            "case1",
            {"command": "/kontakt", "channel": ROOM, "thread_ts": "1.2"},
            "/kontakt is not supported in threads. Sorry!",
        ),
        ("stranger1", {"command": "/kontakt", "channel": ROOM}, "channel_not_found"),
    ],
)
async def test_commands_have_their_places(who: str, fields: Json, error: str):
    """Not unknown ones, not for people of another workspace, not in threads, not where one is not."""
    async with standin(manifest=manifest()) as bench:
        assert (await bench.act(who, "command", **fields))["error"] == error
        assert await bench.wire("command") == []


@pytest.mark.parametrize(("escape", "text"), [(True, "<@U0POLICE1|police1> &amp;"), (False, "@police1 &")])
async def test_the_manifest_decides_how_mentions_arrive(*, escape: bool, text: str):
    """should_escape: ids instead of typed names."""
    async with standin(manifest=manifest(escape=escape)) as bench:
        heard = await answering(bench)
        await bench.did("case1", "command", channel=ROOM, command="/kontakt", text="@police1 &")
        assert heard[0]["text"] == text


@pytest.mark.parametrize(("connected", "error"), [(True, "operation_timeout"), (False, "dispatch_failed")])
async def test_a_command_nobody_takes_is_an_error(*, connected: bool, error: str):
    """As Slack tells it; the command is not sent again."""
    async with standin(manners=QUICK) as bench:
        if connected:
            await bench.socket()
        assert (await bench.act("case1", "command", command="/kontakt"))["error"] == error


async def test_shortcuts_global_and_on_a_message():
    """`shortcut` with a trigger; `message_action` with channel, message and response_url."""
    async with standin(manifest=manifest(), manners=QUICK) as bench:
        app, heard = bench.app(), list[Json]()

        @app.shortcut("case.open")
        async def opened(ack: Any, body: Json) -> None:
            heard.append(body)
            await ack()

        @app.shortcut("followup.new")
        async def agreed(ack: Any, body: Json) -> None:
            heard.append(body)
            await ack()

        await bench.connect(app)
        said = await bench.did("police1", "message", channel=ROOM, text="jeg ringer torsdag")
        await bench.did("case1", "shortcut", callback_id="case.open")
        await bench.did("case1", "shortcut", callback_id="followup.new", channel=ROOM, ts=said["ts"])
        simple, on_message = heard
        assert (simple["type"], "channel" in simple) == ("shortcut", False)
        assert on_message["type"] == "message_action"
        assert (on_message["message_ts"], on_message["message"]["user"]) == (said["ts"], "U0POLICE1")
        assert on_message["channel"]["id"] == ROOM
        assert on_message["response_url"]
        for who, fields, error in (
            ("case1", {"callback_id": "ukendt"}, "no_such_shortcut"),
            ("case1", {"callback_id": "followup.new"}, "no_such_shortcut"),
            ("police3", {"callback_id": "case.open"}, "not_available_to_external_people"),
            ("stranger1", {"callback_id": "followup.new", "channel": ROOM, "ts": said["ts"]}, "channel_not_found"),
        ):
            assert (await bench.act(who, "shortcut", **fields))["error"] == error
