"""Opening a case, and taking or declining a place in one."""

from __future__ import annotations

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.usecases import cases, contacts
from handlers.cards import cases as cards
from handlers.deps import Deps, actor_of
from handlers.forms.cases import CaseTarget, DeclineForm, OpenCaseForm
from handlers.parsing import Click, Payload

COMMANDS = ("/sag", "/sak", "/arende", "/case")


def register(app: AsyncApp, deps: Deps) -> None:
    """Listen for everything about cases."""
    for name in COMMANDS:
        app.command(name)(partial(commanded, deps))
    app.action("case.open")(partial(asked_to_open, deps))
    app.view("case.open")(partial(opened, deps))
    app.action("case.accept")(partial(accepted, deps))
    app.action("case.decline")(partial(asked_to_decline, deps))
    app.view("case.decline")(partial(declined, deps))


async def commanded(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """`/sag`: the form for a case with one's own first contact."""
    found = await deps.run(contacts.find_contact, actor_of(context))
    first = found.asked
    if first is None:
        reader = deps.reader_of(actor_of(context))
        await ack(text=reader.texts.md("case.nobody"), response_type="ephemeral")
        return
    target = CaseTarget(municipality=found.municipality, contact_id=first.id)
    await _show_form(deps, context, client, target, body["trigger_id"])
    await ack()


async def asked_to_open(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """*Åbn sag* under a contact: the form."""
    click = Click.model_validate(body)
    await _show_form(deps, context, client, CaseTarget.parse(click.value), click.trigger_id)
    await ack()


async def _show_form(
    deps: Deps, context: AsyncBoltContext, client: AsyncWebClient, target: CaseTarget, trigger_id: str
) -> None:
    actor = actor_of(context)
    opening = await deps.run(cases.prepare, actor, municipality=target.municipality, contact_id=target.contact_id)
    form = cards.opening_form(deps.reader_of(actor), opening, meta=target.as_value(), kind=target.kind)
    await client.views_open(trigger_id=trigger_id, view=form)


async def opened(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """The form was sent: the case is opened; headline, request and receipt are on their way."""
    form = OpenCaseForm.from_view(body["view"])
    wanted = cases.NewCase(
        kind=form.kind, urgency=form.urgency, municipality=form.place.municipality, contact_id=form.place.contact_id
    )
    await deps.run(cases.open_case, actor_of(context), wanted, key=form.key)
    await ack()


async def accepted(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """*Tag imod*: what was sent about it is edited everywhere."""
    click = Click.model_validate(body)
    await deps.run(cases.accept, actor_of(context), matter_id=click.value, key=click.key)
    await ack()


async def asked_to_decline(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """*Jeg kan ikke*: the form for the reason."""
    click, actor = Click.model_validate(body), actor_of(context)
    await deps.run(cases.prepare_decline, actor, matter_id=click.value)
    await client.views_open(trigger_id=click.trigger_id, view=cards.decline_form(deps.reader_of(actor), click.value))
    await ack()


async def declined(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """The reason was given: the next in line is asked."""
    form = DeclineForm.from_view(body["view"])
    await deps.run(cases.decline, actor_of(context), matter_id=form.meta, reason=form.reason, key=form.key)
    await ack()
