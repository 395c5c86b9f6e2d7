"""The answer to "who is my contact?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from bot.domain.people import Role
from bot.domain.routing import Link
from bot.domain.urgency import Urgency
from bot.texts.catalogue import Mrkdwn
from bot.texts.dates import weekdays
from bot.usecases.contacts import ContactAnswer
from handlers.cards.parts import (
    Block,
    Card,
    Reader,
    actions,
    button,
    context,
    header,
    joined,
    number,
    section,
    words_of,
)

EMERGENCY = "112"
"""The same in all countries the product serves."""
MOST_CHOICES = 5
MOST_OTHERS = 8
ROW = "contact"
"""The row of buttons under a contact."""


class Place(Protocol):
    """A municipality as people are shown it."""

    @property
    def code(self) -> str:
        """Its code in its country."""

    @property
    def display_name(self) -> str:
        """Its name, with the county where two share it."""


class Topic(Protocol):
    """A topic of the bundled guidance."""

    @property
    def topic(self) -> str:
        """In the country's language."""

    @property
    def legal_basis(self) -> str:
        """The law."""

    @property
    def legal_basis_sure(self) -> bool:
        """Whether it was looked up."""


def answer(reader: Reader, found: ContactAnswer) -> Card:
    """The contact first, with the reason; then whoever comes after, down to the control room. Danger now: 112 before all."""
    t = reader.texts
    title = t(f"contact.title.{found.side}", municipality=found.municipality_name)
    acute = t.md("contact.emergency", number=found.emergency) if found.urgency == Urgency.NOW else Mrkdwn("")
    lines = [_link(reader, link, first=at == 0, now=found.asked_at) for at, link in enumerate(found.chain)]
    others = _others(reader, found)
    blocks: list[Block] = [section(acute)] if acute else []
    blocks += [header(title), *(block for line in lines for block in line), *others, *_buttons(reader, found)]
    texts = [words_of(block) for block in (*(block for line in lines for block in line), *others)]
    again = f"{found.municipality}:{found.kind or ''}:{found.urgency or ''}"
    return Card(joined(acute, title, *texts), blocks, again)


def which_municipality(reader: Reader, places: Sequence[Place], *, acute: bool) -> Card:
    """Several municipalities fit: which one is meant? Danger now is said first all the same."""
    t = reader.texts
    said = t.md("contact.which_municipality")
    first = [section(t.md("contact.emergency", number=EMERGENCY))] if acute else []
    buttons = [
        {**button(place.display_name, "contact.find", place.code), "action_id": f"contact.find.{at}"}
        for at, place in enumerate(places[:MOST_CHOICES])
    ]
    return Card(
        joined(*(block["text"]["text"] for block in first), said), [*first, section(said), actions("which", *buttons)]
    )


def emergency_only(reader: Reader, unclear: str) -> Card:
    """Danger now, and the rest was not understood: 112 before everything else, then what is unclear."""
    first, then = reader.texts.md("contact.emergency", number=EMERGENCY), reader.texts.md(unclear)
    return Card(joined(first, then), [section(first), section(then)])


def guidance(reader: Reader, topic: Topic | None, found: ContactAnswer) -> Card:
    """What a question about a rule is about and where the rule stands; then whom to call. The bot does not judge."""
    t = reader.texts
    lead = t.md("guidance.topic", topic=topic.topic) if topic else t.md("guidance.unknown")
    law = topic.legal_basis if topic and topic.legal_basis_sure else ""
    basis = t.md("guidance.basis", basis=law) if law else Mrkdwn("")
    said = t.md("guidance.call")
    card = answer(reader, found)
    first = [section(lead), *([context(basis)] if basis else []), section(said)]
    return Card(joined(lead, basis, said, card.text), [*first, *card.blocks], card.again)


def _others(reader: Reader, found: ContactAnswer) -> Sequence[Block]:
    """Without a kind of case: who else answers, and for what."""
    if not found.by_kind:
        return ()
    t = reader.texts
    lines = [t.md("contact.by_kind")]
    for who, kinds in found.by_kind[:MOST_OTHERS]:
        names = ", ".join(t(f"kind.{kind}") for kind in kinds)
        lines.append(t.md("contact.by_kind.line", name=who.name, phone=number(who.phone), kinds=names))
    return (section(Mrkdwn("\n".join(lines))),)


def _link(reader: Reader, link: Link, *, first: bool, now: datetime) -> Sequence[Block]:
    t = reader.texts
    role = t(f"role.{link.contact.role}") if link.contact and link.contact.role is not Role.DESK else ""
    chosen = link.contact.prefers.days if link.contact else None
    days = t("contact.works", days=weekdays(chosen, t.language)) if chosen else ""
    about = " · ".join(part for part in (link.unit, role, link.hours, days) if part)
    if not link.phone:
        about, pattern = "", "contact.link.away"
    else:
        pattern = "contact.link" if about else "contact.link.short"
    said = t.md(pattern, name=link.name, about=about, phone=number(link.phone))
    said = Mrkdwn(f"{said}{_reachable(reader, link, now)}")
    rule = link.rule
    until = reader.until(link.away.until) if link.away else ""
    why = t.md(
        link.why, reason=rule.reason if rule else "", decided_by=rule.decided_by if rule else "",
        name=link.instead_of, until=until,
    )  # fmt: skip
    if rule and rule.confirmed_at:
        why = Mrkdwn(f"{why} {t.md('why.confirmed', day=reader.day(rule.confirmed_at))}")
    return (section(said), context(why)) if first else (section(Mrkdwn(f"{said}\n_{why}_")),)


def _reachable(reader: Reader, link: Link, now: datetime) -> str:
    if link.reachable_at is None:
        return ""
    if link.reachable_at <= now:
        return f"\n{reader.texts.md('contact.reachable.now')}"
    return f"\n{reader.texts.md('contact.reachable.at', when=reader.when(link.reachable_at))}"


def _buttons(reader: Reader, found: ContactAnswer) -> Sequence[Block]:
    t, first = reader.texts, found.asked
    made: list[Block] = []
    if first is not None:
        value = f"{found.municipality}:{first.id}:{found.kind or ''}"
        wish = f"{value}:{found.urgency}" if found.urgency else value
        made = [
            button(t("case.open.button"), "case.open", value, "primary"),
            button(t("callback.ask.button"), "callback.ask", wish, None, t("callback.ask.label", name=first.name)),
            button(t("sparring.ask.button"), "sparring.ask", wish, None, t("sparring.ask.label", name=first.name)),
            button(t("contact.wrong.button"), "contact.wrong", value, None, t("contact.wrong.label", name=first.name)),
        ]
    return (actions(ROW, *made),) if made else ()


def vanishing(reader: Reader, card: Card) -> Card:
    """A card that only its reader sees, and only for a while: a contact then carries *Send mig det*."""
    if not card.again:
        return card
    send = button(reader.texts("contact.send.button"), "contact.send", card.again)
    blocks = list(card.blocks)
    if blocks and blocks[-1].get("block_id") == ROW:
        blocks[-1] = actions(ROW, *blocks[-1]["elements"], send)
    else:
        blocks.append(actions(ROW, send))
    return replace(card, blocks=blocks)
