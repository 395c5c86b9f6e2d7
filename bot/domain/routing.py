"""Which contact answers for a municipality, a kind of case and an urgency, and the chain behind her.

The chain never ends in nothing (promise 2): the person, the substitute, the unit's desk, the control room.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from bot.domain.absences import Away, answers_for
from bot.domain.people import Contact

ANY = ""


@dataclass(frozen=True, slots=True)
class RoutingRule:
    """Municipality (or district, or country) × kind × urgency → contact or unit.

    `ANY` ("") matches everything; the most specific rule wins. `unit` is the name or the kind of a unit, where needed
    with its agency before it (`agency-key/unit`); with both it is asked when the contact cannot be. A rule ends at
    `valid_until` (UTC). `reason_key` is set on bundled defaults alone: the text that says "not agreed locally".
    """

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
    unit: str = ""
    valid_until: datetime | None = None
    reason_key: str = ""

    @property
    def is_default(self) -> bool:
        """Whether nobody decided this: it came with the product and comes after every rule somebody made."""
        return self.reason_key != ""

    def has_ended(self, now: datetime) -> bool:
        """Whether it holds no more."""
        return self.valid_until is not None and self.valid_until <= now

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
    def specificity(self) -> tuple[int, bool, bool]:
        """Grows with how much it says: municipality before district before country, then kind, then urgency."""
        place = 2 if self.municipality != ANY else 1 if self.district != ANY else 0
        return (-1 if self.is_default else place, self.kind != ANY, self.urgency != ANY)

    @property
    def rank(self) -> tuple[int, bool, bool, float, str]:
        """Sorts the best first: the most specific, then the one confirmed last, then by key, so that no tie is left."""
        place, kind, urgency = self.specificity
        confirmed = self.confirmed_at.timestamp() if self.confirmed_at else 0.0
        return (-place, not kind, not urgency, -confirmed, self.key)


def best_rule(rules: Iterable[RoutingRule], **question: str | None) -> RoutingRule | None:
    """The best rule that fits (`country`, `municipality`, `district`, `kind`, `urgency`), or None.

    It looks at every rule it is handed: right for a few, and the yardstick of `directory_index`, which finds the same.
    """
    fitting = [rule for rule in rules if rule.fits(**question)]  # type: ignore[arg-type]  # the five names of `fits`
    return min(fitting, key=lambda rule: rule.rank, default=None)


def default_rules(country: str, default_units: Mapping[str, str]) -> tuple[RoutingRule, ...]:
    """The bundled defaults of a country as rules (kind of case → kind of unit): computed, never stored, always last."""
    return tuple(
        RoutingRule(
            key=f"default:{country}:{kind}", country=country, contact_key="", reason="", decided_by="",
            confirmed_at=None, kind=kind, unit=unit, reason_key="why.default",
        )
        for kind, unit in default_units.items()
    )  # fmt: skip


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
    away: Away | None = None
    """She is away, or stands in for `instead_of` who is."""
    instead_of: str = ""
    reachable_at: datetime | None = None
    """When she can be reached first (UTC), the moment of asking where that is now; None where it is not known."""


NOBODY_AWAY: Mapping[str, Away] = MappingProxyType({})


def control_room(name: str, number: str, dial: str) -> Link:
    """The last link of every chain: always open. `number` is as people read it, `dial` as a telephone takes it."""
    return Link(name=f"{name} ({number})", phone=dial, why="why.control_room")


def chain(
    rule: RoutingRule | None,
    contacts: Sequence[Contact],
    *,
    municipality: str,
    control_room: Link,
    away: Mapping[str, Away] = NOBODY_AWAY,
    head: Contact | None = None,
) -> tuple[Link, ...]:
    """The chain for a question: the rule's contact, her substitute, her unit's desk, and always the control room last.

    `head` is whom the rule leads to where that was looked up already (a unit has many contacts), or, without a rule,
    somebody who covers the municipality. `away` holds who is away at this moment, by contact id. An absence wins over
    a rule: whoever stands in comes first, with the rule as the reason; where nobody does, the unit's desk. The one who
    is away is named with when she is back.
    """
    by_key = {contact.key: contact for contact in contacts}
    links: list[Link] = []
    first = head or (by_key.get(rule.contact_key) if rule else None)
    if first is not None and first.id in away:
        links.extend(_around(first, rule, contacts, away))
    elif first is not None:
        links.append(_link(first, (rule.reason_key or "why.rule") if rule else "why.covers", rule))
        substitute = _present(by_key.get(first.substitute_key or ""), away)
        if substitute is not None and substitute.id != first.id:
            links.append(_link(substitute, "why.substitute"))
        desk = _desk(first, contacts, away)
        if desk is not None and desk.id not in {first.id, substitute.id if substitute else ""}:
            links.append(_link(desk, "why.desk"))
    else:
        links.extend(_link(c, "why.covers") for c in contacts if municipality in c.municipalities and c.role == "desk")
    return (*links, control_room)


def _around(
    first: Contact, rule: RoutingRule | None, contacts: Sequence[Contact], away: Mapping[str, Away]
) -> list[Link]:
    gone = away[first.id]
    absent = replace(
        _link(first, "why.deactivated" if gone.deactivated else "why.absent"), phone="", hours="", away=gone
    )
    desk = _desk(first, contacts, away)
    if gone.stand_in is not None:
        stands_in = replace(_link(gone.stand_in, "why.stands_in", rule), away=gone, instead_of=first.name)
        behind = [_link(desk, "why.desk")] if desk is not None and desk.id != gone.stand_in.id else []
        return [stands_in, absent, *behind]
    unit = [replace(_link(desk, "why.unit", rule), away=gone, instead_of=first.name)] if desk is not None else []
    heir = answers_for(first, contacts, away)
    others = [replace(_link(heir, "why.coordinator"), instead_of=first.name)] if heir not in (first, desk) else []
    return [*unit, absent, *others]


def _desk(first: Contact, contacts: Sequence[Contact], away: Mapping[str, Away]) -> Contact | None:
    return next(
        (
            c
            for c in contacts
            if c.role == "desk" and c.agency_id == first.agency_id and c.unit == first.unit and c.id not in away
        ),
        None,
    )


def _present(contact: Contact | None, away: Mapping[str, Away]) -> Contact | None:
    """This contact, or whoever stands in for her while she is away."""
    gone = away.get(contact.id) if contact is not None else None
    return gone.stand_in if gone is not None else contact


def _link(contact: Contact, why: str, rule: RoutingRule | None = None) -> Link:
    return Link(
        name=contact.name, phone=contact.phone, why=why, unit=contact.unit, role=contact.role,
        hours=contact.hours, contact=contact, rule=rule,
    )  # fmt: skip
