"""The forms about follow-ups."""

from __future__ import annotations

from bot.domain.cases import FollowupWhat
from bot.domain.intake import Typed
from handlers.parsing import Form, Moment
from handlers.typed import TypedField


class FollowupForm(Form):
    """What, whose, by when, perhaps a few words; `meta` is the case."""

    what: FollowupWhat
    note: TypedField = Typed()
    owner: str
    due: Moment


class RedateForm(Form):
    """By when; `meta` is the follow-up."""

    due: Moment
