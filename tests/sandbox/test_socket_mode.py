"""Socket Mode over real WebSockets: hello, acknowledgements, repetition, ten connections, disconnects."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest

from bot.sandbox.manners import Manners
from tests.sandbox.bench import QUICK, ROOM, Bench, MovableClock, standin

Json = dict[str, Any]


async def test_the_first_word_is_hello(bench: Bench):
    """Hello with num_connections, debug_info and the app's id; a ticket is good for one socket only."""
    await bench.socket()
    await bench.socket()
    hellos = [line["body"] for line in await bench.wire("socket", "hello")]
    assert [hello["num_connections"] for hello in hellos] == [1, 2]
    assert hellos[0]["connection_info"] == {"app_id": bench.running.app_id}
    assert "host" in hellos[0]["debug_info"]
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await bench.http.ws_connect(bench.running.page.replace("http", "ws") + "socket?ticket=brugt")


async def test_the_eleventh_socket_is_sent_away(bench: Bench):
    """too_many_websockets, then it is closed; the ten others live."""
    for _ in range(10):
        await bench.socket()
    eleventh = await bench.socket()
    said = (await bench.wire("socket", "disconnect"))[-1]["body"]
    assert said["reason"] == "too_many_websockets"
    assert (await eleventh.receive(timeout=3)).type is aiohttp.WSMsgType.CLOSE
    assert (await bench.state())["bot_connected"] is True


async def test_each_envelope_goes_to_one_socket_in_turn(bench: Bench):
    """Four messages over two sockets: two each."""
    sockets = [await bench.socket(), await bench.socket()]
    got = [0, 0]

    async def serve(index: int) -> None:
        async for message in sockets[index]:
            envelope = message.json()
            got[index] += 1
            await sockets[index].send_json({"envelope_id": envelope["envelope_id"]})

    serving = [asyncio.create_task(serve(index)) for index in range(2)]
    for n in range(4):
        await bench.did("case1", "message", channel=ROOM, text=str(n))
    assert got == [2, 2]
    for task in serving:
        task.cancel()


async def test_an_unacknowledged_event_comes_three_times_more():
    """At once, after the second and the third wait, as a new envelope with retry fields and the same event id."""
    async with standin(manners=QUICK) as bench:
        socket = await bench.socket()
        outcome = await bench.act("case1", "message", channel=ROOM, text="hej")
        assert (outcome["ok"], outcome["acked"]) == (True, False)
        envelopes = [await socket.receive_json(timeout=3) for _ in range(4)]
        assert [e["retry_attempt"] for e in envelopes] == [0, 1, 2, 3]
        assert [e["retry_reason"] for e in envelopes] == ["", "timeout", "timeout", "timeout"]
        assert len({e["envelope_id"] for e in envelopes}) == 4
        assert len({e["payload"]["event_id"] for e in envelopes}) == 1
        with pytest.raises(TimeoutError):
            await socket.receive(timeout=1.0)


async def test_repetitions_go_by_the_movable_clock():
    """After 1 and 5 minutes of the stand-in's time: nothing comes until it is moved."""
    clock = MovableClock()
    manners = Manners(ack_seconds=0.1, retry_glance_seconds=0.01)
    async with standin(manners=manners, clock=clock, move_clock=clock.move) as bench:
        socket = await bench.socket()
        await bench.act("case1", "message", channel=ROOM, text="hej")
        await socket.receive_json(timeout=3)
        assert (await socket.receive_json(timeout=3))["retry_attempt"] == 1
        with pytest.raises(TimeoutError):
            await socket.receive(timeout=0.4)
    async with standin(manners=manners, clock=clock, move_clock=clock.move) as bench:
        socket = await bench.socket()
        await bench.act("case1", "message", channel=ROOM, text="hej")
        for attempt, wait in ((0, 0), (1, 60), (2, 300), (3, 0)):
            envelope = await socket.receive_json(timeout=3)
            assert envelope["retry_attempt"] == attempt
            await asyncio.sleep(0.3)
            await bench.post("clock", {"advance": wait})


