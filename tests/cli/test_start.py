"""What keeps a command from starting, on real ports."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = {"SLACK_SIGNING_SECRET": "invented", "BINDELED_MODE": "http"}


@pytest.fixture(scope="module")
def slack() -> Iterator[dict[str, Any]]:
    """The stand-in, as a process of its own; what its first line says."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "sandbox", "--port", "0"], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())
        process.terminate()


@pytest.fixture
def busy() -> Iterator[int]:
    """A port somebody else has."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.parametrize("name", ["run", "check"])
def test_a_token_slack_does_not_know_is_said(command, slack, name):
    """The sentence names the setting and Slack's own word for it, not the token."""
    said = command(name, SLACK_BOT_TOKEN="xoxb-wrong", SLACK_API_URL=slack["api_url"], **SETTINGS).sentence(1)
    assert "SLACK_BOT_TOKEN (invalid_auth)" in said
    assert "xoxb-wrong" not in said


def test_an_app_token_slack_does_not_know_is_said(command, slack):
    """In Socket Mode the second token is asked about likewise."""
    given = {"SLACK_BOT_TOKEN": slack["bot_token"], "SLACK_APP_TOKEN": "xapp-wrong", "SLACK_API_URL": slack["api_url"]}
    said = command("run", **given).sentence(1)
    assert "SLACK_APP_TOKEN (invalid_auth)" in said
    assert "xapp-wrong" not in said


@pytest.mark.parametrize("name", ["run", "check"])
def test_a_slack_that_cannot_be_reached_is_said(command, name):
    """No network, or a wrong address: the sentence names the address."""
    address = "http://127.0.0.1:1/api/"
    assert address in command(name, SLACK_BOT_TOKEN="xoxb-x", SLACK_API_URL=address, **SETTINGS).sentence(1)


def test_a_port_that_is_in_use_is_said(command, slack, busy):
    """In HTTP mode the bot needs its port; the sentence names the setting."""
    given = {"SLACK_BOT_TOKEN": slack["bot_token"], "SLACK_API_URL": slack["api_url"], "BINDELED_PORT": str(busy)}
    assert "BINDELED_PORT" in command("run", **given, **SETTINGS).sentence(1)


@pytest.mark.parametrize("name", ["demo", "sandbox"])
def test_a_port_of_the_stand_in_that_is_in_use_is_said(name, busy):
    """A real process with a port that is taken ends with one line on standard error and 1."""
    ended = subprocess.run(
        [sys.executable, "-m", "bot", name, "--port", str(busy)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert len(ended.stderr.splitlines()) == 1, ended.stderr
    assert "--port" in ended.stderr


def test_what_is_missing_is_the_next_step(command, slack):
    """With everything right but an empty directory, `check` says to fill it."""
    given = {"SLACK_BOT_TOKEN": slack["bot_token"], "SLACK_API_URL": slack["api_url"]}
    ended = command("check", **given, **SETTINGS)
    assert "directory" in ended.sentence(1)
    assert ended.out.splitlines()[-1] == "Database: up to date."


def test_a_second_run_on_one_sqlite_file_is_refused_and_backup_works_beside(command, slack, tmp_path):
    """The sentence says what to do; when the first one ends, however it ends, the way is free."""
    given = {
        "SLACK_BOT_TOKEN": slack["bot_token"], "SLACK_API_URL": slack["api_url"], "SLACK_APP_TOKEN": slack["app_token"],
        "BINDELED_DATA": str(tmp_path / "data"), "BINDELED_PORT": "0",
    }  # fmt: skip
    first = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **given, "PYTHONPATH": str(ROOT)},
    )
    try:
        assert first.stdout is not None
        assert first.stdout.readline() == "bindeled: connected\n"
        assert "Another bindeled run works on" in command("run", **given).sentence(1)
        assert command("db", "backup", str(tmp_path / "b.jsonl.gz"), **given).code == 0
        assert "Another bindeled run" in command("db", "restore", str(tmp_path / "b.jsonl.gz"), **given).sentence(1)
    finally:
        first.kill()
        first.communicate()
    restored = {**given, "BINDELED_DATA": str(tmp_path / "other")}
    assert command("db", "restore", str(tmp_path / "b.jsonl.gz"), **restored).code == 0
    assert "no file" in command("db", "restore", str(tmp_path / "none"), **restored).sentence(1)
