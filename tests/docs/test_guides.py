"""The guides for users name what is really there: the buttons, commands and words people will see."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.manifest import COMMANDS
from tests.texts.test_catalogues import catalogue, forms
from tests.texts.test_languages import accepted_after_bindeled

DOCS = Path(__file__).resolve().parents[2] / "docs"
NO_BUTTONS = {
    "da": {"Hjem", "Sagsbehandler:", "Kontaktperson:", "Koordinator:"},
    "nb": {"Hjem", "Saksbehandler:", "Kontaktperson:", "Koordinator:"},
}
"""Slack's own tab, and who is spoken to; what people write begins with a small letter."""


@pytest.mark.parametrize("language", sorted(NO_BUTTONS))
def test_a_guide_names_only_what_people_will_see(language):
    """Every button of a guide is called so in the bot, and every command works."""
    guide = (DOCS / f"guide.{language}.md").read_text("utf-8")
    shown = {form for message in catalogue(language).values() for form in forms(message)}
    emphasised = set(re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", guide)) - NO_BUTTONS[language]
    assert sorted(word for word in emphasised if word[0].isupper() and word not in shown) == []
    commands = set(re.findall(r"`(/\w+)", guide))
    assert commands == {*COMMANDS[language], "/bindeled"}
    rest = re.search(r"`/bindeled (\w+)`, ((?:`\w+`(?:, )?)+)", guide)
    assert rest is not None
    assert {rest[1], *re.findall(r"`(\w+)`", rest[2])} <= accepted_after_bindeled()
