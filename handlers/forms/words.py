"""The form about promised words."""

from __future__ import annotations

from handlers.parsing import Form, Moment


class WordForm(Form):
    """Who owes the next news, and by when; `meta` is the case."""

    owner: str
    due: Moment
