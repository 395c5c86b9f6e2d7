"""Slack's waiting times and bounds. Tests shorten some of them; nobody else should."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Manners:
    """Seconds unless said otherwise."""

    ack_seconds: float = 3.0  # real time the bot has for any acknowledgement
    event_retries: tuple[float, ...] = (0.0, 60.0, 300.0)  # on the stand-in's clock, after the first failure
    trigger_seconds: float = 3.0  # real time a trigger_id lives
    response_url_seconds: float = 1800.0  # on the stand-in's clock
    response_url_uses: int = 5
    most_sockets: int = 10
    ping_seconds: float = 10.0
    wire_lines: int = 5000
    retry_glance_seconds: float = 0.2  # how often a waiting retry looks at a clock that can be moved
