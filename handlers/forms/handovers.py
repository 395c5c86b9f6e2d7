"""The form that hands over a place in a case."""

from __future__ import annotations

from handlers.parsing import Form


class HandoverForm(Form):
    """Whose place, and who shall take it (contact ids); `meta` is the case."""

    holder: str
    receiver: str
