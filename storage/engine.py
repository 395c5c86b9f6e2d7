"""Opens the database: SQLite embedded, or PostgreSQL. Sync, for one small bounded pool of threads."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from storage.errors import DatabaseError

WAL_RESET_FIXED_IN = (3, 51, 3)
"""SQLite before this version can corrupt a WAL with two connections: it gets `TRUNCATE` instead."""

BUSY_SECONDS = 10
"""How long a writer waits for another one."""


@contextmanager
def one_writer(engine: Engine) -> Iterator[None]:
    """Threads of this process write to SQLite in turn, one beginning when the other has ended.

    SQLite itself would let them sleep and look again, longer each time. It still decides: whoever has waited too long
    here goes on and asks it, and on PostgreSQL nobody waits.
    """
    writers: Lock | None = engine.get_execution_options().get("writers")
    held = writers is not None and writers.acquire(timeout=BUSY_SECONDS)
    try:
        yield
    finally:
        if writers is not None and held:
            writers.release()


def open_engine(address: str, *, threads: int = 4) -> Engine:
    """An engine for an SQLAlchemy address; nothing is read yet.

    Raises `DatabaseError` where the address cannot be used.
    """
    try:
        url = make_url(address)
        if url.get_backend_name() == "sqlite":
            return _sqlite(address, threads)
        if url.get_backend_name() == "postgresql":
            engine = create_engine(
                url.set(drivername="postgresql+psycopg"),
                pool_size=threads,
                max_overflow=0,
                pool_pre_ping=True,
                hide_parameters=True,
            )
            event.listen(engine, "begin", _begin_postgresql)
            return engine
    except (ArgumentError, ValueError) as error:  # a port that is no number is a plain ValueError
        message = (
            "DATABASE_URL is no address SQLAlchemy can read: use sqlite:///file.db or postgresql://user@host/name."
        )
        raise DatabaseError(message) from error
    except ModuleNotFoundError as error:
        message = "The driver for PostgreSQL is missing: install it with pip install 'bindeled[postgres]'."
        raise DatabaseError(message) from error
    message = f"Bindeled keeps its data in SQLite or PostgreSQL, not in {url.get_backend_name()}: change DATABASE_URL."
    raise DatabaseError(message)


def check_reachable(engine: Engine) -> None:
    """Raise `DatabaseError` with a sentence for the operator where the database does not answer."""
    try:
        with engine.connect():
            pass
    except (
        DBAPIError,
        sqlite3.DatabaseError,
    ) as error:  # the latter from our own first words to a file that is no database
        where = (
            engine.url.database if engine.dialect.name == "sqlite" else engine.url.render_as_string(hide_password=True)
        )
        message = f"The database {where} cannot be opened: check that it exists, may be written to, and that DATABASE_URL is right."
        raise DatabaseError(message) from error


def _sqlite(address: str, threads: int) -> Engine:
    engine = create_engine(
        address,
        pool_size=threads,
        max_overflow=0,
        connect_args={"timeout": BUSY_SECONDS},
        hide_parameters=True,  # an error must not repeat what was to be written
        execution_options={"writers": Lock()},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:  # noqa: ANN401 - SQLAlchemy's own record type is private
    # The driver must not open transactions of its own: BEGIN IMMEDIATE below takes the one writer's place at once.
    connection.isolation_level = None
    journal = "WAL" if sqlite3.sqlite_version_info >= WAL_RESET_FIXED_IN else "TRUNCATE"
    for pragma in (f"journal_mode={journal}", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql(f"PRAGMA query_only={int(reading)}")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _begin_postgresql(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("reading", False) and not options.get("postgresql_readonly", False):
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
