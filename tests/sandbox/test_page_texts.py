"""The page's own words: the same in every language, none missing, none unused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "bot" / "sandbox" / "page" / "static" / "js"
LANGUAGES = ("da", "nb", "en")
CODE = "\n".join(path.read_text("utf-8") for path in SCRIPTS.rglob("*.js") if path.parent.name != "texts")


def texts(language: str) -> dict[str, str]:
    """Key → text (or the two forms of it, as written) of one language."""
    lines = (SCRIPTS / "texts" / f"{language}.js").read_text("utf-8")
    return dict(re.findall(r"^    (\w+): (.+),$", lines, re.MULTILINE))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same(language: str) -> None:
    """Each text stands in each language, with the same places to fill and no place left empty."""
    mine, danish = texts(language), texts("da")
    assert mine.keys() == danish.keys()
    for key, text in mine.items():
        assert text.strip('"[] ')
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", danish[key])), key


def test_every_text_is_used_and_every_used_text_is_there() -> None:
    """The code asks for no text that is not there, and no text lies unused."""
    asked = set(re.findall(r'\bt\([^)"]*"(\w+)"', CODE)) | set(re.findall(r'"(error\w+|said\w*)"', CODE))
    assert asked == texts("da").keys()


def test_no_text_becomes_mark_up() -> None:
    """Nothing in the page writes HTML from a text: neither `innerHTML` nor its relatives."""
    lines = [line for line in CODE.splitlines() if not line.lstrip().startswith("//")]
    used = re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", "\n".join(lines))
    assert used == []


def test_most_scripts_fit_the_mind() -> None:
    """No script of the page is longer than 150 lines."""
    long = {path.name: n for path in SCRIPTS.rglob("*.js") if (n := len(path.read_text("utf-8").splitlines())) > 150}
    assert long == {}
