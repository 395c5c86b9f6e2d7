"""Brings a database to this program's schema, and refuses one that is newer than the program."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from storage.errors import DatabaseFromTheFutureError, DatabaseOutdatedError

_LOCATION = files("storage").joinpath("migrations")


def config(engine: Engine) -> Config:
    """Alembic's configuration, made in code: there is no file to find."""
    made = Config()
    made.set_main_option("script_location", str(_LOCATION))
    made.attributes["engine"] = engine
    return made


def upgrade(engine: Engine) -> None:
    """Bring the schema up to date; nothing happens where it is. Raises `DatabaseFromTheFutureError`."""
    current = _current(engine)
    if current == _head():
        return
    if current is not None and current not in known_revisions():
        message = "The database was written by a newer Bindeled: install that version, or restore a backup of this one."
        raise DatabaseFromTheFutureError(message)
    command.upgrade(config(engine), "head")


def known_revisions() -> set[str]:
    """Every revision of the schema this program knows."""
    return {script.revision for script in _scripts().walk_revisions()}


def is_outdated(engine: Engine) -> bool:
    """Whether there is a schema, of an earlier program: its rows are worth a backup before they are changed."""
    current = _current(engine)
    return current is not None and current != _head()


def check_schema(engine: Engine) -> None:
    """Raise `DatabaseOutdatedError` where the schema is not this program's."""
    if _current(engine) != _head():
        message = "The database has an older schema: run bindeled db upgrade."
        raise DatabaseOutdatedError(message)


@cache
def _scripts() -> ScriptDirectory:
    """The migrations, read once a process: each of them is a file that has to be run to be known."""
    return ScriptDirectory(str(_LOCATION))


def _head() -> str | None:
    return _scripts().get_current_head()


def _current(engine: Engine) -> str | None:
    with engine.connect().execution_options(reading=True) as connection:
        return MigrationContext.configure(connection).get_current_revision()
