"""What stops a command: each error is one plain sentence that says what to do next.

BindeledError        exit code 1: it was tried and failed
└── WrongUseError    exit code 2: it was asked for in a way that cannot be tried
"""

from __future__ import annotations


class BindeledError(Exception):
    """The command failed; the message is for the person at the shell."""

    exit_code = 1


class WrongUseError(BindeledError):
    """The command, a setting or an option cannot be used as given."""

    exit_code = 2
