"""A tap on a deadline: done, help, or which of several it is."""

from __future__ import annotations

import re
from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.usecases import deadlines, reminders
from handlers.cards import deadlines as cards
from handlers.deps import Deps, actor_of
from handlers.forms.deadlines import WhichForm
from handlers.parsing import Click, Payload

ANSWERS = {"deadline.done": deadlines.done, "deadline.help": reminders.ask_help}


def register(app: AsyncApp, deps: Deps) -> None:
    """Listen for everything about deadlines."""
    for action_id in ANSWERS:
        app.action(action_id)(partial(answered, deps))
    app.action(re.compile(r"^deadline\.choose\.\d$"))(partial(chosen, deps))
    app.action("deadline.which")(partial(asked_which, deps))
    app.view("deadline.which")(partial(said_which, deps))


async def answered(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """One tap on a reminder; the message itself is edited to what is true now."""
    click = Click.model_validate(body)
    await deps.run(ANSWERS[click.actions[0].action_id], actor_of(context), matter_id=click.value, key=click.key)
    await ack()


async def chosen(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """The closed question is answered: the button's value names the deadline and the answer."""
    click = Click.model_validate(body)
    matter_id, _, timeline = click.value.partition(":")
    await deps.run(deadlines.choose, actor_of(context), matter_id=matter_id, timeline=timeline, key=click.key)
    await ack()


async def asked_which(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """The closed question from a list, where there is no room for all its answers: the form."""
    click, actor = Click.model_validate(body), actor_of(context)
    found = await deps.run(deadlines.prepare, actor, matter_id=click.value)
    await client.views_open(trigger_id=click.trigger_id, view=cards.which_form(deps.reader_of(actor), found))
    await ack()


async def said_which(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """The form was sent."""
    form = WhichForm.from_view(body["view"])
    actor = actor_of(context)
    await deps.run(deadlines.choose, actor, matter_id=form.meta, timeline=form.choice, key=form.key)
    await ack()
