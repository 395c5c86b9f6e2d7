"""The forms about follow-ups, and what the buttons that lead to them carry."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Self

from pydantic import BaseModel

from bot.domain.cases import FollowupWhat
from bot.domain.errors import NotFound
from handlers.parsing import Form, Line, Moment


class ProposalTarget(BaseModel):
    """What a button to the form carries: the case, and what was understood already."""

    case_id: str
    what: FollowupWhat | None = None
    due: datetime | None = None
    event: str | None = None
    days: int | None = None
    read_back: bool = False
    owner: str | None = None
    """Only within one form: a button carries none."""

    def as_value(self) -> str:
        """As a button carries it: the bare case where nothing more is known."""
        due = str(int(self.due.timestamp())) if self.due else ""
        days = "" if self.days is None else str(self.days)
        parts = (self.case_id, self.what or "", due, self.event or "", days, "1" if self.read_back else "")
        return ":".join(parts) if any(parts[1:]) else self.case_id

    @classmethod
    def parse(cls, value: str) -> Self:
        """From the button's value; raises `NotFound` where another version wrote it."""
        try:
            case_id, what, due, event, days, read_back = value.split(":") if ":" in value else (value, *[""] * 5)
            return cls(
                case_id=case_id,
                what=FollowupWhat(what) if what else None,
                due=datetime.fromtimestamp(int(due), UTC) if due else None,
                event=event or None,
                days=int(days) if days else None,
                read_back=bool(read_back),
            )
        except ValueError as error:
            raise NotFound("help.too_old") from error


class WhenForm(Form):
    """By when: a date, or so many working days after an event."""

    due: Moment | None = None
    event: Line = ""
    days: Line = ""

    @property
    def days_after(self) -> int:
        """Working days after the event."""
        return int(self.days) if self.days.isdigit() else 0


class FollowupForm(WhenForm):
    """What, whose, by when; `meta` is the case, and whether the same step that is agreed already was pointed out."""

    what: FollowupWhat
    owner: str
    due_read: Moment | None = None
    words: Line = ""

    @property
    def case_id(self) -> str:
        """The case."""
        return self.meta.partition(":")[0]

    @property
    def same_seen(self) -> bool:
        """Whether the same step was pointed out."""
        return self.meta.endswith(":seen")


class CounterForm(WhenForm):
    """Other terms; `meta` is the follow-up, or the counter-proposal that is answered with this one."""

    owner: str
    reason: Line = ""


class ReasonForm(Form):
    """A reason from a closed list; `meta` is the matter."""

    reason: str


class ReopenForm(Form):
    """Why and by when; `meta` is the matter."""

    reason: str
    due: Moment


class RedateForm(Form):
    """By when; `meta` is the matter."""

    due: Moment
