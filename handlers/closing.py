"""Closing a case, opening it again, and the file for the journal."""

from __future__ import annotations

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.usecases import closing
from handlers.cards import closing as cards
from handlers.deps import Deps, actor_of
from handlers.forms.closing import CloseForm, ReopenForm
from handlers.parsing import Click, Payload
from handlers.replies import reply


def register(app: AsyncApp, deps: Deps) -> None:
    """Listen for everything about the end of a case."""
    app.action("case.close")(partial(asked_to_close, deps))
    app.view("case.close")(partial(closed, deps))
    app.action("case.reopen")(partial(asked_to_reopen, deps))
    app.view("case.reopen")(partial(reopened, deps))
    app.action("case.export")(partial(exported, deps))


async def asked_to_close(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """*Luk sagen*: the form."""
    click, actor = Click.model_validate(body), actor_of(context)
    found = await deps.run(closing.prepare, actor, case_id=click.value)
    await client.views_open(trigger_id=click.trigger_id, view=cards.form(deps.reader_of(actor), found))
    await ack()


async def closed(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """The form was sent: the headline says so."""
    form = CloseForm.from_view(body["view"])
    ending = closing.Ending(form.reason, form.left, form.answers, form.rest)
    await deps.run(closing.close, actor_of(context), form.meta, ending, key=form.key)
    await ack()


async def asked_to_reopen(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """*Genåbn*: the form for the reason."""
    click, actor = Click.model_validate(body), actor_of(context)
    view = await deps.run(closing.prepare_reopen, actor, case_id=click.value)
    await client.views_open(trigger_id=click.trigger_id, view=cards.reopen_form(deps.reader_of(actor), view))
    await ack()


async def reopened(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """The reason was given: the case is open again."""
    form = ReopenForm.from_view(body["view"])
    await deps.run(closing.reopen, actor_of(context), case_id=form.meta, reason=form.reason, key=form.key)
    await ack()


async def exported(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """*Eksportér til journal*: the file comes in a direct message."""
    click, actor = Click.model_validate(body), actor_of(context)
    await deps.run(closing.export, actor, case_id=click.value, key=click.key)
    deps.later(reply(deps, body, cards.exporting(deps.reader_of(actor))))
    await ack()
