"""What the bot can do, said where it did not understand or was asked."""

from __future__ import annotations

from handlers.cards.parts import Block, Card, Reader, actions, button, modal, section


def what_i_can_do(reader: Reader) -> Card:
    """A few sentences, and the first thing to try as a button."""
    t = reader.texts
    said = t.md("help.what_i_can_do")
    buttons = (
        button(t("contact.find.button"), "contact.find", "own", "primary"),
        button(t("case.new.button"), "case.new", "new"),
        button(t("absence.set.button"), "absence.set", "absence:::"),
    )
    return Card(said, [section(said), actions("help", *buttons)])


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
