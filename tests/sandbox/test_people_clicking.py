"""Buttons, menus and options: in messages, modals and Home."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from tests.sandbox.bench import QUICK, ROOM, SHARED, Bench, button, modal, plain, refused, standin, text_input

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

Json = dict[str, Any]


def option(value: str) -> Json:
    """An option of a menu."""
    return {"text": plain(value.capitalize()), "value": value}


def menu(kind: str, action_id: str, **fields: Any) -> Json:
    """A select element."""
    return {"type": kind, "action_id": action_id, **fields}


def listening(bench: Bench) -> tuple[AsyncApp, list[Json]]:
    """A Bolt app that takes every action, and the payloads it got."""
    import re

    app, heard = bench.app(), list[Json]()

    @app.action(re.compile(".*"))
    async def note(ack: Any, body: Json) -> None:
        heard.append(body)
        await ack()

    return app, heard


async def test_a_click_in_a_message_carries_all_of_it(bench: Bench):
    """block_actions in Slack's full shape: user, team, container, channel, message, state, response_url, trigger."""
    app, heard = listening(bench)
    await bench.connect(app)
    first = str((await bench.web.chat_postMessage(channel=ROOM, text="tråd"))["ts"])
    ts = await bench.post_button(ROOM, thread_ts=first)
    done = await bench.did("police1", "click", channel="samarbejde-koege", ts=ts, action_id="a.b")
    assert (done["acked"], done["ts"]) == (True, ts)
    [body] = heard
    assert body["user"] == {"id": "U0POLICE1", "username": "police1", "name": "police1", "team_id": "T0KOEGE"}
    assert body["team"] == {"id": "T0KOEGE", "domain": "koege-demo"}
    assert body["container"] == {
        "type": "message",
        "message_ts": ts,
        "channel_id": ROOM,
        "is_ephemeral": False,
        "thread_ts": first,
    }
    assert body["channel"] == {"id": ROOM, "name": "privategroup"}
    assert body["message"]["ts"] == ts
    assert body["state"] == {"values": {}}
    assert body["api_app_id"] == bench.running.app_id
    assert body["response_url"].startswith(bench.running.page)
    assert body["trigger_id"]
    action = body["actions"][0]
    assert (action["type"], action["action_id"], action["block_id"], action["value"]) == (
        "button",
        "a.b",
        "knapper",
        "1",
    )
    assert action["text"] == {"type": "plain_text", "text": "Tryk", "emoji": True}
    assert "action_ts" in action


async def test_people_of_another_workspace_can_click(bench: Bench):
    """In a shared channel, with their own team in user and team."""
    app, heard = listening(bench)
    await bench.connect(app)
    await bench.did("police3", "click", channel=SHARED, ts=await bench.post_button(SHARED), action_id="a.b")
    assert (heard[0]["user"]["team_id"], heard[0]["team"]["id"]) == ("T0POLITIET", "T0POLITIET")


async def test_a_click_in_an_ephemeral_message_does_not_repeat_it(bench: Bench):
    """container.is_ephemeral is true and there is no `message`; only its reader can click."""
    app, heard = listening(bench)
    await bench.connect(app)
    shown = await bench.web.chat_postEphemeral(channel=ROOM, user="U0CASE1", text="x", blocks=[button()])
    ts = shown["message_ts"]
    await bench.did("case1", "click", channel=ROOM, ts=ts, action_id="a.b")
    assert heard[0]["container"]["is_ephemeral"] is True
    assert "message" not in heard[0]
    refusal = await bench.act("case2", "click", channel=ROOM, ts=ts, action_id="a.b")
    assert refusal["error"] == "message_not_found"


async def test_what_is_gone_cannot_be_clicked_but_by_an_old_client(bench: Bench):
    """no_such_action; with `force` the stale button arrives all the same, with the value given."""
    app, heard = listening(bench)
    await bench.connect(app)
    ts = await bench.post_button(ROOM)
    await bench.web.chat_update(channel=ROOM, ts=ts, text="uden knap", blocks=[])
    assert (await bench.act("case1", "click", channel=ROOM, ts=ts, action_id="a.b"))["error"] == "no_such_action"
    assert heard == []
    await bench.did("case1", "click", channel=ROOM, ts=ts, action_id="a.b", value="7", force=True)
    assert (heard[0]["actions"][0]["action_id"], heard[0]["actions"][0]["value"]) == ("a.b", "7")
    live = await bench.post_button(ROOM)
    await bench.did("case1", "click", channel=ROOM, ts=live, action_id="a.b", value="gammel", force=True)
    assert heard[1]["actions"][0]["value"] == "gammel"


