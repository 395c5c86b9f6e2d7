"""*Passer det stadig?*: yes, a correction, or gone."""

from __future__ import annotations

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.usecases import absences, confirmations, directory, intake
from handlers.cards import confirmations as cards
from handlers.deps import Deps, actor_of
from handlers.forms.directory import DetailsForm
from handlers.parsing import Click, Payload
from handlers.typed import searched

ANSWERS = {"confirmation.yes": confirmations.yes, "confirmation.left": confirmations.left}


def register(app: AsyncApp, deps: Deps) -> None:
    """Listen for everything about confirmations."""
    for action_id in ANSWERS:
        app.action(action_id)(partial(answered, deps))
    app.action("confirmation.correct")(partial(asked_to_correct, deps))
    app.options("confirmation.substitute")(partial(typed, deps))
    app.view("confirmation.correct")(partial(corrected, deps))


async def answered(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """One tap; the message is edited to what was said."""
    click = Click.model_validate(body)
    await deps.run(ANSWERS[click.actions[0].action_id], actor_of(context), matter_id=click.value, key=click.key)
    await ack()


async def asked_to_correct(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """*Ret*: the form, with what stands there now."""
    click, actor = Click.model_validate(body), actor_of(context)
    view = await deps.run(confirmations.prepare, actor, matter_id=click.value)
    await client.views_open(trigger_id=click.trigger_id, view=cards.form(deps.reader_of(actor), view))
    await ack()


async def typed(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """A colleague's name is looked for."""
    found = await deps.run(absences.people, actor_of(context), typed=searched(body))
    await ack(options=cards.options(found))


async def corrected(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """The form was sent: it closes, and the message says so; a field that cannot be used is named in the form."""
    form = DetailsForm.from_view(body["view"])
    actor = actor_of(context)
    texts = await deps.run(intake.let_in, actor, deps.intake, form.written)
    details = confirmations.Details(**texts, substitute=form.substitute)
    await deps.run(confirmations.correct, actor, details, directory.facts(), matter_id=form.meta, key=form.key)
    await ack()
