"""Tokens of one stand-in: made anew at each start, and blacked out wherever traffic is shown."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

REDACTED = "[redacted]"
SECRET_KEYS = frozenset({"token", "authorization", "x-slack-signature"})


@dataclass(frozen=True)
class Tokens:
    """What the bot needs to be let in. Invented, worthless outside this process."""

    bot: str = field(default_factory=lambda: f"xoxb-sandbox-{secrets.token_hex(12)}")
    app: str = field(default_factory=lambda: f"xapp-1-sandbox-{secrets.token_hex(12)}")
    signing_secret: str = field(default_factory=lambda: secrets.token_hex(16))
    verification: str = field(default_factory=lambda: secrets.token_hex(12))

    def redact(self, value: Any) -> Any:  # noqa: ANN401 - any JSON value goes in, the same shape comes out
        """A copy of a JSON value in which no token and no socket ticket can be read."""
        if isinstance(value, dict):
            return {k: REDACTED if k.lower() in SECRET_KEYS else self.redact(v) for k, v in value.items()}
        if isinstance(value, list):
            return [self.redact(item) for item in value]
        if isinstance(value, str):
            return self._redact_text(value)
        return value

    def _redact_text(self, text: str) -> str:
        for secret in (self.bot, self.app, self.signing_secret, self.verification):
            text = text.replace(secret, REDACTED)
        head, mark, _ticket = text.partition("?ticket=")
        return f"{head}{mark}{REDACTED}" if mark else text


def sandbox_ticket() -> str:
    """A one-time ticket for a socket address."""
    return secrets.token_urlsafe(16)
