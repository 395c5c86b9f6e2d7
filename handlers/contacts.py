"""Asking for a contact: in a direct message, by mention, by command, by button."""

from __future__ import annotations

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext, AsyncRespond

from bot.domain.people import Actor
from bot.usecases import contacts, intake
from bot.usecases.intake import Intent
from handlers import absences
from handlers.cards import contacts as cards
from handlers.cards import help as help_cards
from handlers.cards.parts import Card
from handlers.deps import Deps, actor_of
from handlers.parsing import Click, Payload

COMMANDS = ("/kontakt", "/contact")
ANSWERED_WITH_A_CONTACT = frozenset({Intent.FIND_CONTACT, Intent.ACUTE, Intent.SPARRING, Intent.OPEN_CASE})


def register(app: AsyncApp, deps: Deps) -> None:
    """Listen for questions."""
    for name in COMMANDS:
        app.command(name)(partial(commanded, deps))
    app.action("contact.find")(partial(clicked, deps))
    app.event("message")(partial(written, deps))
    app.event("app_mention")(partial(mentioned, deps))


async def commanded(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """`/kontakt [text]`: answered inside the ack, to the asker alone."""
    card = await answer(deps, actor_of(context), str(body.get("text") or "").strip())
    await ack(text=card.text, blocks=card.blocks, response_type="ephemeral")


async def clicked(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, respond: AsyncRespond) -> None:
    """*Find kontakt*: the button's value is a municipality's code, or `own`."""
    card = await answer(deps, actor_of(context), "", municipality=_named(Click.model_validate(body).value))
    deps.later(_respond(respond, card))
    await ack()


async def written(deps: Deps, body: Payload, context: AsyncBoltContext) -> None:
    """A direct message to the bot: answered there. What people write elsewhere is not for the bot."""
    event = body["event"]
    if event.get("channel_type") != "im" or event.get("subtype") or event.get("bot_id"):
        return
    actor = actor_of(context)
    await deps.run(intake.take, actor, key=f"event:{body['event_id']}")
    card = await answer(deps, actor, event["text"])
    deps.later(_post(deps, card, channel=event["channel"]))


async def mentioned(deps: Deps, body: Payload, context: AsyncBoltContext) -> None:
    """@Bindeled in a channel: answered to the asker alone, in the same thread."""
    event, actor = body["event"], actor_of(context)
    await deps.run(intake.take, actor, key=f"event:{body['event_id']}")
    card = await answer(deps, actor, event["text"])
    deps.later(_whisper(deps, card, channel=event["channel"], user=event["user"], thread_ts=event.get("thread_ts")))


async def answer(deps: Deps, actor: Actor, text: str, *, municipality: str | None = None) -> Card:
    """The answer to a text, or, without one, to "who is my contact?"; what is not understood is not answered as if it were."""
    reader = deps.reader_of(actor)
    kind = urgency = None
    if text:
        question = deps.intake.question(text, country=actor.agency.country if actor.agency else deps.country)
        if question.intent is Intent.ABSENCE:
            return await absences.offer(deps, actor)
        if question.intent not in ANSWERED_WITH_A_CONTACT:
            return help_cards.what_i_can_do(reader)
        municipality, kind, urgency = question.municipality, question.kind, question.urgency
    found = await deps.run(contacts.find_contact, actor, municipality=municipality, kind=kind, urgency=urgency)
    deps.later(deps.run(contacts.note_lookup, actor, municipality=found.municipality))
    return cards.answer(reader, found)


def _named(value: str) -> str | None:
    return None if value == "own" else value


async def _respond(respond: AsyncRespond, card: Card) -> None:
    await respond(text=card.text, blocks=list(card.blocks), response_type="ephemeral", replace_original=False)


async def _post(deps: Deps, card: Card, *, channel: str) -> None:
    await deps.client.chat_postMessage(channel=channel, text=card.text, blocks=list(card.blocks))


async def _whisper(deps: Deps, card: Card, *, channel: str, user: str, thread_ts: str | None) -> None:
    await deps.client.chat_postEphemeral(
        channel=channel, user=user, text=card.text, blocks=list(card.blocks), thread_ts=thread_ts
    )
