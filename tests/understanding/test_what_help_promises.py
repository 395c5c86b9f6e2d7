"""What the texts tell people to write is understood, in each language."""

from __future__ import annotations

import re

import pytest

from bot.data.lexicon import lexicon_from_data
from bot.texts.catalogue import LANGUAGES, texts
from bot.understanding import Intent, Lexicon, Understanding

COUNTRY = {"da": "DK", "nb": "NO", "nn": "NO", "sv": "SE", "en": "DK"}
PROMISED = (Intent.FIND_CONTACT, Intent.MY_TASKS, Intent.ABSENCE)
"""In the order in which the help names them."""


@pytest.fixture(scope="module")
def understanding():
    """The understanding with everything bundled."""
    return Understanding(Lexicon.build(**lexicon_from_data()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_of_the_help_are_understood(understanding, language):
    """Whoever copies a sentence from the help gets what it promises."""
    examples = re.findall(r"[“«”]([^“”«»]+)[”»]", texts(language)("help.what_i_can_do"))
    found = tuple(understanding.understand(text, country=COUNTRY[language]).intent for text in examples)
    assert found == PROMISED


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["setup.ready", "membership.welcome"])
def test_the_question_everybody_is_told_to_ask_finds_the_contact(understanding, language, key):
    """The welcome of a member and of a workspace end in a question that the bot answers with the contact."""
    asked = texts(language)(key, agency="X").split(": ")[-1]
    assert understanding.understand(asked, country=COUNTRY[language]).intent is Intent.FIND_CONTACT
