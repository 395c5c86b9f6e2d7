"""Coordinators edit contacts and rules: `/bindeled kontakter`, `/bindeled regler`."""

from __future__ import annotations

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.usecases import directory, editing, intake
from handlers.cards import editing as cards
from handlers.cards import help as help_cards
from handlers.deps import Deps, actor_of
from handlers.forms.directory import ChooseForm, ContactForm, RuleForm
from handlers.parsing import Payload, first_word
from handlers.typed import searched

CONTACTS = ("kontakter", "kontaktar", "kontaktpersoner", "contacts")
RULES = ("regler", "reglar", "rules")
"""After `/bindeled`, in every language."""


def register(app: AsyncApp, deps: Deps) -> None:
    """Listen for everything about editing."""
    app.command("/bindeled", matchers=[first_word(*CONTACTS)])(partial(choose_contact, deps))
    app.command("/bindeled", matchers=[first_word(*RULES)])(partial(edit_rule, deps))
    app.view("editing.choose")(partial(chosen, deps))
    app.view("editing.contact")(partial(saved_contact, deps))
    app.view("editing.rule")(partial(saved_rule, deps))
    for action_id in ("editing.person", "editing.substitute"):
        app.options(action_id)(partial(typed_person, deps))
    app.options("editing.municipality")(partial(typed_place, deps))
    app.options("editing.kind")(partial(typed_kind, deps))


async def choose_contact(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """`/bindeled kontakter`: whose entry, or a new one."""
    actor = actor_of(context)
    await deps.run(editing.check, actor)
    await client.views_open(trigger_id=body["trigger_id"], view=cards.choose(deps.reader_of(actor)))
    await ack()


async def edit_rule(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """`/bindeled regler`: who takes what where."""
    actor = actor_of(context)
    await deps.run(editing.check, actor)
    await client.views_open(trigger_id=body["trigger_id"], view=cards.rule_form(deps.reader_of(actor)))
    await ack()


async def chosen(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """The contact was chosen: the same window shows its entry."""
    actor, form = actor_of(context), ChooseForm.from_view(body["view"])
    found = await deps.run(editing.begin, actor, contact_key=form.person)
    await ack(response_action="update", view=cards.contact_form(deps.reader_of(actor), found))


async def saved_contact(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """The entry was sent: kept, or the field that cannot be used is named."""
    actor, form = actor_of(context), ContactForm.from_view(body["view"])
    entry = editing.Entry(await deps.run(intake.let_in, actor, deps.intake, form.written), form.chosen)
    name = await deps.run(editing.save_contact, actor, entry, directory.facts(), contact_key=form.meta, key=form.key)
    reader = deps.reader_of(actor)
    await ack(response_action="update", view=help_cards.told(reader, cards.saved(reader, name)))


async def saved_rule(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """The rule was sent."""
    actor, form = actor_of(context), RuleForm.from_view(body["view"])
    texts = await deps.run(intake.let_in, actor, deps.intake, form.written)
    wanted = editing.Taking(form.municipality, form.contact, texts["reason"], form.kind, form.urgency)
    key = await deps.run(editing.save_rule, actor, wanted, directory.facts(), key=form.key)
    reader = deps.reader_of(actor)
    await ack(response_action="update", view=help_cards.told(reader, cards.saved(reader, key)))


async def typed_person(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """A contact of her own agency is looked for."""
    found = await deps.run(editing.people, actor_of(context), typed=searched(body))
    await ack(options=cards.people(found))


async def typed_place(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """A municipality her agency answers for is looked for."""
    found = await deps.run(editing.places, actor_of(context), typed=searched(body))
    await ack(options=cards.places([(one.display_name, one.code) for one in found]))


async def typed_kind(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """A kind of case is looked for."""
    await ack(options=cards.kinds(deps.reader_of(actor_of(context)), searched(body)))
