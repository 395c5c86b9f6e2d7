"""All that stands around a word, weighed together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.guard import after, before, beside

if TYPE_CHECKING:
    from bot.guard.page import Page

STRONG = 2.0  # from here one side alone says that a person is meant


@dataclass(frozen=True, slots=True)
class Weighed:
    """The surroundings' weight, its parts from the left, the right and names beside, and the strongest cue as a key."""

    score: float
    left: float
    right: float
    beside: float
    cue: str | None

    @property
    def person(self) -> bool:
        """Whether one side alone says that a person is meant."""
        return self.left >= STRONG or self.right >= STRONG


def weigh(page: Page, i: int) -> Weighed:
    """All that stands around word `i`; a registered contact beside it lends it no weight."""
    left, left_cue = before.weigh(page, i)
    right, right_cue = after.weigh(page, i)
    near = beside.weigh(page, i)
    total = left + right + near - beside.brakes(page, i)
    if left >= STRONG:
        total += beside.enclosed(page, i)
    if near >= STRONG and left < STRONG and right < STRONG:
        left_cue = "full"
    return Weighed(total, left, right, near, left_cue if left >= right else right_cue)
