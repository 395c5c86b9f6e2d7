"""The forms about when to write: a person's own, and an agency's."""

from __future__ import annotations

from datetime import time

from bot.domain.errors import BadInput
from bot.domain.preferences import NEVER, Preferences, Span, asked_span
from handlers.parsing import Form, Line

AS_OFFICE = "office"
"""Chosen: as her agency."""
NO_QUIET = "none"
"""Chosen: no quiet hours."""


class PreferenceForm(Form):
    """Which days, from when until when not, and when the digest; times as "08:30"."""

    days: list[str]
    quiet_from: str
    quiet_until: Line = ""
    digest: str

    @property
    def wanted(self) -> Preferences:
        """What was chosen; raises `BadInput` for quiet hours without an end, or of no length."""
        return Preferences(frozenset(int(day) for day in self.days), self._quiet(), _time(self.digest))

    def _quiet(self) -> Span | None:
        if self.quiet_from in {AS_OFFICE, NO_QUIET}:
            return None if self.quiet_from == AS_OFFICE else NEVER
        return asked_span(self.quiet_from, self.quiet_until, field="quiet_until")


class OfficeForm(PreferenceForm):
    """The same for an agency, with its office hours."""

    hours_from: str
    hours_until: str

    @property
    def wanted(self) -> Preferences:
        """What was chosen; raises `BadInput` for hours that end before they begin, too."""
        hours = asked_span(self.hours_from, self.hours_until, field="hours_until")
        if hours.ends < hours.starts:
            raise BadInput("preference.error.hours", field="hours_until")
        days = frozenset(int(day) for day in self.days)
        return Preferences(days, self._quiet(), _time(self.digest), hours)


def _time(chosen: str) -> time | None:
    return None if chosen == AS_OFFICE else time.fromisoformat(chosen)
