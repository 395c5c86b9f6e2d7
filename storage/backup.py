"""A backup is one file for either database: every row of every table as it was at one instant, and the schema it had.

It can be made while the bot runs, and restored into SQLite or PostgreSQL, whichever it came from. The first line says
what it is, the last how many rows there are: a file that was cut short is refused.
"""

from __future__ import annotations

import base64
import gzip
import json
import os
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from alembic import command
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, DateTime, Engine, MetaData, Table, func, insert, select, text

from storage.engine import open_engine
from storage.errors import DatabaseError
from storage.upgrade import config, known_revisions

FORMAT = "bindeled-backup-1"
CHUNK = 500
"""Rows written at once when a backup is restored."""
VERSION_TABLE = "alembic_version"
PAGES = 512
"""Pages of an SQLite file copied before writers get their turn."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a backup holds."""

    tables: int
    rows: int


def write(engine: Engine, path: Path, now: datetime) -> Counted:
    """Write a backup; the file (0600) is there whole or not at all. Raises `DatabaseError` where it cannot be written."""
    half = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as raw, gzip.open(raw, "wt", encoding="utf-8") as file:
            with _at_one_instant(engine) as connection:
                counted = _write_rows(connection, file, now)
            file.flush()
        half.replace(path)
    except OSError as error:
        half.unlink(missing_ok=True)
        message = f"The backup {path} cannot be written ({error.strerror}): free some space or name another file."
        raise DatabaseError(message) from error
    return counted


def restore(engine: Engine, path: Path) -> Counted:
    """Fill an empty database from a backup, all or nothing, and bring it to this program's schema.

    Raises `DatabaseError` where the file is no whole backup, is of a newer program, or the database is not empty.
    """
    head, last = _read_ends(path)
    revision = str(head["revision"])
    if revision not in known_revisions():
        message = f"The backup {path} was written by a newer Bindeled: install that version and restore it there."
        raise DatabaseError(message)
    _check_empty(engine)
    command.upgrade(config(engine), revision)
    counted = dict.fromkeys(last["rows"], 0)
    with engine.begin() as connection:
        tables = _tables(connection)
        for name, rows in _in_chunks(path):
            connection.execute(insert(tables[name]), [_from_json(tables[name], row) for row in rows])
            counted[name] += len(rows)
        if counted != last["rows"]:
            message = f"The backup {path} does not hold what it says: take another one."
            raise DatabaseError(message)
        _go_on_counting(connection, tables)
    command.upgrade(config(engine), "head")
    return Counted(len(counted), sum(counted.values()))


@contextmanager
def _at_one_instant(engine: Engine) -> Iterator[Connection]:
    """Everything as it was at one instant, while others go on writing."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="REPEATABLE READ", reading=True) as connection:
            yield connection
        return
    # A reader of an SQLite file holds up its writers: a copy is made page by page, and read instead.
    with tempfile.TemporaryDirectory(prefix="bindeled-") as folder:
        copy = Path(folder) / "copy.db"
        with sqlite3.connect(str(engine.url.database)) as source, sqlite3.connect(copy) as target:
            source.backup(target, pages=PAGES, sleep=0.01)
        source.close()
        target.close()
        copied = open_engine(f"sqlite:///{copy}")
        try:
            with copied.connect().execution_options(reading=True) as connection:
                yield connection
        finally:
            copied.dispose()


def _write_rows(connection: Connection, file: IO[str], now: datetime) -> Counted:
    revision = MigrationContext.configure(connection).get_current_revision()
    _line(file, {"format": FORMAT, "revision": revision, "at": now.isoformat()})
    counted: dict[str, int] = {}
    for name, table in _tables(connection).items():
        counted[name] = 0
        for row in connection.execution_options(stream_results=True).execute(select(table)).mappings():
            _line(file, [name, {column: _to_json(value) for column, value in row.items()}])
            counted[name] += 1
    _line(file, {"rows": counted})
    return Counted(len(counted), sum(counted.values()))


def _tables(connection: Connection) -> dict[str, Table]:
    """The tables as they are in this database (a backup may be older than the code), parents before children."""
    found = MetaData()
    found.reflect(connection)
    return {table.name: table for table in found.sorted_tables if table.name != VERSION_TABLE}


def _line(file: IO[str], value: object) -> None:
    file.write(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")


def _to_json(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return {"b": base64.b64encode(bytes(value)).decode()}
    return value


def _from_json(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(table, name, value) for name, value in row.items()}


def _value(table: Table, name: str, value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    if isinstance(value, dict):
        return base64.b64decode(value["b"])
    if isinstance(value, str) and isinstance(table.c[name].type, DateTime):
        moment = datetime.fromisoformat(value)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)  # SQLite keeps UTC without saying so
    return value


def _read_ends(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    first, last = "", ""
    for line in _lines(path):
        first, last = first or line, line
    try:
        head, tail = json.loads(first), json.loads(last)
    except json.JSONDecodeError:
        head, tail = {}, {}
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        message = f"{path} is no backup of Bindeled: give a file that bindeled db backup wrote."
        raise DatabaseError(message)
    if not isinstance(tail, dict) or "rows" not in tail:
        message = f"The backup {path} was cut short: take another one."
        raise DatabaseError(message)
    return head, tail


def _lines(path: Path) -> Iterator[str]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            yield from file
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        if isinstance(error, EOFError):
            message = f"The backup {path} was cut short: take another one."
        elif isinstance(error, FileNotFoundError):
            message = f"There is no file {path}: give one that bindeled db backup wrote."
        else:
            message = f"{path} is no backup of Bindeled: give a file that bindeled db backup wrote."
        raise DatabaseError(message) from error


def _in_chunks(path: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    name, rows = "", list[dict[str, Any]]()
    for line in _lines(path):
        found = json.loads(line)
        if not isinstance(found, list):
            continue
        if rows and (found[0] != name or len(rows) == CHUNK):
            yield name, rows
            rows = []
        name = str(found[0])
        rows.append(found[1])
    if rows:
        yield name, rows


def _check_empty(engine: Engine) -> None:
    with engine.connect().execution_options(reading=True) as connection:
        filled = [
            name
            for name, table in _tables(connection).items()
            if connection.execute(select(func.count()).select_from(table)).scalar()
        ]
    if filled:
        message = "The database is not empty: restore into a new one (another DATABASE_URL, or move the old file away)."
        raise DatabaseError(message)


def _go_on_counting(connection: Connection, tables: dict[str, Table]) -> None:
    """PostgreSQL numbers rows by a sequence of its own, which has to go on after the last restored row."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables.values():
        for column in table.primary_key.columns:
            sequence = connection.execute(
                text("SELECT pg_get_serial_sequence(:name, :column)"), {"name": table.name, "column": column.name}
            ).scalar()
            if sequence:
                highest = select(func.coalesce(func.max(column), 0) + 1).scalar_subquery()
                connection.execute(select(func.setval(sequence, highest, False)))  # noqa: FBT003 - PostgreSQL's own argument
