"""One row of `rules`: who takes which kind of case, where and how soon; with reason, who decided it, when confirmed."""

from __future__ import annotations

from datetime import datetime

from bot.domain.directory_files.cells import Cells, first_day
from bot.domain.directory_files.tables import Facts
from bot.domain.routing import ANY, RoutingRule
from bot.domain.urgency import Urgency


def read_rule(cells: Cells, now: datetime) -> RoutingRule | None:
    """The rule of a row, or None where something was noted as wrong. Whom it points to is checked with all the rows."""
    before = len(cells.flaws)
    country = cells.country()
    said = _any(cells.text("municipality", 64))
    municipality = cells.municipality("municipality", said, country) if said else ANY
    district = _any(cells.text("district", 64))
    if district and country and cells.facts.districts.get(district) != country:
        cells.wrong("district", "district", value=district, country=country)
    elif district and municipality and cells.facts.district_of[country, municipality] != district:
        home = cells.facts.district_of[country, municipality]
        cells.wrong("district", "other-district", value=municipality, district=home)
    rule = RoutingRule(
        key=cells.key("key", needed=True), country=country, contact_key=cells.key("contact"),
        reason=cells.text("reason", 300, needed=True), decided_by=cells.text("decided_by", 120),
        confirmed_at=cells.confirmed(country, now), municipality=municipality, district=district,
        kind=_known(cells, "kind", cells.facts.kinds), urgency=_known(cells, "urgency", frozenset(Urgency)),
        unit=cells.text("unit", 200),
    )  # fmt: skip
    if not any(str(cells.row.cells.get(column) or "").strip() for column in ("contact", "unit")):
        cells.wrong("contact", "nobody")
    return rule if len(cells.flaws) == before else None


def rule_cells(rule: RoutingRule, facts: Facts) -> dict[str, str]:
    """A rule as the cells of its row; `read_rule` gives the same rule again."""
    return {
        "key": rule.key,
        "country": rule.country,
        "municipality": rule.municipality,
        "district": rule.district,
        "kind": rule.kind,
        "urgency": rule.urgency,
        "unit": rule.unit,
        "contact": rule.contact_key,
        "reason": rule.reason,
        "decided_by": rule.decided_by,
        "confirmed_at": first_day(rule.confirmed_at, facts.zones[rule.country]),
    }


def _any(said: str) -> str:
    return ANY if said in {"*", "any", "all"} else said


def _known(cells: Cells, column: str, allowed: frozenset[str]) -> str:
    return ANY if _any(cells.text(column, 64)) == ANY else cells.known(column, allowed)
