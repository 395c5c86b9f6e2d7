"""Choosing a room: `/bindeled rum` and *Vælg rum*; the bot joins or makes the channel and says who can read it."""

from __future__ import annotations

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.directory_files.tables import slug
from bot.domain.errors import BadInput, NotAllowed, Refused
from bot.domain.people import Actor
from bot.usecases import intake, rooms
from bot.usecases.channels import Way
from handlers import channels
from handlers.cards import help as help_cards
from handlers.cards import rooms as cards
from handlers.cards.parts import Card, section
from handlers.deps import Deps, actor_of
from handlers.forms.cases import RoomForm
from handlers.middleware import who
from handlers.parsing import Click, Payload, first_word
from handlers.replies import in_window

WORDS = ("rum", "rom", "room")
"""After `/bindeled`, in every language."""
TRIES = 5
"""Names that are tried for a new channel before a person has to choose one."""
NEW_NAME = "samarbejde"
PAGES, PAGE = 5, 200
MOST_ASKED_FOR = 50
"""Readers of a room whom the bot looks up one by one (Slack: about a hundred such questions a minute)."""
ERRORS = {
    "channel_not_found": "room.error.not_member",
    "method_not_supported_for_channel_type": "room.error.not_member",
    "is_archived": "room.error.archived",
    "name_taken": "room.error.name_taken",
}


def register(app: AsyncApp, deps: Deps) -> None:
    """Listen for everything about rooms."""
    app.command("/bindeled", matchers=[first_word(*WORDS)])(partial(commanded, deps))
    app.action("room.choose")(partial(asked_to_choose, deps))
    app.action("room.set_up")(partial(commanded, deps))
    app.view("room.choose")(partial(chosen, deps))


async def commanded(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """`/bindeled rum`, or *Opret et rum* in Home: the form, for coordinators."""
    await _show_form(deps, actor_of(context), client, "", body["trigger_id"])
    await ack()


async def asked_to_choose(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """*Vælg rum*: the form for the case that waits."""
    click = Click.model_validate(body)
    await _show_form(deps, actor_of(context), client, click.value, click.trigger_id)
    await ack()


async def _show_form(deps: Deps, actor: Actor, client: AsyncWebClient, matter_id: str, trigger_id: str) -> None:
    found = await deps.run(rooms.prepare, actor, matter_id=matter_id)
    await client.views_open(trigger_id=trigger_id, view=cards.room_form(deps.reader_of(actor), found))


async def chosen(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """The form was sent: what has to be asked of Slack is asked after the ack, then the window says what came of it."""
    form, actor = RoomForm.from_view(body["view"]), actor_of(context)
    name, now = await deps.run(rooms.check, actor, municipality=form.municipality)
    form = form.model_copy(update={"channel": form.channel or now})  # without a choice the room stays the one it is
    await deps.run(intake.take, actor, key=form.key)
    reader = deps.reader_of(actor)
    await ack(response_action="update", view=help_cards.told(reader, cards.working(reader)))
    bot_id = context.bot_user_id or ""
    deps.later(_set_up(deps, actor, form, name=name, view_id=body["view"]["id"], bot_id=bot_id))


async def _set_up(deps: Deps, actor: Actor, form: RoomForm, *, name: str, view_id: str, bot_id: str) -> None:
    reader = deps.reader_of(actor)
    try:
        channel, is_shared = await _channel(deps.client, form.channel, name=name, slack_id=actor.slack_id)
        members = [one for one in await _members(deps.client, channel) if one != bot_id]
        for slack_id in members[:MOST_ASKED_FOR]:  # who is known by e-mail alone is recognised first
            await who(deps, deps.client, slack_id)
        found = await deps.run(
            rooms.choose, actor, municipality=form.municipality, channel=channel, members=members,
            is_shared=is_shared, key=f"room:{form.key}",
        )  # fmt: skip
        card = cards.chosen(reader, found, await _way(deps, actor, found.room.id))
    except Refused as refused:
        said = reader.texts.md(refused.key, **refused.values)
        card = Card(said, [section(said)])
    except SlackApiError as error:
        card = cards.failed(reader, ERRORS.get(str(error.response.get("error")), "room.error.slack"))
    await in_window(deps, actor, view_id, card)


async def _way(deps: Deps, actor: Actor, room_id: str) -> Way | None:
    """How the cases of the room are kept; nothing for whoever chose it only because a case waited for it."""
    try:
        return await channels.way_of(deps, deps.client, actor, room_id)
    except NotAllowed:
        return None


async def _channel(client: AsyncWebClient, chosen_id: str, *, name: str, slack_id: str) -> tuple[str, bool]:
    """The channel, in which the bot is, and whether it is shared with another organisation."""
    if not chosen_id:
        return await _made(client, name, slack_id), False
    info = (await client.conversations_info(channel=chosen_id))["channel"]
    if info.get("is_archived"):
        raise BadInput("room.error.archived", field="channel")
    if not info.get("is_member"):
        await client.conversations_join(channel=chosen_id)
    return chosen_id, bool(info.get("is_ext_shared"))


async def _made(client: AsyncWebClient, name: str, slack_id: str) -> str:
    """A new private channel with whoever asked for it in it."""
    for number in range(1, TRIES + 1):
        wanted = "-".join([NEW_NAME, slug(name), *([str(number)] if number > 1 else [])])[:80]
        try:
            made = (await client.conversations_create(name=wanted, is_private=True))["channel"]
        except SlackApiError as error:
            if error.response.get("error") != "name_taken" or number == TRIES:
                raise
            continue
        await client.conversations_invite(channel=made["id"], users=slack_id)
        return str(made["id"])
    raise AssertionError


async def _members(client: AsyncWebClient, channel: str) -> list[str]:
    found: list[str] = []
    cursor = ""
    for _ in range(PAGES):
        page = await client.conversations_members(channel=channel, limit=PAGE, cursor=cursor)
        found += page["members"]
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            break
    return found
