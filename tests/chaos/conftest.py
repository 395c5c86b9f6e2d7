"""The two sides, as the use cases' tests know them."""

from __future__ import annotations

from tests.usecases.conftest import sides

__all__ = ["sides"]
