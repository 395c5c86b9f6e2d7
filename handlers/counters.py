"""*Andet forslag*: the form for other terms of a follow-up; answers are in `handlers.agreements`."""

from __future__ import annotations

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.usecases import counters
from handlers.cards import counters as cards
from handlers.deps import Deps, actor_of
from handlers.forms.followups import CounterForm
from handlers.parsing import Click, Payload

ASKED = ("followup.counter", "followup.redate", "counter.redate")
"""Of what is proposed, of what is agreed, and in answer to a counter-proposal."""


def register(app: AsyncApp, deps: Deps) -> None:
    """Listen for other terms."""
    for action_id in ASKED:
        app.action(action_id)(partial(asked_to_counter, deps))
    app.view("followup.redate")(partial(countered, deps))


async def asked_to_counter(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """The form, with what holds now."""
    click, actor = Click.model_validate(body), actor_of(context)
    found = await deps.run(counters.prepare, actor, matter_id=click.value)
    view = cards.form(deps.reader_of(actor), found, matter_id=click.value)
    await client.views_open(trigger_id=click.trigger_id, view=view)
    await ack()


async def countered(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """Other terms were given: the other one is asked."""
    form = CounterForm.from_view(body["view"])
    wanted = counters.NewTerms(
        owner_id=form.owner,
        due_at=form.due,
        event=form.event or None,
        event_days=int(form.days or 0),
        reason=form.reason or None,
    )
    await deps.run(counters.propose, actor_of(context), matter_id=form.meta, wanted=wanted, key=form.key)
    await ack()
