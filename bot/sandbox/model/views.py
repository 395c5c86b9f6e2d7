"""What changes modals and Homes: opening, stacking, replacing, closing; and the triggers that allow it."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING

from bot.sandbox.blocks import initial_values, with_block_ids
from bot.sandbox.model.things import ResponseUrl, Trigger, View

if TYPE_CHECKING:
    from bot.sandbox.jsons import Json
    from bot.sandbox.model.store import Model
    from bot.sandbox.model.things import Message, User

MOST_STACKED = 3  # Slack: at most three views in one modal stack


def new_trigger(model: Model, user: User, view: View | None = None) -> str:
    """Leave to open a view, noted with the real moment and the view it came from."""
    stamp = int(time.monotonic() * 1000)
    trigger = Trigger(
        f"{stamp}.{model.seconds()}.{secrets.token_hex(16)}", user.id, time.monotonic(), view.id if view else None
    )
    model.triggers[trigger.id] = trigger
    return trigger.id


def new_response_url(
    model: Model, user: User, channel: str, message: Message | None = None, thread_ts: str | None = None
) -> ResponseUrl:
    """Leave to answer an interaction that began in a channel, or on a message in it."""
    url = ResponseUrl(
        id=secrets.token_urlsafe(18),
        user=user.id,
        channel=channel,
        made=model.clock.now().timestamp(),
        message=message.ts if message else None,
        thread_ts=thread_ts,
    )
    model.response_urls[url.id] = url
    return url


def body_of(view: Json) -> Json:
    """A view as stored: every block has a `block_id`, every optional field a value."""
    return {
        "type": view["type"],
        "callback_id": view.get("callback_id", ""),
        "private_metadata": view.get("private_metadata", ""),
        "external_id": view.get("external_id", ""),
        "title": view.get("title"),
        "submit": view.get("submit"),
        "close": view.get("close"),
        "clear_on_close": bool(view.get("clear_on_close", False)),
        "notify_on_close": bool(view.get("notify_on_close", False)),
        "blocks": with_block_ids(view["blocks"]),
    }


def values_of(view: View) -> Json:
    """`state.values`: every input's initial value, then what the person chose, where it is still in the view."""
    values: Json = initial_values(view.body)
    for block_id, actions in view.typed.items():
        for action_id, value in actions.items():
            if values.get(block_id, {}).get(action_id, {}).get("type") == value["type"]:
                values[block_id][action_id] = value
    return values


def stack_of(model: Model, user: User) -> list[View]:
    """A person's open modals, undermost first. Slack shows one stack at a time."""
    return [view for view in model.views.values() if view.user == user.id]


def show(model: Model, user: User, body: Json, *, below: View | None = None) -> View:
    """Open a modal, alone or on top of another one."""
    if below is None:
        close_all(model, user)
    view_id = model.new_id("V")
    view = View(
        id=view_id,
        user=user.id,
        team=user.team,
        body=body_of(body),
        hash=model.new_hash(),
        root=below.root if below else view_id,
        previous=below.id if below else None,
    )
    model.views[view_id] = view
    model.changes.note()
    return view


def replace(model: Model, view: View, body: Json) -> View:
    """New content for an open view. What was typed stays where block and action keep their names."""
    view.body = body_of(body)
    view.hash = model.new_hash()
    view.errors = {}
    model.changes.note()
    return view


def publish_home(model: Model, user: User, body: Json) -> View:
    """A person's Home, replaced as a whole but with its id kept."""
    before = model.homes.get(user.id)
    if before:
        before.typed = {}
        return replace(model, before, body)
    view_id = model.new_id("V")
    view = View(id=view_id, user=user.id, team=user.team, body=body_of(body), hash=model.new_hash(), root=view_id)
    model.homes[user.id] = view
    model.changes.note()
    return view


def close(model: Model, view: View) -> None:
    """One view goes, and what lies on top of it; the one below shows again."""
    for above in [v for v in model.views.values() if v.previous == view.id]:
        close(model, above)
    model.views.pop(view.id, None)
    model.changes.note()


def close_all(model: Model, user: User) -> None:
    """The whole modal goes."""
    for view in stack_of(model, user):
        model.views.pop(view.id, None)
    model.changes.note()
