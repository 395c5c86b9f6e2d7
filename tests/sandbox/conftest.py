"""Fixtures of the stand-in's tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sandbox.bench import Bench, standin

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    """A stand-in without a manifest: all scopes, all events."""
    async with standin() as running:
        yield running
