"""Slash commands, shortcuts, and the Home tab: what only people of the bot's own workspace have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox import happenings, posting
from bot.sandbox.errors import ActRefusedError, RefusedError
from bot.sandbox.model.views import new_response_url, new_trigger
from bot.sandbox.payloads import interactions
from bot.sandbox.people.acts import Outcome, shown, told
from bot.sandbox.people.typing import command_text
from bot.sandbox.socket.envelopes import Envelope

if TYPE_CHECKING:
    from bot.sandbox.model.things import Channel
    from bot.sandbox.people.acts import Act, Doing


async def command(act: Act) -> Outcome:
    """A slash command. Its answer in the acknowledgement is shown to the person, or in the channel if it says so."""
    name = act.text("command")
    name = name if name.startswith("/") else f"/{name}"
    channel = act.channel("@bot")
    manifest = act.standin.manifest
    known = manifest.commands.get(name) if manifest else None
    if act.model.is_external(act.user) or (manifest is not None and known is None):
        raise ActRefusedError(f"{name} is not a valid command")
    if act.wish.get("thread_ts"):
        raise ActRefusedError(f"{name} is not supported in threads. Sorry!")
    if channel.is_archived:
        raise ActRefusedError("is_archived")
    url = new_response_url(act.model, act.user, channel.id)
    text = command_text(act.model, act.text("text", ""), should_escape=bool(known and known.should_escape))
    payload = interactions.command(act.model, act.standin.tokens, act.user, channel, name=name, text=text) | {
        "response_url": f"{act.standin.base}/response/{url.id}",
        "trigger_id": new_trigger(act.model, act.user),
    }
    act.model.changes.note()
    receipt = await act.reach(Envelope("slash_commands", name, payload, wants_answer=True))
    if not receipt.acked:
        return shown(receipt)
    ts, error = _answer(act, channel, receipt.ack)
    return Outcome(acked=True, ack=receipt.ack, ms=receipt.ms, ts=ts, error=error)


def _answer(act: Act, channel: Channel, answer: object) -> tuple[str | None, str | None]:
    """Show the answer that came with the acknowledgement: its ts, or what went wrong."""
    if answer in (None, "", {}):
        return None, None
    content = {"text": answer} if isinstance(answer, str) else answer
    if not isinstance(content, dict):
        return None, "invalid_command_response"
    if not {"text", "blocks", "attachments"} & content.keys():
        return None, None
    try:
        posting.check_content(content)
    except RefusedError as refused:
        return None, f"invalid_command_response: {refused.code}"
    reader = None if content.get("response_type") == "in_channel" else act.user.id
    return posting.post_as_bot(act.standin, channel, content, ephemeral_to=reader).ts, None


async def shortcut(act: Act) -> Outcome:
    """A shortcut: global, or on a message with `channel` and `ts`."""
    callback_id = act.text("callback_id")
    on_message = "ts" in act.wish
    act.inside()
    manifest = act.standin.manifest
    if manifest is not None:
        known = manifest.shortcuts.get(callback_id)
        if known is None or known.type != ("message" if on_message else "global"):
            raise ActRefusedError("no_such_shortcut")
    kind = "message_action" if on_message else "shortcut"
    payload = interactions.common(act.model, act.standin.tokens, act.user, kind) | {
        "callback_id": callback_id,
        "trigger_id": new_trigger(act.model, act.user),
        "action_ts": act.model.new_ts(),
    }
    if on_message:
        channel = act.channel()
        message = act.message(channel)
        if message.ephemeral_to is not None:
            raise ActRefusedError("message_not_found")
        url = new_response_url(act.model, act.user, channel.id, message, message.thread_ts)
        payload |= interactions.shortcut_on(act.model, channel, message)
        payload["response_url"] = f"{act.standin.base}/response/{url.id}"
    return shown(await act.reach(Envelope("interactive", callback_id, payload)))


async def home(act: Act) -> Outcome:
    """Open the app's Home."""
    act.inside()
    manifest = act.standin.manifest
    if manifest is not None and not manifest.home_tab:
        raise ActRefusedError("no_home")
    sent = happenings.home_opened(act.standin, act.user, act.direct())
    return await told(sent, seconds=act.standin.manners.ack_seconds)


ACTS: dict[str, Doing] = {"command": command, "shortcut": shortcut, "home": home}
