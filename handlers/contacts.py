"""Asking for a contact by command or by button."""

from __future__ import annotations

import re
from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext, AsyncRespond

from bot.domain.people import Actor
from bot.usecases import contacts, intake
from handlers.cards import contacts as cards
from handlers.cards.parts import Card
from handlers.deps import Deps, actor_of
from handlers.intake import answer
from handlers.parsing import Click, Payload

COMMANDS = ("/kontakt", "/contact")
OWN = "own"
"""The value of a button that asks for the asker's own municipality."""


def register(app: AsyncApp, deps: Deps) -> None:
    """Listen for commands and buttons."""
    for name in COMMANDS:
        app.command(name)(partial(commanded, deps))
    app.action(re.compile(r"^contact\.find(\.\d)?$"))(partial(clicked, deps))


async def commanded(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """`/kontakt [text]`: answered inside the ack, to the asker alone."""
    actor, text = actor_of(context), str(body.get("text") or "").strip()
    card = await answer(deps, actor, text) if text else await _contact(deps, actor, None)
    await ack(text=card.text, blocks=card.blocks, response_type="ephemeral")


async def clicked(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, respond: AsyncRespond) -> None:
    """*Find kontakt*, or one of several municipalities: the button's value is a code, or `own`."""
    click, actor = Click.model_validate(body), actor_of(context)
    await deps.run(intake.take, actor, key=click.key)
    card = await _contact(deps, actor, None if click.value == OWN else click.value)
    deps.later(_respond(respond, card))
    await ack()


async def _contact(deps: Deps, actor: Actor, municipality: str | None) -> Card:
    found = await deps.run(contacts.find_contact, actor, municipality=municipality)
    deps.later(deps.run(contacts.note_lookup, actor, municipality=found.municipality))
    return cards.answer(deps.reader_of(actor), found)


async def _respond(respond: AsyncRespond, card: Card) -> None:
    await respond(text=card.text, blocks=list(card.blocks), response_type="ephemeral", replace_original=False)
