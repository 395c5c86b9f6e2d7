"""Saying that one is away: by button, command or message; answering as a substitute; ending it early."""

from __future__ import annotations

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.people import Actor
from bot.usecases import absences
from bot.usecases.intake import Days
from handlers.cards import absences as cards
from handlers.cards import help as help_cards
from handlers.cards.parts import Card
from handlers.deps import Deps, actor_of
from handlers.forms.absences import AbsenceForm, AbsenceTarget
from handlers.parsing import Click, Payload, first_word
from handlers.typed import searched

WORDS = ("væk", "vaek", "fravær", "fravaer", "borte", "bort", "fråvær", "frånvaro", "away", "absence")
"""After `/bindeled`, in every language."""
ANSWERS = {"absence.accept": absences.accept, "absence.decline": absences.decline}


def register(app: AsyncApp, deps: Deps) -> None:
    """Listen for everything about absences."""
    app.command("/bindeled", matchers=[first_word(*WORDS)])(partial(commanded, deps))
    app.action("absence.set")(partial(asked_to_set, deps))
    app.view("absence.set")(partial(was_set, deps))
    app.options("absence.substitute")(partial(typed, deps))
    app.options("absence.person")(partial(typed, deps))
    for action_id in ANSWERS:
        app.action(action_id)(partial(answered, deps))
    app.action("absence.end")(partial(ended, deps))


async def commanded(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """`/bindeled væk`: the form."""
    await _show_form(deps, actor_of(context), client, AbsenceTarget(), body["trigger_id"])
    await ack()


async def asked_to_set(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """*Meld fravær*, or *Ret* under one that is known: the form."""
    click = Click.model_validate(body)
    await _show_form(deps, actor_of(context), client, AbsenceTarget.parse(click.value), click.trigger_id)
    await ack()


async def _show_form(deps: Deps, actor: Actor, client: AsyncWebClient, target: AbsenceTarget, trigger_id: str) -> None:
    preparing = await deps.run(absences.prepare, actor, replaces=target.replaces or None)
    form = cards.form(deps.reader_of(actor), preparing, first=target.first, last=target.last)
    await client.views_open(trigger_id=trigger_id, view=form)


async def typed(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """A name is looked for: colleagues of one's own agency, nobody else."""
    found = await deps.run(absences.people, actor_of(context), typed=searched(body))
    await ack(options=cards.options(found))


async def was_set(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """The form was sent. A receipt comes where a substitute is asked; otherwise the form says what was taken down."""
    actor, form = actor_of(context), AbsenceForm.from_view(body["view"])
    wanted = absences.NewAbsence(
        first=form.first, last=form.last, half=form.half, contact_id=form.person, substitute_id=form.substitute,
        replaces=form.meta or None,
    )  # fmt: skip
    view = await deps.run(absences.set_absence, actor, wanted, key=form.key)
    reader, herself = deps.reader_of(actor), actor.contact is not None and view.contact.id == actor.contact.id
    if view.substitute is not None and herself:
        await ack()
    else:
        await ack(response_action="update", view=help_cards.told(reader, cards.said(reader, view)))


async def answered(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """One tap by whoever was asked to stand in; the messages about it are edited to what is true now."""
    click = Click.model_validate(body)
    await deps.run(ANSWERS[click.actions[0].action_id], actor_of(context), matter_id=click.value, key=click.key)
    await ack()


async def ended(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, respond: AsyncRespond) -> None:
    """*Afslut fravær*: a receipt is edited by itself; a list, in a form or a message, is written anew here."""
    click, actor = Click.model_validate(body), actor_of(context)
    await deps.run(absences.end, actor, absence_id=click.value, key=click.key)
    if "view" in body:
        preparing = await deps.run(absences.prepare, actor)
        form = cards.form(deps.reader_of(actor), preparing)
        await deps.client.views_update(view_id=body["view"]["id"], view=form)
    elif click.actions[0].block_id.startswith(cards.LISTED):
        deps.later(_rewrite(respond, await offer(deps, actor)))
    await ack()


async def offer(deps: Deps, actor: Actor, days: Days | None = None) -> Card:
    """The answer to "jeg er væk …": what the bot will do, with the form behind a button. Nothing is taken down yet.

    `days` that were understood are said, and stand in the form.
    """
    mine = await deps.run(absences.mine, actor)
    target = AbsenceTarget(first=days.first, last=days.last) if days else AbsenceTarget()
    return cards.offer(deps.reader_of(actor), target.as_value(), mine, days)


async def _rewrite(respond: AsyncRespond, card: Card) -> None:
    await respond(text=card.text, blocks=list(card.blocks), replace_original=True)
