"""Each flow is acted twice: the municipality asks the police, and the police ask the municipality."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.world import OTHER


@dataclass(frozen=True)
class Sides:
    """Who asks and who is asked, by side."""

    mine: str
    theirs: str

    def __str__(self) -> str:
        """As a test names itself."""
        return f"{self.mine} asks {self.theirs}"

    @property
    def asker(self) -> str:
        """The one who opens the case."""
        return f"{self.mine}-worker"

    @property
    def asked(self) -> str:
        """The one who is asked to take part."""
        return f"{self.theirs}-worker"

    @property
    def substitute(self) -> str:
        """The one who stands in for her."""
        return f"{self.theirs}-substitute"

    @property
    def coordinator(self) -> str:
        """Her agency's coordinator."""
        return f"{self.theirs}-coordinator"

    @property
    def colleague(self) -> str:
        """Somebody else of her agency."""
        return f"{self.theirs}-colleague"


@pytest.fixture(params=["m", "p"], ids=["municipality asks police", "police ask municipality"])
def sides(request: pytest.FixtureRequest) -> Sides:
    """The two sides, either way round."""
    return Sides(request.param, OTHER[request.param])
