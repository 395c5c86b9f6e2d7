"""*Forkert kontakt?*: saying what is wrong, and putting it right."""

from __future__ import annotations

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.corrections import Fault
from bot.usecases import corrections
from handlers.cards import corrections as cards
from handlers.cards import help as help_cards
from handlers.deps import Deps, actor_of
from handlers.forms.cases import CaseTarget
from handlers.forms.contacts import WrongForm
from handlers.parsing import Click, Payload


def register(app: AsyncApp, deps: Deps) -> None:
    """Listen for everything about corrections."""
    app.action("contact.wrong")(partial(asked_what, deps))
    app.view("contact.wrong")(partial(reported, deps))
    app.action("correction.done")(partial(corrected, deps))


async def asked_what(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """*Forkert kontakt?*: the form."""
    click, actor = Click.model_validate(body), actor_of(context)
    found = await deps.run(corrections.prepare, actor, contact_id=CaseTarget.parse(click.value).contact_id)
    form = cards.report_form(deps.reader_of(actor), found, meta=click.value)
    await client.views_open(trigger_id=click.trigger_id, view=form)
    await ack()


async def reported(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """The form was sent: the coordinator is told, and the person reads who has it now."""
    form, actor = WrongForm.from_view(body["view"]), actor_of(context)
    place = form.place
    fault = Fault(place.contact_id, place.municipality, form.wrong, place.kind or None)
    told = await deps.run(corrections.report, actor, fault, key=form.key)
    reader = deps.reader_of(actor)
    await ack(response_action="update", view=help_cards.told(reader, cards.reported(reader, told)))


async def corrected(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """*Rettet*: it is done, and the coordinator's message says so."""
    click = Click.model_validate(body)
    await deps.run(corrections.done, actor_of(context), matter_id=click.value, key=click.key)
    await ack()
