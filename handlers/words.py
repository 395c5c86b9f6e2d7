"""Asking for the next news or promising it, and *nothing new yet*."""

from __future__ import annotations

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.usecases import words
from handlers.cards import words as cards
from handlers.deps import Deps, actor_of
from handlers.forms.followups import RedateForm
from handlers.forms.words import WordForm
from handlers.parsing import Click, Payload


def register(app: AsyncApp, deps: Deps) -> None:
    """Listen for what is a promised word's own; answers are in `handlers.agreements`."""
    app.action("word.ask")(partial(asked_to_ask, deps))
    app.view("word.ask")(partial(asked, deps))
    app.action("word.nothing-new")(partial(asked_when, deps))
    app.view("word.nothing-new")(partial(put_off, deps))


async def asked_to_ask(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """*Næste besked*: the form."""
    click, actor = Click.model_validate(body), actor_of(context)
    found = await deps.run(words.prepare, actor, case_id=click.value)
    await client.views_open(trigger_id=click.trigger_id, view=cards.form(deps.reader_of(actor), found))
    await ack()


async def asked(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """The form was sent: the debtor is asked, or has promised."""
    form = WordForm.from_view(body["view"])
    await deps.run(words.ask, actor_of(context), form.meta, owner_id=form.owner, due_at=form.due, key=form.key)
    await ack()


async def asked_when(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """*Intet nyt endnu*: by when the next word comes, prefilled."""
    click, actor = Click.model_validate(body), actor_of(context)
    found = await deps.run(words.prepare_next, actor, matter_id=click.value)
    await client.views_open(trigger_id=click.trigger_id, view=cards.next_form(deps.reader_of(actor), found))
    await ack()


async def put_off(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """The moment was given; whoever waits is told."""
    form = RedateForm.from_view(body["view"])
    await deps.run(words.nothing_new, actor_of(context), matter_id=form.meta, due_at=form.due, key=form.key)
    await ack()
