"""What the demo tells the page: the guided tour of the main job, in three languages, from `tour.yml`."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

import yaml

from bot.sandbox.world import World
from bot.texts.catalogue import texts

READERS = ("da", "nb", "en")
PLACE = re.compile(r"\{([\w.-]+)\}")
REMARK = " (demo)"


def guide(world: World) -> dict[str, Any]:
    """`{tours: {language: {title, intro, end, cast, steps: [{id, as, open, say, done, text}]}}}`; texts are Slack mark-up."""
    source = yaml.safe_load(files("bot.demo").joinpath("tour.yml").read_text("utf-8"))
    return {"tours": {language: _tour(source, language, world) for language in READERS}}


def _tour(source: dict[str, Any], language: str, world: World) -> dict[str, Any]:
    acted_by = source["acted_by"][language]
    cast: dict[str, str] = source["cast"][acted_by]
    words = texts(cast["language"])
    names = {user.handle: user.real_name.removesuffix(REMARK) for user in world.users}
    bot = next(user.real_name for user in world.users if user.is_bot)

    def word(place: str) -> str:
        if place == "bot":
            return bot
        return names.get(cast[place], cast[place]) if place in cast else words(place)

    def step(each: dict[str, Any]) -> dict[str, Any]:
        return {
            **{name: value for name, value in each.items() if name not in READERS},
            "as": cast[each["as"]],
            "open": cast.get(each["open"], each["open"]),
            "done": {name: cast.get(value, value) for name, value in each["done"].items()},
            "text": PLACE.sub(lambda found: word(found[1]), each[language]),
        }

    return {**source["tour"][language], "cast": acted_by, "steps": [step(each) for each in source["steps"]]}
