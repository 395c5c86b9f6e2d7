"""The demo's clock: the machine's own, moved forward. Nothing outside the demo can be given one."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.clock import SystemClock


class MovableClock:
    """Runs on like any clock, ahead of the machine's by as much as it was moved."""

    def __init__(self) -> None:
        self._system = SystemClock()
        self._ahead = timedelta()

    def now(self) -> datetime:
        """The demo's present moment, aware, in UTC."""
        return self._system.now() + self._ahead

    def move_to(self, moment: datetime) -> None:
        """Go forward to a moment; raises `ValueError` for one that has passed."""
        step = moment - self.now()
        if step < timedelta():
            message = "the demo's clock only moves forward"
            raise ValueError(message)
        self._ahead += step

    def begin(self) -> None:
        """Back to the machine's own time: only together with everything that happened since."""
        self._ahead = timedelta()
