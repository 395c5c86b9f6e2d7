"""The only module that posts on its own account: takes what is due, checks, writes, sends, reports back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.deliveries import Delivery, DeliveryKind, ToSend
from bot.domain.handovers import HandoverView
from bot.domain.matters import MatterKind
from bot.usecases import delivery as usecase
from bot.usecases.delivery import Sent
from handlers.cards import absences as absence_cards
from handlers.cards import callbacks as callback_cards
from handlers.cards import cases as case_cards
from handlers.cards import closing as closing_cards
from handlers.cards import confirmations as confirmation_cards
from handlers.cards import corrections as correction_cards
from handlers.cards import deadlines as deadline_cards
from handlers.cards import digests as digest_cards
from handlers.cards import followups as followup_cards
from handlers.cards import handovers as handover_cards
from handlers.cards import incidents as incident_cards
from handlers.cards import memberships as membership_cards
from handlers.cards import setup as setup_cards
from handlers.cards import stuck as stuck_cards
from handlers.cards import upkeep as upkeep_cards
from handlers.cards.headline import headline, welcome
from handlers.cards.parts import Card, Reader
from handlers.deps import Deps
from handlers.reports import Noted, Reports

log = structlog.get_logger(__name__)

BATCH = 20
EVENT_TYPE = "bindeled_delivery"
"""Name of our message metadata; its payload is an opaque id and nothing else."""
LOOK_BACK = 50
"""Messages of a conversation that are searched for one that may have been sent."""

PASSING = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
"""Slack's words for a trouble of its own."""


GONE = frozenset({"message_not_found", "file_not_found", "file_deleted", "channel_not_found"})
"""Slack's words for what nobody can see any more."""

CARDS: Mapping[MatterKind, Callable[[Reader, ToSend], Card]] = {
    MatterKind.PARTICIPATION: case_cards.request,
    MatterKind.FOLLOWUP: followup_cards.nudge,
    MatterKind.SUBSTITUTION: absence_cards.message,
    MatterKind.CALLBACK: callback_cards.card,
    MatterKind.CORRECTION: correction_cards.nudge,
    MatterKind.UPKEEP: upkeep_cards.notice,
    MatterKind.DEADLINE: deadline_cards.nudge,
    MatterKind.HANDOVER: handover_cards.message,
    MatterKind.SUCCESSION: handover_cards.message,
    MatterKind.MEMBERSHIP: membership_cards.message,
    MatterKind.SETUP: setup_cards.welcome,
    MatterKind.CONFIRMATION: confirmation_cards.question,
    MatterKind.INCIDENT: incident_cards.message,
}
"""Who writes what is sent about a matter; a further kind of matter is a further line."""


async def nothing_first(_claimed: Sequence[Delivery]) -> None:
    """Nothing is to be done before what was claimed is sent."""


