"""What became of deliveries is written down together, and one that cannot be does not take the others with it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar

import pytest
from sqlalchemy import Engine

from bot.domain.deliveries import DeliveryState
from bot.usecases import delivery
from handlers.reports import Reports
from storage.uow import UnitOfWork
from tests.world import World

P = ParamSpec("P")
R = TypeVar("R")


async def test_a_report_that_fails_leaves_the_others_written(sqlite: Engine) -> None:
    """Of two that arrive at once one raises: its sender hears of it, the other one is in the database."""
    world = World(sqlite)
    world.open_case("m-worker", "p-worker")
    headline, *_ = world.take()

    calls: list[Any] = []

    async def run(usecase: Callable[Concatenate[Any, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        calls.append(args)
        return usecase(world.work(), *args, **kwargs)

    def broken(_work: UnitOfWork) -> None:
        raise ValueError

    reports = Reports(run)
    sent = partial(delivery.report_sent, delivery_id=headline.delivery.id, sent=delivery.Sent("C", "1.1"))
    heard: dict[str, object] = {}

    async def tell(name: str, report: Callable[[Any], object]) -> None:
        await asyncio.sleep(0)  # both are on their way before either reports
        try:
            heard[name] = await reports.write(report)
        except ValueError as error:
            heard[name] = error

    await asyncio.gather(reports.expected(tell("bad", broken)), reports.expected(tell("good", sent)))
    assert len(calls[0][0]) == 2, "they were to be written together"
    assert isinstance(heard["bad"], ValueError)
    assert heard["good"] == pytest.approx(0)
    assert headline.delivery.id in {row.id for row in world.deliveries(DeliveryState.SENT)}
