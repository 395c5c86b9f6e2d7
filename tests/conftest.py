"""What all tests share: catalogues that are never stale, and the two databases."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hypothesis import settings
from sqlalchemy import Engine, event

from storage.engine import open_engine
from tests.databases import UnavailableError, emptied, migrated, postgresql_server, schema_of_its_own
from tests.world import World

ROOT = Path(__file__).resolve().parent.parent


settings.register_profile("house", deadline=None)  # a machine that is busy is no failure
settings.load_profile("house")


def pytest_configure() -> None:
    """Compile the catalogues whose `.po` is newer: a run from a checkout must not read old words."""
    for source in ROOT.glob("bot/texts/locale/*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            half = compiled.with_suffix(f".{os.getpid()}")
            with source.open("rb") as po, half.open("wb") as mo:
                write_mo(mo, read_po(po))
            half.replace(compiled)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied."""
    path = tmp_path_factory.mktemp("template") / "bindeled.db"
    migrated(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite(sqlite_template: Path, tmp_path: Path) -> Iterator[Engine]:
    """A migrated SQLite file of this test's own; it does not wait for the disk, as no test cuts the power."""
    path = tmp_path / "bindeled.db"
    shutil.copy(sqlite_template, path)
    engine = open_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", lambda connection, _record: connection.execute("PRAGMA synchronous=OFF"))
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def postgresql_address() -> Iterator[str]:
    """The address of a PostgreSQL; the test is skipped where there is none."""
    try:
        with postgresql_server() as address:
            yield address
    except UnavailableError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def postgresql_schema(postgresql_address: str) -> Iterator[str]:
    """The address of a migrated schema, shared by the tests of this run."""
    with schema_of_its_own(postgresql_address) as address:
        migrated(address)
        yield address


@pytest.fixture
def postgresql(postgresql_schema: str) -> Iterator[Engine]:
    """A migrated PostgreSQL schema without any rows."""
    engine = open_engine(postgresql_schema)
    emptied(engine)
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Both databases we support, one after the other."""
    found: Engine = request.getfixturevalue(request.param)
    return found


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Both databases, before any migration."""
    if request.param == "sqlite":
        engine = open_engine(f"sqlite:///{tmp_path / 'empty.db'}")
        yield engine
        engine.dispose()
        return
    with schema_of_its_own(request.getfixturevalue("postgresql_address")) as address:
        engine = open_engine(address)
        yield engine
        engine.dispose()


@pytest.fixture
def world(sqlite: Engine) -> World:
    """The invented municipality and police on SQLite."""
    return World(sqlite)


@pytest.fixture
def both_worlds(engine: Engine) -> World:
    """The invented municipality and police on each database."""
    return World(engine)
