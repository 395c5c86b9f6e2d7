"""*Hvornår må jeg skrive?*: by button, command or in Home; and a coordinator for her agency."""

from __future__ import annotations

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.usecases import preferences
from handlers.cards import help as help_cards
from handlers.cards import preferences as cards
from handlers.deps import Deps, actor_of
from handlers.forms.preferences import OfficeForm, PreferenceForm
from handlers.parsing import Payload, first_word

WORDS = ("stilletid", "tysta", "quiet")
"""After `/bindeled`, in every language."""
OFFICE_WORDS = ("arbejdstid", "arbeidstid", "arbetstid", "hours")
"""The same, for a coordinator."""


def register(app: AsyncApp, deps: Deps) -> None:
    """Listen for both forms."""
    app.command("/bindeled", matchers=[first_word(*WORDS)])(partial(asked, deps))
    app.action("preference.edit")(partial(asked, deps))
    app.view("preference.edit")(partial(chosen, deps))
    app.command("/bindeled", matchers=[first_word(*OFFICE_WORDS)])(partial(asked_for_office, deps))
    app.action("preference.office")(partial(asked_for_office, deps))
    app.view("preference.office")(partial(office_chosen, deps))


async def asked(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient) -> None:
    """A person's own form, with what holds now."""
    actor = actor_of(context)
    form = cards.form(deps.reader_of(actor), await deps.run(preferences.mine, actor))
    await client.views_open(trigger_id=body["trigger_id"], view=form)
    await ack()


async def chosen(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """It was sent: the form says what holds from now on."""
    actor, form = actor_of(context), PreferenceForm.from_view(body["view"])
    holds = await deps.run(preferences.choose, actor, form.wanted, key=form.key)
    reader = deps.reader_of(actor)
    await ack(response_action="update", view=help_cards.told(reader, cards.said(reader, holds)))


async def asked_for_office(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """The form of a coordinator's agency."""
    actor = actor_of(context)
    form = cards.office_form(deps.reader_of(actor), await deps.run(preferences.office, actor))
    await client.views_open(trigger_id=body["trigger_id"], view=form)
    await ack()


async def office_chosen(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """It was sent: the form says what holds from now on."""
    actor, form = actor_of(context), OfficeForm.from_view(body["view"])
    holds = await deps.run(preferences.choose_office, actor, form.wanted, key=form.key)
    reader = deps.reader_of(actor)
    await ack(response_action="update", view=help_cards.told(reader, cards.office_said(reader, holds)))
