"""A stranger says where she works; the coordinator there confirms it or not."""

from __future__ import annotations

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.people import Actor
from bot.usecases import memberships
from handlers.cards import help as help_cards
from handlers.cards import memberships as cards
from handlers.deps import Deps, actor_of
from handlers.forms.memberships import MembershipForm
from handlers.parsing import Click, Payload
from handlers.typed import searched

ANSWERS = {"membership.confirm": memberships.confirm, "membership.decline": memberships.decline}


def register(app: AsyncApp, deps: Deps) -> None:
    """Listen for everything about memberships; `handlers/middleware.py` lets strangers come this far, and no further."""
    app.action("membership.ask")(partial(asked, deps))
    app.options("membership.place")(partial(typed, deps))
    app.view("membership.ask")(partial(claimed, deps))
    for action_id in ANSWERS:
        app.action(action_id)(partial(answered, deps))


async def asked(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient) -> None:
    """*Sig, hvor du arbejder*: the form."""
    reader = deps.reader_of(actor_of(context))
    await client.views_open(trigger_id=body["trigger_id"], view=cards.form(reader))
    await ack()


async def typed(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """A name is looked for in public lists."""
    actor = actor_of(context)
    country = actor.agency.country if actor.agency else deps.country
    await ack(options=cards.options(memberships.places(typed=searched(body), country=country)))


async def claimed(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient) -> None:
    """The form was sent; she reads what happens next, the same whether anybody there is known or not."""
    actor, form = actor_of(context), MembershipForm.from_view(body["view"])
    name, email = await _profile(client, actor)
    await deps.run(memberships.claim, actor, place=form.place, name=name, email=email, key=form.key)
    reader = deps.reader_of(actor)
    await ack(response_action="update", view=help_cards.told(reader, cards.claimed(reader)))


async def answered(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """The coordinator's tap; her message is edited to what is true now."""
    click = Click.model_validate(body)
    await deps.run(ANSWERS[click.actions[0].action_id], actor_of(context), matter_id=click.value, key=click.key)
    await ack()


async def _profile(client: AsyncWebClient, actor: Actor) -> tuple[str, str]:
    """Her name and work e-mail as Slack has them; her id where Slack does not show them to us."""
    try:
        user: Payload = (await client.users_info(user=actor.slack_id))["user"]
    except SlackApiError:
        return actor.slack_id, ""
    profile = user.get("profile", {})
    return str(user.get("real_name") or profile.get("real_name") or actor.slack_id), str(profile.get("email") or "")
