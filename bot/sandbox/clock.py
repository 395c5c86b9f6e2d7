"""The time inside the stand-in, handed in from outside so that the demo can move it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Says what time it is, as an aware moment in UTC."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC)


def real_seconds() -> int:
    """Real seconds since 1970: request signatures are checked against the real present, not the demo's clock."""
    return int(datetime.now(UTC).timestamp())
