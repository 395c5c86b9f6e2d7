"""Proposing a follow-up, by button, command, message shortcut or mention; and saying that it is done."""

from __future__ import annotations

import re
from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.cases import Case, FollowupWhat
from bot.domain.intake import Typed
from bot.domain.people import Actor
from bot.usecases import followups, intake
from bot.usecases.intake import Agreed
from handlers import typed
from handlers.agreements import way_back
from handlers.cards import followups as cards
from handlers.cards import proposals
from handlers.cards.agreements import by_when
from handlers.cards.parts import Card
from handlers.deps import Deps, actor_of
from handlers.forms.followups import FollowupForm, ProposalTarget, ReasonForm, Shown
from handlers.parsing import Click, Payload

COMMANDS = ("/aftale", "/avtale", "/avtal", "/agree")


def register(app: AsyncApp, deps: Deps) -> None:
    """Listen for everything about follow-ups; answers that are alike are in `handlers.agreements`."""
    for name in COMMANDS:
        app.command(name)(partial(commanded, deps))
    app.shortcut("followup.message")(partial(from_message, deps))
    app.action(re.compile(r"^followup\.propose(\.\d)?$"))(partial(asked_to_propose, deps))
    app.view("followup.propose")(partial(proposed, deps))
    app.action("followup.done")(partial(done, deps))
    app.view("followup.done")(partial(done_all_the_same, deps))


async def commanded(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """`/aftale`: the form where it is clear which case is meant, else the cases one takes part in, each a button to it.

    Words after the command fill the form; commands do not work inside threads.
    """
    actor, text = actor_of(context), typed.after_command(body)
    found = await deps.run(followups.my_cases, actor)
    agreed = await deps.run(intake.agreed, actor, typed=text) if text else Agreed()
    meant = [case for case in found if case.code == agreed.code] or found
    if text and len(meant) == 1:
        await _show_form(deps, actor, client, _target(meant[0], agreed), body["trigger_id"])
        await ack()
        return
    card = cards.choose_case(deps.reader_of(actor), [(_target(case, agreed).as_value(), case.code) for case in found])
    await ack(text=card.text, blocks=card.blocks, response_type="ephemeral")


async def from_message(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """The shortcut on a message in a case's thread: the form, with the moment the message names and nothing else of it."""
    actor, message = actor_of(context), body["message"]
    thread_ts = message.get("thread_ts") or message["ts"]
    case = await deps.run(followups.case_here, actor, channel=body["channel"]["id"], thread_ts=thread_ts)
    if case is None:
        found = await deps.run(followups.my_cases, actor)
        card = cards.choose_case(deps.reader_of(actor), [(one.id, one.code) for one in found])
        deps.later(_whisper(deps, card, channel=body["channel"]["id"], user=body["user"]["id"]))
    else:
        agreed = await deps.run(intake.agreed, actor, typed=typed.said(message))
        target = _target(case, agreed).model_copy(update={"what": None})
        await _show_form(deps, actor, client, target, body["trigger_id"])
    await ack()


async def offered(deps: Deps, actor: Actor, text: Typed, *, channel: str, thread_ts: str | None) -> Card:
    """A mention that begins with "aftale:": what was understood, and the button to the form; outside a thread, which case."""
    agreed = await deps.run(intake.agreed, actor, typed=text)
    case = await deps.run(followups.case_here, actor, channel=channel, thread_ts=thread_ts)
    reader = deps.reader_of(actor)
    if case is None:
        found = await deps.run(followups.my_cases, actor)
        return cards.choose_case(reader, [(_target(one, agreed).as_value(), one.code) for one in found])
    what = reader.texts(f"what.{agreed.what}") if agreed.what else ""
    when = by_when(reader, agreed.at, agreed.event, agreed.days)
    return cards.offer(reader, _target(case, agreed).as_value(), what, when)


async def asked_to_propose(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """*Foreslå opfølgning*: the form."""
    click = Click.model_validate(body)
    await _show_form(deps, actor_of(context), client, ProposalTarget.parse(click.value), click.trigger_id)
    await ack()


async def _show_form(deps: Deps, actor: Actor, client: AsyncWebClient, target: ProposalTarget, trigger_id: str) -> None:
    proposal = await deps.run(followups.prepare, actor, case_id=target.case_id)
    view = proposals.form(deps.reader_of(actor), proposal, target)
    await client.views_open(trigger_id=trigger_id, view=view)


async def proposed(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """The form was sent: the one who would owe it is asked.

    A moment in words that leaves anything open is shown once more, and so is that the same step is agreed already.
    """
    form, actor = FollowupForm.from_view(body["view"]), actor_of(context)
    shown = form.shown
    texts = await deps.run(intake.let_in, actor, deps.intake, form.kept)
    by = Agreed(at=form.due, event=form.event or None, days=int(form.days or 0))
    if form.words and not form.event:
        by = await deps.run(intake.moment_of, actor, typed=form.words)
    wanted = followups.NewFollowup(
        form.what, form.owner, due_at=by.at, event=by.event, event_days=by.days, note=texts.get("note")
    )
    same = () if shown.same else await deps.run(followups.same, actor, shown.case_id, wanted.what)
    read_back = by.at if not by.sure and by.at != shown.read else None
    if same or read_back:
        told = Shown(case_id=shown.case_id, same=shown.same or bool(same), read=by.at if not by.sure else None)
        view, blocks = body["view"], typed.kept(body["view"])
        card = proposals.again(deps.reader_of(actor), view, blocks, told, read_back=read_back, same=same)
        await ack(response_action="update", view=card)
        return
    await deps.run(followups.propose, actor, shown.case_id, wanted, key=form.key)
    await ack()


async def done(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient) -> None:
    """*Udført*: settled; where a clearance is missing, what is missing and whom to ask, before anything counts."""
    click, actor = Click.model_validate(body), actor_of(context)
    outcome = await deps.run(followups.done, actor, matter_id=click.value, key=click.key)
    if outcome.missing is not None:
        view = proposals.uncleared_form(deps.reader_of(actor), outcome.missing)
        await client.views_open(trigger_id=click.trigger_id, view=view)
        await ack()
        return
    await ack()
    await way_back(deps, body, context, outcome.matter)


async def done_all_the_same(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """The reason was given: it is done, and both sides are told that the clearance was missing."""
    form = ReasonForm.from_view(body["view"])
    await deps.run(followups.done, actor_of(context), matter_id=form.meta, reason=form.reason, key=form.key)
    await ack()


def _target(case: Case, agreed: Agreed) -> ProposalTarget:
    return ProposalTarget(
        case_id=case.id,
        what=FollowupWhat(agreed.what) if agreed.what else None,
        due=agreed.at,
        event=agreed.event,
        days=agreed.days if agreed.event else None,
        read_back=agreed.at is not None,
    )


async def _whisper(deps: Deps, card: Card, *, channel: str, user: str) -> None:
    await deps.client.chat_postEphemeral(channel=channel, user=user, text=card.text, blocks=list(card.blocks))
