"""A matter is over: kept, its reminders ended, and every message about it brought up to date, in one transaction."""

from __future__ import annotations

from bot.domain.matters import Matter
from storage import deliveries, matters
from storage.uow import UnitOfWork


def settle(work: UnitOfWork, before: Matter, after: Matter) -> None:
    """Write down how a matter has ended; raises `Settled` where somebody else was faster."""
    matters.change(work, before, after)
    deliveries.cancel_rungs(work, after)
    deliveries.refresh_sent(work, matter_id=after.id)
