"""What no other module listens to: help, unknown commands, buttons and forms of an older version. Registered last."""

from __future__ import annotations

import re
from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext

from bot.usecases import intake
from handlers.cards import help as cards
from handlers.cards import intake as intake_cards
from handlers.deps import Deps, actor_of
from handlers.parsing import Click, Payload
from handlers.replies import reply
from handlers.typed import after_command

ANYTHING = re.compile(".*")
SILENT_EVENTS = re.compile(
    r"^(member_joined_channel|member_left_channel|user_change|channel_archive|reaction_added|reaction_removed)$"
)


def register(app: AsyncApp, deps: Deps) -> None:
    """Listen for everything else."""
    app.command("/bindeled")(partial(helped, deps))
    app.command(ANYTHING)(partial(unknown_command, deps))
    app.action(ANYTHING)(partial(old_button, deps))
    app.view(ANYTHING)(partial(old_form, deps))
    app.event(SILENT_EVENTS)(noticed)


async def helped(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """`/bindeled`: what the bot can do."""
    actor = actor_of(context)
    kinds = await deps.run(intake.leaks, actor, deps.intake, typed=after_command(body))
    reader = deps.reader_of(actor)
    card = intake_cards.reminded(
        reader, cards.what_i_can_do(reader, coordinator=actor.is_coordinator), kinds, message=False
    )
    await ack(text=card.text, blocks=card.blocks, response_type="ephemeral")


async def unknown_command(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """A command of another version: what the bot can do instead."""
    card = cards.unknown_command(deps.reader_of(actor_of(context)), str(body["command"]))
    await ack(text=card.text, blocks=card.blocks, response_type="ephemeral")


async def old_button(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """A choice inside a form needs no answer; a button nobody listens to any more gets a friendly one."""
    if body.get("view", {}).get("type") != "modal":
        actor = actor_of(context)
        await deps.run(intake.take, actor, key=Click.model_validate(body).key)
        deps.later(reply(deps, body, cards.too_old(deps.reader_of(actor))))
    await ack()


async def old_form(deps: Deps, ack: AsyncAck, context: AsyncBoltContext) -> None:
    """A form of an older version was sent: nothing was kept, and the person is told."""
    reader = deps.reader_of(actor_of(context))
    await ack(response_action="update", view=cards.told(reader, cards.too_old(reader)))


async def noticed() -> None:
    """Nothing to do (yet) when somebody comes, goes or looks."""
