from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
import yaml

from bot.__main__ import COMMANDS
from bot.texts.catalogue import LANGUAGES

BOT, APP = "xoxb-1-invented", "xapp-1-invented"
UNUSABLE = {
    "DATABASE_URL": "mysql://nowhere",
    "BINDELED_PORT": "abc",
    "BINDELED_DATA": "/dev/null/x",
    "BINDELED_MODE": "?",
}


@pytest.mark.parametrize("name", [None, *COMMANDS])
def test_help_needs_nothing(command, tmp_path, name):
    """Every command explains itself, whatever the settings are, and leaves nothing behind."""
    ended = command(*([name] if name else []), "--help", **UNUSABLE)
    assert (ended.code, ended.err) == (0, "")
    assert "usage: bindeled" in ended.out
    assert (COMMANDS[name] if name else "manifest") in " ".join(ended.out.split())
    assert list(tmp_path.iterdir()) == []


def test_the_version_is_said(command):
    """Who reports a fault can say which version it was."""
    assert re.fullmatch(r"bindeled \d+\.\d+\S*\n", command("--version").out)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_manifest_needs_nothing(command, tmp_path, language):
    """The manifest is printed as YAML in the language asked for, without settings and without a database."""
    ended = command("manifest", "--language", language, **UNUSABLE)
    assert (ended.code, ended.err) == (0, "")
    manifest = yaml.safe_load(ended.out)
    assert manifest["display_information"]["name"] == "Bindeled"
    assert "channels:history" in manifest["oauth_config"]["scopes"]["bot"]
    assert list(tmp_path.iterdir()) == []


def test_without_the_thread_guard_no_right_to_read_channels_is_asked_for(command):
    """Who wants no look at what people type is not asked for the scopes."""
    manifest = yaml.safe_load(command("manifest", "--no-thread-guard").out)
    assert not {s for s in manifest["oauth_config"]["scopes"]["bot"] if s in {"channels:history", "groups:history"}}


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["nosuch"],
        ["demo", "--nosuch"],
        ["demo", "--port", "abc"],
        ["demo", "--port", "70000"],
        ["demo", "--prepare"],
        ["demo", "--bot-api-url", "http://127.0.0.1/"],
        ["db"],
        ["db", "nosuch"],
        ["manifest", "--language", "xx"],
        ["run", "something"],
    ],
    ids=" ".join,
)
def test_wrong_use_is_one_sentence_and_two(command, words):
    """A command line that makes no sense is answered with one sentence and exit code 2."""
    assert command(*words).sentence(2).endswith(".")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BINDELED_PORT", "abc"),
        ("BINDELED_PORT", "70000"),
        ("BINDELED_COUNTRY", "XX"),
        ("BINDELED_LANGUAGE", "dansk"),
        ("BINDELED_MODE", "both"),
        ("BINDELED_TICK_SECONDS", "0"),
        ("BINDELED_THREAD_GUARD", "maybe"),
        ("SLACK_API_URL", "https://slack.com"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(command, name, value):
    """The sentence names the setting and where to change it."""
    said = command("db", "upgrade", **{name: value}).sentence(2)
    assert said.startswith(f"bindeled: {name} cannot be used: ")
    assert ".env" in said


def test_a_setting_is_named_also_where_it_stands_in_the_file(command, tmp_path):
    """What `.env` says is checked like what the environment says."""
    (tmp_path / ".env").write_text("BINDELED_COUNTRY=XX\n", encoding="utf-8")
    assert "BINDELED_COUNTRY" in command("db", "upgrade").sentence(2)


def test_a_file_of_settings_in_another_encoding_is_said(command, tmp_path):
    """A `.env` saved by an old editor is named, not shown as a traceback."""
    (tmp_path / ".env").write_bytes("BINDELED_DATA=./sagsområde\n".encode("latin-1"))
    assert "UTF-8" in command("db", "upgrade").sentence(2)


TOKENS: tuple[tuple[dict[str, str], str], ...] = (
    ({}, "SLACK_BOT_TOKEN is missing"),
    ({"SLACK_BOT_TOKEN": ""}, "SLACK_BOT_TOKEN is missing"),
    ({"SLACK_BOT_TOKEN": "xoxp-1"}, "SLACK_BOT_TOKEN is no bot token"),
    ({"SLACK_BOT_TOKEN": APP}, "SLACK_BOT_TOKEN is no bot token"),
    ({"SLACK_BOT_TOKEN": BOT}, "SLACK_SIGNING_SECRET is missing"),
    ({"SLACK_BOT_TOKEN": BOT, "SLACK_SIGNING_SECRET": ""}, "SLACK_SIGNING_SECRET is missing"),
    ({"SLACK_BOT_TOKEN": BOT, "BINDELED_MODE": "socket"}, "SLACK_APP_TOKEN is missing"),
    ({"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": BOT}, "SLACK_APP_TOKEN is missing or no app token"),
)  # fmt: skip


@pytest.mark.parametrize("name", ["run", "check"])
@pytest.mark.parametrize(("settings", "says"), TOKENS, ids=[says + " " + "+".join(s) for s, says in TOKENS])
def test_a_token_that_is_missing_or_of_the_wrong_kind_is_said(command, tmp_path, name, settings, says):
    """Before anything is opened she is told which token, where to find it, and never shown the one she gave."""
    said = command(name, **settings).sentence(2)
    assert says in said
    assert not [value for value in settings.values() if value.startswith("x") and value in said]
    assert list(tmp_path.iterdir()) == []


def test_settings_left_empty_are_as_if_not_there(command, tmp_path):
    """The example file with its empty lines works as it is, apart from the tokens."""
    (tmp_path / ".env").write_text("BINDELED_PORT=\nBINDELED_MODE=\nDATABASE_URL=\nBINDELED_DATA=\n", encoding="utf-8")
    assert command("db", "upgrade").code == 0
    assert (tmp_path / "bindeled-data" / "bindeled.db").exists()


def test_the_database_is_made_and_upgraded_in_a_folder_of_its_owner(command, tmp_path):
    """The data folder is made, readable by its owner alone; a second upgrade finds nothing to do."""
    for _ in range(2):
        ended = command("db", "upgrade", BINDELED_DATA=str(tmp_path / "data"))
        assert (ended.code, ended.out, ended.err) == (0, "The database is up to date.\n", "")
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700


def test_a_data_folder_that_cannot_be_written_is_said(command, tmp_path):
    """The sentence names the folder and the setting."""
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    said = command("db", "upgrade", BINDELED_DATA=str(tmp_path / "file" / "below")).sentence(1)
    assert "file/below" in said
    assert "BINDELED_DATA" in said


def future(folder: Path) -> None:
    """A database of a later version."""
    with sqlite3.connect(folder / "bindeled.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()


def test_a_database_from_the_future_is_said(command, tmp_path):
    """The sentence says to install that version or to restore a backup."""
    assert command("db", "upgrade", BINDELED_DATA=str(tmp_path)).code == 0
    future(tmp_path)
    assert "newer Bindeled" in command("db", "upgrade").sentence(1)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("mysql://somebody:hush@host/name", "not in mysql"),
        ("gibberish", "DATABASE_URL is no address"),
        ("postgresql://somebody:hush@127.0.0.1:1/name", "cannot be opened"),
        ("sqlite:////dev/null/x.db", "cannot be opened"),
    ],
)
def test_a_database_that_cannot_be_used_is_said_without_its_password(command, address, says):
    """Another database, no address, nobody there: one sentence, and no password in it."""
    said = command("db", "upgrade", DATABASE_URL=address).sentence(1)
    assert says in said
    assert "hush" not in said
