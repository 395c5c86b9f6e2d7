"""Moving a track: the form, and what it says."""

from __future__ import annotations

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.usecases import tracks
from handlers.cards import tracks as cards
from handlers.deps import Deps, actor_of
from handlers.forms.cases import StageForm
from handlers.parsing import Click, Payload


def register(app: AsyncApp, deps: Deps) -> None:
    """Listen for everything about stages."""
    app.action("case.stage")(partial(asked_to_move, deps))
    app.view("case.stage")(partial(moved, deps))


async def asked_to_move(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """*Nyt skridt*: the form with the tracks this person may move."""
    click, actor = Click.model_validate(body), actor_of(context)
    found = await deps.run(tracks.prepare, actor, case_id=click.value)
    await client.views_open(trigger_id=click.trigger_id, view=cards.stage_form(deps.reader_of(actor), found))
    await ack()


async def moved(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """The form was sent: the headline shows it."""
    form = StageForm.from_view(body["view"])
    track, stage = form.where
    wanted = tracks.Move(track, stage, form.at, back=bool(form.back))
    await deps.run(tracks.move, actor_of(context), wanted, case_id=form.meta, key=form.key)
    await ack()
