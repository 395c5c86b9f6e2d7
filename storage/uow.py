"""The unit of work: one transaction that rolls back unless told to commit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine

from bot.domain import preferences
from bot.domain.deadlines import Timeline
from bot.domain.people import Contact, Side
from bot.domain.working_time import WorkingTime
from storage.engine import one_writer

Calendars = Callable[[str, Side], WorkingTime]
"""Country ("DK", "NO", "SE") and side → when it works."""
Timelines = Callable[[str], tuple[Timeline, ...]]
"""Country → the timelines a case there can get."""


def no_timelines(_country: str) -> tuple[Timeline, ...]:
    """For work that gives no case any deadline."""
    return ()


class UnitOfWork:
    """One use case's transaction, its present moment (`now`, aware, UTC), the working time of each side, and the timelines.

    `with work:` opens a transaction for writing; leaving it without `commit()` undoes everything. `with work.reading():`
    opens one that may not write and waits for no writer. `woke` tells, after a commit, that something is to be sent.
    """

    def __init__(
        self, engine: Engine, now: datetime, calendars: Calendars, timelines: Timelines = no_timelines
    ) -> None:
        self._engine = engine
        self._connection: Connection | None = None
        self._held = ExitStack()
        self._together = False
        self.now = now
        self.working_time = calendars
        self.timelines = timelines
        self.woke = False

    def working_time_of(self, contact: Contact) -> WorkingTime:
        """When this person may be written to: her days and hours without her quiet hours (`domain.preferences`)."""
        return preferences.writable(self.working_time(contact.country, contact.side), contact)

    def listed_time_of(self, contact: Contact) -> WorkingTime:
        """When she works by the directory alone: statutory reminders go by nobody's choice."""
        return self.working_time(contact.country, contact.side).kept_by(contact.hours)

    def silent_until(self, contact: Contact, moment: datetime) -> datetime | None:
        """Until when she has chosen not to be written to at a moment; None where she may be written to then."""
        return preferences.silent_until(self.working_time(contact.country, contact.side), contact, moment)

    @property
    def connection(self) -> Connection:
        """The open connection; only storage functions ask for it."""
        if self._connection is None:
            message = "a unit of work is used before it is entered"
            raise RuntimeError(message)
        return self._connection

    def __enter__(self) -> Self:
        if self._together:
            return self
        with ExitStack() as held:
            held.enter_context(one_writer(self._engine))
            self._connection = held.enter_context(self._engine.connect())  # left, it rolls back what was not committed
            self._connection.begin()
            self._held = held.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._together:
            self._connection = None
            self._held.close()

    def commit(self) -> None:
        """Keep all that was done; nothing more may follow in this unit."""
        if not self._together:
            self.connection.commit()

    @contextmanager
    def together(self) -> Iterator[Self]:
        """All units that are entered in this block are one transaction: kept when it ends, or none of it."""
        with self:
            self._together = True
            try:
                yield self
            finally:
                self._together = False
            self.commit()

    @contextmanager
    def reading(self) -> Iterator[Self]:
        """A transaction that only reads."""
        asked = {"reading": True, "postgresql_readonly": True}  # the latter spares a way to the server and back
        with self._engine.connect().execution_options(**asked) as connection, connection.begin():
            self._connection = connection
            try:
                yield self
            finally:
                self._connection = None
