"""Asking for a contact by command or by button."""

from __future__ import annotations

import re
from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext

from bot.domain.people import Actor
from bot.usecases import contacts, intake
from bot.usecases.contacts import ContactAnswer
from handlers.cards import contacts as cards
from handlers.cards.parts import Card
from handlers.deps import Deps, actor_of
from handlers.forms.contacts import AnswerTarget
from handlers.intake import answer
from handlers.parsing import Click, Payload
from handlers.replies import reply
from handlers.typed import after_command

COMMANDS = ("/kontakt", "/contact")
OWN = "own"
"""The value of a button that asks for the asker's own municipality."""


def register(app: AsyncApp, deps: Deps) -> None:
    """Listen for commands and buttons."""
    for name in COMMANDS:
        app.command(name)(partial(commanded, deps))
    app.action(re.compile(r"^contact\.find(\.\d)?$"))(partial(clicked, deps))
    app.action("contact.send")(partial(sent, deps))


async def commanded(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """`/kontakt [text]`: answered inside the ack, to the asker alone."""
    actor, text = actor_of(context), after_command(body)
    card = (
        await answer(deps, actor, text, message=False)
        if text
        else cards.answer(deps.reader_of(actor), await _find(deps, actor))
    )
    card = cards.vanishing(deps.reader_of(actor), card)
    await ack(text=card.text, blocks=card.blocks, response_type="ephemeral")


async def clicked(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """*Find kontakt*, or one of several municipalities: the button's value is a code, or `own`."""
    click, actor = Click.model_validate(body), actor_of(context)
    await deps.run(intake.take, actor, key=click.key)
    found = await _find(deps, actor, municipality=None if click.value == OWN else click.value)
    reader = deps.reader_of(actor)
    deps.later(reply(deps, body, cards.vanishing(reader, cards.answer(reader, found))))
    await ack()


async def sent(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """*Send mig det*: the same answer in a direct message, where it stays; found anew, it was not stored."""
    click, actor = Click.model_validate(body), actor_of(context)
    wanted = AnswerTarget.parse(click.value)
    await deps.run(intake.take, actor, key=click.key)
    found = await _find(
        deps, actor, municipality=wanted.municipality, kind=wanted.kind or None, urgency=wanted.urgency or None
    )
    card = cards.answer(deps.reader_of(actor), found)
    deps.later(_post(deps, card, channel=actor.slack_id))
    await ack()


async def _find(
    deps: Deps, actor: Actor, *, municipality: str | None = None, kind: str | None = None, urgency: str | None = None
) -> ContactAnswer:
    found = await deps.run(contacts.find_contact, actor, municipality=municipality, kind=kind, urgency=urgency)
    deps.looked_up(actor, found.municipality)
    return found


async def _post(deps: Deps, card: Card, *, channel: str) -> None:
    await deps.client.chat_postMessage(channel=channel, text=card.text, blocks=list(card.blocks))
