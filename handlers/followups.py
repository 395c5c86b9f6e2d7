"""Proposing a follow-up, agreeing to it, doing it, moving it, asking for help with it."""

from __future__ import annotations

import re
from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.usecases import followups, intake
from handlers.cards import followups as cards
from handlers.deps import Deps, actor_of
from handlers.forms.followups import FollowupForm, RedateForm
from handlers.parsing import Click, Payload

COMMANDS = ("/aftale", "/avtale", "/avtal", "/agree")
ANSWERS = {
    "followup.agree": followups.agree,
    "followup.decline": followups.decline,
    "followup.done": followups.done,
    "followup.help": followups.ask_help,
}


def register(app: AsyncApp, deps: Deps) -> None:
    """Listen for everything about follow-ups."""
    for name in COMMANDS:
        app.command(name)(partial(commanded, deps))
    app.action(re.compile(r"^followup\.propose(\.\d)?$"))(partial(asked_to_propose, deps))
    app.view("followup.propose")(partial(proposed, deps))
    for action_id in ANSWERS:
        app.action(action_id)(partial(answered, deps))
    app.action("followup.redate")(partial(asked_to_redate, deps))
    app.view("followup.redate")(partial(redated, deps))


async def commanded(deps: Deps, ack: AsyncAck, context: AsyncBoltContext) -> None:
    """`/aftale`: the cases one takes part in, each a button to the form (commands do not work inside threads)."""
    actor = actor_of(context)
    found = await deps.run(followups.my_cases, actor)
    card = cards.choose_case(deps.reader_of(actor), [(case.id, case.code) for case in found])
    await ack(text=card.text, blocks=card.blocks, response_type="ephemeral")


async def asked_to_propose(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """*Foreslå opfølgning*: the form."""
    click, actor = Click.model_validate(body), actor_of(context)
    proposal = await deps.run(followups.prepare, actor, case_id=click.value)
    await client.views_open(trigger_id=click.trigger_id, view=cards.proposal_form(deps.reader_of(actor), proposal))
    await ack()


async def proposed(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """The form was sent: the one who would owe it is asked."""
    form = FollowupForm.from_view(body["view"])
    actor = actor_of(context)
    texts = await deps.run(intake.let_in, actor, deps.intake, form.written)
    wanted = followups.NewFollowup(what=form.what, owner_id=form.owner, due_at=form.due, note=texts.get("note"))
    await deps.run(followups.propose, actor, form.meta, wanted, key=form.key)
    await ack()


async def answered(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """One tap on a request or a reminder; the message itself is edited to what is true now."""
    click = Click.model_validate(body)
    await deps.run(ANSWERS[click.actions[0].action_id], actor_of(context), matter_id=click.value, key=click.key)
    await ack()


async def asked_to_redate(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """*Ny dato*: the form."""
    click, actor = Click.model_validate(body), actor_of(context)
    redating = await deps.run(followups.prepare_redate, actor, matter_id=click.value)
    await client.views_open(trigger_id=click.trigger_id, view=cards.redate_form(deps.reader_of(actor), redating))
    await ack()


async def redated(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """The new due moment was given."""
    form = RedateForm.from_view(body["view"])
    await deps.run(followups.redate, actor_of(context), matter_id=form.meta, due_at=form.due, key=form.key)
    await ack()
