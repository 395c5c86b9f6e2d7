"""README, manifest, settings, commands and listeners are kept in step."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from bot.__main__ import COMMANDS
from bot.manifest import COMMANDS as SLASH_COMMANDS
from bot.manifest import as_yaml, build
from bot.sandbox.manifest import problems_in_manifest
from bot.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
SETTINGS = {str(field.validation_alias.choices[0]) for field in Settings.model_fields.values()}  # type: ignore[union-attr]  # all are AliasChoices


def marked(name: str) -> str:
    """The shell command between two markers of the README."""
    found = re.search(rf"<!-- {name} -->\n```sh\n(.*?)```\n<!-- /{name} -->", README, re.DOTALL)
    assert found, f"README has no command marked {name}"
    return found.group(1)


def test_the_manifest_at_the_top_is_what_the_command_prints() -> None:
    """Whoever pastes manifest.yml gets what the product needs."""
    assert (ROOT / "manifest.yml").read_text("utf-8") == as_yaml("da", thread_guard=True)


@pytest.mark.parametrize("language", SLASH_COMMANDS)
@pytest.mark.parametrize("thread_guard", [True, False])
def test_slack_would_accept_the_manifest_of_every_language(language: str, *, thread_guard: bool) -> None:
    """No manifest the command prints is refused by Slack's own rules."""
    assert problems_in_manifest(build(language, thread_guard=thread_guard)) == []


def test_every_setting_is_documented_and_no_other() -> None:
    """docs/settings.md and .env.example name exactly the settings there are."""
    documented = set(re.findall(r"`([A-Z][A-Z_]{4,})`", (ROOT / "docs/settings.md").read_text("utf-8")))
    example = set(re.findall(r"^#?\s*([A-Z][A-Z_]{4,})=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE))
    assert documented == SETTINGS
    assert example == SETTINGS


def test_every_shell_command_has_its_module() -> None:
    """What `bindeled --help` lists can be run."""
    modules = {path.stem for path in (ROOT / "bot/cli").glob("*.py")}
    assert set(COMMANDS) <= modules


def test_documents_name_only_shell_commands_that_exist() -> None:
    """No page tells a reader to type a command that is not there."""
    pages = [ROOT / "README.md", ROOT / ".env.example", *sorted((ROOT / "docs").glob("*.md"))]
    named = {word for page in pages for word in re.findall(r"(?:`|bin/)bindeled ([a-z]+)", page.read_text("utf-8"))}
    assert named <= set(COMMANDS), named - set(COMMANDS)


def test_every_link_between_documents_leads_somewhere() -> None:
    """No link in README or docs is dead."""
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_slash_command_of_every_manifest_is_listened_to() -> None:
    """Whoever types a command of her own language is answered by the module it belongs to."""
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "handlers").glob("*.py"))
    for commands in SLASH_COMMANDS.values():
        for command in (*commands, "/bindeled"):
            assert f'"{command}"' in code, f"nobody listens to {command}"


def test_every_button_has_a_listener() -> None:
    """No card shows a button that only the fallback would answer."""
    cards = "\n".join(path.read_text("utf-8") for path in (ROOT / "handlers/cards").glob("*.py"))
    edge = "\n".join(path.read_text("utf-8") for path in (ROOT / "handlers").glob("*.py"))
    shown = set(re.findall(r'button\([^"]*?t(?:exts)?\([^)]*\), "([a-z]+\.[a-z_]+)"', cards))
    listened = set(re.findall(r'"([a-z]+\.[a-z_]+)"', edge))
    patterns = [re.compile(pattern) for pattern in re.findall(r're\.compile\(r"(\^[a-z]+\\\..*?)"\)', edge)]
    assert shown, "the pattern finds no buttons any more"
    unheard = {i for i in shown - listened if not any(pattern.match(i) for pattern in patterns)}
    assert not unheard


def test_the_readme_commands_stand_alone() -> None:
    """Each of the two commands makes its own environment and installs what it needs."""
    for name in ("demo", "test"):
        command = marked(name)
        assert command.startswith("python3 -m venv ")
        assert "pip install" in command
        assert subprocess.run(["bash", "-n", "-c", command], check=False).returncode == 0


def test_the_check_before_landing_calls_the_readme_test_command() -> None:
    """.ci/run takes the command from the README, so that the two cannot drift apart."""
    assert "<!-- test -->" in (ROOT / ".ci/run").read_text("utf-8")


def test_nothing_names_an_index_address_or_a_machine_path() -> None:
    """The pinned set and the documents can be used anywhere."""
    for path in ("constraints.txt", ".ci/lowest.txt", ".ci/run", "README.md", "pyproject.toml"):
        text = (ROOT / path).read_text("utf-8")
        assert "://" not in re.sub(r"https?://(127\.0\.0\.1|api\.slack\.com|slack\.com)", "", text), path
        assert not re.search(r"(?<![\w$\"])/(home|root|work|Users)/", text), path
