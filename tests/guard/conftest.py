"""One guard for all tests: it holds no text, so sharing it hides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.guard import load_guard

if TYPE_CHECKING:
    from bot.guard import Guard


@pytest.fixture(scope="session")
def guard() -> Guard:
    """The guard with its bundled lexicon."""
    return load_guard()
