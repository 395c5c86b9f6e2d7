"""Everything that went over the wire, newest last, without tokens: for tests, for the page, for a curious reader."""

from __future__ import annotations

from collections import deque
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from bot.sandbox.clock import Clock
    from bot.sandbox.jsons import Json
    from bot.sandbox.model.changes import Changes
    from bot.sandbox.tokens import Tokens

Kind = Literal["api", "event", "command", "interactive", "ack", "response_url", "socket"]


@dataclass(frozen=True)
class Line:
    """One thing said. `dir` is as the stand-in sees it: `in` from the bot, `out` to the bot."""

    seq: int
    at: str
    dir: Literal["in", "out"]
    kind: Kind
    method: str
    body: Any
    status: int | None
    answer: Any = None


class Wire:
    """The last few thousand lines."""

    def __init__(self, clock: Clock, changes: Changes, tokens: Tokens, *, most: int) -> None:
        self._clock = clock
        self._changes = changes
        self._tokens = tokens
        self._lines: deque[Line] = deque(maxlen=most)

    def note(
        self,
        direction: Literal["in", "out"],
        kind: Kind,
        method: str,
        *,
        body: object = None,
        status: int | None = None,
        answer: object = None,
    ) -> int:
        """Write one line and return its number."""
        line = Line(
            seq=self._changes.note(),
            at=self._clock.now().isoformat(),
            dir=direction,
            kind=kind,
            method=method,
            body=self._tokens.redact(body),
            status=status,
            answer=self._tokens.redact(answer),
        )
        self._lines.append(line)
        return line.seq

    def after(self, seq: int) -> list[Json]:
        """The lines numbered above `seq`, oldest first."""
        return [asdict(line) for line in self._lines if line.seq > seq]

    def clear(self) -> None:
        """Forget every line; their numbers are not given again."""
        self._lines.clear()
