"""HTTP mode: events, commands and interactions are posted, signed, to one request URL."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import json
import secrets
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import aiohttp

from bot.sandbox.clock import real_seconds
from bot.sandbox.socket.envelopes import BAD_STATUS, TIMEOUT, UNREACHABLE, WIRE_KIND, Envelope, Receipt

if TYPE_CHECKING:
    from bot.sandbox.faults import Faults
    from bot.sandbox.manners import Manners
    from bot.sandbox.tokens import Tokens
    from bot.sandbox.wire import Wire

MS = 1000.0
GOOD = range(200, 300)
FORM = "application/x-www-form-urlencoded"
VERIFY_EVERY_SECONDS = 0.5


def signed(secret: str, body: str, *, now: int) -> dict[str, str]:
    """The two headers by which the bot knows that Slack speaks: `v0=` HMAC-SHA256 of `v0:time:body`."""
    digest = hmac.new(secret.encode(), f"v0:{now}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(now), "X-Slack-Signature": f"v0={digest}"}


def encoded(envelope: Envelope) -> tuple[str, str]:
    """Body and content type as Slack posts them: JSON for events, forms for the rest."""
    if envelope.kind == "events_api":
        return json.dumps(envelope.payload), "application/json"
    if envelope.kind == "slash_commands":
        return urlencode(envelope.payload), FORM
    return urlencode({"payload": json.dumps(envelope.payload)}), FORM


class RequestUrl:
    """The posting side of the stand-in."""

    def __init__(self, url: str, tokens: Tokens, wire: Wire, faults: Faults, manners: Manners) -> None:
        self._url = url
        self._tokens = tokens
        self._wire = wire
        self._faults = faults
        self._manners = manners
        self._session: aiohttp.ClientSession | None = None
        self._verifying: asyncio.Task[None] | None = None
        self._verified = False

    @property
    def connected(self) -> bool:
        """Whether the request URL was reached the last time."""
        return self._verified

    def start(self) -> None:
        """Begin to ask the request URL for Slack's challenge until it answers."""
        self._session = aiohttp.ClientSession()
        self._verifying = asyncio.create_task(self._verify())

    async def _verify(self) -> None:
        challenge = secrets.token_urlsafe(24)
        body = {"type": "url_verification", "token": self._tokens.verification, "challenge": challenge}
        probe = Envelope("events_api", "url_verification", body)
        while not self._verified:
            with contextlib.suppress(aiohttp.ClientError, TimeoutError):
                status, text, _ = await self._post(probe)
                self._verified = status in GOOD and challenge in text
                self._wire.note("out", "event", "url_verification", body=body, status=status)
            await asyncio.sleep(VERIFY_EVERY_SECONDS)

    async def carry(self, envelope: Envelope) -> Receipt:
        """Post an envelope and read the acknowledgement from the answer."""
        began = time.perf_counter()
        if slow := self._faults.strike_named(("slow",), envelope.kind, envelope.name):
            await asyncio.sleep(slow.delay_ms / MS)
        self._wire.note("out", WIRE_KIND[envelope.kind], envelope.name, body=envelope.payload)
        if self._faults.strike(("drop",), envelope.kind, envelope.name):
            return Receipt(acked=False, error=UNREACHABLE)
        try:
            posts = [self._post(envelope)]
            if self._faults.strike(("twice",), envelope.kind, envelope.name):
                posts.append(self._post(envelope))
            (status, text, headers), *_ = await asyncio.gather(*posts)
        except TimeoutError:
            return Receipt(acked=False, ms=_since(began), error=TIMEOUT)
        except aiohttp.ClientError:
            self._verified = False
            return Receipt(acked=False, ms=_since(began), error=UNREACHABLE)
        self._verified = True
        ack = _body(text)
        self._wire.note("in", "ack", envelope.name, body=ack, status=status)
        if status not in GOOD:
            no_retry = headers.get("X-Slack-No-Retry") == "1"
            return Receipt(acked=False, ms=_since(began), error=BAD_STATUS, no_retry=no_retry)
        return Receipt(acked=True, ack=ack if envelope.wants_answer else None, ms=_since(began))

    async def _post(self, envelope: Envelope) -> tuple[int, str, dict[str, str]]:
        assert self._session is not None  # noqa: S101 - start() came first
        body, content_type = encoded(envelope)
        headers = {"Content-Type": content_type, "User-Agent": "Slackbot 1.0 (sandbox)"}
        if envelope.retry:
            headers |= {"X-Slack-Retry-Num": str(envelope.retry), "X-Slack-Retry-Reason": envelope.retry_reason}
        headers |= signed(self._tokens.signing_secret, body, now=real_seconds())
        timeout = aiohttp.ClientTimeout(total=self._manners.ack_seconds)
        async with self._session.post(self._url, data=body.encode(), headers=headers, timeout=timeout) as answer:
            return answer.status, await answer.text(), {k.title(): v for k, v in answer.headers.items()}

    async def drop(self) -> int:
        """There is no standing connection to cut."""
        return 0

    async def close(self) -> None:
        """Let go of the HTTP session."""
        if self._verifying is not None:
            self._verifying.cancel()
        if self._session is not None:
            await self._session.close()


def _body(text: str) -> Any:  # noqa: ANN401 - the bot may answer any JSON, plain text or nothing
    if not text.strip():
        return None
    try:
        return json.loads(text)
    except ValueError:
        return text


def _since(began: float) -> float:
    return round((time.perf_counter() - began) * MS, 3)
