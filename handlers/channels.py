"""A private channel for each case: the wish, the other side's answer, and the way back; what Slack says against it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.channels import Apart, Obstacle
from bot.domain.errors import Refused
from bot.domain.people import Actor, Contact
from bot.usecases import channels, intake
from bot.usecases.channels import Way
from handlers.cards import channels as cards
from handlers.cards.parts import Card, section
from handlers.deps import Deps, actor_of
from handlers.parsing import Click, Payload
from handlers.replies import in_window, reply


def register(app: AsyncApp, deps: Deps) -> None:
    """Listen for everything about private channels."""
    app.action("channel.wish")(partial(wished, deps))
    app.action("channel.accept")(partial(accepted, deps))
    app.action("channel.decline")(partial(declined, deps))
    app.action("channel.back")(partial(went_back, deps))


async def wished(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """*Ønsk en privat kanal til hver sag*: Slack is asked after the ack who sits where; then the other side is."""
    click, actor = Click.model_validate(body), actor_of(context)
    await deps.run(intake.take, actor, key=click.key)
    deps.later(_wish(deps, actor, click, body))
    await ack()


async def accepted(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient) -> None:
    """*Ja, privat kanal*: it holds for new cases, unless the room has been shared meanwhile."""
    click, actor = Click.model_validate(body), actor_of(context)
    room = await deps.run(channels.room_of, actor, matter_id=click.value)
    obstacle = Obstacle(Apart.SHARED) if await _is_shared(client, room.channel) else None
    await deps.run(channels.accept, actor, matter_id=click.value, obstacle=obstacle, key=click.key)
    await ack()


async def declined(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """*Nej, tråde*: nothing changes."""
    click = Click.model_validate(body)
    await deps.run(channels.decline, actor_of(context), matter_id=click.value, key=click.key)
    await ack()


async def went_back(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """*Tilbage til tråde*: new cases are threads again."""
    click, actor = Click.model_validate(body), actor_of(context)
    found = await deps.run(channels.back, actor, room_id=click.value, key=click.key)
    deps.later(_show(deps, actor, body, cards.way(deps.reader_of(actor), found)))
    await ack()


async def way_of(deps: Deps, client: AsyncWebClient, actor: Actor, room_id: str) -> Way:
    """How the cases of a room are kept, and what Slack says against private channels."""
    obstacle = await _obstacle(deps, client, actor, room_id)
    return await deps.run(channels.way, actor, room_id=room_id, obstacle=obstacle)


async def _wish(deps: Deps, actor: Actor, click: Click, body: Payload) -> None:
    reader = deps.reader_of(actor)
    try:
        obstacle = await _obstacle(deps, deps.client, actor, click.value)
        found = await deps.run(channels.wish, actor, room_id=click.value, obstacle=obstacle, key=f"wish:{click.key}")
        card = cards.way(reader, found)
    except Refused as refused:
        said = reader.texts.md(refused.key, **refused.values)
        card = Card(said, [section(said)])
    await _show(deps, actor, body, card)


async def _show(deps: Deps, actor: Actor, body: Payload, card: Card) -> None:
    """In the window she tapped in, where there is one; else to her alone."""
    view = body.get("view") or {}
    if view.get("type") == "modal":
        await in_window(deps, actor, view["id"], card)
    else:
        await reply(deps, body, card)


async def _obstacle(deps: Deps, client: AsyncWebClient, actor: Actor, room_id: str) -> Obstacle | None:
    """What Slack says against private channels: a room that is shared, or somebody of either side who sits elsewhere."""
    room, people = await deps.run(channels.people, actor, room_id=room_id)
    if await _is_shared(client, room.channel):
        return Obstacle(Apart.SHARED)
    here = await asyncio.gather(*(_is_here(client, one, deps.workspace_id) for one in people))
    elsewhere = [one for one, is_here in zip(people, here, strict=True) if not is_here]
    return Obstacle(Apart.PERSON, elsewhere[0].name) if elsewhere else None


async def _is_shared(client: AsyncWebClient, channel: str) -> bool:
    """Whether people of another organisation, or of another workspace of the same one, can be in a channel."""
    try:
        info: Payload = (await client.conversations_info(channel=channel))["channel"]
    except SlackApiError:
        return True  # what cannot be seen is not taken for granted
    return any(info.get(flag) for flag in ("is_ext_shared", "is_pending_ext_shared", "is_org_shared"))


async def _is_here(client: AsyncWebClient, contact: Contact, workspace_id: str) -> bool:
    """Whether somebody sits in this workspace and can be in more than one of its channels."""
    try:
        user: Payload = (await client.users_info(user=str(contact.slack_id)))["user"]
    except SlackApiError:
        return False
    teams: Sequence[str] = (user.get("enterprise_user") or {}).get("teams") or [str(user.get("team_id"))]
    return workspace_id in teams and not user.get("is_stranger") and not user.get("is_ultra_restricted")
