"""The play, written down so that a person can read it in a terminal."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable

from bot.demo.person import Person, Seen

WIDTH = 92
_LINK = re.compile(r"<[^>|]*\|([^>]*)>")
_CHANNEL = re.compile(r"<#(\w+)>")
_MARKS = re.compile(r"[*_]")


class Transcript:
    """Writes what each person does and sees, line by line."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self._write = write
        self._channels: dict[str, str] = {}

    async def meet(self, who: Person) -> None:
        """Learn the names of the channels, as she sees them."""
        self._channels = {channel["id"]: channel["name"] for channel in (await who.state())["channels"]}

    def scene(self, title: str) -> None:
        """A heading."""
        self._write(f"\n== {title} ==")

    def note(self, text: str) -> None:
        """What happens to nobody in particular."""
        self._write(f"   ({text})")

    def said(self, who: Person, text: str) -> None:
        """What somebody wrote."""
        self._write(f"{who.handle} skriver: {text}")

    def taps(self, who: Person, label: str) -> None:
        """Which button somebody tapped."""
        self._write(f"{who.handle} trykker: [{label}]")

    def sees(self, who: Person, message: Seen) -> None:
        """A message as somebody sees it."""
        self._box(who, message["blocks"])

    def form(self, who: Person, view: Seen) -> None:
        """A form as somebody sees it."""
        title = view["title"]
        self._box(who, view["blocks"], title=title["text"] if isinstance(title, dict) else str(title))

    def _box(self, who: Person, blocks: list[Seen], title: str = "") -> None:
        self._write(f"{who.handle} ser:{' formularen “' + title + '”' if title else ''}")
        for line in (self._named(line) for block in blocks for line in _lines(block)):
            for part in textwrap.wrap(line, WIDTH, subsequent_indent="  ") or [""]:
                self._write(f"   │ {part}")

    def _named(self, line: str) -> str:
        return _CHANNEL.sub(lambda found: f"#{self._channels.get(found[1], found[1])}", line)


def _lines(block: Seen) -> list[str]:
    kind = block["type"]
    if kind == "header":
        return [block["text"]["text"].upper()]
    if kind == "section":
        beside = f"  [{block['accessory']['text']['text']}]" if "accessory" in block else ""
        said = _plain(block["text"]["text"]).split("\n")
        columns = [line for field in block.get("fields", ()) for line in _plain(field["text"]).split("\n")]
        return [*said[:-1], said[-1] + beside, *columns]
    if kind == "context":
        return [line for element in block["elements"] for line in _plain(element["text"]).split("\n")]
    if kind == "actions":
        return ["  ".join(f"[{_on(element)}]" for element in block["elements"])]
    if kind == "input":
        return [f"{block['label']['text']} ▾"]
    return ["─" * 20]


def _on(element: Seen) -> str:
    """What stands on a button, or on a list before anything is chosen."""
    return str((element.get("text") or element["placeholder"])["text"])


def _plain(mrkdwn: str) -> str:
    said = _MARKS.sub("", _LINK.sub(r"\1", mrkdwn))
    return said.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
