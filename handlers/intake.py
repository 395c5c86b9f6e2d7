"""The door for what people write: a direct message, a mention, a word after a command. One question, one answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltContext

from bot.domain.errors import BadInput
from bot.domain.intake import Typed
from bot.domain.people import Actor
from bot.usecases import contacts, intake, tasks
from bot.usecases.intake import Intent, Question
from handlers import absences, codes, followups, typed
from handlers.cards import contacts as contact_cards
from handlers.cards import help as help_cards
from handlers.cards import intake as intake_cards
from handlers.cards import opening as opening_cards
from handlers.cards import tasks as task_cards
from handlers.cards.parts import Card
from handlers.deps import Deps, actor_of
from handlers.parsing import Payload, is_said_in_channel
from handlers.replies import patiently


def register(app: AsyncApp, deps: Deps) -> None:
    """Listen for what people write."""
    app.event("message", matchers=[_to_the_bot])(partial(written, deps))
    app.event("app_mention")(partial(mentioned, deps))


async def written(deps: Deps, body: Payload, context: AsyncBoltContext) -> None:
    """A direct message to the bot: answered there."""
    event = body["event"]
    if event.get("subtype") or event.get("bot_id"):
        return
    actor = actor_of(context)
    await deps.run(intake.take, actor, key=f"event:{body['event_id']}")
    card = await answer(deps, actor, typed.message(body))
    deps.later(_post(deps, card, channel=event["channel"]))


async def mentioned(deps: Deps, body: Payload, context: AsyncBoltContext) -> None:
    """@Bindeled in a channel: answered to the asker alone, in the same thread."""
    event, actor = body["event"], actor_of(context)
    await deps.run(intake.take, actor, key=f"event:{body['event_id']}")
    text, thread_ts = typed.message(body), event.get("thread_ts")
    if intake.proposes(text):
        made = await followups.offered(deps, actor, text, channel=event["channel"], thread_ts=thread_ts)
        kinds = await deps.run(intake.leaks, actor, deps.intake, typed=text)
        made = intake_cards.reminded(deps.reader_of(actor), made, kinds, message=True)
    else:
        made = await answer(deps, actor, text)
    card = contact_cards.vanishing(deps.reader_of(actor), made)
    deps.later(_whisper(deps, card, channel=event["channel"], user=event["user"], thread_ts=event.get("thread_ts")))


async def answer(deps: Deps, actor: Actor, text: Typed, *, message: bool = True) -> Card:
    """The answer to a text, and a word to whoever wrote in it what must not stand there. `message`: not after a command."""
    kinds = await deps.run(intake.leaks, actor, deps.intake, typed=text)
    return intake_cards.reminded(deps.reader_of(actor), await _answer(deps, actor, text), kinds, message=message)


async def _answer(deps: Deps, actor: Actor, text: Typed) -> Card:
    """By what it asks for; what is not understood is never answered as if it were."""
    if (found := await codes.answer(deps, actor, text)) is not None:
        return found
    question = deps.intake.question(text, country=actor.agency.country if actor.agency else deps.country)
    if question.intent is Intent.ABSENCE:
        return await absences.offer(deps, actor, await deps.run(intake.days, actor, typed=text))
    return await ANSWERS[question.intent](deps, actor, question)


async def contact(deps: Deps, actor: Actor, question: Question) -> Card:
    """The contact; where several municipalities fit, which one is meant is asked with buttons."""
    reader = deps.reader_of(actor)
    if question.municipality is None and question.candidates:
        places = await deps.run(contacts.named, actor, codes=question.candidates)
        return contact_cards.which_municipality(reader, places, acute=question.intent is Intent.ACUTE)
    try:
        found = await deps.run(
            contacts.find_contact,
            actor,
            municipality=question.municipality,
            kind=question.kind,
            urgency=_urgency(question),
        )
    except BadInput as unclear:
        if question.intent is Intent.OPEN_CASE:
            return opening_cards.offer(reader)
        if question.intent is not Intent.ACUTE:
            raise
        return contact_cards.emergency_only(reader, unclear.key)  # danger now comes before everything that is unclear
    deps.looked_up(actor, found.municipality)
    return contact_cards.answer(reader, found)


async def rule(deps: Deps, actor: Actor, question: Question) -> Card:
    """A question about a rule: the topic and its basis, never a verdict; it ends in "call your contact" (promise 7)."""
    topic = contacts.topic(question.topic) if question.topic else None
    found = await deps.run(contacts.find_contact, actor, municipality=question.municipality, kind=question.kind)
    return contact_cards.guidance(deps.reader_of(actor), topic, found)


async def waiting(deps: Deps, actor: Actor, _question: Question) -> Card:
    """What waits for the person, and what she waits for."""
    return task_cards.waiting(deps.reader_of(actor), await deps.run(tasks.mine, actor))


async def unsure(deps: Deps, actor: Actor, _question: Question) -> Card:
    """What the bot can do, with buttons."""
    return help_cards.what_i_can_do(deps.reader_of(actor), coordinator=actor.is_coordinator)


ANSWERS: Mapping[Intent, Callable[[Deps, Actor, Question], Awaitable[Card]]] = {
    Intent.FIND_CONTACT: contact,
    Intent.ACUTE: contact,
    Intent.SPARRING: contact,
    Intent.OPEN_CASE: contact,
    Intent.GUIDANCE: rule,
    Intent.MY_TASKS: waiting,
    Intent.HELP: unsure,
    Intent.UNKNOWN: unsure,
}
"""Every intent has its answer here, but an absence: that needs its days, too."""


async def _to_the_bot(body: Payload) -> bool:
    """What people write to each other is not for the bot; `handlers/incidents.py` looks at it."""
    return not is_said_in_channel(body)


def _urgency(question: Question) -> str | None:
    return "now" if question.intent is Intent.ACUTE else question.urgency


async def _post(deps: Deps, card: Card, *, channel: str) -> None:
    message: dict[str, Any] = {"text": card.text, "blocks": list(card.blocks)}
    await patiently(partial(deps.client.chat_postMessage, channel=channel, **message))


async def _whisper(deps: Deps, card: Card, *, channel: str, user: str, thread_ts: str | None) -> None:
    blocks = list(card.blocks)
    message: dict[str, Any] = {"text": card.text, "blocks": blocks, "user": user, "thread_ts": thread_ts}
    await patiently(partial(deps.client.chat_postEphemeral, channel=channel, **message))
