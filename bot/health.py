"""Whether the bot lives, whether it can do its work, and numbers about it: `/livez`, `/readyz`, `/metrics`.

Numbers carry no names, no texts and no ids of anybody.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from bot.usecases.auditing import Findings

STALE = 60.0
"""Seconds without a finished look for work after which the bot no longer counts as alive."""
DELAYS = (0.5, 1, 2, 5, 10, 30, 60, 300, 3600)
"""Seconds between due and sent, as the histogram groups them."""


@dataclass
class Health:
    """What was seen of this process. A registry of its own: nothing is process-wide."""

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    ticked: float = field(default_factory=time.monotonic)
    findings: Findings | None = None
    database: bool = True

    def __post_init__(self) -> None:
        """The numbers there are."""
        mine = self.registry
        self._delay = Histogram(
            "bindeled_delivery_delay_seconds", "From due to sent.", ["kind"], buckets=DELAYS, registry=mine
        )
        self._outcomes = Counter(
            "bindeled_deliveries", "What Slack said to what was sent.", ["kind", "outcome"], registry=mine
        )
        self._waiting = Gauge(
            "bindeled_deliveries_waiting", "Rows that are not decided, by state.", ["state"], registry=mine
        )
        self._overdue = Gauge("bindeled_deliveries_overdue", "Rows past their time and unsent.", registry=mine)
        self._oldest = Gauge(
            "bindeled_deliveries_overdue_seconds", "How long the oldest of them is past its time.", registry=mine
        )
        self._parked = Gauge(
            "bindeled_deliveries_parked", "Rows that were given up, for a coordinator to see.", registry=mine
        )
        self._failures = Counter("bindeled_tick_failures", "Looks for work that ended in an error.", registry=mine)

    def tick(self, *, failed: bool = False) -> None:
        """A look for work has ended."""
        self.ticked = time.monotonic()
        if failed:
            self._failures.inc()

    def sent(self, kind: str, *, delay: float) -> None:
        """Slack took something, so many seconds after it was due."""
        self._delay.labels(kind).observe(max(delay, 0.0))
        self._outcomes.labels(kind, "sent").inc()

    def outcome(self, kind: str, outcome: str) -> None:
        """Slack did not take something: `later`, `unknown`, `parked`."""
        self._outcomes.labels(kind, outcome).inc()

    def audited(self, findings: Findings) -> None:
        """The auditor has looked."""
        self.findings, self.database = findings, True
        self._waiting.clear()
        for state, count in findings.waiting.items():
            self._waiting.labels(state).set(count)
        self._overdue.set(findings.overdue)
        self._oldest.set(findings.oldest_seconds)
        self._parked.set(findings.parked)

    @property
    def is_alive(self) -> bool:
        """Whether work was looked for lately."""
        return time.monotonic() - self.ticked < STALE

    def why_not_ready(self) -> str | None:
        """What keeps the bot from doing its work, or None."""
        if not self.is_alive:
            return "no look for work has ended for a minute"
        if not self.database:
            return "the database does not answer"
        if self.findings is not None and self.findings.overdue:
            return f"{self.findings.overdue} deliveries are past their time and unsent"
        return None

    def routes(self) -> list[web.RouteDef]:
        """The three addresses."""
        return [
            web.get("/livez", self._livez),
            web.get("/readyz", self._readyz),
            web.get("/metrics", self._metrics),
        ]

    async def _livez(self, _request: web.Request) -> web.Response:
        return web.Response(text="ok\n") if self.is_alive else web.Response(text="stuck\n", status=503)

    async def _readyz(self, _request: web.Request) -> web.Response:
        why = self.why_not_ready()
        return web.Response(text=f"{why or 'ok'}\n", status=503 if why else 200)

    async def _metrics(self, _request: web.Request) -> web.Response:
        return web.Response(body=generate_latest(self.registry), headers={"Content-Type": CONTENT_TYPE_LATEST})