async def test_each_element_sends_its_own_value_key(bench: Bench):
    """Static select, overflow, date, time, user, checkboxes: what was chosen under Slack's key, and in the state."""
    app, heard = listening(bench)
    await bench.connect(app)
    options = [option("ja"), option("nej")]
    blocks = [
        {
            "type": "actions",
            "block_id": "valg",
            "elements": [
                menu("static_select", "s", options=options),
                menu("overflow", "o", options=options),
                menu("datepicker", "d"),
                menu("timepicker", "t"),
                menu("users_select", "u"),
                menu("checkboxes", "c", options=options),
            ],
        }
    ]
    ts = str((await bench.web.chat_postMessage(channel=ROOM, text="x", blocks=blocks))["ts"])
    for action_id, value, key, chosen in (
        ("s", "ja", "selected_option", "ja"),
        ("o", "nej", "selected_option", "nej"),
        ("d", "2026-03-02", "selected_date", "2026-03-02"),
        ("t", "09:30", "selected_time", "09:30"),
        ("u", "U0POLICE1", "selected_user", "U0POLICE1"),
        ("c", ["ja", "nej"], "selected_options", ["ja", "nej"]),
    ):
        await bench.did("case1", "click", channel=ROOM, ts=ts, action_id=action_id, value=value)
        got = heard[-1]["actions"][0][key]
        plain_values = (
            [each["value"] for each in got] if isinstance(got, list) else got["value"] if isinstance(got, dict) else got
        )
        assert plain_values == chosen
    state = heard[-1]["state"]["values"]["valg"]
    assert state["d"]["selected_date"] == "2026-03-02"
    assert "o" not in state
    wrong = await bench.act("case1", "click", channel=ROOM, ts=ts, action_id="s", value="måske")
    assert wrong["error"].startswith("invalid_choice")


async def test_typing_in_an_input_sends_nothing_unless_it_dispatches(bench: Bench):
    """An input keeps the value for later; with dispatch_action it is told at once, without response_url."""
    app, heard = listening(bench)

    @app.shortcut("case.open")
    async def open_it(ack: Any, body: Json, client: Any) -> None:
        await client.views_open(
            trigger_id=body["trigger_id"], view=modal(text_input(), text_input("nu", "nu", dispatch_action=True))
        )
        await ack()

    await bench.connect(app)
    view_id = (await bench.did("case1", "shortcut", callback_id="case.open"))["view_id"]
    silent = await bench.did("case1", "click", view_id=view_id, action_id="t", value="stille")
    assert (silent["acked"], heard) == (False, [])
    await bench.did("case1", "click", view_id=view_id, action_id="nu", value="højt")
    [body] = heard
    assert body["container"] == {"type": "view", "view_id": view_id}
    assert body["view"]["state"]["values"]["b"]["t"]["value"] == "stille"
    assert body["actions"][0]["value"] == "højt"
    assert "response_url" not in body
    assert "channel" not in body


async def test_home_can_be_clicked(bench: Bench):
    """A button in Home: container view, the home's view; nobody without a Home can."""
    app, heard = listening(bench)
    await bench.connect(app)
    assert (await bench.act("case1", "click", home=True, action_id="a.b"))["error"] == "no_home"
    await bench.web.views_publish(user_id="U0CASE1", view={"type": "home", "blocks": [button()]})
    await bench.did("case1", "click", home=True, action_id="a.b")
    assert (heard[0]["view"]["type"], heard[0]["container"]["type"]) == ("home", "view")


async def test_external_options_are_asked_for_and_remembered(bench: Bench):
    """block_suggestion brings options; only what was offered can be chosen afterwards."""
    app, heard = listening(bench)

    @app.options("kommune")
    async def suggest(ack: Any, payload: Json) -> None:
        await ack(options=[option("køge"), option("greve")] if payload["value"] == "kø" else [])

    await bench.connect(app)
    select = menu("external_select", "kommune", min_query_length=2)
    blocks = [{"type": "actions", "block_id": "k", "elements": [select]}]
    ts = str((await bench.web.chat_postMessage(channel=ROOM, text="x", blocks=blocks))["ts"])
    where = {"channel": ROOM, "ts": ts, "action_id": "kommune"}
    assert (await bench.act("case1", "click", **where, value="køge"))["error"] == "option_not_offered"
    assert (await bench.act("case1", "options", **where, query="k"))["error"].startswith("query_too_short")
    offered = await bench.did("case1", "options", **where, query="kø")
    assert [o["value"] for o in offered["ack"]["options"]] == ["køge", "greve"]
    await bench.did("case1", "click", **where, value="køge")
    assert heard[0]["actions"][0]["selected_option"]["value"] == "køge"
    assert (await bench.act("case2", "click", **where, value="køge"))["error"] == "option_not_offered"


