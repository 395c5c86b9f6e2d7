"""The closed lists of `lexicon/lists.txt`: endings, exceptions, small words. Read once, when the guard is imported."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def _sections() -> dict[str, tuple[str, ...]]:
    sections: dict[str, list[str]] = {}
    here: list[str] = []
    for line in (files("bot.guard") / "lexicon" / "lists.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            here = sections.setdefault(line[1 : line.index("]")], [])
        elif not line.startswith("#"):
            here.extend(line.split())
    return {name: tuple(words) for name, words in sections.items()}


def listed(section: str) -> tuple[str, ...]:
    """The words of one section, in its order. Raises KeyError for a section that is not there."""
    return _sections()[section]
