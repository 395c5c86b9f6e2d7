"""The door `/api/<method>`: token, scopes, faults, then the method; the answer as Slack gives it."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox.errors import RefusedError
from bot.sandbox.web_api import apps, chat, conversations, files, history, reactions, users, views
from bot.sandbox.web_api.arguments import Args, bad
from bot.sandbox.web_api.call import Call

if TYPE_CHECKING:
    from bot.sandbox.jsons import Json
    from bot.sandbox.standin import Standin
    from bot.sandbox.web_api.call import Method

METHODS: dict[str, Method] = {
    **apps.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **history.METHODS,
    **users.METHODS,
    **views.METHODS,
    **reactions.METHODS,
    **files.METHODS,
}
TOKENLESS = frozenset({"api.test"})
APP_LEVEL = frozenset({"apps.connections.open"})
MS = 1000.0
TOO_MANY, BROKEN, DOWN = 429, 500, 503
CUT = 0  # the status noted where the connection was cut instead of answered


async def arguments(request: web.Request) -> Json:
    """Query, form and JSON merged, the body winning. RefusedError where the body is no JSON object."""
    values: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        text = await request.text()
        try:
            body = json.loads(text) if text.strip() else {}
        except ValueError:
            raise RefusedError("invalid_json") from None
        if not isinstance(body, dict):
            raise RefusedError("json_not_object")
        return values | body
    if request.can_read_body:
        form = await request.post()
        values |= {name: value for name, value in form.items() if isinstance(value, str)}
    return values


def token_of(request: web.Request, values: Json) -> str:
    """The token from the header, else from the arguments."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return token.strip()
    return str(values.get("token") or "")


class Endpoint:
    """Answers every Web API call."""

    def __init__(self, standin: Standin) -> None:
        self._standin = standin

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One call from its request to its answer, with the faults that were asked for."""
        standin, method = self._standin, request.match_info["method"]
        if standin.is_down:
            return web.Response(status=DOWN, text="service unavailable")
        try:
            values = await arguments(request)
        except RefusedError as refused:
            standin.wire.note("in", "api", method, status=200, answer=refused.as_answer())
            return web.json_response(refused.as_answer())
        if broken := self._break_before(request, method, values):
            return broken
        answer = self._perform(method, values, token_of(request, values))
        lost = standin.faults.strike(("lost",), method)
        slow = standin.faults.strike(("slow",), method)
        standin.wire.note("in", "api", method, body=values, status=CUT if lost else 200, answer=answer)
        if slow:
            await asyncio.sleep(slow.delay_ms / MS)
        if lost:
            return cut(request)
        return web.json_response(answer, headers=self._headers())

    def _break_before(self, request: web.Request, method: str, values: Json) -> web.StreamResponse | None:
        fault = self._standin.faults.strike(("ratelimit", "error"), method)
        dropped = fault is None and self._standin.faults.strike_named(("drop",), method)
        if fault is None and not dropped:
            return None
        note = self._standin.wire.note
        if fault is None:
            note("in", "api", method, body=values, status=CUT)
            return cut(request)
        if fault.kind == "ratelimit":
            answer = {"ok": False, "error": "ratelimited"}
            note("in", "api", method, body=values, status=TOO_MANY, answer=answer)
            return web.json_response(answer, status=TOO_MANY, headers={"Retry-After": str(fault.retry_after)})
        note("in", "api", method, body=values, status=BROKEN)
        return web.Response(status=BROKEN, text="Internal Server Error")

    def _perform(self, method: str, values: Json, token: str) -> Json:
        values = {name: value for name, value in values.items() if name != "token"}
        try:
            perform = _known(method)
            if method in TOKENLESS:
                return {"ok": True, **perform(Call(self._standin, method, Args(values)))}
            self._let_in(method, token)
            self._check_team(values)
            call = Call(self._standin, method, Args(values))
            call.require()
            return {"ok": True, **perform(call)}
        except RefusedError as refused:
            return refused.as_answer()

    def _let_in(self, method: str, token: str) -> None:
        tokens = self._standin.tokens
        if not token:
            raise RefusedError("not_authed")
        if token not in {tokens.bot, tokens.app}:
            raise RefusedError("invalid_auth")
        if (method in APP_LEVEL) != (token == tokens.app):
            raise RefusedError("not_allowed_token_type")

    def _check_team(self, values: Json) -> None:
        team = values.get("team_id")
        if team is not None and not isinstance(team, str):
            raise bad("must be a string [json-pointer:/team_id]")
        if team and team not in self._standin.model.teams:
            raise RefusedError("team_not_found")

    def _headers(self) -> dict[str, str]:
        granted = self._standin.scopes()
        return {} if granted is None else {"x-oauth-scopes": ",".join(sorted(granted))}


def _known(method: str) -> Method:
    found = METHODS.get(method)
    if found is None:
        raise RefusedError("unknown_method", req_method=method)
    return found


def cut(request: web.Request) -> web.StreamResponse:
    """Cut the connection: the caller sees it break and learns nothing."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=BROKEN)
