from __future__ import annotations

import json
import logging
from typing import Any

import pytest
import structlog

from bot import log

SECRET = "Barnet hedder Zarathustra"
TOKENS = ("xoxb-123-abc", "xoxe.xoxp-1-xyz", "xapp-1-A0-B_c")


pytestmark = pytest.mark.usefixtures("logging_as_before")


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """What was logged."""
    said = capsys.readouterr()
    assert said.out == ""
    return [json.loads(line) for line in said.err.splitlines()]


def fails() -> None:
    """An error whose message carries what somebody wrote."""
    raise ValueError(SECRET)


@pytest.mark.parametrize("token", TOKENS)
def test_a_token_reaches_no_line(capsys, token):
    """Wherever it stands: in a value, deep in one, in the address of a socket."""
    log.configure()
    structlog.get_logger().warning(
        "call", header=f"Bearer {token}", deep={"list": [token]}, url=f"wss://x/?ticket={token}"
    )
    (line,) = lines(capsys)
    assert token.split("-", 1)[1] not in json.dumps(line)
    assert line["header"].endswith("[token]")
    assert line["event"] == "call"


def test_the_ticket_of_a_socket_reaches_no_line(capsys):
    """Who has the ticket can listen in: it is taken out, the rest of the address stays."""
    log.configure()
    structlog.get_logger().warning("connecting", url="wss://slack.example/link/?ticket=abc-123&app_id=A1")
    (line,) = lines(capsys)
    assert line["url"] == "wss://slack.example/link/?ticket=[token]&app_id=A1"


def test_of_an_error_its_type_and_place_are_kept_and_its_message_is_not(capsys):
    """A message may carry what a person wrote; where it happened helps just as well."""
    log.configure()
    try:
        fails()
    except ValueError as error:
        structlog.get_logger().exception("tick.failed")
        structlog.get_logger().error("unexpected", exc_info=error)
        structlog.get_logger().error("unexpected", exc_info=(type(error), error, error.__traceback__))
    found = lines(capsys)
    assert [line["error_type"] for line in found] == ["ValueError"] * 3
    assert all("test_log.py" in line["where"] and ":fails" in line["where"] for line in found)
    assert SECRET not in json.dumps(found)


@pytest.mark.parametrize("name", ["slack_bolt.app", "slack_sdk.web", "aiohttp.server", "apscheduler", "somebody.else"])
def test_what_a_library_logs_says_where_and_not_what(capsys, name):
    """A library's line keeps its logger, its place and the error's type; payload and message are dropped."""
    log.configure()
    logger = logging.getLogger(name)
    logger.warning("payload: %s", {"text": SECRET})
    try:
        fails()
    except ValueError:
        logger.exception("Failed to handle %s", SECRET)
    found = lines(capsys)
    assert [(line["event"], line["logger"], line["error_type"]) for line in found] == [
        ("library", name, None), ("library", name, "ValueError"),
    ]  # fmt: skip
    assert all(line["place"].startswith("test_log.py:") for line in found)
    assert "Zarathustra" not in json.dumps(found)


@pytest.mark.parametrize("name", ["slack_sdk", "sqlalchemy.engine", "aiohttp.access"])
@pytest.mark.parametrize("verbose", [False, True])
def test_what_libraries_tell_each_other_is_not_logged(capsys, name, verbose):
    """Below a warning libraries are silent, also where more lines are asked for."""
    log.configure(verbose=verbose)
    logging.getLogger(name).info("SELECT %s", SECRET)
    logging.getLogger(name).debug("SELECT %s", SECRET)
    assert lines(capsys) == []


def test_more_lines_are_ours(capsys):
    """Verbose shows our own finer lines; otherwise they stay away."""
    log.configure()
    structlog.get_logger().debug("fine")
    assert lines(capsys) == []
    log.configure(verbose=True)
    structlog.get_logger().debug("fine")
    (line,) = lines(capsys)
    assert (line["event"], line["level"]) == ("fine", "debug")


def test_every_line_says_when_in_utc(capsys):
    """Lines of several processes can be put in order."""
    log.configure()
    structlog.get_logger().info("now")
    (line,) = lines(capsys)
    assert line["timestamp"].endswith("Z")