async def test_a_late_acknowledgement_does_not_count():
    """After its seconds the event is repeated whatever comes."""
    async with standin(manners=QUICK) as bench:
        socket = await bench.socket()
        acting = asyncio.create_task(bench.act("case1", "message", channel=ROOM, text="hej"))
        first = await socket.receive_json(timeout=3)
        assert (await acting)["acked"] is False
        await socket.send_json({"envelope_id": first["envelope_id"]})
        assert (await socket.receive_json(timeout=3))["retry_attempt"] == 1


async def test_an_event_on_a_dropped_socket_comes_again():
    """The socket breaks before the acknowledgement: connection_failed, over another socket."""
    async with standin(manners=QUICK) as bench:
        await bench.post("fault", {"kind": "drop", "method": "events_api"})
        await bench.socket()
        spare = await bench.socket()
        await bench.act("case1", "message", channel=ROOM, text="hej")
        async with asyncio.timeout(3):
            async for message in spare:
                envelope = message.json()
                if envelope["retry_attempt"]:
                    break
        assert envelope["retry_reason"] == "connection_failed"


async def test_the_server_pings_and_answers_pings():
    """Ping frames come from the stand-in, and the client's own are answered."""
    async with standin(manners=Manners(ping_seconds=0.05)) as bench:
        headers = {"Authorization": f"Bearer {bench.running.app_token}"}
        async with bench.http.post(f"{bench.running.api_url}apps.connections.open", headers=headers) as opened:
            url = (await opened.json())["url"]
        socket = await bench.http.ws_connect(url, autoping=False)
        assert (await socket.receive_json(timeout=3))["type"] == "hello"
        ping = await socket.receive(timeout=3)
        assert (ping.type, ping.data.startswith(b"Ping from ")) == (aiohttp.WSMsgType.PING, True)
        await socket.ping(b"er du der")
        while (frame := await socket.receive(timeout=3)).type is not aiohttp.WSMsgType.PONG:
            pass
        assert frame.data == b"er du der"
        await socket.close()


async def test_warning_announces_and_refresh_closes(bench: Bench):
    """Disconnect with `warning` leaves the socket, with `refresh_requested` closes it."""
    socket = await bench.socket()
    assert (await bench.post("disconnect", {"reason": "warning"}))["sockets"] == 1
    assert (await socket.receive_json(timeout=3))["reason"] == "warning"
    assert (await bench.state())["bot_connected"] is True
    reading = asyncio.create_task(socket.receive_json(timeout=3))
    closing = asyncio.create_task(bench.post("disconnect", {"reason": "refresh_requested"}))
    assert (await reading)["reason"] == "refresh_requested"
    assert (await socket.receive(timeout=3)).type is aiohttp.WSMsgType.CLOSE
    await closing
    assert (await bench.post("disconnect", {"reason": "vrøvl"}))["error"] == "invalid_arguments"


@pytest.mark.parametrize("how", ["refresh_requested", "restart", "drop"])
async def test_a_bolt_app_comes_back(bench: Bench, how: str):
    """After a refresh, a restart or a broken line Bolt reconnects and goes on; the state is kept."""
    app, heard = bench.app(), list[str]()

    @app.event("message")
    async def listen(event: Json) -> None:
        heard.append(event["text"])

    await bench.connect(app)
    await bench.did("case1", "message", channel=ROOM, text="før")
    if how == "refresh_requested":
        await bench.post("disconnect", {"reason": how})
    else:
        await bench.post("fault", {"kind": how})
    hellos = 1
    async with asyncio.timeout(15):
        while hellos < 2:
            state = await bench.state()
            hellos = len(await bench.wire("socket", "hello"))
            if hellos < 2:
                await bench.get("wait", after=state["seq"], timeout=1)
    await bench.quiet()
    await bench.did("case1", "message", channel=ROOM, text="efter")
    assert heard == ["før", "efter"]
    assert len(await bench.messages()) == 2


async def test_noise_on_the_socket_is_noted_and_ignored(bench: Bench):
    """What is no acknowledgement ends nothing."""
    socket = await bench.socket()
    await socket.send_str("vrøvl")
    await socket.send_json({"envelope_id": "ukendt"})
    await bench.until(lambda _: True)
    async with asyncio.timeout(3):
        while not await bench.wire("socket", "unknown"):
            await bench.get("wait", after=(await bench.state())["seq"], timeout=0.05)
    assert (await bench.state())["bot_connected"] is True
