"""Handing over a place in a case, taking it, or not."""

from __future__ import annotations

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.usecases import absences, handovers
from handlers.cards import absences as absence_cards
from handlers.cards import handovers as cards
from handlers.deps import Deps, actor_of
from handlers.forms.handovers import HandoverForm
from handlers.parsing import Click, Payload
from handlers.typed import searched

ANSWERS = {
    "handover.accept": handovers.accept,
    "handover.decline": handovers.decline,
    "handover.withdraw": handovers.withdraw,
}


def register(app: AsyncApp, deps: Deps) -> None:
    """Listen for everything about handovers."""
    app.action("handover.ask")(partial(asked_to_hand_over, deps))
    app.action("handover.find")(partial(asked_to_find, deps))
    app.options("handover.receiver")(partial(typed, deps))
    app.view("handover.ask")(partial(handed_over, deps))
    for action_id in ANSWERS:
        app.action(action_id)(partial(answered, deps))


async def asked_to_hand_over(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """*Overdrag* in the thread: the form."""
    click, actor = Click.model_validate(body), actor_of(context)
    found = await deps.run(handovers.prepare, actor, case_id=click.value)
    await client.views_open(trigger_id=click.trigger_id, view=cards.form(deps.reader_of(actor), found))
    await ack()


async def asked_to_find(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """*Find en anden*, to a coordinator: the same form, for whoever left."""
    click, actor = Click.model_validate(body), actor_of(context)
    found = await deps.run(handovers.prepare_find, actor, matter_id=click.value)
    await client.views_open(trigger_id=click.trigger_id, view=cards.form(deps.reader_of(actor), found))
    await ack()


async def typed(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """A name is looked for: colleagues of one's own agency, nobody else."""
    found = await deps.run(absences.people, actor_of(context), typed=searched(body))
    await ack(options=absence_cards.options(found))


async def handed_over(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """The form was sent: whoever shall take over is asked."""
    form = HandoverForm.from_view(body["view"])
    wanted = {"holder_id": form.holder, "receiver_id": form.receiver, "key": form.key}
    await deps.run(handovers.ask, actor_of(context), form.meta, **wanted)
    await ack()


async def answered(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """One tap; what was sent about it is edited to what is true now."""
    click = Click.model_validate(body)
    await deps.run(ANSWERS[click.actions[0].action_id], actor_of(context), matter_id=click.value, key=click.key)
    await ack()
