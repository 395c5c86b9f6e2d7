"""Taking or declining a place in a case, asking somebody into it, putting it right, and seeing all of it."""

from __future__ import annotations

import re
from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import BadInput
from bot.usecases import cases, contacts
from handlers.cards import cases as cards
from handlers.cards import everything
from handlers.cards import help as help_cards
from handlers.cards import opening as forms
from handlers.deps import Deps, actor_of
from handlers.forms.cases import CorrectForm, DeclineForm, InviteForm
from handlers.parsing import Click, Payload


def register(app: AsyncApp, deps: Deps) -> None:
    """Listen for everything about cases."""
    app.action("case.accept")(partial(accepted, deps))
    app.action("case.decline")(partial(asked_to_decline, deps))
    app.view("case.decline")(partial(declined, deps))
    app.action("case.invite")(partial(asked_to_invite, deps))
    app.view("case.invite")(partial(invited, deps))
    app.action("case.correct")(partial(asked_to_correct, deps))
    app.view("case.correct")(partial(corrected, deps))
    app.action("case.more")(partial(asked_for_all, deps))
    app.action(re.compile(r"^case\.page(\.\d)?$"))(partial(turned_page, deps))


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


async def asked_to_invite(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """*Tilføj deltager*, *Spørg en anden*: the form."""
    click, actor = Click.model_validate(body), actor_of(context)
    view = await deps.run(cases.prepare_change, actor, case_id=click.value)
    form = forms.invite_form(deps.reader_of(actor), view.case.id, view.case.code)
    await client.views_open(trigger_id=click.trigger_id, view=form)
    await ack()


async def invited(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """Somebody was chosen: she is asked."""
    form = InviteForm.from_view(body["view"])
    await deps.run(cases.invite, actor_of(context), case_id=form.meta, contact_id=form.person, key=form.key)
    await ack()


async def asked_to_correct(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """*Ret sag*: the form with what stands there now."""
    click, actor = Click.model_validate(body), actor_of(context)
    case = (await deps.run(cases.prepare_change, actor, case_id=click.value)).case
    form = forms.correct_form(
        deps.reader_of(actor), case.id, kind=case.kind, urgency=case.urgency, municipality=case.municipality
    )
    await client.views_open(trigger_id=click.trigger_id, view=form)
    await ack()


async def corrected(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """It was put right. Where another contact answers for it now she is named, and asked only if somebody asks her."""
    form, actor = CorrectForm.from_view(body["view"]), actor_of(context)
    right = cases.Right(form.kind, form.urgency, form.municipality)
    view = await deps.run(cases.correct, actor, right, case_id=form.meta, key=form.key)
    try:
        found = await deps.run(
            contacts.find_contact, actor, municipality=form.municipality, kind=form.kind, urgency=form.urgency
        )
    except BadInput:
        found = None
    other = found.asked if found else None
    if other is None or view.participant(other.id) is not None:
        await ack()
        return
    reader = deps.reader_of(actor)
    await ack(response_action="update", view=help_cards.told(reader, cards.other_contact(reader, other)))


async def asked_for_all(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """*Hele sagen …*: everything the case holds, page by page, for whoever asked alone."""
    click, actor = Click.model_validate(body), actor_of(context)
    found = await deps.run(cases.everything, actor, case_id=click.value, page=0)
    await client.views_open(trigger_id=click.trigger_id, view=everything.page(deps.reader_of(actor), found))
    await ack()


async def turned_page(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """Another page of the same window."""
    click, actor = Click.model_validate(body), actor_of(context)
    case_id, _, page = click.value.partition(":")
    number = int(page) if page.isdecimal() else 0
    found = await deps.run(cases.everything, actor, case_id=case_id, page=number)
    await client.views_update(view_id=body["view"]["id"], view=everything.page(deps.reader_of(actor), found))
    await ack()
