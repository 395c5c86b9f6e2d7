"""Upkeep of the directory: which holes are an agency's own, and when its coordinators hear of them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.directory_index import DirectoryIndex
from bot.domain.holes import Hole, HoleKind
from bot.domain.matters import Matter
from bot.domain.people import Agency, Contact
from bot.domain.routing import RoutingRule
from bot.domain.working_time import WorkingTime

WEEK = timedelta(days=7)
NINE = time(9, 0)


@dataclass(frozen=True, slots=True)
class UpkeepView:
    """The weekly notice as its coordinator sees it: what is open at this moment."""

    matter: Matter
    owner: Contact
    holes: tuple[Hole, ...]

    @property
    def asked_by(self) -> str:
        """The contact it is for."""
        return self.owner.id


def coming_monday(working_time: WorkingTime, now: datetime) -> tuple[date, datetime]:
    """The coming Monday (local) and when its notice is due (UTC): at nine, on a holiday the next working hour."""
    local = now.astimezone(working_time.zone)
    day = local.date() + timedelta(days=-local.weekday() % 7)
    nine = datetime.combine(day, NINE, working_time.zone)
    if nine < local:
        day += WEEK
        nine = datetime.combine(day, NINE, working_time.zone)
    return day, working_time.next_working_moment(nine.astimezone(UTC))


def places_of(
    agency: Agency, index: DirectoryIndex, district_of: Mapping[tuple[str, str], str]
) -> set[tuple[str, str]]:
    """The municipalities ((country, code)) an agency answers for: those its contacts name, or its whole district."""
    named = {(c.country, code) for c in index.contacts if c.agency_id == agency.id for code in c.municipalities}
    return named | {place for place, key in district_of.items() if key == agency.key and place[0] == agency.country}


def of_agency(
    found: Iterable[Hole], index: DirectoryIndex, agency: Agency, district_of: Mapping[tuple[str, str], str]
) -> list[Hole]:
    """Those of these holes that this agency's coordinator can close.

    A contact is its agency's; a rule that of whoever answers by it, or, where nobody does, of all who answer for its
    municipality; a place that of its side's agency there.
    """
    places = places_of(agency, index, district_of)
    rules = {rule.key: rule for rule in index.rules}

    def is_own(hole: Hole) -> bool:
        if hole.kind is HoleKind.NO_PERSON:
            return hole.side is agency.side and (hole.country, hole.municipality) in places
        if hole.name:
            contact = index.contacts.get(hole.record)
            return contact is not None and contact.agency_id == agency.id
        rule = rules.get(hole.record)
        return rule is not None and answers_by(agency, rule, index, places)

    return [hole for hole in found if is_own(hole)]


def answers_by(agency: Agency, rule: RoutingRule, index: DirectoryIndex, places: set[tuple[str, str]]) -> bool:
    """Whether somebody of this agency answers by a rule; where nobody does at all, whether it answers there."""
    named = index.contacts.get(rule.contact_key)
    members = index.contacts.members(rule.country, rule.unit) if rule.unit else ()
    answering = [named] if named else list(members)
    if answering:
        return any(contact.agency_id == agency.id for contact in answering)
    return (rule.country, rule.municipality) in places
