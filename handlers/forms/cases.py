"""The forms about cases, and what the buttons that lead to them carry."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel

from bot.domain.cases import CaseSubject
from bot.domain.errors import NotFound
from bot.domain.tracks import Track
from bot.domain.urgency import Urgency
from handlers.parsing import Form, Line, Moment


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


class Begun(BaseModel):
    """What the open form carries: what it began with, whom the bot proposed in it, and how often it did so anew."""

    target: CaseTarget
    proposed: tuple[str, ...] = ()
    times: int = 0

    def as_value(self) -> str:
        """As the form carries it."""
        return f"{self.target.as_value()}|{self.times}|{','.join(self.proposed)}"

    @classmethod
    def parse(cls, value: str) -> Self:
        """From the form; one of an earlier version carries the target alone."""
        target, _, rest = value.partition("|")
        times, _, proposed = rest.partition("|")
        ids = tuple(filter(None, proposed.split(",")))
        return cls(target=CaseTarget.parse(target), proposed=ids, times=int(times) if times.isdecimal() else 0)


NOT_YET = "none"
"""The choice that a track has not begun."""


class OpenCaseForm(Form):
    """Everything a case begins with; `meta` is a `Begun`."""

    kind: str
    urgency: Urgency
    subject: CaseSubject = CaseSubject.CASE
    municipality: Line = ""
    received: Moment | None = None
    stage_municipality: Line = ""
    stage_police: Line = ""
    stage_childrens_house: Line = ""
    participants: list[str] | None = None

    @property
    def stages(self) -> tuple[tuple[Track, str], ...]:
        """Where each track stands, as far as somebody chose."""
        said = (
            (Track.MUNICIPALITY, self.stage_municipality),
            (Track.POLICE, self.stage_police),
            (Track.CHILDRENS_HOUSE, self.stage_childrens_house),
        )
        return tuple((track, stage) for track, stage in said if stage not in {"", NOT_YET})

    @property
    def place(self) -> CaseTarget:
        """For which municipality and with whom."""
        return Begun.parse(self.meta).target


class StageForm(Form):
    """Which stage of which track, since when, and whether the track went back there; `meta` is the case."""

    stage: str
    at: Moment
    back: tuple[str, ...] = ()

    @property
    def where(self) -> tuple[Track, str]:
        """The track and the stage; raises `NotFound` where another version wrote it."""
        track, _, stage = self.stage.partition(".")
        if track not in set(Track):
            raise NotFound("help.too_old")
        return Track(track), stage


class InviteForm(Form):
    """Who is asked to take part; `meta` is the case."""

    person: str


class CorrectForm(Form):
    """What a case should have said; `meta` is the case."""

    kind: str
    urgency: Urgency
    municipality: str


class RoomForm(Form):
    """Which channel becomes the room of which municipality; without one the bot makes it. `meta` is the request."""

    municipality: str
    channel: Line = ""


class DeclineForm(Form):
    """A reason from a closed list; `meta` is the request."""

    reason: str
