"""First steps as people see them."""

from __future__ import annotations

from bot.domain.deliveries import ToSend
from bot.domain.setup import SetupView
from bot.texts.catalogue import Mrkdwn
from handlers.cards.parts import Card, Reader, actions, button, context, joined, section


def welcome(reader: Reader, item: ToSend) -> Card:
    """To a coordinator: what Bindeled is, and the next step until it can answer."""
    t, view = reader.texts, item.setup
    lead = t.md("setup.welcome", name=view.owner.name)
    if view.step is None:
        return _ready(reader, lead)
    step, safe = t.md(f"setup.step.{view.step}"), t.md("setup.safe")
    again = button(t("setup.check.button"), "setup.check", view.matter.id, "primary")
    return Card(joined(lead, step, safe), [section(lead), section(step), actions("setup", again), context(safe)])


def where(reader: Reader, view: SetupView) -> Card:
    """Where things stand, to whoever asked."""
    t = reader.texts
    said = t.md(f"setup.step.{view.step}") if view.step else t.md("setup.ready")
    return Card(said, [section(said)])


def hello(reader: Reader) -> Card:
    """To a channel the bot was invited to."""
    said = reader.texts.md("setup.hello")
    return Card(said, [section(said)])


def _ready(reader: Reader, lead: Mrkdwn) -> Card:
    t = reader.texts
    said = t.md("setup.ready")
    first = button(t("contact.find.button"), "contact.find", "own", "primary")
    return Card(joined(lead, said), [section(lead), section(said), actions("setup", first)])
