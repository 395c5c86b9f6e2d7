"""`bindeled guard`: lines in, lines out."""

from __future__ import annotations

import argparse
import io
import json
from typing import TYPE_CHECKING

from bot.cli import guard as command
from bot.guard.measure import table
from bot.texts.catalogue import LANGUAGES
from bot.texts.guard_reasons import reasons

if TYPE_CHECKING:
    import pytest


def run(*arguments: str) -> int:
    """The command with these arguments."""
    parser = argparse.ArgumentParser()
    command.configure(parser)
    return command.run(parser.parse_args(list(arguments)))


def answer(
    lines: list[dict[str, object]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> list[dict[str, list[dict[str, object]]]]:
    """What the command writes for these lines."""
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(json.dumps(line) + "\n" for line in lines)))
    assert run() == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_each_line_is_answered_in_order(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """One object a line, with offsets, kind, certainty, outcome and a sentence."""
    first, second = answer(
        [
            {"id": 1, "text": "mor til Signe ringede", "lang": "da", "contacts": []},
            {"id": 2, "text": "ok", "lang": "da", "contacts": []},
        ],
        monkeypatch,
        capsys,
    )
    assert second == {"findings": []}
    (finding,) = first["findings"]
    assert finding["start"], finding["end"] == (8, 13)
    assert (finding["kind"], finding["outcome"]) == ("NAME", "block")
    assert isinstance(finding["certainty"], float)


def test_the_reason_is_in_the_readers_language(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each language has its own sentence; Finnish and Icelandic readers get the English one."""
    langs = ["da", "nb", "nn", "sv", "en", "fi", "is"]
    lines: list[dict[str, object]] = [
        {"id": lang, "text": "cpr 010112-1234", "lang": lang, "contacts": []} for lang in langs
    ]
    said = [line["findings"][0]["why"] for line in answer(lines, monkeypatch, capsys)]
    assert said[4] == said[5] == said[6]
    assert len(set(said[:5])) == 5


def test_contacts_of_the_line_pass(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The full names given with a line are let through in that line alone."""
    text = "Kontakt Pernille Holmskov ved spørgsmål"
    with_name, without = answer(
        [
            {"id": 1, "text": text, "lang": "da", "contacts": ["Pernille Holmskov"]},
            {"id": 2, "text": text, "lang": "da", "contacts": []},
        ],
        monkeypatch,
        capsys,
    )
    assert with_name["findings"] == []
    assert without["findings"] != []


def test_a_bad_line_ends_with_one_plain_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is no object is named by its line number, on standard error, without its content."""
    monkeypatch.setattr("sys.stdin", io.StringIO("hemmelig\n"))
    assert run() == 1
    captured = capsys.readouterr()
    assert "Line 1" in captured.err
    assert "hemmelig" not in captured.err


def test_a_missing_list_of_names_is_said_plainly(capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is not there gives a sentence that says what to do."""
    assert run("--names", "/nowhere/names.txt") == 1
    assert "UTF-8 text file" in capsys.readouterr().err


def test_measure_prints_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    """The measured table can be had from the command."""
    assert run("--measure") == 0
    assert capsys.readouterr().out.strip() == table()


def test_every_reason_has_every_language() -> None:
    """No reason lacks a sentence."""
    for key, row in reasons().items():
        assert all(row[lang] for lang in LANGUAGES), key
