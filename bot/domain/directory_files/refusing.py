"""A flaw of one field as the refusal a person reads below it in a form."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.directory_files.tables import Flaw
from bot.domain.errors import BadInput

SAID = frozenset(
    {
        "email", "formula", "hours", "missing", "oneself", "other-country", "phone", "slack-id-twice", "slack_id",
        "too-long", "unknown-contact", "unreachable",
    }
)  # fmt: skip
"""The flaws a form can have that have a sentence of their own."""


def check(flaws: Sequence[Flaw]) -> None:
    """Raise `BadInput` for the first flaw, where there is one; its field is the column."""
    if flaws:
        first = flaws[0]
        key = first.key if first.key in SAID else "other"
        raise BadInput(f"flaw.{key}", field=first.column, **{**first.values, "column": first.column})
