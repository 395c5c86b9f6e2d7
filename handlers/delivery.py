"""The only module that posts on its own account: takes what is due, checks, writes, sends, reports back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from http import HTTPStatus
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.deliveries import STEPS, Delivery, DeliveryKind, Sent, ToSend
from bot.usecases import delivery as usecase
from handlers import channel_steps
from handlers.cards import closing as closing_cards
from handlers.cards import letters
from handlers.cards.parts import Reader
from handlers.deps import Deps
from handlers.reports import Noted, Reports
from handlers.under_way import UnderWay

log = structlog.get_logger(__name__)

BATCH = 20
MOST_UNDER_WAY = 40
"""So many messages at most wait for Slack's answer at one time."""
EVENT_TYPE = "bindeled_delivery"
"""Name of our message metadata; its payload is an opaque id and nothing else."""
LOOK_BACK = 50
"""Messages of a conversation that are searched for one that may have been sent."""

PASSING = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
"""Slack's words for a trouble of its own."""


GONE = frozenset({"message_not_found", "file_not_found", "file_deleted", "channel_not_found"})
"""Slack's words for what nobody can see any more."""


async def nothing_first(_claimed: Sequence[Delivery]) -> None:
    """Nothing is to be done before what was claimed is sent."""


@dataclass(frozen=True, slots=True)
class Postman:
    """Delivers what is due, over a client that never retries by itself.

    Within one process one round at a time: whoever asks while another round goes on returns when that is over, too.
    """

    deps: Deps
    noted: Noted
    look_first: Callable[[Sequence[Delivery]], Awaitable[None]] = nothing_first
    """Asked about what was claimed: what turns out to be settled is not sent."""
    lease: timedelta = usecase.LEASE
    """How long it may keep what it took; past it another process may have it."""
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    reports: Reports = field(init=False)

    def __post_init__(self) -> None:
        """Reports go the way of every use case."""
        object.__setattr__(self, "reports", Reports(self.deps.run))

    async def deliver_due(self) -> int:
        """Send everything that is due at this moment; says how many deliveries were decided."""
        async with self.turn:
            if not await self.deps.run(usecase.is_anything, workspace_id=self.deps.workspace_id):
                return 0
            await self._look_up()
            async with UnderWay() as under_way:
                return await self._send_all(under_way)

    async def _send_all(self, under_way: UnderWay) -> int:
        """Take and send until nothing is due and nothing under way: a slow answer holds up nobody else."""
        decided = 0
        while True:
            claimed = await self.deps.run(
                usecase.claim, workspace_id=self.deps.workspace_id, limit=BATCH, lease=self.lease
            )
            decided += len(claimed)
            if claimed:
                await self.look_first(claimed)
                ids = [item.id for item in claimed]
                for to_send in await self.deps.run(usecase.begin_all, ids, lease=self.lease):
                    under_way.add(self.reports.expected(self._deliver(to_send)))
                await under_way.until_no_more_than(MOST_UNDER_WAY - BATCH)
            elif under_way:
                await under_way.for_a_moment()
            else:
                return decided

    async def _deliver(self, to_send: ToSend) -> None:
        delivery = to_send.delivery
        try:
            sent = await (self._step(to_send) if delivery.kind in STEPS else self._send(to_send))
        except SlackApiError as error:
            await self._refused(delivery, error)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            log.warning("delivery.unknown", delivery=delivery.id, error=type(error).__name__)
            await self.reports.write(partial(usecase.report_unknown, delivery_id=delivery.id))
            self.noted.outcome(delivery.kind, "unknown")
        except Exception as error:
            # A card that cannot be written would fail for ever: it is parked where a coordinator sees it, and logged.
            log.exception("delivery.unwritable", delivery=delivery.id)
            reason = f"unwritable:{type(error).__name__}"
            await self.reports.write(partial(usecase.report_refused, delivery_id=delivery.id, reason=reason))
            self.noted.outcome(delivery.kind, "parked")
        else:
            delay = await self.reports.write(partial(usecase.report_sent, delivery_id=delivery.id, sent=sent))
            self.noted.sent(delivery.kind, delay=delay)

    async def _send(self, item: ToSend) -> Sent:
        client = self.deps.client
        post_to = item.post_to or await self._find_person(item)
        if item.delivery.kind is DeliveryKind.FILE:
            return await self._send_file(item, post_to)
        if item.delivery.kind is DeliveryKind.REMOVAL:
            return await self._take_away(item, post_to)
        card = letters.card(self._reader(item), item)
        message: dict[str, Any] = {
            "text": card.text,
            "blocks": list(card.blocks),
            "metadata": {"event_type": EVENT_TYPE, "event_payload": {"id": (item.original or item.delivery).id}},
        }
        if item.edit_ts:
            await client.chat_update(channel=post_to, ts=item.edit_ts, **message)
            return Sent(post_to, item.edit_ts)
        if item.delivery.kind is DeliveryKind.MENTION and not item.case.case.own_channel:
            message["thread_ts"] = item.case.case.thread_ts
        answer = await client.chat_postMessage(channel=post_to, unfurl_links=False, **message)
        channel, ts = str(answer["channel"]), str(answer["ts"])
        if item.delivery.kind is not DeliveryKind.HEADLINE:
            return Sent(channel, ts)
        return Sent(channel, ts, await _permalink(client, channel, ts))

    async def _step(self, item: ToSend) -> Sent:
        """Something is done about the channel of a case, perhaps about one person in it."""
        slack_id = item.post_to or await self._find_person(item) if item.recipient else ""
        return await channel_steps.take(self.deps.client, item, str(slack_id))

    async def _send_file(self, item: ToSend, post_to: str) -> Sent:
        """A file into the direct message with its reader; what Slack calls it stands in the place of a message's `ts`."""
        client = self.deps.client
        name, content = closing_cards.file(self._reader(item), item.export)
        channel = str((await client.conversations_open(users=post_to))["channel"]["id"])
        answer = await client.files_upload_v2(
            channel=channel, filename=name, title=name, content=content,
            initial_comment=self._reader(item).texts.md("export.message"),
        )  # fmt: skip
        return Sent(channel, str(answer["files"][0]["id"]))

    async def _take_away(self, item: ToSend, channel: str) -> Sent:
        """A message or a file is deleted; one that is gone already has been."""
        client, ts = self.deps.client, str(item.edit_ts)
        try:
            if item.original is not None and item.original.kind is DeliveryKind.FILE:
                await client.files_delete(file=ts)
            else:
                await client.chat_delete(channel=channel, ts=ts)
        except SlackApiError as error:
            if _code(error) not in GONE:
                raise
        return Sent(channel, ts)

    def _reader(self, item: ToSend) -> Reader:
        deps = self.deps
        return deps.reader(item.language or deps.language, item.country or deps.country)

    async def _find_person(self, item: ToSend) -> str:
        """The Slack id behind a work e-mail; Slack's `users_not_found` parks the delivery for a coordinator to see."""
        recipient = item.recipient
        if recipient is None:
            message = "a delivery without a channel has a recipient"
            raise ValueError(message)
        found = await self.deps.client.users_lookupByEmail(email=recipient.email)
        slack_id = str(found["user"]["id"])
        await self.deps.run(usecase.know_slack_id, recipient, slack_id=slack_id)
        return slack_id

    async def _refused(self, delivery: Delivery, error: SlackApiError) -> None:
        code = _code(error)
        if _too_many(error):
            wait = timedelta(seconds=int(error.response.headers.get("Retry-After", "1")))
            await self.reports.write(partial(usecase.report_later, delivery_id=delivery.id, wait=wait))
            self.noted.outcome(delivery.kind, "later")
        elif _passing(error):
            log.warning("delivery.unknown", delivery=delivery.id, error=code or error.response.status_code)
            await self.reports.write(partial(usecase.report_unknown, delivery_id=delivery.id))
            self.noted.outcome(delivery.kind, "unknown")
        else:
            log.warning("delivery.parked", delivery=delivery.id, error=code)
            await self.reports.write(partial(usecase.report_refused, delivery_id=delivery.id, reason=code))
            self.noted.outcome(delivery.kind, "parked")

    async def _look_up(self) -> None:
        """Of what nobody knows whether Slack took it: find it, or send it once more."""
        while unknown := await self.deps.run(
            usecase.to_look_up, workspace_id=self.deps.workspace_id, limit=BATCH, lease=self.lease
        ):
            looks = (self._look_for(delivery, to_send) for delivery, to_send in unknown)
            await asyncio.gather(*(self.reports.expected(look) for look in looks))

    async def _look_for(self, delivery: Delivery, to_send: ToSend | None) -> None:
        try:
            hidden = delivery.kind is DeliveryKind.MENTION or delivery.kind in STEPS  # no history shows them
            seen = None if hidden else to_send
            found, looked = await self._find(delivery, seen) if seen and not seen.edit_ts else (None, True)
        except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError) as error:
            # Whoever could not look does not know: sending again now might send twice.
            log.warning("delivery.lookup_failed", delivery=delivery.id, error=type(error).__name__)
            await self.reports.write(partial(usecase.report_not_looked, delivery_id=delivery.id))
            return
        if found is None:
            await self.reports.write(partial(usecase.report_not_found, delivery_id=delivery.id, looked=looked))
        else:
            await self.reports.write(partial(usecase.report_sent, delivery_id=delivery.id, sent=found))

    async def _find(self, delivery: Delivery, item: ToSend) -> tuple[Sent | None, bool]:
        """The message that may have been sent, found by its opaque id, or None; and whether we could look.

        We could not where Slack refuses the look for good; raises where the look itself failed.
        """
        client = self.deps.client
        try:
            channel = item.post_to or await self._find_person(item)
            if delivery.kind is not DeliveryKind.HEADLINE:
                channel = str((await client.conversations_open(users=channel))["channel"]["id"])
            history = await client.conversations_history(channel=channel, include_all_metadata=True, limit=LOOK_BACK)
            for message in history["messages"]:
                if message.get("metadata", {}).get("event_payload", {}).get("id") == delivery.id:
                    ts = str(message["ts"])
                    headline = delivery.kind is DeliveryKind.HEADLINE
                    return Sent(channel, ts, await _permalink(client, channel, ts) if headline else None), True
        except SlackApiError as error:
            if _passing(error):
                raise
            log.warning("delivery.lookup_refused", delivery=delivery.id, error=_code(error))
            return None, False
        return None, True


def _code(error: SlackApiError) -> str:
    """Slack's word for what is wrong; empty where the answer was no answer of the Web API's."""
    return str(error.response.data.get("error", "")) if isinstance(error.response.data, dict) else ""


def _too_many(error: SlackApiError) -> bool:
    return _code(error) == "ratelimited" or error.response.status_code == HTTPStatus.TOO_MANY_REQUESTS


def _passing(error: SlackApiError) -> bool:
    """Whether the same call may well succeed a little later."""
    return _too_many(error) or error.response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR or _code(error) in PASSING


async def _permalink(client: AsyncWebClient, channel: str, ts: str) -> str | None:
    try:
        return str((await client.chat_getPermalink(channel=channel, message_ts=ts))["permalink"])
    except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError) as error:
        # The headline stands; only the link to it is missing from what is sent about it.
        log.warning("delivery.no_permalink", error=type(error).__name__)
        return None
