"""The stand-in's own errors.

SandboxError
├── RefusedError    Slack's answer `{"ok": false, "error": code, …}` to a Web API call
├── ActRefusedError what a person cannot do: `{"ok": false, "error": reason}` on the control address
├── WorldError      the world file cannot be used
└── StartError      the stand-in cannot start (port in use, …)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.sandbox.jsons import Json


class SandboxError(Exception):
    """Anything the stand-in says no to."""


class RefusedError(SandboxError):
    """A refusal in Slack's words: a code and what else the answer carries."""

    def __init__(self, code: str, **extra: object) -> None:
        super().__init__(code)
        self.code = code
        self.extra = extra

    @classmethod
    def because(cls, code: str, messages: list[str]) -> RefusedError:
        """A refusal with `response_metadata.messages`, as Slack explains bad arguments."""
        return cls(code, response_metadata={"messages": [f"[ERROR] {message}" for message in messages]})

    def as_answer(self) -> Json:
        """The body of the answer."""
        return {"ok": False, "error": self.code, **self.extra}


class ActRefusedError(SandboxError):
    """A person tried what Slack's client would not let them do, or what failed before their eyes."""


class WorldError(SandboxError):
    """The world is not usable; the message says what to change."""


class StartError(SandboxError):
    """The stand-in cannot start; the message says what to do."""
