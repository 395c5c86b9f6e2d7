"""Submitting and closing a modal, and what Slack makes of the app's answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.blocks import problems_in_view, unanswered
from bot.sandbox.errors import ActRefusedError
from bot.sandbox.model import views
from bot.sandbox.model.views import new_response_url, new_trigger
from bot.sandbox.payloads import interactions
from bot.sandbox.payloads.objects import view_object
from bot.sandbox.people.acts import Outcome, shown
from bot.sandbox.people.places import Place, entered, shown_view
from bot.sandbox.socket.envelopes import Envelope

if TYPE_CHECKING:
    from bot.sandbox.jsons import Json
    from bot.sandbox.model.things import View
    from bot.sandbox.people.acts import Act, Doing
    from bot.sandbox.socket.envelopes import Receipt

REQUIRED = "Please complete this required field."


async def submit(act: Act) -> Outcome:
    """Fill in `values` and submit. What Slack's client would hold back is not sent."""
    view = shown_view(act)
    if view.is_home or view.body["submit"] is None:
        raise ActRefusedError("no_submit")
    _fill_in(act, view)
    view.errors = dict.fromkeys(unanswered(view.body, entered(view)), REQUIRED)
    act.model.changes.note()
    if view.errors:
        raise ActRefusedError(f"required: {', '.join(view.errors)}")
    payload = interactions.common(act.model, act.standin.tokens, act.user, "view_submission") | {
        "trigger_id": new_trigger(act.model, act.user, view),
        "view": view_object(act.model, view),
        "response_urls": _response_urls(act, view),
    }
    name = view.body["callback_id"] or "view_submission"
    receipt = await act.reach(Envelope("interactive", name, payload, wants_answer=True))
    if not receipt.acked:
        return shown(receipt)
    error = _answered(act, view, receipt.ack)
    return Outcome(acked=True, ack=receipt.ack, ms=receipt.ms, error=error)


def _fill_in(act: Act, view: View) -> None:
    values = act.wish.get("values") or {}
    if not isinstance(values, dict) or not all(isinstance(actions, dict) for actions in values.values()):
        raise ActRefusedError("values must be {block_id: {action_id: value}}")
    place = Place(act, view=view)
    for block_id, actions in values.items():
        for action_id, value in actions.items():
            try:
                place.enter(place.find(action_id, block_id), value)
            except ActRefusedError as refused:
                view.errors = {block_id: str(refused)}
                act.model.changes.note()
                raise


def _response_urls(act: Act, view: View) -> list[Json]:
    """One for each conversation menu that asks for it."""
    found: list[Json] = []
    values = entered(view)
    for placed in Place(act, view=view).elements():
        element = placed.element
        if not element.get("response_url_enabled"):
            continue
        held = values.get(placed.block_id, {}).get(element.get("action_id"), {})
        channel_id = held.get("selected_conversation") or held.get("selected_channel")
        if channel_id:
            url = new_response_url(act.model, act.user, channel_id)
            found.append(
                {
                    "block_id": placed.block_id,
                    "action_id": element.get("action_id"),
                    "channel_id": channel_id,
                    "response_url": f"{act.standin.base}/response/{url.id}",
                }
            )
    return found


def _answered(act: Act, view: View, answer: object) -> str | None:
    """Do what the app's answer says; what the person sees if it makes no sense."""
    if answer in (None, "", {}):
        views.close(act.model, view)
        return None
    if not isinstance(answer, dict):
        return "invalid_response: the answer is no object"
    match answer.get("response_action"):
        case "clear":
            views.close_all(act.model, act.user)
        case "errors":
            return _show_errors(act, view, answer.get("errors"))
        case "update" | "push" as how:
            return _show_view(act, view, answer.get("view"), push=how == "push")
        case other:
            return f"invalid_response: unknown response_action {other}"
    return None


def _show_errors(act: Act, view: View, errors: object) -> str | None:
    inputs = {block["block_id"] for block in view.body["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        return "invalid_response: errors must name input blocks of the view"
    view.errors = {str(block_id): str(text) for block_id, text in errors.items()}
    act.model.changes.note()
    return None


def _show_view(act: Act, view: View, body: object, *, push: bool) -> str | None:
    problems = problems_in_view(body)
    if problems or not isinstance(body, dict) or body.get("type") != "modal":
        return "invalid_response: " + ("; ".join(problems) or "the view must be a modal")
    if view.id not in act.model.views:
        return "invalid_response: the view is no longer open"
    if not push:
        views.replace(act.model, view, body)
        return None
    if len(views.stack_of(act.model, act.user)) >= views.MOST_STACKED:
        return "invalid_response: push_limit_reached"
    views.show(act.model, act.user, body, below=view)
    return None


async def close(act: Act) -> Outcome:
    """Close the modal before the person, or with `clear` the whole stack. The app hears it only if it asked to."""
    view = shown_view(act)
    if view.is_home:
        raise ActRefusedError("view_not_found")
    clear = bool(act.wish.get("clear")) or view.body["clear_on_close"]
    gone = list(reversed(views.stack_of(act.model, act.user))) if clear else [view]
    heard = [_closed(act, each, cleared=clear) for each in gone if each.body["notify_on_close"]]
    if clear:
        views.close_all(act.model, act.user)
    else:
        views.close(act.model, view)
    receipts: list[Receipt] = [await act.reach(envelope) for envelope in heard]
    return Outcome(
        acked=bool(receipts) and all(receipt.acked for receipt in receipts),
        ms=max((receipt.ms for receipt in receipts), default=0.0),
    )


def _closed(act: Act, view: View, *, cleared: bool) -> Envelope:
    payload = interactions.common(act.model, act.standin.tokens, act.user, "view_closed") | {
        "view": view_object(act.model, view),
        "is_cleared": cleared,
    }
    return Envelope("interactive", view.body["callback_id"] or "view_closed", payload)


ACTS: dict[str, Doing] = {"submit": submit, "close": close}