OWN_CARDS: Mapping[DeliveryKind, Callable[[Reader, ToSend], Card]] = {
    DeliveryKind.HEADLINE: lambda reader, item: headline(reader, item.case),
    DeliveryKind.HELLO: lambda reader, _item: setup_cards.hello(reader),
    DeliveryKind.FAREWELL: closing_cards.farewell,
    DeliveryKind.MENTION: stuck_cards.in_thread,
    DeliveryKind.DIGEST: lambda reader, item: digest_cards.morning(reader, item.digest),
}
"""Who writes what is no reminder of a matter."""


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
        decided = 0
        async with self.turn:
            await self._look_up()
            workspace_id = self.deps.workspace_id
            while claimed := await self.deps.run(
                usecase.claim, workspace_id=workspace_id, limit=BATCH, lease=self.lease
            ):
                await self.look_first(claimed)
                ids = [item.id for item in claimed]
                begun = await self.deps.run(usecase.begin_all, ids, lease=self.lease)
                await asyncio.gather(*(self._deliver(to_send) for to_send in begun))
                decided += len(claimed)
        return decided

    async def _deliver(self, to_send: ToSend) -> None:
        delivery = to_send.delivery
        try:
            sent = await self._send(to_send)
        except SlackApiError as error:
            await self._refused(delivery, error)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            log.warning("delivery.unknown", delivery=delivery.id, error=type(error).__name__)
            await self.deps.run(usecase.report_unknown, delivery.id)
            self.noted.outcome(delivery.kind, "unknown")
        except Exception as error:
            # A card that cannot be written would fail for ever: it is parked where a coordinator sees it, and logged.
            log.exception("delivery.unwritable", delivery=delivery.id)
            await self.deps.run(usecase.report_refused, delivery.id, reason=f"unwritable:{type(error).__name__}")
            self.noted.outcome(delivery.kind, "parked")
        else:
            delay = await self.reports.sent(delivery.id, sent)
            self.noted.sent(delivery.kind, delay=delay)

    async def _send(self, item: ToSend) -> Sent:
        post_to = item.post_to or await self._find_person(item)
        client = self.deps.client
        if item.delivery.kind is DeliveryKind.FILE:
            return await self._send_file(item, post_to)
        if item.delivery.kind is DeliveryKind.REMOVAL:
            return await self._take_away(item, post_to)
        card = self._card(item)
        message: dict[str, Any] = {
            "text": card.text,
            "blocks": list(card.blocks),
            "metadata": {"event_type": EVENT_TYPE, "event_payload": {"id": (item.original or item.delivery).id}},
        }
        if item.edit_ts:
            await client.chat_update(channel=post_to, ts=item.edit_ts, **message)
            return Sent(post_to, item.edit_ts)
        if item.delivery.kind is DeliveryKind.MENTION:
            message["thread_ts"] = item.case.case.thread_ts
        answer = await client.chat_postMessage(channel=post_to, unfurl_links=False, **message)
        channel, ts = str(answer["channel"]), str(answer["ts"])
        if item.delivery.kind is not DeliveryKind.HEADLINE:
            return Sent(channel, ts)
        return Sent(channel, ts, await _permalink(client, channel, ts))

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

    def _card(self, item: ToSend) -> Card:
        reader = self._reader(item)
        kind = (item.original or item.delivery).kind
        if kind in OWN_CARDS:
            return OWN_CARDS[kind](reader, item)
        if item.matter is None:
            return case_cards.receipt(reader, item.case)
        card = CARDS[item.matter.kind](reader, item)
        if item.recipient is not None and item.matter.has_joined(item.recipient.id):
            about = item.about
            card = welcome(reader, about.view if isinstance(about, HandoverView) else item.case, card)
        return absence_cards.instead_of(reader, item.instead_of, card) if item.instead_of else card

    async def _refused(self, delivery: Delivery, error: SlackApiError) -> None:
        code = _code(error)
        if _too_many(error):
            wait = timedelta(seconds=int(error.response.headers.get("Retry-After", "1")))
            await self.deps.run(usecase.report_later, delivery.id, wait=wait)
            self.noted.outcome(delivery.kind, "later")
        elif _passing(error):
            log.warning("delivery.unknown", delivery=delivery.id, error=code or error.response.status_code)
            await self.deps.run(usecase.report_unknown, delivery.id)
            self.noted.outcome(delivery.kind, "unknown")
        else:
            log.warning("delivery.parked", delivery=delivery.id, error=code)
            await self.deps.run(usecase.report_refused, delivery.id, reason=code)
            self.noted.outcome(delivery.kind, "parked")

    async def _look_up(self) -> None:
        """Of what nobody knows whether Slack took it: find it, or send it once more."""
        while unknown := await self.deps.run(
            usecase.to_look_up, workspace_id=self.deps.workspace_id, limit=BATCH, lease=self.lease
        ):
            await asyncio.gather(*(self._look_for(delivery, to_send) for delivery, to_send in unknown))

    async def _look_for(self, delivery: Delivery, to_send: ToSend | None) -> None:
        try:
            seen = to_send if delivery.kind is not DeliveryKind.MENTION else None  # no history shows a thread
            found = await self._find(delivery, seen) if seen and not seen.edit_ts else None
        except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError) as error:
            # Whoever could not look does not know: sending again now might send twice.
            log.warning("delivery.lookup_failed", delivery=delivery.id, error=type(error).__name__)
            await self.deps.run(usecase.report_not_looked, delivery.id)
            return
        if found is None:
            await self.deps.run(usecase.report_not_found, delivery.id)
        else:
            await self.deps.run(usecase.report_sent, delivery.id, found)

    async def _find(self, delivery: Delivery, item: ToSend) -> Sent | None:
        """The message that may have been sent, found by its opaque id; None where it is not there, or in a thread.

        None, too, where Slack refuses the look for good; raises where the look itself failed.
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
                    return Sent(channel, ts, await _permalink(client, channel, ts) if headline else None)
        except SlackApiError as error:
            if _passing(error):
                raise
            log.warning("delivery.lookup_refused", delivery=delivery.id, error=_code(error))
        return None


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