async def test_options_that_slack_would_refuse_are_an_error(bench: Bench):
    """An option without a value is not shown to the person."""
    app = bench.app()

    @app.options("kommune")
    async def suggest(ack: Any) -> None:
        await ack(options=[{"text": plain("Køge")}])

    await bench.connect(app)
    blocks = [{"type": "actions", "elements": [menu("external_select", "kommune", min_query_length=0)]}]
    ts = str((await bench.web.chat_postMessage(channel=ROOM, text="x", blocks=blocks))["ts"])
    outcome = await bench.act("case1", "options", channel=ROOM, ts=ts, action_id="kommune")
    assert outcome["error"].startswith("invalid_options")


@pytest.mark.parametrize("connected", [True, False])
async def test_a_click_nobody_takes_is_an_error_and_never_comes_again(*, connected: bool):
    """operation_timeout without an acknowledgement, dispatch_failed without a bot; no repetition."""
    async with standin(manners=QUICK) as bench:
        ts = await bench.post_button(ROOM)
        if connected:
            await bench.connect(bench.app())
        outcome = await bench.act("case1", "click", channel=ROOM, ts=ts, action_id="a.b")
        assert (outcome["ok"], outcome["acked"]) == (False, False)
        assert outcome["error"] == ("operation_timeout" if connected else "dispatch_failed")
        await asyncio.sleep(0.8)
        assert len(await bench.wire("interactive")) == (1 if connected else 0)


async def test_the_response_url_works_five_times(bench: Bench):
    """New ephemeral answers, in the channel, replacing, deleting; then used_url; bad blocks are refused."""
    app, heard = listening(bench)
    await bench.connect(app)
    ts = await bench.post_button(ROOM)
    await bench.did("case1", "click", channel=ROOM, ts=ts, action_id="a.b")
    url = heard[0]["response_url"]

    async def respond(**body: Any) -> tuple[int, str]:
        async with bench.http.post(url, json=body) as answer:
            return answer.status, await answer.text()

    assert (await respond(text="x", blocks=[{"type": "ukendt"}]))[0] == 400
    assert (await respond(text=""))[0] == 400
    assert await respond(text="kun dig") == (200, "ok")
    assert await respond(text="alle", response_type="in_channel") == (200, "ok")
    assert await respond(text="erstattet", replace_original=True) == (200, "ok")
    seen = {m["text"]: m for m in await bench.messages("case1", ROOM)}
    assert seen["kun dig"]["ephemeral_to"] == "U0CASE1"
    assert seen["alle"]["ephemeral_to"] is None
    assert (seen["erstattet"]["ts"], seen["erstattet"]["blocks"]) == (ts, [])
    assert await respond(delete_original=True) == (200, "ok")
    assert ts not in {m["ts"] for m in await bench.messages()}
    assert await respond(text="5") == (200, "ok")
    status, text = await respond(text="6")
    assert (status, "used_url" in text) == (404, True)


async def test_the_response_url_ends_after_thirty_minutes():
    """expired_url, on the stand-in's clock."""
    from tests.sandbox.bench import MovableClock

    clock = MovableClock()
    async with standin(clock=clock, move_clock=clock.move) as bench:
        app, heard = listening(bench)
        await bench.connect(app)
        await bench.did("case1", "click", channel=ROOM, ts=await bench.post_button(ROOM), action_id="a.b")
        await bench.post("clock", {"advance": 1801})
        async with bench.http.post(heard[0]["response_url"], json={"text": "sent"}) as answer:
            assert (answer.status, (await answer.json())["error"]) == (404, "expired_url")


async def test_bolts_respond_replaces_an_ephemeral_message(bench: Bench):
    """Bolt's own `respond` works on the stand-in's addresses."""
    app = bench.app()

    @app.action("a.b")
    async def taken(ack: Any, respond: Any) -> None:
        await ack()
        await respond(text="tak", replace_original=True)

    await bench.connect(app)
    shown = await bench.web.chat_postEphemeral(channel=ROOM, user="U0CASE1", text="x", blocks=[button()])
    await bench.did("case1", "click", channel=ROOM, ts=shown["message_ts"], action_id="a.b")
    await bench.until(lambda state: [m["text"] for m in state["messages"]] == ["tak"])
    with refused("message_not_found"):
        await bench.web.chat_delete(channel=ROOM, ts=shown["message_ts"])
