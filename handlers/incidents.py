"""What people type in rooms: looked at as it arrives, told to its author alone, taken back when the message is gone."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial

import aiohttp
import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext, AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.deliveries import Delivery
from bot.domain.incidents import LOOKED_FIRST, Ending, Place
from bot.usecases import incidents, watching
from bot.usecases.incidents import Noticed
from bot.usecases.watching import Message, Watch
from handlers import typed
from handlers.cards import incidents as cards
from handlers.deps import Deps, actor_of
from handlers.middleware import who
from handlers.parsing import Click, Payload, first_word, is_said_in_channel
from handlers.replies import patiently

log = structlog.get_logger(__name__)

WORDS = ("hændelser", "hændelse", "hendelser", "hendelse", "hendingar", "händelser", "incidents")
"""After `/bindeled`, in every language."""
TYPED = frozenset({None, "thread_broadcast", "file_share", "me_message"})
"""What people write; every other subtype is a notice of Slack's own or the word of another app."""
NO_ANSWER = (SlackApiError, aiohttp.ClientError, TimeoutError, OSError)
GONE = frozenset({"thread_not_found", "message_not_found"})


def register(app: AsyncApp, deps: Deps) -> None:
    """Listen for what is typed, for the author's answers, and for who reads the record."""
    app.event("message", matchers=[_in_channel])(partial(told, deps))
    app.action("incident.gone")(partial(said_gone, deps))
    app.action("incident.false_alarm")(partial(said_false_alarm, deps))
    app.command("/bindeled", matchers=[first_word(*WORDS)])(partial(commanded, deps))


async def told(deps: Deps, body: Payload, client: AsyncWebClient) -> None:
    """A message was typed, edited or deleted.

    Looking and writing down take milliseconds and come before the ack: what a crash cuts off Slack sends again.
    Whatever asks something of Slack comes after it; only of a person the directory does not know is Slack asked first.
    """
    if deps.watch is None:
        return
    event, key = body["event"], f"event:{body['event_id']}"
    deleted = deleted_in(event)
    if deleted is not None:
        await deps.run(incidents.settle, deleted, Ending.DELETED, workspace_id=deps.workspace_id, key=key)
        return
    message = message_in(event, deps.workspace_id)
    looked = await deps.run(watching.look, deps.watch, message, workspace_id=deps.workspace_id) if message else None
    if message is None or looked is None:
        return
    if not looked.found:
        if message.before is not None:
            await deps.run(incidents.settle, message.place, Ending.EDITED, workspace_id=deps.workspace_id, key=key)
        return
    noticed = await deps.run(incidents.notice, await who(deps, client, message.author), looked, key=key)
    if noticed is not None:
        deps.later(_tell(deps, noticed, message.place, message.author))


async def said_gone(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, respond: AsyncRespond) -> None:
    """*Jeg har slettet den*: believed, unless the message can be seen to stand there."""
    click, actor = Click.model_validate(body), actor_of(context)
    place = await deps.run(incidents.place_of, actor, matter_id=click.value)
    standing = await _stands(deps, place)
    view = await deps.run(incidents.gone, actor, matter_id=click.value, standing=standing, key=click.key)
    if body.get("container", {}).get("is_ephemeral"):
        deps.later(_replace(respond, cards.thanks(deps.reader_of(actor), view)))
    await ack()


async def said_false_alarm(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, respond: AsyncRespond
) -> None:
    """*Det var ikke en person eller et nummer*: it is over."""
    click, actor = Click.model_validate(body), actor_of(context)
    view = await deps.run(incidents.false_alarm, actor, matter_id=click.value, key=click.key)
    if body.get("container", {}).get("is_ephemeral"):
        deps.later(_replace(respond, cards.thanks(deps.reader_of(actor), view)))
    await ack()


async def commanded(deps: Deps, ack: AsyncAck, context: AsyncBoltContext) -> None:
    """`/bindeled hændelser`: the record of the coordinator's own agency, to her alone; that she looked is audited."""
    actor = actor_of(context)
    card = cards.record(deps.reader_of(actor), await deps.run(incidents.record, actor))
    deps.later(deps.run(incidents.note_look, actor))
    await ack(text=card.text, blocks=list(card.blocks), response_type="ephemeral")


async def look_first(deps: Deps, claimed: Sequence[Delivery]) -> None:
    """Before somebody is reminded: does the message still stand there? It may have gone while the bot was away."""
    ids = {str(delivery.matter_id) for delivery in claimed if delivery.rung in LOOKED_FIRST}
    if ids and deps.watch is not None:
        places = await deps.run(incidents.watched, workspace_id=deps.workspace_id, matter_ids=ids)
        await _look(deps, deps.watch, places)


async def look_again(deps: Deps) -> None:
    """At the start and every hour: what went while nobody listened gets its thank-you, too."""
    if deps.watch is not None:
        await _look(deps, deps.watch, await deps.run(incidents.watched, workspace_id=deps.workspace_id))


