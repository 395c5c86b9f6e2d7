"""The forms about follow-ups, and what the buttons that lead to them carry."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Self

from pydantic import BaseModel

from bot.domain.cases import FollowupWhat
from bot.domain.errors import NotFound
from bot.domain.intake import Typed, Written
from handlers.parsing import Form, Line, Moment
from handlers.typed import TypedField


class ProposalTarget(BaseModel):
    """What a button to the form carries: the case, and what was understood already."""

    case_id: str
    what: FollowupWhat | None = None
    due: datetime | None = None
    event: str | None = None
    days: int | None = None
    read_back: bool = False

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


class Shown(BaseModel):
    """What a form for a follow-up is about, and what it has pointed out already: the same step, a moment read from words."""

    case_id: str
    same: bool = False
    read: datetime | None = None

    def as_value(self) -> str:
        """As the form carries it."""
        return f"{self.case_id}:{int(self.same)}:{int(self.read.timestamp()) if self.read else ''}"

    @classmethod
    def parse(cls, value: str) -> Self:
        """From the form; one of an earlier version carries the bare case."""
        case_id, _, rest = value.partition(":")
        same, _, read = rest.partition(":")
        return cls(case_id=case_id, same=same == "1", read=datetime.fromtimestamp(int(read), UTC) if read else None)


class FollowupForm(Form):
    """What, whose, by when (a date, words, or after an event), perhaps a few words; `meta` is a `Shown`."""

    what: FollowupWhat
    note: TypedField = Typed()
    owner: str
    due: Moment | None = None
    words: TypedField = Typed()
    event: Line = ""
    days: Line = ""

    @property
    def shown(self) -> Shown:
        """The case, and what was pointed out before."""
        return Shown.parse(self.meta)

    @property
    def kept(self) -> Written:
        """The free text that is kept, on its way to the guard; the words for the moment are read and dropped."""
        return Written({"note": self.note}, self.ticked)


class CounterForm(Form):
    """Other terms; `meta` is the follow-up, or the counter-proposal that is answered with this one."""

    due: Moment | None = None
    event: Line = ""
    days: Line = ""
    owner: str
    reason: Line = ""


class ReasonForm(Form):
    """A reason from a closed list; `meta` is the matter."""

    reason: str


class ReopenForm(Form):
    """Why and by when, which of a clearance may be left open; `meta` is the matter."""

    reason: str
    due: Moment | None = None


class RedateForm(Form):
    """By when; `meta` is the matter."""

    due: Moment
