"""What the demo tells the page: the guided tour of the main job, in three languages, from `tour.yml`."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

import yaml

from bot.sandbox.world import World
from bot.texts.catalogue import texts

READERS = ("da", "nb", "en")
ACTORS = "da"
"""The language in which the bot writes to the people of the demo."""
PLACE = re.compile(r"\{([\w.-]+)\}")
REMARK = " (demo)"


def guide(world: World) -> dict[str, Any]:
    """`{tours: {language: {title, intro, end, steps: [{id, as, open, say, done, text}]}}}`; texts are Slack mark-up."""
    source = yaml.safe_load(files("bot.demo").joinpath("tour.yml").read_text("utf-8"))
    names = {user.handle: user.real_name.removesuffix(REMARK) for user in world.users}
    names["bot"] = next(user.real_name for user in world.users if user.is_bot)
    words = texts(ACTORS)

    def filled(text: str) -> str:
        return PLACE.sub(lambda found: names.get(found[1]) or words(found[1]), text)

    def step(each: dict[str, Any], language: str) -> dict[str, Any]:
        kept = {name: value for name, value in each.items() if name not in READERS}
        return {**kept, "text": filled(each[language])}

    return {
        "tours": {
            language: {**source["tour"][language], "steps": [step(each, language) for each in source["steps"]]}
            for language in READERS
        }
    }
