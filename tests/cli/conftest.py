"""Commands run in this process, in an empty folder, with only those settings a test gives."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import structlog

from bot.__main__ import main
from bot.settings import Settings

NAMES = [alias for field in Settings.model_fields.values() for alias in getattr(field.validation_alias, "choices", [])]


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    def sentence(self, code: int) -> str:
        """The one sentence of a failure; checks that it ended with this code and said nothing else."""
        lines = [line for line in self.err.splitlines() if not line.startswith("{")]  # the log is for a machine
        assert self.code == code, self
        assert len(lines) == 1, self.err
        assert lines[0].startswith("bindeled: ")
        assert "Traceback" not in self.out
        return lines[0]


Command = Callable[..., Ended]


@pytest.fixture
def logging_as_before() -> Iterator[None]:
    """What a command sets up for its process ends with the test."""
    root = logging.getLogger()
    before = root.handlers, root.level
    yield
    root.handlers, level = before
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture
def command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], logging_as_before: None
) -> Command:
    """Runs `bindeled` with these words and settings."""
    del logging_as_before
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)

    def run(*words: str, **settings: str) -> Ended:
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        capsys.readouterr()
        try:
            code = main(words)
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 1
        said = capsys.readouterr()
        return Ended(code, said.out, said.err)

    return run
