"""What the bot can do, said where it did not understand or was asked."""

from __future__ import annotations

from bot.texts.catalogue import Mrkdwn
from handlers.cards.parts import Block, Card, Reader, actions, button, context, joined, modal, section


def what_i_can_do(reader: Reader, *, coordinator: bool = False) -> Card:
    """All of it in a few lines, the most used as buttons; a coordinator reads what is hers besides."""
    t = reader.texts
    said = t.md("help.what_i_can_do")
    more = t.md("help.coordinator") if coordinator else Mrkdwn("")
    buttons = (
        button(t("contact.find.button"), "contact.find", "own", "primary"),
        button(t("case.new.button"), "case.new", "new"),
        button(t("absence.set.button"), "absence.set", "absence:::"),
    )
    never = t.md("help.never")
    blocks = [section(said), *([section(more)] if more else []), actions("help", *buttons), context(never)]
    return Card(joined(said, more, never), blocks)


def too_old(reader: Reader) -> Card:
    """A button from an older version was tapped."""
    said = reader.texts.md("help.too_old")
    return Card(said, [section(said)])


def unknown_command(reader: Reader, command: str) -> Card:
    """A command nobody listens to."""
    card = what_i_can_do(reader)
    said = reader.texts.md("help.unknown_command", command=command)
    return Card(f"{said}\n{card.text}", [section(said), *card.blocks])


def told(reader: Reader, card: Card) -> Block:
    """A modal that only says something."""
    return modal(
        callback_id="told", title=reader.texts("told.title"), submit=None, close=reader.texts("close"), meta="",
        blocks=card.blocks,
    )  # fmt: skip
