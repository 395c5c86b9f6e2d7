"""Structured log lines on standard error: no payloads, no texts, no tokens."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_TOKEN = re.compile(r"xox[a-z]-[\w-]+|xapp-[\w-]+|(?<=ticket=)[\w-]+")
_QUIET = ("slack_bolt", "slack_sdk", "aiohttp", "apscheduler", "sqlalchemy", "alembic", "asyncio")
"""Libraries that may put what people wrote into their lines: of theirs only the level, the logger and the error's type are kept."""


def redact(_logger: object, _method: str, line: Any) -> str:  # noqa: ANN401 - structlog types a rendered line as a mapping
    """Tokens never reach a line, whoever wrote it and however deep they stand."""
    return _TOKEN.sub("[token]", str(line))


def without_values(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Of an error, its type and where it happened; not its message, which may carry what somebody wrote."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["error_type"] = type(error).__name__
        event["where"] = _where(error)
    return event


def _where(error: BaseException) -> str:
    steps = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        steps.append(f"{code.co_filename.rpartition('site-packages/')[2]}:{trace.tb_lineno}:{code.co_name}")
        trace = trace.tb_next
    return " < ".join(reversed(steps[-8:]))


class _Foreign(logging.Handler):
    """Turns a library's log record into a line of ours that says nothing of what it was about."""

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the logger's name, the place and the error's type; drop the message."""
        error = record.exc_info[1] if record.exc_info else None
        structlog.get_logger("library").log(
            record.levelno, "library", logger=record.name, place=f"{record.filename}:{record.lineno}",
            error_type=type(error).__name__ if error else None,
        )  # fmt: skip


def configure(*, verbose: bool = False) -> None:
    """Set up logging for this process; called once, by the shell commands that run something."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            without_values,
            structlog.processors.JSONRenderer(),
            redact,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG if verbose else logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.handlers = [_Foreign()]
    root.setLevel(logging.WARNING)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
