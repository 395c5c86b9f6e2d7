"""`bindeled ask` in the terminal."""

from __future__ import annotations

import argparse
import json

from bot.cli import ask


def answered(*argv: str, lines: list[str] | None = None) -> int:
    """What the command ends with."""
    parser = argparse.ArgumentParser()
    ask.configure(parser)
    return ask.run(parser.parse_args(argv), lines=lines)


def test_a_question_is_answered_as_json(capsys):
    """The fields are those of the contract, and a place in the text wins over the asker's own."""
    assert answered("--json", "--municipality", "630", "Hvem er kontakten i Kolding? Barnet får tæsk.") == 0
    shown = json.loads(capsys.readouterr().out)
    assert set(shown) == {
        "intent", "country", "municipality", "kind", "urgency", "topic", "candidates", "confidence", "chain",
    }  # fmt: skip
    assert (shown["municipality"], shown["kind"]) == ("621", "physical-violence")
    assert [(link["unit"], link["phone"]) for link in shown["chain"]] == [
        ("local", "+45114"),
        ("control-room", "+45114"),
    ]


def test_danger_now_begins_with_112_and_every_chain_ends_in_the_control_room(capsys):
    """Promise 2 holds in the terminal too."""
    assert answered("--json", "--country", "SE", "han har en kniv och hotar oss just nu") == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["intent"] == "acute"
    assert [(link["unit"], link["phone"], link["available"]) for link in shown["chain"]] == [
        ("emergency", "+46112", True),
        ("control-room", "+4611414", True),
    ]


def test_a_question_is_answered_for_a_person(capsys):
    """Without --json every field that was understood stands on its own line."""
    assert answered("--country", "NO", "hvem er politikontakten i Herøy kommune") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == ["intent: find_contact", "country: NO", "candidates: 1515, 1818"]
    assert "+4702800" in lines[-1]


def test_every_line_is_answered_in_its_country(capsys):
    """One answer a line in the order of the questions, each with the id of its question."""
    asked = [
        {"id": "a", "text": "vem har Ale kommun", "lang": "sv", "country": "SE"},
        {"id": "b", "text": "mine frister", "lang": "nb", "country": "NO"},
    ]
    assert answered("--jsonl", lines=[*(json.dumps(one) for one in asked), "\n"]) == 0
    shown = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["id"], one["intent"], one["municipality"]) for one in shown] == [
        ("a", "find_contact", "1440"),
        ("b", "my_tasks", None),
    ]


def test_a_line_that_is_no_question_is_named(capsys):
    """The message says which line, and the exit code is 1."""
    assert answered("--jsonl", lines=['{"text": "hej"}', "no json"]) == 1
    assert "Line 2" in capsys.readouterr().err
    assert answered("--jsonl", lines=['{"id": "x"}']) == 1


def test_wrong_use_is_told_what_to_do(capsys):
    """No question at all and an unknown municipality both end with 2 and a sentence."""
    assert answered() == 2
    assert answered("--municipality", "0301", "hvem?") == 2
    assert "official number" in capsys.readouterr().err


def test_a_chain_that_is_handed_in_is_shown(capsys):
    """The command shows the contacts the composition gives it, with the asker's own municipality known to them."""
    link = ask.Link(unit="control-room", name=None, role=None, phone="114", available=True, why="default")
    parser = argparse.ArgumentParser()
    ask.configure(parser)
    args = parser.parse_args(["--municipality", "630", "hvem er kontakten"])
    seen = []

    def chain(question, own):
        seen.append((question.intent, own))
        return [link]

    assert ask.run(args, chain=chain) == 0
    assert seen == [("find_contact", "630")]
    assert "control-room: 114 (default)" in capsys.readouterr().out
