"""App Home: the contact on the first screen, then what waits. Written anew whenever it is opened."""

from __future__ import annotations

from functools import partial

from slack_bolt.async_app import AsyncApp, AsyncBoltContext

from bot.domain.errors import BadInput
from bot.usecases import contacts, tasks
from handlers.cards import contacts as contact_cards
from handlers.cards import help as help_cards
from handlers.cards import home as cards
from handlers.cards import tasks as task_cards
from handlers.deps import Deps, actor_of
from handlers.parsing import Payload


def register(app: AsyncApp, deps: Deps) -> None:
    """Listen for somebody opening Home."""
    app.event("app_home_opened")(partial(opened, deps))


async def opened(deps: Deps, body: Payload, context: AsyncBoltContext) -> None:
    """Somebody opened Home (or the direct message, which has its own answers)."""
    if body["event"].get("tab") == "home":
        deps.later(_publish(deps, context))


async def _publish(deps: Deps, context: AsyncBoltContext) -> None:
    actor = actor_of(context)
    reader = deps.reader_of(actor)
    try:
        first = contact_cards.answer(reader, await deps.run(contacts.find_contact, actor))
    except BadInput:
        first = help_cards.what_i_can_do(reader)
    waiting = task_cards.waiting(reader, await deps.run(tasks.mine, actor))
    await deps.client.views_publish(user_id=actor.slack_id, view=cards.home(first, waiting))
