"""The form about clearances."""

from __future__ import annotations

from bot.domain.clearances import Level, Towards
from bot.domain.people import Side
from handlers.parsing import Form, Moment


class ClearanceForm(Form):
    """Towards whom, how far, by which side, until when, and who says yes; `meta` is the case."""

    towards: Towards
    level: Level
    by: Side
    until: Moment | None = None
    owner: str
