"""Opening a case: the form, what it offers while somebody types, and what becomes of it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import BadInput, Refused
from bot.domain.opening import NewCase
from bot.domain.people import Actor
from bot.usecases import cases, contacts, opening
from handlers import codes, typed
from handlers.cards import channels as channel_cards
from handlers.cards import help as help_cards
from handlers.cards import opening as cards
from handlers.deps import Deps, actor_of
from handlers.forms.cases import Begun, CaseTarget, OpenCaseForm
from handlers.parsing import Click, Payload

COMMANDS = ("/sag", "/sak", "/arende", "/case")
NEW = "case.new"


def register(app: AsyncApp, deps: Deps) -> None:
    """Listen for every way to the form, and for the form."""
    for name in COMMANDS:
        app.command(name)(partial(commanded, deps))
    app.action("case.open")(partial(asked_to_open, deps))
    app.action(NEW)(partial(asked_for_new, deps))
    app.shortcut(NEW)(partial(asked_for_new, deps))
    app.view("case.open")(partial(opened, deps))
    for action_id in ("case.kind", "case.municipality"):
        app.action(action_id)(partial(chosen_otherwise, deps))
    for action in (re.compile(r"^case\.participants(\.\d+)?$"), "case.person"):
        app.options(action)(partial(typed_person, deps))
    app.options("case.municipality")(partial(typed_place, deps))


async def commanded(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """`/sag`: the form for a case with one's own first contact. `/sag KODE`: the way to its thread."""
    actor = actor_of(context)
    card = await codes.answer(deps, actor, typed.after_command(body))
    if card is not None:
        await ack(text=card.text, blocks=card.blocks, response_type="ephemeral")
        return
    await _show_form(deps, actor, client, await _own_contact(deps, actor), body["trigger_id"])
    await ack()


async def asked_to_open(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """*Åbn sag* under a contact: the form."""
    click = Click.model_validate(body)
    await _show_form(deps, actor_of(context), client, CaseTarget.parse(click.value), click.trigger_id)
    await ack()


async def asked_for_new(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """*Åbn sag* in Home, after a question, or as a shortcut: the form with one's own first contact, where there is one."""
    actor = actor_of(context)
    await _show_form(deps, actor, client, await _own_contact(deps, actor), body["trigger_id"])
    await ack()


async def opened(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """The form was sent: headline, requests and receipt are on their way, or a draft waits for its room."""
    form, actor = OpenCaseForm.from_view(body["view"]), actor_of(context)
    proposed = form.place
    chosen = form.participants if form.participants is not None else [proposed.contact_id]
    municipality = form.municipality or proposed.municipality
    await _check_place(deps, actor, form, municipality, chosen)
    wanted = NewCase(
        kind=form.kind, urgency=form.urgency, municipality=municipality, others=tuple(chosen), subject=form.subject,
        stages=form.stages, received=form.received,
    )  # fmt: skip
    result = await deps.run(opening.open_case, actor, wanted, key=form.key)
    if result.case is not None and not result.case.own_channel:
        await ack()
        return
    reader = deps.reader_of(actor)
    if result.case is not None:
        await ack(response_action="update", view=help_cards.told(reader, channel_cards.making(reader, result.case)))
        return
    await ack(response_action="update", view=help_cards.told(reader, cards.waits(reader, result)))


async def chosen_otherwise(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """Another kind or place in the open form: whoever answers for it is proposed, and all else stays as it is.

    Whom she added herself stays, whom she took out stays out. Where nobody is to be proposed, or no room is to be had,
    nothing changes: sending the form says why.
    """
    view, actor = body["view"], actor_of(context)
    begun = Begun.parse(view["private_metadata"])
    kind, place = typed.chosen(view, "kind") or "", typed.chosen(view, "municipality") or begun.target.municipality
    try:
        found = await deps.run(contacts.find_contact, actor, municipality=place or None, kind=kind or None)
        contact_id = found.asked.id if found.asked else ""
        fresh = await deps.run(opening.prepare, actor, municipality=place, contact_id=contact_id, kind=kind)
    except Refused:
        await ack()
        return
    target = CaseTarget(municipality=place, contact_id=contact_id, kind=kind)
    now = Begun(target=target, proposed=tuple(c.id for c in fresh.shown), times=begun.times + 1)
    people = cards.people_again(begun, fresh.shown, typed.picked(view, "participants"))
    form = cards.form_again(deps.reader_of(actor), fresh, begun=now, people=people, entered=typed.kept(view))
    try:
        await client.views_update(view_id=view["id"], hash=view["hash"], view=form)
    except SlackApiError as error:
        if error.response.data["error"] not in {"hash_conflict", "not_found"}:  # changed meanwhile, or closed
            raise
    await ack()


async def typed_person(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """Somebody is looked for; the kind and place chosen so far, or those of the case, say who is proposed."""
    actor, view = actor_of(context), body.get("view", {})
    kind: str | None
    place: str | None
    if view.get("callback_id") == "case.invite":
        case = (await deps.run(cases.prepare_change, actor, case_id=view["private_metadata"])).case
        kind, place = case.kind, case.municipality
    else:
        kind, place = typed.chosen(view, "kind"), typed.chosen(view, "municipality")
    found = await deps.run(opening.people, actor, typed=typed.searched(body), municipality=place, kind=kind)
    groups = cards.found_people(deps.reader_of(actor), found)
    await (ack(option_groups=groups) if groups else ack(options=[]))


async def typed_place(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """A municipality is looked for."""
    found = await deps.run(opening.places, actor_of(context), typed=typed.searched(body))
    await ack(options=[{"text": {"type": "plain_text", "text": m.display_name}, "value": m.code} for m in found])


async def _own_contact(deps: Deps, actor: Actor) -> CaseTarget:
    """What the form begins with where no contact was named: one's own municipality and its contact, as far as known."""
    try:
        found = await deps.run(contacts.find_contact, actor)
    except BadInput:
        return CaseTarget(municipality="", contact_id="")
    return CaseTarget(municipality=found.municipality, contact_id=found.asked.id if found.asked else "")


async def _show_form(deps: Deps, actor: Actor, client: AsyncWebClient, target: CaseTarget, trigger_id: str) -> None:
    found = await deps.run(
        opening.prepare, actor, municipality=target.municipality or None, contact_id=target.contact_id, kind=target.kind
    )
    begun = Begun(target=target, proposed=tuple(contact.id for contact in found.shown))
    form = cards.opening_form(deps.reader_of(actor), replace(found, urgency=target.urgency), meta=begun.as_value())
    await client.views_open(trigger_id=trigger_id, view=form)


async def _check_place(deps: Deps, actor: Actor, form: OpenCaseForm, municipality: str, chosen: list[str]) -> None:
    """Another municipality with the first one's contact would reach the wrong person: who is meant is asked."""
    if municipality == form.place.municipality or chosen != [form.place.contact_id] or not chosen[0]:
        return
    found = await deps.run(contacts.find_contact, actor, municipality=municipality, kind=form.kind)
    if found.asked is not None and found.asked.id != chosen[0]:
        raise BadInput("case.error.other_place", field="participants", name=found.asked.name)
