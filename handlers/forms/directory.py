"""The forms in which the directory is edited."""

from __future__ import annotations

from handlers.parsing import Form, Line


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
