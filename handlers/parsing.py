"""What comes in over the wire, parsed once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, date, datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ValidationError

from bot.domain.absences import HalfDays
from bot.domain.cases import FollowupWhat, Urgency
from bot.domain.corrections import Wrong
from bot.domain.errors import NotFound

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
                {**values, "key": f"view:{view['id']}:{view['hash']}", "meta": view["private_metadata"]}
            )
        except ValidationError as error:
            raise NotFound("help.too_old") from error


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
"""A field that may be left empty."""


class FollowupForm(Form):
    """What, whose, by when; `meta` is the case."""

    what: FollowupWhat
    owner: str
    due: Moment


class RedateForm(Form):
    """By when; `meta` is the follow-up."""

    due: Moment


class AbsenceForm(Form):
    """Who (a coordinator may name somebody), local days, half days, who stands in; `meta` is the absence it replaces."""

    first: date
    last: date
    half: HalfDays
    person: str | None = None
    substitute: str | None = None


class AbsenceTarget(BaseModel):
    """What the button *Meld fravær* carries: an absence to change, or days that were understood from a message."""

    replaces: str = ""
    first: date | None = None
    last: date | None = None

    def as_value(self) -> str:
        """As a button carries it."""
        days = (day.isoformat() if day else "" for day in (self.first, self.last))
        return ":".join(("absence", self.replaces, *days))

    @classmethod
    def parse(cls, value: str) -> Self:
        """From the button's value; raises `NotFound` where another version wrote it."""
        try:
            _, replaces, first, last = value.split(":")
            return cls.model_validate({"replaces": replaces, "first": first or None, "last": last or None})
        except ValueError as error:  # pydantic's own is one, too
            raise NotFound("help.too_old") from error


class DetailsForm(Form):
    """What a person corrects about herself; `substitute` is a contact's key; `meta` is the question."""

    phone: Line
    hours: Line
    best_time: Line
    substitute: Line


class ChooseForm(Form):
    """A contact's key; empty is a new one."""

    person: Line


class ContactForm(Form):
    """A contact's entry, by the columns of the file; `meta` is its key, empty for a new one."""

    name: Line
    role: str
    unit: Line
    phone: Line
    email: Line
    hours: Line
    best_time: Line
    substitute: Line
    valid_until: Line

    @property
    def fields(self) -> dict[str, str]:
        """The columns alone."""
        return {name: str(value) for name, value in self.model_dump(exclude={"key", "meta"}).items()}


class RuleForm(Form):
    """Who takes what where."""

    municipality: str
    kind: Line
    urgency: Line
    contact: str
    reason: Line


class PassForm(Form):
    """Who rings instead; `meta` is the call-back."""

    receiver: str


class WrongForm(Form):
    """What is wrong; `meta` says with which contact."""

    wrong: Wrong

    @property
    def place(self) -> CaseTarget:
        """With whom, seen from which municipality and kind."""
        return CaseTarget.parse(self.meta)


class CaseTarget(BaseModel):
    """What the buttons under a contact carry: a municipality, a contact, perhaps a kind of case and an urgency."""

    municipality: str
    contact_id: str
    kind: str = ""
    urgency: Urgency | None = None

    def as_value(self) -> str:
        """As a button carries it; the urgency stands there only where it is known."""
        value = f"{self.municipality}:{self.contact_id}:{self.kind}"
        return f"{value}:{self.urgency}" if self.urgency else value

    @classmethod
    def parse(cls, value: str) -> Self:
        """From the button's value; raises `NotFound` where another version wrote it."""
        try:
            municipality, contact_id, kind, *urgency = value.split(":")
            known = Urgency(urgency[0]) if urgency else None
        except ValueError as error:
            raise NotFound("help.too_old") from error
        return cls(municipality=municipality, contact_id=contact_id, kind=kind, urgency=known)


class AnswerTarget(BaseModel):
    """What *Send mig det* carries: the question, as closed-list values."""

    municipality: str
    kind: str = ""
    urgency: str = ""

    @classmethod
    def parse(cls, value: str) -> Self:
        """From the button's value; raises `NotFound` where another version wrote it."""
        try:
            municipality, kind, urgency = value.split(":")
        except ValueError as error:
            raise NotFound("help.too_old") from error
        return cls(municipality=municipality, kind=kind, urgency=urgency)
