"""What can be wrong with a database, each with a sentence that says what to do next."""

from __future__ import annotations


class DatabaseError(Exception):
    """The database cannot be used as it is; the message is for the operator."""


class DatabaseFromTheFutureError(DatabaseError):
    """The schema is newer than this program."""


class DatabaseOutdatedError(DatabaseError):
    """The schema is older than this program."""
