"""`bindeled sandbox` as a process of its own."""

from __future__ import annotations

import argparse
import json
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from slack_sdk import WebClient

from bot.cli import sandbox

ROOT = Path(__file__).resolve().parents[2]
FIELDS = [
    *("page", "control_url", "api_url", "bot_token", "app_token", "signing_secret", "team_id", "app_id", "bot_user_id"),
]


def parsed(*arguments: str) -> argparse.Namespace:
    """The command's options, as the shell would give them."""
    parser = argparse.ArgumentParser()
    sandbox.configure(parser)
    return parser.parse_args(arguments)


def test_the_first_line_is_what_a_bot_needs():
    """JSON with exactly its fields, at once; the Web API answers; an interrupt ends it with 0."""
    code = (
        "import argparse\nfrom bot.cli import sandbox\np = argparse.ArgumentParser()\nsandbox.configure(p)\n"
        "raise SystemExit(sandbox.run(p.parse_args()))"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        assert process.stdout is not None
        running = json.loads(process.stdout.readline())
        assert list(running) == FIELDS
        assert running["api_url"].endswith("/api/")
        client = WebClient(token=running["bot_token"], base_url=running["api_url"])
        assert client.auth_test()["user_id"] == running["bot_user_id"]
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=10)
    assert process.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--port", "99999"], 2, "--port must lie between 0 and 65535"),
        (["--request-url", "ikke-en-adresse"], 2, "--request-url must be an http address"),
        (["--world", "findes-ikke.yml"], 1, "cannot be read"),
        (["--manifest", "findes-ikke.yml"], 1, "cannot be read"),
    ],
)
def test_bad_options_are_one_sentence(capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, says: str):
    """On standard error, without a traceback, with the right exit code."""
    assert sandbox.run(parsed(*arguments)) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert says in captured.err
    assert len(captured.err.splitlines()) == 1


def test_broken_files_are_one_sentence(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    """A world or manifest that is no YAML, no mapping, or refused by Slack's rules."""
    file = tmp_path / "fil.yml"
    for text, option in (
        ("teams: [", "--world"),
        ("[1]", "--world"),
        ("a: [", "--manifest"),
        ("[1]", "--manifest"),
        ("{}", "--manifest"),
    ):
        file.write_text(text, encoding="utf-8")
        assert sandbox.run(parsed(option, str(file))) == 1
        assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_port_in_use_is_one_sentence(capsys: pytest.CaptureFixture[str]):
    """It says which port and what to do."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert sandbox.run(parsed("--port", str(port))) == 1
    error = capsys.readouterr().err
    assert f"127.0.0.1:{port}" in error
    assert "choose another --port" in error
