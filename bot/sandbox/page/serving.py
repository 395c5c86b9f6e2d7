"""Serves the page: its files, what it is told about this world, and a push at every change."""

from __future__ import annotations

import asyncio
from importlib.resources import files
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from aiohttp.typedefs import Handler

    from bot.sandbox.standin import Standin

KINDS = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
CARE = {
    # Nothing is loaded from elsewhere, no script stands in the page, nobody frames it.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
HEARTBEAT_SECONDS = 20.0  # how soon a window that is gone is noticed


def _files() -> dict[str, tuple[str, str]]:
    """Every file of the page: its path below `/page/` → its kind and text."""
    found: dict[str, tuple[str, str]] = {}

    def look(folder: Traversable, above: str) -> None:
        for each in folder.iterdir():
            suffix = f".{each.name.rpartition('.')[2]}"
            if each.is_dir():
                look(each, f"{above}{each.name}/")
            elif suffix in KINDS:
                found[above + each.name] = (KINDS[suffix], each.read_text("utf-8"))

    look(files("bot.sandbox.page").joinpath("static"), "")
    return found


@web.middleware
async def own_pages_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A page of somebody else's, open in the same browser, may neither read nor act here."""
    origin = request.headers.get("Origin")
    if origin is not None and origin.partition("://")[2] != request.host:
        raise web.HTTPForbidden(text="This address answers its own page only.")
    return await handler(request)


class Page:
    """The page's routes, and the windows that are open."""

    def __init__(self, standin: Standin) -> None:
        self._standin = standin
        self._files: dict[str, tuple[str, str]] = {}
        self._windows: set[web.WebSocketResponse] = set()

    def routes(self) -> list[web.RouteDef]:
        """All routes, to be added to the application."""
        return [
            web.get("/", self.index),
            web.get("/page/{path:.+}", self.file),
            web.get("/archives/{channel}/p{ts}", self.permalink),
            web.get("/sandbox/page", self.about),
            web.get("/sandbox/push", self.push),
        ]

    async def index(self, _request: web.Request) -> web.Response:
        """The page itself."""
        return self._sent("index.html")

    async def file(self, request: web.Request) -> web.Response:
        """A part of the page."""
        return self._sent(request.match_info["path"])

    def _sent(self, path: str) -> web.Response:
        self._files = self._files or _files()
        if path not in self._files:
            raise web.HTTPNotFound(text="The page has no such part.")
        kind, text = self._files[path]
        return web.Response(text=text, content_type=kind, charset="utf-8", headers=CARE)

    async def permalink(self, request: web.Request) -> web.Response:
        """A link to a message, opened outside the page: it leads into the page, which knows who is looking."""
        channel, digits = request.match_info["channel"], request.match_info["ts"]
        thread = request.query.get("thread_ts", "")
        return web.Response(
            status=302,
            headers={"Location": f"/#channel={channel}&ts={digits[:-6]}.{digits[-6:]}&thread={thread}"},
        )

    async def about(self, _request: web.Request) -> web.Response:
        """What the page offers here: `{ok, clock, start_over, guide}`."""
        return web.json_response(
            {
                "ok": True,
                "clock": self._standin.move_clock is not None,
                "start_over": self._standin.start_over is not None,
                "guide": dict(self._standin.guide),
            }
        )

    async def push(self, request: web.Request) -> web.WebSocketResponse:
        """Tells a window `{seq}` each time something happened, several happenings at once where they come fast."""
        window = web.WebSocketResponse(heartbeat=HEARTBEAT_SECONDS)
        await window.prepare(request)
        self._windows.add(window)
        telling = asyncio.create_task(self._tell(window))
        try:
            async for _ in window:
                pass  # a window says nothing; this ends when it goes away
        finally:
            telling.cancel()
            await asyncio.gather(telling, return_exceptions=True)
            self._windows.discard(window)
        return window

    async def _tell(self, window: web.WebSocketResponse) -> None:
        seq = -1
        while True:
            now = await self._standin.changes.wait_after(seq, HEARTBEAT_SECONDS)
            if now != seq:
                seq = now
                await window.send_json({"seq": seq})

    async def close(self) -> None:
        """Let go of every window."""
        for window in list(self._windows):
            await window.close()