async def _look(deps: Deps, watch: Watch, places: Sequence[Place]) -> None:
    for place in places:
        message = await _read(deps, place)
        if message is None:
            continue
        ending = await _ending(deps, watch, place, message)
        if ending is not None:
            await deps.run(incidents.settle, place, ending, workspace_id=deps.workspace_id)


async def _stands(deps: Deps, place: Place) -> bool:
    """Whether a message can be seen to stand there with what must not; where it cannot be looked, its author knows."""
    message = await _read(deps, place) if deps.watch is not None else None
    return message is not None and deps.watch is not None and await _ending(deps, deps.watch, place, message) is None


async def _ending(deps: Deps, watch: Watch, place: Place, message: Payload) -> Ending | None:
    """How it ended with a message as it is now (empty where it is gone); None where it stands there as it did."""
    if not message or message.get("subtype") == "tombstone":
        return Ending.DELETED
    now = Message(place, str(message.get("user", "")), typed.said(message))
    looked = await deps.run(watching.look, watch, now, workspace_id=deps.workspace_id)
    return Ending.EDITED if looked is not None and not looked.found else None


async def _read(deps: Deps, place: Place) -> Payload | None:
    """The message at a place now, empty where it is gone; None where Slack does not let us look, or cannot answer."""
    at, channel, client = place.message_ts, place.channel, deps.client
    try:
        if place.thread_ts:
            answer = await client.conversations_replies(
                channel=channel, ts=place.thread_ts, oldest=at, latest=at, inclusive=True, limit=10
            )
        else:
            answer = await client.conversations_history(channel=channel, oldest=at, latest=at, inclusive=True, limit=1)
    except NO_ANSWER as error:
        code = _code(error)
        if code in GONE:
            return {}
        log.warning("incident.not_looked", error=code)
        return None
    messages: list[Payload] = answer["messages"]
    return next((m for m in messages if m["ts"] == place.message_ts), {})


def _code(error: Exception) -> str:
    """Slack's word for what is wrong; where it gave none, what kind of trouble it was."""
    said = error.response.data if isinstance(error, SlackApiError) else None
    return str(said.get("error")) if isinstance(said, dict) else type(error).__name__


async def _tell(deps: Deps, noticed: Noticed, place: Place, author: str) -> None:
    """The author alone reads it in the thread; then Slack is asked who else could read the message, and its address."""
    card = cards.whisper(deps.reader(noticed.language, noticed.country), noticed)
    try:
        await patiently(
            partial(
                deps.client.chat_postEphemeral,
                channel=place.channel, user=author, text=card.text, blocks=list(card.blocks), thread_ts=place.thread_ts,
            )
        )  # fmt: skip
    except NO_ANSWER as error:  # the direct message comes all the same
        log.warning("incident.not_whispered", error=_code(error))
    if noticed.matter_id is not None:
        readers, permalink = await asyncio.gather(_readers(deps, place.channel), _permalink(deps, place))
        await deps.run(incidents.learn, noticed.matter_id, readers=readers, permalink=permalink)


async def _readers(deps: Deps, channel: str) -> int | None:
    try:
        answer = await deps.client.conversations_info(channel=channel, include_num_members=True)
    except NO_ANSWER:
        return None
    members = answer["channel"].get("num_members")
    return max(0, int(members) - 1) if members is not None else None  # the bot is a member, too


async def _permalink(deps: Deps, place: Place) -> str | None:
    try:
        found = await deps.client.chat_getPermalink(channel=place.channel, message_ts=place.message_ts)
    except NO_ANSWER:
        return None
    return str(found["permalink"])


async def _replace(respond: AsyncRespond, card: cards.Card) -> None:
    await respond(text=card.text, blocks=list(card.blocks), response_type="ephemeral", replace_original=True)


async def _in_channel(body: Payload) -> bool:
    return is_said_in_channel(body)


def message_in(event: Payload, home: str) -> Message | None:
    """What a person typed, new or edited; None for the bot's own words, other apps', and Slack's notices.

    `home` is the workspace the bot belongs to.
    """
    message, before = event, None
    if event.get("subtype") == "message_changed":
        message, before = event["message"], typed.said(event.get("previous_message") or {})
        if before == typed.said(message):  # a preview was unfolded, a reply was counted
            return None
    if message.get("subtype") not in TYPED or message.get("bot_id") or not message.get("user"):
        return None
    return Message(
        Place(str(event["channel"]), str(message["ts"]), _thread(message)),
        str(message["user"]),
        typed.said(message),
        before,
        elsewhere=message.get("user_team", home) != home,
    )


def deleted_in(event: Payload) -> Place | None:
    """The message that was deleted, if that is what happened. The first of a thread leaves a tombstone behind."""
    if event.get("subtype") == "message_deleted":
        return Place(str(event["channel"]), str(event["deleted_ts"]))
    if event.get("subtype") == "message_changed" and event["message"].get("subtype") == "tombstone":
        return Place(str(event["channel"]), str(event["message"]["ts"]))
    return None


def _thread(message: Payload) -> str | None:
    thread_ts = message.get("thread_ts")
    return str(thread_ts) if thread_ts and thread_ts != message["ts"] else None
