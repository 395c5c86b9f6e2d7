"""What is done on each tick: what is due is sent, the auditor looks now and then, and every hour things are put in order."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import DBAPIError

from bot.clock import Clock
from bot.health import Health
from bot.usecases import auditing, channels, closing, delivery, handovers, memberships, opening, setup, upkeep
from handlers import incidents
from handlers.delivery import Postman
from handlers.deps import Deps

log = structlog.get_logger(__name__)

HOUR = timedelta(hours=1)
AUDIT_EVERY = timedelta(minutes=3)


@dataclass
class Rounds:
    """One look for work after the other. `before` is what waited in memory and is written first."""

    deps: Deps
    clock: Clock
    health: Health
    postman: Postman
    before: Callable[[], Awaitable[None]]
    retention: timedelta
    _looked: datetime | None = field(default=None)
    _ordered: datetime | None = field(default=None)

    async def go(self) -> None:
        """All that is to be done at this moment; an error is noted and passes."""
        try:
            begun = self.clock.now()
            await self.postman.deliver_due()
            await self._audit(begun)
            await self.before()
            await self._put_in_order()
        except Exception as error:
            self.health.tick(failed=True)
            self.health.database = not isinstance(error, DBAPIError)
            raise
        self.health.tick()

    async def _audit(self, now: datetime) -> None:
        """`now` is when this round began: what came due since then has not had its turn."""
        if self._looked is not None and now - self._looked < AUDIT_EVERY:
            return
        self._looked = now
        findings = await self.deps.run(auditing.look, workspace_id=self.deps.workspace_id, at=now)
        self.health.audited(findings)
        if findings.overdue:
            log.error("auditor.overdue", count=findings.overdue, oldest_seconds=int(findings.oldest_seconds))

    async def _put_in_order(self) -> None:
        now, run, workspace_id = self.clock.now(), self.deps.run, self.deps.workspace_id
        if self._ordered is not None and now - self._ordered < HOUR:
            return
        self._ordered = now
        await run(delivery.tidy)
        for usecase in (
            setup.plan,
            upkeep.plan,
            memberships.lapse,
            handovers.plan,
            opening.end_drafts,
            channels.follow,
        ):
            await run(usecase, workspace_id=workspace_id)
        await run(closing.forget, workspace_id=workspace_id, retention=self.retention)
        await incidents.look_again(self.deps)
