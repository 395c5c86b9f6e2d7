"""*Mind mig igen …* on every reminder: in an hour, when the next working day begins, or at a moment from the form."""

from __future__ import annotations

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.reminders import Later
from bot.usecases import reminders
from handlers.cards import reminders as cards
from handlers.cards.parts import Card
from handlers.deps import Deps, actor_of
from handlers.forms.reminders import Choice, SnoozeForm, Target
from handlers.parsing import Click, Payload
from handlers.replies import patiently, reply


def register(app: AsyncApp, deps: Deps) -> None:
    """Listen for whoever wants to be reminded later; who needs help is heard where her answers are."""
    app.action("reminder.snooze")(partial(chosen, deps))
    app.view("reminder.snooze")(partial(given, deps))


async def chosen(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient) -> None:
    """One tap: the message itself says when she is reminded again, or, tapped in a thread, an answer to her alone.

    Anything but the two moments we know opens the form.
    """
    click, actor = Click.model_validate(body), actor_of(context)
    choice, reader = Choice.of(click), deps.reader_of(actor)
    channel = str((body.get("channel") or {}).get("id", ""))
    target = Target(matter_id=choice.matter_id, channel="" if channel.startswith("D") else channel)
    if choice.later in set(Later):
        done = await deps.run(
            reminders.snooze, actor, matter_id=choice.matter_id, later=Later(choice.later), key=click.key
        )
        if target.channel:
            deps.later(reply(deps, body, cards.said(reader, done)))
    else:
        found = await deps.run(reminders.prepare, actor, matter_id=choice.matter_id)
        await client.views_open(trigger_id=click.trigger_id, view=cards.form(reader, found, target))
    await ack()


async def given(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """The moment was given."""
    form, actor = SnoozeForm.from_view(body["view"]), actor_of(context)
    target = form.target
    done = await deps.run(reminders.snooze, actor, matter_id=target.matter_id, until=form.due, key=form.key)
    await ack()
    if target.channel:
        deps.later(_whisper(deps, cards.said(deps.reader_of(actor), done), target.channel, actor.slack_id))


async def _whisper(deps: Deps, card: Card, channel: str, user: str) -> None:
    message = partial(deps.client.chat_postEphemeral, channel=channel, user=user)
    await patiently(partial(message, text=card.text, blocks=list(card.blocks)))
