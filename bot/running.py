"""On an SQLite file one bot works at a time: a second one is refused while the first runs, and only then."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.errors import BindeledError
from bot.settings import Settings


@contextmanager
def only_one(settings: Settings) -> Iterator[None]:
    """Hold the database for one bot while the block runs. Raises `BindeledError` where another holds it.

    The lock goes with its process, however that ends. On PostgreSQL several may work, and nothing is locked.
    """
    url = make_url(settings.database)
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        yield
        return
    path = Path(f"{url.database}.lock")
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not _lock(descriptor):
            message = (
                f"Another bindeled run works on {url.database} already: stop that one first, "
                "or set DATABASE_URL to a PostgreSQL, where several can share the work."
            )
            raise BindeledError(message)
        yield
    finally:
        os.close(descriptor)  # and with it the lock


def _lock(descriptor: int) -> bool:
    """Take the lock if nobody has it. Where the system has no such locks nobody is refused."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
