"""App Home: what waits, one's cases, one's contact. Written anew when it is opened and after its owner's own acts."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import BadInput
from bot.domain.people import Actor
from bot.usecases import contacts, editing, identity, incidents, preferences, stuck, tasks, upkeep
from handlers.cards import contacts as contact_cards
from handlers.cards import editing as editing_cards
from handlers.cards import help as help_cards
from handlers.cards import home as cards
from handlers.cards import incidents as incident_cards
from handlers.cards import memberships as membership_cards
from handlers.cards import preferences as preference_cards
from handlers.cards import stuck as stuck_cards
from handlers.cards import upkeep as upkeep_cards
from handlers.cards.home import PAGE, Coordinating, Found, Pages
from handlers.cards.parts import Block, Card, Reader
from handlers.deps import Deps, actor_of
from handlers.parsing import Click, Payload
from handlers.replies import patiently, reply

OWN_ACTS = frozenset({"block_actions", "view_submission"})
"""After these whoever has Home open sees it brought up to date."""
MOST_OPEN = 5000
"""People whose Home is brought up to date by one process; beyond, the oldest are forgotten until they open it again."""


def register(app: AsyncApp, deps: Deps) -> None:
    """Listen for somebody opening Home, turning its pages and pressing what stands there."""
    opened_by: dict[str, None] = {}
    app.event("app_home_opened")(partial(opened, deps, opened_by))
    app.action(re.compile(r"^home\.(before|after)$"))(partial(turned, deps))
    for action_id, show in SHOWN.items():
        app.action(action_id)(partial(asked, deps, show))
    for action_id in FORMS:
        app.action(action_id)(partial(edit, deps))
    deps.afterwards.append(partial(after_own_acts, deps, opened_by))


async def opened(deps: Deps, opened_by: dict[str, None], body: Payload, context: AsyncBoltContext) -> None:
    """Somebody opened Home (or the direct message, which has its own answers)."""
    if body["event"].get("tab") == "home":
        actor = actor_of(context)
        opened_by[actor.slack_id] = None
        while len(opened_by) > MOST_OPEN:
            del opened_by[next(iter(opened_by))]
        deps.later(_publish(deps, actor, Pages()))


async def turned(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """Another page of one of the lists."""
    deps.later(_publish(deps, actor_of(context), Pages.parse(Click.model_validate(body).value)))
    await ack()


async def asked(
    deps: Deps, show: Callable[[Deps, Actor, Reader], Awaitable[Card]], ack: AsyncAck, body: Payload,
    context: AsyncBoltContext,
) -> None:  # fmt: skip
    """A button of Home whose answer comes as a direct message."""
    actor = actor_of(context)
    deps.later(reply(deps, body, await show(deps, actor, deps.reader_of(actor))))
    await ack()


async def edit(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient) -> None:
    """A form of a coordinator's."""
    actor = actor_of(context)
    await deps.run(editing.check, actor)
    await client.views_open(
        trigger_id=body["trigger_id"], view=FORMS[body["actions"][0]["action_id"]](deps.reader_of(actor))
    )
    await ack()


def after_own_acts(deps: Deps, opened_by: dict[str, None], body: Payload, context: AsyncBoltContext) -> None:
    """Whoever has opened Home and does something finds it up to date."""
    turning = any(str(action.get("action_id")).startswith("home.") for action in body.get("actions") or ())
    if body.get("type") in OWN_ACTS and context.user_id in opened_by and "actor" in context and not turning:
        deps.later(_publish_anew(deps, actor_of(context)))


async def _publish_anew(deps: Deps, before: Actor) -> None:
    """Who she is may have changed with the act itself: her language, her role."""
    place = {"workspace_id": before.workspace_id, "slack_id": before.slack_id, "language": deps.language}
    await _publish(deps, await deps.run(identity.who_is, **place), Pages())


async def _publish(deps: Deps, actor: Actor, pages: Pages) -> None:
    view = await _written(deps, actor, pages)
    await patiently(partial(deps.client.views_publish, user_id=actor.slack_id, view=view))


async def _written(deps: Deps, actor: Actor, pages: Pages) -> Block:
    reader = deps.reader_of(actor)
    if actor.is_stranger:
        return cards.stranger(membership_cards.refused(reader, reader.texts.md("refused.stranger")))
    try:
        contact = contact_cards.answer(reader, await deps.run(contacts.find_contact, actor))
    except BadInput:
        contact = help_cards.what_i_can_do(reader)
    mine = await deps.run(tasks.mine, actor)
    hers, count = await deps.run(tasks.my_cases, actor, start=pages.cases * PAGE, most=PAGE)
    coordinating = await _coordinating(deps, actor) if actor.is_coordinator else None
    hours = preference_cards.line(reader, await deps.run(preferences.mine, actor))
    found = Found(mine, hers, count, contact, coordinating, hours)
    return cards.home(reader, actor, found, pages)


async def _coordinating(deps: Deps, actor: Actor) -> Coordinating:
    hanging = await deps.run(stuck.look, actor)
    holes = await deps.run(upkeep.holes, actor)
    return Coordinating(holes=holes.total, late=len(hanging.tasks), undelivered=len(hanging.undelivered))


async def _help(_deps: Deps, actor: Actor, reader: Reader) -> Card:
    return help_cards.what_i_can_do(reader, coordinator=actor.is_coordinator)


async def _holes(deps: Deps, actor: Actor, reader: Reader) -> Card:
    return upkeep_cards.page(reader, await deps.run(upkeep.holes, actor, number=0))


async def _stuck(deps: Deps, actor: Actor, reader: Reader) -> Card:
    return stuck_cards.stuck(reader, await deps.run(stuck.look, actor))


async def _incidents(deps: Deps, actor: Actor, reader: Reader) -> Card:
    found = await deps.run(incidents.record, actor)
    deps.later(deps.run(incidents.note_look, actor))
    return incident_cards.record(reader, found)


SHOWN: dict[str, Callable[[Deps, Actor, Reader], Awaitable[Card]]] = {
    "home.help": _help,
    "home.holes": _holes,
    "home.stuck": _stuck,
    "home.incidents": _incidents,
}
"""Buttons of Home that show something."""
FORMS: dict[str, Callable[[Reader], Block]] = {
    "home.contacts": editing_cards.choose,
    "home.rules": editing_cards.rule_form,
}
"""Buttons of Home that open a form."""
