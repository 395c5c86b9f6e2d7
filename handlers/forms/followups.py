"""The forms about follow-ups."""

from __future__ import annotations

from bot.domain.cases import FollowupWhat
from handlers.parsing import Form, Moment


class FollowupForm(Form):
    """What, whose, by when; `meta` is the case."""

    what: FollowupWhat
    owner: str
    due: Moment


class RedateForm(Form):
    """By when; `meta` is the follow-up."""

    due: Moment
