"""Proposing what may be said or done towards whom, and renewing it."""

from __future__ import annotations

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.usecases import clearances
from handlers.cards import clearances as cards
from handlers.deps import Deps, actor_of
from handlers.forms.clearances import ClearanceForm
from handlers.parsing import Click, Payload


def register(app: AsyncApp, deps: Deps) -> None:
    """Listen for what is a clearance's own; answers are in `handlers.agreements`."""
    app.action("clearance.propose")(partial(asked_to_propose, deps))
    app.action("clearance.renew")(partial(asked_to_renew, deps))
    app.view("clearance.propose")(partial(proposed, deps))


async def asked_to_propose(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """*Aftal hvad der må siges*: the form."""
    click, actor = Click.model_validate(body), actor_of(context)
    found = await deps.run(clearances.prepare, actor, case_id=click.value)
    await client.views_open(trigger_id=click.trigger_id, view=cards.form(deps.reader_of(actor), found))
    await ack()


async def asked_to_renew(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """*Forny eller ændr*: the form, with what held until now."""
    click, actor = Click.model_validate(body), actor_of(context)
    found = await deps.run(clearances.prepare_renewal, actor, matter_id=click.value)
    await client.views_open(trigger_id=click.trigger_id, view=cards.form(deps.reader_of(actor), found))
    await ack()


async def proposed(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """The form was sent: the other side is asked."""
    form = ClearanceForm.from_view(body["view"])
    wanted = clearances.NewClearance(form.towards, form.level, form.by, form.until, form.owner)
    await deps.run(clearances.propose, actor_of(context), form.meta, wanted, key=form.key)
    await ack()
