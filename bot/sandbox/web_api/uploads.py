"""Where files are brought to and fetched from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from bot.sandbox.standin import Standin


class Uploads:
    """The upload address of `files.getUploadURLExternal`, and the download address for the bot."""

    def __init__(self, standin: Standin) -> None:
        self._standin = standin

    async def receive(self, request: web.Request) -> web.Response:
        """Take a file's bytes, raw or as a form, exactly as long as announced."""
        upload = self._standin.model.uploads.get(request.match_info["id"])
        if upload is None or upload.done:
            return web.Response(status=404, text="not found")
        if request.content_type.startswith("multipart/"):
            form = await request.post()
            field = next((part for part in form.values() if isinstance(part, web.FileField)), None)
            content = field.file.read() if field else b""
        else:
            content = await request.read()
        if len(content) != upload.length:
            return web.Response(status=400, text=f"expected {upload.length} bytes, got {len(content)}")
        upload.content = content
        self._standin.changes.note()
        return web.Response(text=f"OK - {len(content)}")

    async def fetch(self, request: web.Request) -> web.Response:
        """Give a file's bytes to the bot, whose token must be there."""
        upload = self._standin.model.uploads.get(request.match_info["id"])
        if request.headers.get("Authorization") != f"Bearer {self._standin.tokens.bot}":
            return web.Response(status=403, text="not allowed")
        if upload is None or upload.content is None:
            return web.Response(status=404, text="not found")
        return web.Response(body=upload.content)
