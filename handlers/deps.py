"""What the edge is handed by the composition root."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from slack_bolt.async_app import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.people import Actor
from bot.usecases.intake import Intake
from bot.usecases.watching import Watch
from handlers.cards.parts import Reader
from handlers.parsing import Payload

P = ParamSpec("P")
R = TypeVar("R")


class Runner(Protocol):
    """Runs one use case in one unit of work, in the bounded pool of threads."""

    async def __call__(self, usecase: Callable[Concatenate[Any, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """The use case's result; its errors pass through."""
        ...


@dataclass(frozen=True, slots=True)
class Deps:
    """Everything a handler may use. `later` runs something after the ack; what fails there reaches `app.error`'s twin."""

    run: Runner
    later: Callable[[Coroutine[Any, Any, None]], None]
    looked_up: Callable[[Actor, str], None]
    """Notes that a person was shown a municipality's contact; written to the audit in batches, after the ack."""
    intake: Intake
    watch: Watch | None
    """Looks at what people type in rooms; None where the thread guard is off."""
    reader: Callable[[str, str], Reader]
    """Language and country → the reader."""
    client: AsyncWebClient
    """For posting: it never retries by itself, so it never posts twice by itself."""
    workspace_id: str
    language: str
    country: str
    afterwards: list[Callable[[Payload, AsyncBoltContext], None]] = field(default_factory=list)
    """What is done with every request once its listener has run; a middleware comes before it."""

    def reader_of(self, actor: Actor) -> Reader:
        """The person behind a request, as a reader."""
        return self.reader(actor.language, actor.agency.country if actor.agency else self.country)


def actor_of(context: AsyncBoltContext) -> Actor:
    """The person behind this request, as the middleware established her."""
    actor: Actor = context["actor"]
    return actor
