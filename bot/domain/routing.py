"""Which contact answers for a municipality, a kind of case and an urgency, and the chain behind her.

The chain never ends in nothing (promise 2): the person, the substitute, the unit's desk, the control room.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.people import Contact

ANY = ""


@dataclass(frozen=True, slots=True)
class RoutingRule:
    """Municipality × kind × urgency → contact. `ANY` ("") matches everything; the most specific rule wins."""

    key: str
    country: str
    contact_key: str
    reason: str
    decided_by: str
    confirmed_at: datetime | None
    municipality: str = ANY
    district: str = ANY
    kind: str = ANY
    urgency: str = ANY

    def fits(self, *, country: str, municipality: str, district: str, kind: str | None, urgency: str | None) -> bool:
        """Whether this rule speaks of this question. A question without a kind or urgency fits rules for any."""
        return (
            self.country == country
            and self.municipality in {ANY, municipality}
            and self.district in {ANY, district}
            and self.kind in {ANY, kind}
            and self.urgency in {ANY, urgency}
        )

    @property
    def specificity(self) -> tuple[bool, bool, bool, bool]:
        """Sorts the most specific first: place before kind before urgency."""
        return (self.municipality != ANY, self.district != ANY, self.kind != ANY, self.urgency != ANY)


def best_rule(rules: Iterable[RoutingRule], **question: str | None) -> RoutingRule | None:
    """The most specific rule that fits (`country`, `municipality`, `district`, `kind`, `urgency`), or None."""
    fitting = [rule for rule in rules if rule.fits(**question)]  # type: ignore[arg-type]  # the five names of `fits`
    return max(fitting, key=lambda rule: (rule.specificity, rule.key), default=None)


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain: whom to ring, and why (a text key with its values)."""

    name: str
    phone: str
    why: str
    unit: str = ""
    role: str = ""
    hours: str = ""
    contact: Contact | None = None
    rule: RoutingRule | None = None


def control_room(name: str, number: str, dial: str) -> Link:
    """The last link of every chain: always open. `number` is as people read it, `dial` as a telephone takes it."""
    return Link(name=f"{name} ({number})", phone=dial, why="why.control_room")


def chain(
    rule: RoutingRule | None, contacts: Sequence[Contact], *, municipality: str, control_room: Link
) -> tuple[Link, ...]:
    """The chain for a question: the rule's contact, her substitute, her unit's desk, and always the control room last."""
    by_key = {contact.key: contact for contact in contacts}
    links: list[Link] = []
    first = by_key.get(rule.contact_key) if rule else None
    if first is not None:
        links.append(_link(first, "why.rule", rule))
        substitute = by_key.get(first.substitute_key or "")
        if substitute is not None and substitute.id != first.id:
            links.append(_link(substitute, "why.substitute"))
        desk = next(
            (c for c in contacts if c.role == "desk" and c.agency_id == first.agency_id and c.unit == first.unit), None
        )
        if desk is not None and desk.id not in {first.id, substitute.id if substitute else ""}:
            links.append(_link(desk, "why.desk"))
    else:
        links.extend(_link(c, "why.covers") for c in contacts if municipality in c.municipalities and c.role == "desk")
    return (*links, control_room)


def _link(contact: Contact, why: str, rule: RoutingRule | None = None) -> Link:
    return Link(
        name=contact.name, phone=contact.phone, why=why, unit=contact.unit, role=contact.role,
        hours=contact.hours, contact=contact, rule=rule,
    )  # fmt: skip
