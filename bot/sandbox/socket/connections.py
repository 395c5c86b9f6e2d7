"""Socket Mode: up to ten WebSockets, each envelope to one of them, an acknowledgement by envelope id."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from bot.sandbox.socket.envelopes import TIMEOUT, UNREACHABLE, WIRE_KIND, Envelope, Receipt
from bot.sandbox.tokens import sandbox_ticket

if TYPE_CHECKING:
    from bot.sandbox.faults import Faults
    from bot.sandbox.jsons import Json
    from bot.sandbox.manners import Manners
    from bot.sandbox.wire import Wire

MS = 1000.0
CLOSING_SECONDS = 0.2
HOST = "applink-sandbox"


@dataclass(eq=False)
class Connection:
    """One WebSocket and what was sent over it without an answer so far."""

    socket: web.WebSocketResponse
    transport: asyncio.Transport | None
    open_envelopes: dict[str, asyncio.Future[Any]] = field(default_factory=dict)

    def fail_all(self) -> None:
        """The connection is gone: whoever waits for an answer over it is told."""
        for waiter in self.open_envelopes.values():
            if not waiter.done():
                waiter.set_exception(ConnectionResetError())

    def cut(self) -> None:
        """Cut it without a closing handshake, like a broken line."""
        self.fail_all()
        if self.transport is not None:
            self.transport.abort()


class SocketMode:
    """The WebSocket side of the stand-in."""

    def __init__(self, wire: Wire, faults: Faults, manners: Manners, app_id: str) -> None:
        self._wire = wire
        self._faults = faults
        self._manners = manners
        self._app_id = app_id
        self._tickets: set[str] = set()
        self._connections: list[Connection] = []
        self._turn = 0

    @property
    def connected(self) -> bool:
        """Whether at least one socket is open."""
        return bool(self._connections)

    def new_ticket(self) -> str:
        """Leave to open one socket."""
        ticket = sandbox_ticket()
        self._tickets.add(ticket)
        return ticket

    # -- a socket's life ---------------------------------------------------------------------------------------

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Handle one WebSocket from its opening to its end."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.json_response({"ok": False, "error": "invalid_ticket"}, status=403)
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(heartbeat=None)
        await socket.prepare(request)
        if len(self._connections) >= self._manners.most_sockets:
            await self._say(socket, {"type": "disconnect", "reason": "too_many_websockets", "debug_info": _debug()})
            await socket.close()
            return socket
        line = request.transport
        connection = Connection(socket, line if isinstance(line, asyncio.Transport) else None)
        self._connections.append(connection)
        pinging = asyncio.create_task(self._ping(socket))
        try:
            await self._hello(connection)
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._heard(connection, message.data)
        finally:
            pinging.cancel()
            if connection in self._connections:
                self._connections.remove(connection)
            connection.fail_all()
            self._wire.note("in", "socket", "closed", body={"num_connections": len(self._connections)})
        return socket

    async def _hello(self, connection: Connection) -> None:
        hello = {
            "type": "hello",
            "num_connections": len(self._connections),
            "debug_info": _debug() | {"build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": self._app_id},
        }
        await self._say(connection.socket, hello)

    async def _say(self, socket: web.WebSocketResponse, message: Json) -> None:
        self._wire.note("out", "socket", message["type"], body=message)
        with contextlib.suppress(ConnectionError):
            await socket.send_json(message)

    async def _ping(self, socket: web.WebSocketResponse) -> None:
        number = 0
        while True:
            await asyncio.sleep(self._manners.ping_seconds)
            number += 1
            with contextlib.suppress(ConnectionError):
                await socket.ping(f"Ping from {HOST} {number}".encode())

    def _heard(self, connection: Connection, text: str) -> None:
        try:
            said = json.loads(text)
        except ValueError:
            said = None
        if not isinstance(said, dict) or "envelope_id" not in said:
            self._wire.note("in", "socket", "unknown", body=text)
            return
        waiter = connection.open_envelopes.get(said["envelope_id"])
        if waiter is not None and not waiter.done():
            waiter.set_result(said.get("payload"))

    # -- carrying ----------------------------------------------------------------------------------------------

    async def carry(self, envelope: Envelope) -> Receipt:
        """Send an envelope over the socket whose turn it is and wait for its acknowledgement."""
        began = time.perf_counter()
        if slow := self._faults.strike_named(("slow",), envelope.kind, envelope.name):
            await asyncio.sleep(slow.delay_ms / MS)
        connection = self._next()
        if connection is None:
            return Receipt(acked=False, error=UNREACHABLE)
        waiter: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        connection.open_envelopes[envelope.id] = waiter
        try:
            await self._send(connection, envelope)
            if self._faults.strike(("twice",), envelope.kind, envelope.name):
                second = self._next() or connection
                second.open_envelopes.setdefault(envelope.id, waiter)
                await self._send(second, envelope)
            if self._faults.strike(("drop",), envelope.kind, envelope.name):
                connection.cut()
            async with asyncio.timeout(self._manners.ack_seconds - (time.perf_counter() - began)):
                ack = await waiter
        except TimeoutError:
            return Receipt(acked=False, ms=_since(began), error=TIMEOUT)
        except ConnectionError:
            return Receipt(acked=False, ms=_since(began), error=UNREACHABLE)
        finally:
            for other in self._connections:
                other.open_envelopes.pop(envelope.id, None)
        self._wire.note("in", "ack", envelope.name, body=ack, status=200)
        return Receipt(acked=True, ack=ack if envelope.wants_answer else None, ms=_since(began))

    def _next(self) -> Connection | None:
        if not self._connections:
            return None
        connection = self._connections[self._turn % len(self._connections)]
        self._turn += 1
        return connection

    async def _send(self, connection: Connection, envelope: Envelope) -> None:
        message: Json = {
            "envelope_id": envelope.id,
            "type": envelope.kind,
            "accepts_response_payload": envelope.wants_answer,
            "payload": envelope.payload,
        }
        if envelope.kind == "events_api":
            message |= {"retry_attempt": envelope.retry, "retry_reason": envelope.retry_reason}
        self._wire.note("out", WIRE_KIND[envelope.kind], envelope.name, body=message)
        await connection.socket.send_json(message)

    # -- endings -----------------------------------------------------------------------------------------------

    async def disconnect(self, reason: str) -> int:
        """Ask the bot to reconnect: `warning` announces it, `refresh_requested` closes after it. How many were asked."""
        asked = list(self._connections)
        for connection in asked:
            await self._say(connection.socket, {"type": "disconnect", "reason": reason, "debug_info": _debug()})
            if reason != "warning":
                await connection.socket.close()
        return len(asked)

    async def drop(self) -> int:
        """Cut every socket without a word."""
        cut = list(self._connections)
        self._connections.clear()
        for connection in cut:
            connection.cut()
        await asyncio.sleep(0)
        return len(cut)

    async def close(self) -> None:
        """End every socket: a closing handshake for who listens, a cut for who does not."""
        for connection in list(self._connections):
            connection.fail_all()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(CLOSING_SECONDS):
                    await connection.socket.close()
            connection.cut()


def _debug() -> Json:
    return {"host": HOST}


def _since(began: float) -> float:
    return round((time.perf_counter() - began) * MS, 3)
