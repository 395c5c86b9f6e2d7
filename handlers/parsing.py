"""What comes in over the wire, parsed once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ValidationError

from bot.domain.errors import NotFound
from bot.domain.intake import Typed, Written
from handlers.typed import ticked

Payload = dict[str, Any]
"""A payload of Slack's, as Bolt hands it over."""


class Option(BaseModel):
    """The chosen entry of a list."""

    value: str


class Action(BaseModel):
    """One element somebody used."""

    action_id: str
    block_id: str = ""
    value: str | None = None
    selected_option: Option | None = None


class Click(BaseModel):
    """A `block_actions` payload: a button, a select. `trigger_id` names the interaction."""

    trigger_id: str
    actions: list[Action]
    response_url: str | None = None

    @property
    def key(self) -> str:
        """What tells this interaction from every other, repetitions excepted."""
        return f"click:{self.trigger_id}"

    @property
    def value(self) -> str:
        """The button's own value, or the chosen entry's."""
        first = self.actions[0]
        return (first.selected_option.value if first.selected_option else first.value) or ""


def _moment(value: object) -> object:
    return datetime.fromtimestamp(value, UTC) if isinstance(value, int) else value


Moment = Annotated[datetime, BeforeValidator(_moment)]
"""A `datetimepicker` gives seconds since 1970; we keep an aware moment in UTC."""


class Form(BaseModel):
    """A submitted form; each field is named after its block."""

    key: str
    meta: str
    ticked: frozenset[str] = frozenset()

    @property
    def written(self) -> Written:
        """Its free texts, on their way to the guard."""
        return Written({name: value for name, value in self if isinstance(value, Typed)}, self.ticked)

    @classmethod
    def from_view(cls, view: Mapping[str, Any]) -> Self:
        """The form in a `view_submission`; the view's id and hash name the interaction.

        Raises `NotFound` where its fields are those of another version.
        """
        values = {
            block: _chosen(state) for block, states in view["state"]["values"].items() for state in states.values()
        }
        try:
            return cls.model_validate(
                {
                    **values,
                    "key": f"view:{view['id']}:{view['hash']}",
                    "meta": view["private_metadata"],
                    "ticked": ticked(view),
                }
            )
        except ValidationError as error:
            raise NotFound("help.too_old") from error


def is_said_in_channel(body: Payload) -> bool:
    """Whether this is an event about a message that people write to each other, and not to the bot."""
    event = body.get("event") or {}
    return event.get("type") == "message" and event.get("channel_type") != "im"


def first_word(*words: str) -> Callable[..., Awaitable[bool]]:
    """A matcher for Bolt: whether a command's text begins with one of these words. `/bindeled` is shared that way."""

    async def matches(body: Payload) -> bool:
        typed = str(body.get("text") or "").split(maxsplit=1)
        return bool(typed) and typed[0].casefold() in words

    return matches


def _chosen(state: Mapping[str, Any]) -> object:
    if state["type"] in {"static_select", "external_select", "radio_buttons"}:
        return (state.get("selected_option") or {}).get("value")
    if state["type"] in {"multi_external_select", "checkboxes"}:
        return [option["value"] for option in state.get("selected_options") or ()]
    if state["type"] == "conversations_select":
        return state.get("selected_conversation")
    if state["type"] == "datetimepicker":
        return state.get("selected_date_time")
    if state["type"] == "datepicker":
        return state.get("selected_date")
    return state.get("value")


def _empty(value: object) -> object:
    return "" if value is None else value


Line = Annotated[str, BeforeValidator(_empty)]
"""A choice that may be left empty."""
