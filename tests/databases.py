"""Real databases for the tests: a SQLite file, and a PostgreSQL server that is started once where its programs are found."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from storage.engine import open_engine
from storage.schema import new_id
from storage.tables import metadata
from storage.upgrade import upgrade

START_SECONDS = 30


class UnavailableError(Exception):
    """There is no PostgreSQL here; the message says what was looked for."""


@contextmanager
def postgresql_server() -> Iterator[str]:
    """The address of a running PostgreSQL: `TEST_DATABASE_URL`, or a server of our own on a socket in a temporary folder.

    Raises `UnavailableError` where there is neither.
    """
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    programs = _programs()
    account, switch = _account()
    folder = Path(tempfile.mkdtemp(prefix="bindeled-pg-"))
    try:
        if account is not None:
            os.chown(folder, account.pw_uid, account.pw_gid)
        data = folder / "data"
        made = subprocess.run(
            [*switch, programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"],
            cwd=folder, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if made.returncode:
            raise UnavailableError(f"initdb failed: {made.stderr.strip()}")
        settings = {
            "listen_addresses": "", "unix_socket_directories": str(folder), "fsync": "off",
            "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off",
        }  # fmt: skip
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [*switch, programs / "postgres", "-D", data, *options], cwd=folder, stdout=log, stderr=log
            )
        try:
            address = f"postgresql://postgres@/postgres?host={folder}"
            _wait(address, server)
            yield address
        finally:
            server.terminate()
            server.wait(START_SECONDS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    on_path = shutil.which("initdb")
    places = [Path(on_path).resolve().parent] if on_path else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for place in places:
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    raise UnavailableError("no PostgreSQL here: install it (apt install postgresql) or set TEST_DATABASE_URL")


def _account() -> tuple[pwd.struct_passwd | None, list[str]]:
    """PostgreSQL refuses to run as root: then whose account it gets, and the words that change to it."""
    if os.geteuid() != 0:
        return None, []
    for name in ("postgres", "nobody"):
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        if setpriv := shutil.which("setpriv"):
            return account, [setpriv, f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
        if runuser := shutil.which("runuser"):
            return account, [runuser, "-u", name, "--"]
    raise UnavailableError("PostgreSQL does not run as root, and there is no other account to run it as")


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    engine = open_engine(address)
    until = time.monotonic() + START_SECONDS
    try:
        while True:
            try:
                engine.connect().close()
            except OperationalError as error:
                if server.poll() is not None or time.monotonic() > until:
                    raise UnavailableError("PostgreSQL was found but did not start") from error
                time.sleep(0.05)
            else:
                return
    finally:
        engine.dispose()


@contextmanager
def schema_of_its_own(address: str) -> Iterator[str]:
    """The address of a new, empty schema in that PostgreSQL; it is dropped in the end."""
    name = f"test_{new_id()}"
    engine = open_engine(address)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    try:
        yield f"{address}{'&' if '?' in address else '?'}options=-csearch_path%3D{name}"
    finally:
        with engine.begin() as connection:
            connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
        engine.dispose()


def migrated(address: str) -> None:
    """Bring a database to this program's schema."""
    engine = open_engine(address)
    upgrade(engine)
    engine.dispose()


def emptied(engine: Engine) -> None:
    """Delete every row: much faster than a new schema for every test, and than to truncate tables that are empty already."""
    tables = [table.name for table in reversed(metadata.sorted_tables)]
    with engine.begin() as connection:
        connection.execute(text("; ".join(f"DELETE FROM {name}" for name in tables)))  # noqa: S608 - our own tables
