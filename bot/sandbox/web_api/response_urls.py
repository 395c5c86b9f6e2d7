"""Answers to one interaction through its `response_url`: five within thirty minutes, checked like any message."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from aiohttp import web

from bot.sandbox import happenings, posting
from bot.sandbox.errors import RefusedError
from bot.sandbox.model import messages
from bot.sandbox.payloads.objects import message_object

if TYPE_CHECKING:
    from bot.sandbox.jsons import Json
    from bot.sandbox.model.things import Message, ResponseUrl
    from bot.sandbox.standin import Standin

GONE, BAD = 404, 400


def _object(body: object) -> Json:
    if not isinstance(body, dict):
        raise RefusedError("invalid_payload")
    return body


class ResponseUrls:
    """The endpoint of all response addresses."""

    def __init__(self, standin: Standin) -> None:
        self._standin = standin

    async def handle(self, request: web.Request) -> web.Response:
        """One answer by the bot."""
        try:
            body = json.loads(await request.text())
        except ValueError:
            body = None
        try:
            url = self._usable(request.match_info["id"])
            self._answer(url, _object(body))
            url.uses += 1
        except RefusedError as refused:
            status = GONE if refused.code in {"expired_url", "used_url"} else BAD
            self._note(body, status, refused.as_answer())
            return web.json_response(refused.as_answer(), status=status)
        self._note(body, 200, "ok")
        return web.Response(text="ok")

    def _note(self, body: object, status: int, answer: object) -> None:
        self._standin.wire.note("in", "response_url", "response_url", body=body, status=status, answer=answer)

    def _usable(self, url_id: str) -> ResponseUrl:
        manners, now = self._standin.manners, self._standin.clock.now().timestamp()
        url = self._standin.model.response_urls.get(url_id)
        if url is None or now - url.made > manners.response_url_seconds:
            raise RefusedError("expired_url")
        if url.uses >= manners.response_url_uses:
            raise RefusedError("used_url")
        return url

    def _answer(self, url: ResponseUrl, body: Json) -> None:
        model = self._standin.model
        channel = model.channels[url.channel]
        original = model.message(channel.id, url.message) if url.message else None
        if body.get("delete_original"):
            self._delete(original)
            return
        posting.check_content(body)
        if body.get("replace_original") and original is not None:
            self._replace(original, body)
            return
        in_channel = body.get("response_type") == "in_channel"
        thread_ts = body.get("thread_ts") or None
        reader = None if in_channel else url.user
        posting.post_as_bot(self._standin, channel, body, thread_ts=thread_ts, ephemeral_to=reader)

    def _delete(self, original: Message | None) -> None:
        if original is None or not original.by_bot:
            raise RefusedError("message_not_found")
        before = message_object(self._standin.model, original)
        tombstone = messages.delete(self._standin.model, original)
        (happenings.changed if tombstone else happenings.deleted)(self._standin, original, before)

    def _replace(self, original: Message, body: Json) -> None:
        if not original.by_bot:
            raise RefusedError("cant_update_message")
        before = message_object(self._standin.model, original)
        # An answer stands for the whole message: what it does not carry is gone.
        posting.apply_content(original, {"text": "", "blocks": [], "attachments": []} | body)
        messages.edit(self._standin.model, original, self._standin.model.bot)
        happenings.changed(self._standin, original, before)
