"""The form about a deadline."""

from __future__ import annotations

from handlers.parsing import Form


class WhichForm(Form):
    """Which of several deadlines applies; `meta` is the matter."""

    choice: str
