"""What is alike for follow-ups, counter-proposals, clearances and promised words: answers, passing on, undoing, *Mere …*."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.matters import Matter, MatterState
from bot.usecases import agreements, clearances, counters, followups, reminders, words
from handlers.cards import agreements as cards
from handlers.cards import clearances as clearance_cards
from handlers.cards import everything
from handlers.cards import followups as followup_cards
from handlers.cards import words as word_cards
from handlers.deps import Deps, actor_of
from handlers.forms.contacts import PassForm
from handlers.forms.followups import ReopenForm
from handlers.parsing import Click, Payload
from handlers.replies import reply

ANSWERS: Mapping[str, Callable[..., Matter]] = {
    "followup.agree": followups.agree,
    "followup.decline": followups.decline,
    "followup.wont-do": followups.wont_do,
    "followup.help": reminders.ask_help,
    "followup.withdraw": agreements.withdraw,
    "counter.agree": counters.accept,
    "counter.decline": counters.decline,
    "counter.withdraw": agreements.withdraw,
    "clearance.agree": clearances.agree,
    "clearance.decline": clearances.decline,
    "clearance.withdraw": agreements.withdraw,
    "clearance.revoke": clearances.revoke,
    "word.agree": words.agree,
    "word.decline": words.decline,
    "word.withdraw": agreements.withdraw,
    "word.given": words.given,
    "word.help": reminders.ask_help,
}
"""One tap, with the reason in it where there is one."""
CAPABILITIES = ("followup", "counter", "clearance", "word")
AGAIN = ("followup", "clearance", "word")


def register(app: AsyncApp, deps: Deps) -> None:
    """Listen for everything that is alike."""
    for action_id in ANSWERS:
        app.action(action_id)(partial(answered, deps))
    for capability in CAPABILITIES:
        app.action(f"{capability}.pass")(partial(asked_to_whom, deps))
        app.view(f"{capability}.pass")(partial(passed, deps))
    for capability in AGAIN:
        app.action(f"{capability}.undo")(partial(undone, deps))
        app.action(f"{capability}.reopen")(partial(asked_to_reopen, deps))
        app.view(f"{capability}.reopen")(partial(reopened, deps))
    app.action("agreement.more")(partial(asked_for_more, deps))


async def answered(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """One tap; every message about it is edited to what is true now. In a thread the way back is shown to her alone."""
    click, actor = Click.model_validate(body), actor_of(context)
    matter_id, _, reason = click.value.partition(":")
    more = {"reason": reason} if reason else {}
    action_id = click.actions[0].action_id
    after = await deps.run(ANSWERS[action_id], actor, matter_id=matter_id, key=click.key, **more)
    await ack()
    capability = action_id.partition(".")[0]
    if after.kind == capability:
        await way_back(deps, body, context, after)


async def way_back(deps: Deps, body: Payload, context: AsyncBoltContext, after: Matter) -> None:
    """To whoever settled something by a button in the thread: *Fortryd*, for her alone. Elsewhere her own message has it."""
    undoable = after.kind in AGAIN and after.state in {
        MatterState.DONE, MatterState.DECLINED, MatterState.WITHDRAWN, MatterState.WONT_DO,
    }  # fmt: skip
    channel = str((body.get("channel") or {}).get("id", ""))
    if undoable and channel and not channel.startswith("D"):
        reader = deps.reader_of(actor_of(context))
        deps.later(reply(deps, body, cards.acted(reader, after.kind.value, after, reader.texts(f"task.{after.kind}"))))


async def asked_to_whom(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """*Send videre*: at once where only one can be asked, else the form that says to whom."""
    click, actor = Click.model_validate(body), actor_of(context)
    found = await deps.run(agreements.prepare_pass, actor, matter_id=click.value)
    if len(found.receivers) == 1:
        await deps.run(
            agreements.pass_on, actor, matter_id=click.value, contact_id=found.receivers[0].id, key=click.key
        )
    else:
        capability = click.actions[0].action_id.partition(".")[0]
        view = cards.pass_form(deps.reader_of(actor), capability, found)
        await client.views_open(trigger_id=click.trigger_id, view=view)
    await ack()


async def passed(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """Somebody was chosen: she is asked."""
    form = PassForm.from_view(body["view"])
    await deps.run(agreements.pass_on, actor_of(context), matter_id=form.meta, contact_id=form.receiver, key=form.key)
    await ack()


async def undone(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient) -> None:
    """*Fortryd*: as it was before; too late for that, the form that opens it again with a reason."""
    click = Click.model_validate(body)
    matter = await deps.run(agreements.undo, actor_of(context), matter_id=click.value, key=click.key)
    if matter is None:
        await _show_reopening(deps, click, context, client, late=True)
    await ack()


async def asked_to_reopen(
    deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """*Genåbn*: the form."""
    await _show_reopening(deps, Click.model_validate(body), context, client)
    await ack()


async def _show_reopening(
    deps: Deps, click: Click, context: AsyncBoltContext, client: AsyncWebClient, *, late: bool = False
) -> None:
    actor = actor_of(context)
    found = await deps.run(agreements.prepare_reopen, actor, matter_id=click.value, late=late)
    capability = click.actions[0].action_id.partition(".")[0]
    view = cards.reopen_form(deps.reader_of(actor), capability, found)
    await client.views_open(trigger_id=click.trigger_id, view=view)


async def reopened(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """The reason and the moment were given."""
    form = ReopenForm.from_view(body["view"])
    await deps.run(
        agreements.reopen, actor_of(context), matter_id=form.meta, reason=form.reason, due_at=form.due, key=form.key
    )
    await ack()


async def asked_for_more(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """*Mere …*: every agreement of the case with everything that can be done about it, for her alone."""
    click, actor = Click.model_validate(body), actor_of(context)
    reader = deps.reader_of(actor)
    view = (await deps.run(followups.prepare, actor, case_id=click.value)).view
    parts: list[Any] = [followup_cards, clearance_cards, word_cards]
    rows = [row for part in parts for row in part.rows(reader, view)]
    card = cards.more(reader, rows, everything.way(reader, view.case.id))
    deps.later(reply(deps, body, card))
    await ack()
