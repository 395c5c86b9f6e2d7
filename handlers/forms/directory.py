"""The forms in which the directory is edited."""

from __future__ import annotations

from handlers.parsing import Form, Line
from handlers.typed import TypedField


class DetailsForm(Form):
    """What a person corrects about herself; `substitute` is a contact's key; `meta` is the question."""

    phone: TypedField
    hours: TypedField
    best_time: TypedField
    substitute: Line


class ChooseForm(Form):
    """A contact's key; empty is a new one."""

    person: Line


class ContactForm(Form):
    """A contact's entry, by the columns of the file; `meta` is its key, empty for a new one."""

    name: TypedField
    role: str
    unit: TypedField
    phone: TypedField
    email: TypedField
    hours: TypedField
    best_time: TypedField
    substitute: Line
    valid_until: Line

    @property
    def chosen(self) -> dict[str, str]:
        """The columns that are chosen, not typed."""
        return {"role": self.role, "substitute": self.substitute, "valid_until": self.valid_until}


class RuleForm(Form):
    """Who takes what where."""

    municipality: str
    kind: Line
    urgency: Line
    contact: str
    reason: TypedField
