"""Faults on request."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.errors import SlackApiError

from bot.sandbox.faults import FaultError, Faults, parse
from tests.sandbox.bench import QUICK, ROOM, Bench, standin

Json = dict[str, Any]


async def say(bench: Bench) -> Any:
    """Post something."""
    return await bench.web.chat_postMessage(channel=ROOM, text="hej")


async def test_a_rate_limit_says_when_to_come_again(bench: Bench):
    """429, `ratelimited`, Retry-After, as often as asked for and only for the method named; nothing is posted."""
    await bench.post("fault", {"kind": "ratelimit", "method": "chat.postMessage", "count": 2, "retry_after": 7})
    assert (await bench.web.auth_test())["ok"]
    for _ in range(2):
        with pytest.raises(SlackApiError) as caught:
            await say(bench)
        assert caught.value.response.status_code == 429
        assert caught.value.response.headers["Retry-After"] == "7"
        assert caught.value.response["error"] == "ratelimited"
    assert await bench.messages() == []
    assert (await say(bench))["ok"]


async def test_an_error_is_a_500_and_can_be_cleared(bench: Bench):
    """Nothing is performed; DELETE ends it."""
    await bench.post("fault", {"kind": "error", "rate": 1})
    with pytest.raises(SlackApiError) as caught:
        await say(bench)
    assert caught.value.response.status_code == 500
    assert len((await bench.get("fault"))["faults"]) == 1
    async with bench.http.delete(f"{bench.running.control_url}fault") as answer:
        assert (await answer.json())["faults"] == []
    await say(bench)
    assert len(await bench.messages()) == 1


@pytest.mark.parametrize(("kind", "performed"), [("lost", 1), ("drop", 0)])
async def test_a_lost_answer_was_performed_and_a_dropped_call_was_not(bench: Bench, kind: str, performed: int):
    """The caller sees the same broken connection both times."""
    await bench.post("fault", {"kind": kind, "method": "chat.postMessage"})
    with pytest.raises(aiohttp.ClientError):
        await say(bench)
    assert len(await bench.messages()) == performed
    assert (await bench.wire("api", "chat.postMessage"))[0]["status"] == 0


async def test_a_slow_answer_comes_late_but_was_performed_at_once(bench: Bench):
    """delay_ms, on the answer."""
    await bench.post("fault", {"kind": "slow", "method": "chat.postMessage", "delay_ms": 400})
    began = time.perf_counter()
    posting = asyncio.create_task(say(bench))
    await bench.until(lambda state: state["messages"])
    assert time.perf_counter() - began < 0.35
    await posting
    assert time.perf_counter() - began >= 0.4


async def test_a_slow_envelope_arrives_too_late():
    """Named by envelope type: longer than the bot's time, the person sees an error."""
    async with standin(manners=QUICK) as bench:
        await bench.socket()
        await bench.post("fault", {"kind": "slow", "method": "slash_commands", "delay_ms": 600})
        assert (await bench.act("case1", "command", command="/kontakt"))["error"] == "operation_timeout"


async def test_the_same_envelope_comes_twice(bench: Bench):
    """Same envelope id, one acknowledgement counts, the bot sees it two times."""
    app, heard = bench.app(), list[Json]()

    @app.command("/kontakt")
    async def kontakt(ack: Any, body: Json) -> None:
        heard.append(body)
        await ack("svar")

    await bench.connect(app)
    await bench.post("fault", {"kind": "twice"})
    await bench.did("case1", "command", command="/kontakt")
    sent = await bench.wire("command", "/kontakt")
    assert len({line["body"]["envelope_id"] for line in sent}) == 1
    async with asyncio.timeout(3):
        while len(heard) < 2:
            await bench.get("wait", after=(await bench.state())["seq"], timeout=0.05)
    assert heard[0] == heard[1]
    assert len(await bench.messages()) == 1


async def test_a_dropped_socket_is_cut_at_once(bench: Bench):
    """Without method and rate `drop` cuts what is connected now, once."""
    socket = await bench.socket()
    assert (await bench.post("fault", {"kind": "drop"}))["faults"] == []
    assert (await socket.receive(timeout=3)).type in {aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR}
    await bench.until(lambda state: not state["bot_connected"])


async def test_a_restart_keeps_the_state_and_may_take_a_while(bench: Bench):
    """Sockets are gone, messages are not; with delay_ms nothing answers meanwhile."""
    await say(bench)
    await bench.post("fault", {"kind": "restart", "delay_ms": 300})
    with pytest.raises(SlackApiError) as caught:
        await bench.web.auth_test()
    assert caught.value.response.status_code == 503
    await asyncio.sleep(0.35)
    assert (await bench.web.auth_test())["ok"]
    assert len(await bench.messages()) == 1


@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"kind": "brand"},
        {"kind": "error", "rate": 2},
        {"kind": "error", "rate": -1},
        {"kind": "error", "method": 5},
        {"kind": "slow", "delay_ms": "lang"},
    ],
)
async def test_a_senseless_fault_is_refused(bench: Bench, wish: Json):
    """invalid_arguments with a reason."""
    answer = await bench.post("fault", wish)
    assert (answer["ok"], answer["error"]) == (False, "invalid_arguments")
    assert answer["detail"]
    with pytest.raises(FaultError):
        parse(wish)


@given(seed=st.integers(0, 1000), rate=st.floats(0.1, 0.9))
def test_the_chance_is_repeatable(seed: int, rate: float) -> None:
    """The same seed and rate strike at the same calls."""
    wish = {"kind": "error", "rate": rate, "seed": seed}

    def strikes() -> list[bool]:
        faults = Faults()
        faults.add(wish)
        return [faults.strike(("error",), "auth.test") is not None for _ in range(50)]

    assert strikes() == strikes()
