"""Errors of other rooms, in words for the person at the shell."""

from __future__ import annotations

import errno

from bot.errors import BindeledError


def in_words(error: Exception) -> BindeledError | None:
    """The sentence for an error that is not ours, or None where it is a mistake in the program and wants its traceback."""
    from bot.sandbox.errors import SandboxError
    from storage.errors import DatabaseError

    if isinstance(error, DatabaseError | SandboxError):
        return BindeledError(str(error))
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return BindeledError("The port is in use: choose another with --port or BINDELED_PORT, or 0 for a free one.")
    return None
