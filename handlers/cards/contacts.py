"""The answer to "who is my contact?"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.cases import Urgency
from bot.domain.people import Role
from bot.domain.routing import Link
from bot.texts.catalogue import Mrkdwn
from bot.usecases.contacts import ContactAnswer
from handlers.cards.parts import Block, Card, Reader, actions, button, context, header, joined, number, section


def answer(reader: Reader, found: ContactAnswer) -> Card:
    """The contact first, with the reason; then whoever comes after, down to the control room. Danger now: 112 before all."""
    t = reader.texts
    title = t(f"contact.title.{found.side}", municipality=found.municipality_name)
    acute = t.md("contact.emergency", number=found.emergency) if found.urgency == Urgency.NOW else Mrkdwn("")
    lines = [_link(reader, link, first=at == 0) for at, link in enumerate(found.chain)]
    blocks: list[Block] = [section(acute)] if acute else []
    blocks += [header(title), *(block for line in lines for block in line), *_buttons(reader, found)]
    texts = [block["text"]["text"] for line in lines for block in line if block["type"] == "section"]
    return Card(text=joined(acute, title, *texts), blocks=blocks)


def _link(reader: Reader, link: Link, *, first: bool) -> Sequence[Block]:
    t = reader.texts
    role = t(f"role.{link.contact.role}") if link.contact and link.contact.role is not Role.DESK else ""
    about = " · ".join(part for part in (link.unit, role, link.hours) if part)
    if not link.phone:
        about, pattern = "", "contact.link.away"
    else:
        pattern = "contact.link" if about else "contact.link.short"
    said = t.md(pattern, name=link.name, about=about, phone=number(link.phone))
    rule = link.rule
    until = reader.until(link.away.until) if link.away else ""
    why = t.md(
        link.why, reason=rule.reason if rule else "", decided_by=rule.decided_by if rule else "",
        name=link.instead_of, until=until,
    )  # fmt: skip
    if rule and rule.confirmed_at:
        why = Mrkdwn(f"{why} {t.md('why.confirmed', day=reader.day(rule.confirmed_at))}")
    return (section(said), context(why)) if first else (section(Mrkdwn(f"{said}\n_{why}_")),)


def _buttons(reader: Reader, found: ContactAnswer) -> Sequence[Block]:
    first = found.reachable
    if first is None:
        return ()
    value = f"{found.municipality}:{first.id}:{found.kind or ''}"
    return (actions("contact", button(reader.texts("case.open.button"), "case.open", value, "primary")),)
