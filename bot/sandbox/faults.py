"""Faults on request. What is broken, how often and for which method is said by the tester, the chance is seeded."""

from __future__ import annotations

import random
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.sandbox.jsons import Json

Kind = Literal["ratelimit", "error", "drop", "lost", "slow", "twice", "restart"]
KINDS: tuple[str, ...] = get_args(Kind)
DEFAULT_RETRY_AFTER = 1
DEFAULT_DELAY_MS = 1000


class FaultError(ValueError):
    """The request for a fault makes no sense; the message says why."""


@dataclass
class Fault:
    """One way to break, for as long as `left` is not 0 (None: until cleared)."""

    kind: str
    method: str | None
    rate: float
    left: int | None
    retry_after: int
    delay_ms: int
    chance: random.Random = field(repr=False)

    def strikes(self, names: tuple[str, ...]) -> bool:
        """Whether it happens now to something that goes by these names; counts down if so."""
        if self.left == 0 or (self.method is not None and self.method not in names):
            return False
        if self.rate < 1 and self.chance.random() >= self.rate:
            return False
        if self.left is not None:
            self.left -= 1
        return True

    def as_json(self) -> Json:
        """What is asked for and how often it still comes."""
        return {k: v for k, v in asdict(self).items() if k != "chance"}


class Faults:
    """The faults in force, oldest first."""

    def __init__(self) -> None:
        self._all: list[Fault] = []

    def add(self, wish: Mapping[str, Any]) -> Fault:
        """Put a fault in force. With neither `count` nor `rate` it strikes once; with `rate` alone until cleared."""
        fault = parse(wish)
        self._all.append(fault)
        return fault

    def spend(self, fault: Fault) -> None:
        """This one has happened, at once and for good."""
        self._all.remove(fault)

    def clear(self) -> None:
        """Everything works again."""
        self._all.clear()

    def strike(self, kinds: tuple[str, ...], *names: str) -> Fault | None:
        """The first fault of one of these kinds that happens now, if any."""
        return self._first(self._all, kinds, names)

    def _first(self, among: list[Fault], kinds: tuple[str, ...], names: tuple[str, ...]) -> Fault | None:
        struck = next((fault for fault in among if fault.kind in kinds and fault.strikes(names)), None)
        self._all = [fault for fault in self._all if fault.left != 0]
        return struck

    def strike_named(self, kinds: tuple[str, ...], *names: str) -> Fault | None:
        """Like `strike`, but only faults that were asked for by one of these names."""
        return self._first([fault for fault in self._all if fault.method is not None], kinds, names)

    def as_json(self) -> list[Json]:
        """All faults in force."""
        return [fault.as_json() for fault in self._all]


def parse(wish: Mapping[str, Any]) -> Fault:
    """A fault from its JSON; FaultError names the field that is wrong."""
    kind, method = wish.get("kind"), wish.get("method")
    if kind not in KINDS:
        raise FaultError(f"kind must be one of {', '.join(KINDS)}")
    if method is not None and not isinstance(method, str):
        raise FaultError("method must be a text")
    rate = _number(wish, "rate", 1.0)
    if rate > 1:
        raise FaultError("rate must lie between 0 and 1")
    count = wish.get("count")
    if count is None and wish.get("rate") is None:
        count = 1
    left = None if count is None else int(_number({"count": count}, "count", 1))
    return Fault(
        kind=str(kind),
        method=method,
        rate=rate,
        left=left,
        retry_after=int(_number(wish, "retry_after", DEFAULT_RETRY_AFTER)),
        delay_ms=int(_number(wish, "delay_ms", 0 if kind == "restart" else DEFAULT_DELAY_MS)),
        chance=random.Random(wish.get("seed", 0)),  # noqa: S311 - repeatable chance for tests, nothing secret
    )


def _number(wish: Mapping[str, Any], name: str, default: float) -> float:
    value = wish.get(name)
    if value is None:
        return default
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise FaultError(f"{name} must be a number, at least 0")
    return float(value)
