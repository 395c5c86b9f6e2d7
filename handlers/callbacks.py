"""*Ring mig op* and *Drøft før du beslutter*: asking for it, and answering it."""

from __future__ import annotations

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.callbacks import Wish
from bot.usecases import callbacks
from handlers.cards import callbacks as cards
from handlers.deps import Deps, actor_of
from handlers.forms.cases import CaseTarget
from handlers.forms.contacts import PassForm
from handlers.forms.followups import RedateForm
from handlers.parsing import Click, Payload
from handlers.replies import reply

SPARRING = "sparring.ask"
ANSWERS = {
    "callback.accept": callbacks.accept,
    "callback.done": callbacks.done,
    "callback.withdraw": callbacks.withdraw,
}


def register(app: AsyncApp, deps: Deps) -> None:
    """Listen for everything about call-backs."""
    for action_id in ("callback.ask", SPARRING):
        app.action(action_id)(partial(asked, deps))
    for action_id in ANSWERS:
        app.action(action_id)(partial(answered, deps))
    app.action("callback.later")(partial(asked_when, deps))
    app.view("callback.later")(partial(promised, deps))
    app.action("callback.pass")(partial(asked_to_whom, deps))
    app.view("callback.pass")(partial(passed, deps))


async def asked(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """*Ring mig op*: the contact is asked, the asker's receipt says so. Who cannot be asked is shown with her number."""
    click, actor = Click.model_validate(body), actor_of(context)
    target = CaseTarget.parse(click.value)
    wish = Wish(
        municipality=target.municipality,
        kind=target.kind or None,
        urgency=target.urgency,
        sparring=click.actions[0].action_id == SPARRING,
    )
    outcome = await deps.run(callbacks.ask, actor, target.contact_id, wish, key=click.key)
    if outcome.matter is None:
        following = outcome.following.id if outcome.following else ""
        value = target.model_copy(update={"contact_id": following}).as_value()
        deps.later(reply(deps, body, cards.unreachable(deps.reader_of(actor), outcome, following=value)))
    await ack()


async def answered(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """One tap on a wish or its receipt; every message about it is edited to what is true now."""
    click = Click.model_validate(body)
    await deps.run(ANSWERS[click.actions[0].action_id], actor_of(context), matter_id=click.value, key=click.key)
    await ack()


async def asked_when(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """*Jeg ringer senere*: the form for the moment."""
    click, actor = Click.model_validate(body), actor_of(context)
    found = await deps.run(callbacks.prepare_later, actor, matter_id=click.value)
    await client.views_open(trigger_id=click.trigger_id, view=cards.later_form(deps.reader_of(actor), found))
    await ack()


async def promised(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """The moment was given."""
    form = RedateForm.from_view(body["view"])
    await deps.run(callbacks.promise, actor_of(context), matter_id=form.meta, due_at=form.due, key=form.key)
    await ack()


async def asked_to_whom(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """*Send videre*: the form that says to whom."""
    click, actor = Click.model_validate(body), actor_of(context)
    found = await deps.run(callbacks.prepare_pass, actor, matter_id=click.value)
    await client.views_open(trigger_id=click.trigger_id, view=cards.pass_form(deps.reader_of(actor), found))
    await ack()


async def passed(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """Somebody was chosen: she is asked."""
    form = PassForm.from_view(body["view"])
    await deps.run(callbacks.pass_on, actor_of(context), matter_id=form.meta, contact_id=form.receiver, key=form.key)
    await ack()
