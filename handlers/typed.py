"""What people typed, as Slack hands it over: wrapped at once, so that it goes to the door (`usecases/intake.py`) and nowhere else."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator

from bot.domain.intake import Found, Typed

PARDON = "guard.pardon"
"""The tick "no, that is not a person"; its value is the digest of the word."""


def _wrapped(value: object) -> object:
    return Typed(value or "") if value is None or isinstance(value, str) else value


TypedField = Annotated[Typed, BeforeValidator(_wrapped)]
"""A field of a form that people type into."""


def message(body: Mapping[str, Any]) -> Typed:
    """What was written to the bot, or with its name in a channel."""
    return Typed(str(body["event"].get("text") or ""))


def said(message: Mapping[str, Any]) -> Typed:
    """What somebody wrote to others, as its own event or as part of the event of an edit."""
    return Typed(str(message.get("text") or ""))


def after_command(body: Mapping[str, Any]) -> Typed:
    """What stands after a command."""
    return Typed(str(body.get("text") or "").strip())


def searched(body: Mapping[str, Any]) -> Typed:
    """The letters typed into a list that the bot fills."""
    return Typed(str(body.get("value") or ""))


def ticked(view: Mapping[str, Any]) -> frozenset[str]:
    """The words, as digests, of which the person said that they are no persons."""
    return frozenset(
        str(option["value"])
        for _, action_id, state in _states(view)
        if action_id.startswith(PARDON)
        for option in state.get("selected_options") or ()
    )


def chosen(view: Mapping[str, Any], block_id: str) -> str | None:
    """What is chosen so far in a closed list of an open form."""
    if "state" not in view:
        return None
    options = (state.get("selected_option") for block, _, state in _states(view) if block == block_id)
    return next((str(option["value"]) for option in options if option), None)


def picked(view: Mapping[str, Any], block_id: str) -> list[dict[str, Any]]:
    """What is chosen so far in a list of several of an open form, as its options."""
    states = (state for block, _, state in _states(view) if block == block_id)
    return [dict(option) for state in states for option in state.get("selected_options") or ()]


def fields(view: Mapping[str, Any]) -> Collection[str]:
    """The fields of an open form, by block."""
    return {block_id for block_id, _, _ in _states(view)}


def shown(view: Mapping[str, Any], found: Found) -> str:
    """The words the guard asks about, for the form of the one who has just typed them."""
    return next(
        str(state.get("value") or "")[found.start : found.end]
        for block_id, _, state in _states(view)
        if block_id == found.field
    )


def kept(view: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The blocks of an open form with what was typed and chosen in them, the guard's own questions left out."""
    entered = {(block_id, action_id): state for block_id, action_id, state in _states(view)}
    return [
        {**block, "element": _filled(element, entered.get((block["block_id"], element["action_id"]), {}))}
        if (element := block.get("element"))
        else block
        for block in view["blocks"]
        if not str(block.get("block_id")).startswith(PARDON)
    ]


INITIAL = {
    "value": "initial_value",
    "selected_option": "initial_option",
    "selected_date": "initial_date",
    "selected_date_time": "initial_date_time",
}
"""How an element is told what somebody entered into it before."""


def _filled(element: Mapping[str, Any], state: Mapping[str, Any]) -> dict[str, Any]:
    empty = {name: value for name, value in element.items() if name not in INITIAL.values()}
    return empty | {initial: state[name] for name, initial in INITIAL.items() if state.get(name)}


def _states(view: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for block_id, actions in view["state"]["values"].items():
        for action_id, state in actions.items():
            yield block_id, action_id, state
