"""The routes below `/sandbox/`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from aiohttp import web

from bot.sandbox.control.clock import move
from bot.sandbox.control.state import state
from bot.sandbox.faults import FaultError
from bot.sandbox.people.perform import perform

if TYPE_CHECKING:
    from bot.sandbox.jsons import Json
    from bot.sandbox.standin import Standin

LONGEST_WAIT = 60.0  # seconds a long poll may last
BAD = 400


class Control:
    """Handlers for everything a tester, the page or the acted demo asks for."""

    def __init__(self, standin: Standin) -> None:
        self._standin = standin

    def routes(self) -> list[web.RouteDef]:
        """All routes, to be added to the application."""
        return [
            web.get("/sandbox/state", self.state),
            web.get("/sandbox/wait", self.wait),
            web.get("/sandbox/wire", self.wire),
            web.post("/sandbox/act", self.act),
            web.post("/sandbox/clock", self.clock),
            web.post("/sandbox/start-over", self.start_over),
            web.get("/sandbox/fault", self.faults),
            web.post("/sandbox/fault", self.fault),
            web.delete("/sandbox/fault", self.clear_faults),
            web.post("/sandbox/disconnect", self.disconnect),
        ]

    async def state(self, request: web.Request) -> web.Response:
        """`?as=HANDLE`: what that person may see; else everything."""
        name = request.query.get("as")
        eye = self._standin.model.person(name) if name else None
        if name and eye is None:
            return _error("user_not_found")
        return web.json_response(state(self._standin, eye))

    async def wait(self, request: web.Request) -> web.Response:
        """`?after=SEQ&timeout=S`: answers as soon as something after SEQ happened, else when the time is up."""
        try:
            after, seconds = int(request.query.get("after", "0")), float(request.query.get("timeout", "30"))
        except ValueError:
            return _error("invalid_arguments")
        seq = await self._standin.changes.wait_after(after, min(seconds, LONGEST_WAIT))
        return web.json_response({"ok": True, "seq": seq, "changed": seq > after})

    async def wire(self, request: web.Request) -> web.Response:
        """`?after=SEQ`: a list of what went over the wire since."""
        try:
            after = int(request.query.get("after", "0"))
        except ValueError:
            return _error("invalid_arguments")
        return web.json_response(self._standin.wire.after(after))

    async def act(self, request: web.Request) -> web.Response:
        """What a person does; answered after the ack or three seconds."""
        wish = await _object(request)
        return _error("invalid_arguments") if wish is None else web.json_response(await perform(self._standin, wish))

    async def clock(self, request: web.Request) -> web.Response:
        """Move the clock forward, where there is one to move."""
        wish = await _object(request)
        return _error("invalid_arguments") if wish is None else web.json_response(await move(self._standin, wish))

    async def start_over(self, _request: web.Request) -> web.Response:
        """The demo begins again: nothing was said, nothing is remembered. `no_start_over` where nobody gave a way to."""
        if self._standin.start_over is None:
            return web.json_response({"ok": False, "error": "no_start_over"})
        await self._standin.start_over()
        return web.json_response({"ok": True, "seq": self._standin.changes.seq})

    async def faults(self, _request: web.Request) -> web.Response:
        """The faults in force."""
        return web.json_response({"ok": True, "faults": self._standin.faults.as_json()})

    async def fault(self, request: web.Request) -> web.Response:
        """Put a fault in force. `restart`, and `drop` without a method or rate, happen at once."""
        wish = await _object(request)
        if wish is None:
            return _error("invalid_arguments")
        try:
            fault = self._standin.faults.add(wish)
        except FaultError as error:
            return _error("invalid_arguments", str(error))
        if fault.kind == "restart":
            self._standin.faults.spend(fault)
            await self._standin.restart(fault.delay_ms)
        elif fault.kind == "drop" and fault.method is None and wish.get("rate") is None:
            self._standin.faults.spend(fault)
            await self._standin.transport.drop()
        return web.json_response({"ok": True, "faults": self._standin.faults.as_json()})

    async def clear_faults(self, _request: web.Request) -> web.Response:
        """Everything works again."""
        self._standin.faults.clear()
        self._standin.down_until = 0.0
        return web.json_response({"ok": True, "faults": []})

    async def disconnect(self, request: web.Request) -> web.Response:
        """`{reason: warning|refresh_requested}`: ask the bot's sockets to reconnect, as Slack does now and then."""
        wish = await _object(request) or {}
        reason = wish.get("reason", "refresh_requested")
        if reason not in {"warning", "refresh_requested", "link_disabled"}:
            return _error("invalid_arguments")
        return web.json_response({"ok": True, "sockets": await self._standin.sockets.disconnect(reason)})


async def _object(request: web.Request) -> Json | None:
    try:
        body = json.loads(await request.text())
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


def _error(code: str, detail: str = "") -> web.Response:
    body = {"ok": False, "error": code, **({"detail": detail} if detail else {})}
    return web.json_response(body, status=BAD)
