"""What all tables share: one metadata, UTC times, ids."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, DateTime, Dialect, MetaData, String, literal_column
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    },
)

ID = String(32)
SLACK_ID = String(32)
KEY = String(64)


class UtcDateTime(TypeDecorator[datetime]):
    """Aware moments in and out, UTC in the database (SQLite keeps no zone; a naive moment is refused)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Refuse naive moments; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a moment without a zone must not reach the database"
            raise ValueError(message)
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ANN401, ARG002
        """Give back an aware moment in UTC."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def one_of(column: ColumnElement[Any], *values: StrEnum) -> ColumnElement[bool]:
    """The condition that a column says one of some words of ours. They are written out: to bind a list costs each time anew."""
    written: list[ColumnElement[Any]] = [literal_column(f"'{value}'") for value in values]
    return column == written[0] if len(written) == 1 else column.in_(written)


def new_id() -> str:
    """A new opaque id: random, so that it tells nothing."""
    return secrets.token_hex(12)
