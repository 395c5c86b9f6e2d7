"""The world in which the edge is tried."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.stage import Scene, World, running


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """The demo world with the real bot in it."""
    async with running(Scene(tmp_path), tmp_path) as made:
        yield made
