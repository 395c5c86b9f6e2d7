"""Moving the stand-in's clock, where whoever started it gave it a way to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.sandbox.jsons import Json
    from bot.sandbox.standin import Standin


async def move(standin: Standin, wish: Json) -> Json:
    """`{to: ISO}` or `{advance: seconds}`, forward only. Errors: `no_clock`, `invalid_arguments`, `not_forward`."""
    now = standin.clock.now()
    if standin.move_clock is None:
        return {"ok": False, "error": "no_clock", "now": now.isoformat()}
    goal = _goal(now, wish)
    if goal is None:
        return {"ok": False, "error": "invalid_arguments", "now": now.isoformat()}
    if goal < now:
        return {"ok": False, "error": "not_forward", "now": now.isoformat()}
    await standin.move_clock(goal)
    standin.changes.note()
    return {"ok": True, "now": standin.clock.now().isoformat()}


def _goal(now: datetime, wish: Json) -> datetime | None:
    to, advance = wish.get("to"), wish.get("advance")
    try:
        if isinstance(to, str) and advance is None:
            moment = datetime.fromisoformat(to)
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        if isinstance(advance, int | float) and not isinstance(advance, bool) and to is None:
            return now + timedelta(seconds=advance)
    except (ValueError, OverflowError):
        return None
    return None
