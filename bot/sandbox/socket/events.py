"""The Events API: who is told what, in which envelope, and how often again."""

from __future__ import annotations

import asyncio
import dataclasses
import secrets
from typing import TYPE_CHECKING

from bot.sandbox.scopes import KIND_ROOTS, SCOPE_FOR_EVENT
from bot.sandbox.socket.envelopes import BAD_STATUS, TIMEOUT, Envelope, Receipt

if TYPE_CHECKING:
    from bot.sandbox.clock import Clock
    from bot.sandbox.jsons import Json
    from bot.sandbox.manifest import Manifest
    from bot.sandbox.manners import Manners
    from bot.sandbox.model.store import Model
    from bot.sandbox.model.things import Channel
    from bot.sandbox.socket.envelopes import Transport
    from bot.sandbox.tokens import Tokens

RETRY_REASON = {TIMEOUT: "timeout", BAD_STATUS: "http_error"}


class Events:
    """Sends events, and again those that were not acknowledged."""

    def __init__(
        self,
        model: Model,
        tokens: Tokens,
        transport: Transport,
        manifest: Manifest | None,
        manners: Manners,
    ) -> None:
        self._model = model
        self._tokens = tokens
        self._transport = transport
        self._manifest = manifest
        self._manners = manners
        self._running: set[asyncio.Task[None]] = set()

    def subscribed(self, subscription: str, channel: Channel | None = None) -> bool:
        """Whether the app asked for this kind of event and has the scope for it. Without a manifest: everything."""
        if self._manifest is None:
            return True
        if subscription not in self._manifest.events:
            return False
        needed = SCOPE_FOR_EVENT.get(subscription, frozenset())
        if channel is not None:
            root = KIND_ROOTS[channel.conversation_type]
            needed = frozenset(scope for scope in needed if scope.startswith(f"{root}:")) or needed
        return not needed or bool(needed & self._manifest.scopes)

    def send(self, subscription: str, event: Json, channel: Channel | None = None) -> asyncio.Future[Receipt] | None:
        """Send an event now and, where it stays unacknowledged, again. The future is the first attempt's receipt."""
        if not self.subscribed(subscription, channel):
            return None
        first: asyncio.Future[Receipt] = asyncio.get_running_loop().create_future()
        envelope = Envelope("events_api", event["type"], self._wrapped(event, channel))
        task = asyncio.create_task(self._deliver(envelope, first))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return first

    async def _deliver(self, envelope: Envelope, first: asyncio.Future[Receipt]) -> None:
        receipt = await self._transport.carry(envelope)
        if not first.done():
            first.set_result(receipt)
        for attempt, wait in enumerate(self._manners.event_retries, start=1):
            if receipt.acked or receipt.no_retry:
                return
            await self._sleep(wait)
            reason = RETRY_REASON.get(receipt.error or "", "connection_failed")
            again = dataclasses.replace(envelope, retry=attempt, retry_reason=reason, id=secrets.token_hex(16))
            receipt = await self._transport.carry(again)

    async def _sleep(self, seconds: float) -> None:
        """Wait on the stand-in's clock, which somebody may move forward meanwhile."""
        clock: Clock = self._model.clock
        until = clock.now().timestamp() + seconds
        while (left := until - clock.now().timestamp()) > 0:  # noqa: ASYNC110 - the clock that moves tells nobody
            await asyncio.sleep(min(left, self._manners.retry_glance_seconds))

    def _wrapped(self, event: Json, channel: Channel | None) -> Json:
        model = self._model
        home = model.home_team.id
        wrapped: Json = {
            "token": self._tokens.verification,
            "team_id": home,
            "context_team_id": home,
            "context_enterprise_id": None,
            "api_app_id": model.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": f"Ev{secrets.token_hex(5).upper()}",
            "event_time": int(float(event.get("event_ts") or model.seconds())),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": home,
                    "user_id": model.bot.id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": bool(channel and channel.is_ext_shared),
            "event_context": f"4-{secrets.token_urlsafe(40)}",
        }
        return wrapped

    async def close(self) -> None:
        """Forget what would still be repeated."""
        for task in list(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
