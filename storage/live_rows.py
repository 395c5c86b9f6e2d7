"""Indexes of the deliveries that are not decided: years of sent rows must not weigh on a look for work."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Index, and_, literal_column, or_, text

from bot.domain.deliveries import PENDING, DeliveryState
from storage.schema import one_of

_LIVE = tuple(f"'{state}'" for state in (*PENDING, DeliveryState.PARKED))


def index_of_live(name: str, *columns: str) -> Index:
    """An index of the rows that wait for something or somebody."""
    those = text(" OR ".join(f"state = {state}" for state in _LIVE))
    return Index(name, *columns, sqlite_where=those, postgresql_where=those)


def index_of_known(name: str, column: str) -> Index:
    """An index of the rows in which a column says something."""
    those = text(f"{column} IS NOT NULL")
    return Index(name, column, sqlite_where=those, postgresql_where=those)


def live(table: Any, *states: DeliveryState) -> ColumnElement[bool]:  # noqa: ANN401 - a table or its alias
    """The condition that a row is in one of these states, none of which is the end of it.

    Only because the states are written out does a database see that an index of live rows will do.
    """
    asked = one_of(table.c.state, *states)
    if len(states) == 1:
        return asked
    return and_(asked, or_(*(table.c.state == literal_column(state) for state in _LIVE)))
