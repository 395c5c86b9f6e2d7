"""`views.*`: modals with a trigger that lives three seconds, and Homes."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

from bot.sandbox.blocks import problems_in_view
from bot.sandbox.errors import RefusedError
from bot.sandbox.model import views
from bot.sandbox.payloads.objects import view_object
from bot.sandbox.web_api.arguments import bad

if TYPE_CHECKING:
    from bot.sandbox.jsons import Json
    from bot.sandbox.model.store import Model
    from bot.sandbox.model.things import Trigger, View
    from bot.sandbox.web_api.call import Call, Method

MOST_VIEW_BYTES = 250_000


def check_view(view: object, *, kind: str) -> Json:
    """A view that Slack would take, of the right type; else `invalid_arguments`, `view_too_large`."""
    if not isinstance(view, dict):
        raise bad("must provide an object [json-pointer:/view]")
    if view.get("type") not in {None, kind} and view.get("type") in {"modal", "home"}:
        raise bad(f"the view must be of type {kind} [json-pointer:/view/type]")
    problems = problems_in_view(view)
    if problems:
        raise RefusedError.because("invalid_arguments", problems)
    if len(json.dumps(view)) > MOST_VIEW_BYTES:
        raise RefusedError("view_too_large")
    return view


def _view(call: Call, *, kind: str) -> Json:
    if "view" not in call.args:
        raise bad("missing required field: view")
    return check_view(call.args.data("view"), kind=kind)


def _unique(model: Model, body: Json, own: View | None = None) -> None:
    external = body.get("external_id")
    others = [view for view in model.views.values() if view is not own]
    if external and any(view.body["external_id"] == external for view in others):
        raise bad("duplicate_external_id")


def _use_trigger(call: Call) -> Trigger:
    given = call.args.text("trigger_id") or call.args.text("interactivity_pointer")
    if not given:
        raise bad("missing required field: trigger_id")
    trigger = call.model.triggers.get(given)
    if trigger is None:
        raise RefusedError("invalid_trigger_id")
    if trigger.used:
        raise RefusedError("exchanged_trigger_id")
    if time.monotonic() - trigger.made > call.standin.manners.trigger_seconds:
        raise RefusedError("expired_trigger_id")
    return trigger


def open_view(call: Call) -> Json:
    """`views.open`: a modal for the person whose trigger it is."""
    body = _view(call, kind="modal")
    trigger = _use_trigger(call)
    _unique(call.model, body)
    trigger.used = True
    view = views.show(call.model, call.model.users[trigger.user], body)
    return {"view": view_object(call.model, view)}


def push(call: Call) -> Json:
    """`views.push`: on top of the modal the trigger came from; at most three."""
    body = _view(call, kind="modal")
    trigger = _use_trigger(call)
    below = call.model.views.get(trigger.view or "")
    if below is None:
        raise RefusedError("invalid_trigger_id")
    user = call.model.users[trigger.user]
    if len(views.stack_of(call.model, user)) >= views.MOST_STACKED:
        raise RefusedError("push_limit_reached")
    _unique(call.model, body)
    trigger.used = True
    view = views.show(call.model, user, body, below=below)
    return {"view": view_object(call.model, view)}


def update(call: Call) -> Json:
    """`views.update` by view_id or external_id; with a `hash` only if nobody was faster."""
    body = _view(call, kind="modal")
    view = _named(call)
    _same_hash(call, view)
    _unique(call.model, body, view)
    return {"view": view_object(call.model, views.replace(call.model, view, body))}


def _named(call: Call) -> View:
    view_id, external = call.args.text("view_id"), call.args.text("external_id")
    if not view_id and not external:
        raise bad("one of view_id or external_id is required")
    for view in call.model.views.values():
        if view.id == view_id or (external and view.body["external_id"] == external):
            return view
    raise RefusedError("not_found")


def _same_hash(call: Call, view: View | None) -> None:
    given = call.args.text("hash")
    if given and (view is None or given != view.hash):
        raise RefusedError("hash_conflict")


def publish(call: Call) -> Json:
    """`views.publish`: a person's Home. Not for people of another workspace, not where Home is switched off."""
    body = _view(call, kind="home")
    manifest = call.standin.manifest
    if manifest is not None and not manifest.home_tab:
        raise RefusedError("not_enabled")
    user = call.user("user_id")
    if user.deleted or user.is_bot or call.model.is_external(user):
        raise bad("user_id is not a person of this workspace [json-pointer:/user_id]")
    _same_hash(call, call.model.homes.get(user.id))
    return {"view": view_object(call.model, views.publish_home(call.model, user, body))}


METHODS: dict[str, Method] = {
    "views.open": open_view,
    "views.push": push,
    "views.update": update,
    "views.publish": publish,
}
