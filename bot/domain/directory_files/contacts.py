"""One row of `contacts`: a person at work or a desk, with her agency."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from bot.domain.directory_files.cells import Cells, first_day, last_day
from bot.domain.directory_files.tables import Facts, slug
from bot.domain.hours import HoursError, parse_hours
from bot.domain.people import Agency, Contact, Role, Side

_EMAIL = re.compile(r"[^@\s,;<>\"'()]+@[^@\s,;<>\"'()]+\.[^@\s,;<>\"'().]{2,}")
_SLACK_ID = re.compile(r"[UW][A-Z0-9]{2,30}")
_AGENCY = re.compile(r"([\w.-]+): (\S.*)")
_SPOKEN = """
    am ar bg bo bs cs da de dr el en es et fa fi fo fr hi hr hu is it ja kl ko ku lt lv mk my nb ne nl nn no pa pl ps pt
    ro ru se sk sl so sq sr sv sw ta th ti tl tr uk ur vi zh
"""
LANGUAGES = frozenset(_SPOKEN.split())
"""ISO 639-1, of the languages spoken at Nordic counters (`se` is Northern Sami)."""
SIDES = {
    "kommune": Side.MUNICIPALITY, "kommun": Side.MUNICIPALITY, "politi": Side.POLICE, "polis": Side.POLICE,
    "boernehus": Side.CHILDRENS_HOUSE, "børnehus": Side.CHILDRENS_HOUSE, "barnehus": Side.CHILDRENS_HOUSE,
    "barnahus": Side.CHILDRENS_HOUSE, "childrens_house": Side.CHILDRENS_HOUSE,
}  # fmt: skip


def read_contact(cells: Cells, agencies: Mapping[str, Agency], now: datetime) -> tuple[Agency, Contact] | None:
    """The agency and the contact of a row, or None where something was noted as wrong.

    `agencies` are those known by key: where a row gives a key alone, the name they have stays.
    """
    before = len(cells.flaws)
    country = cells.country()
    side = cells.one_of("agency_type", Side, SIDES)
    role = cells.one_of("role", Role)
    agency_said = cells.text("agency", 190, needed=True)
    agency_key, agency_name = _agency(agency_said, cells.facts, agencies)
    if agency_said and (len(agency_name) > 120 or not agency_key):  # noqa: PLR2004 - the column's length
        cells.wrong("agency", "agency")
    known = agencies.get(agency_key)
    contact = Contact(
        id="", workspace_id="", key=cells.key("key", needed=True), agency_id="", agency_name=agency_name,
        side=side or Side.OTHER, name=cells.text("name", 120, needed=True), role=role or Role.CONTACT,
        unit=cells.text("unit", 120), unit_kind=cells.known("unit_kind", cells.facts.unit_kinds),
        phone=_phone(cells, country), email=_shaped(cells, "email", 200, _EMAIL).lower(),
        slack_id=_shaped(cells, "slack_id", 32, _SLACK_ID) or None, hours=_hours(cells),
        substitute_key=_other(cells, "substitute"), municipalities=_municipalities(cells, country),
        kinds=_kinds(cells), country=country, agency_key=agency_key,
        languages=_languages(cells), best_time=cells.text("best_time", 120),
        leader_key=_other(cells, "leader"), valid_from=cells.begins("valid_from", country),
        valid_until=cells.ends("valid_until", country), confirmed_by=cells.text("confirmed_by", 120),
        confirmed_at=cells.confirmed(country, now),
    )  # fmt: skip
    _check_together(cells, contact)
    if len(cells.flaws) > before or side is None:
        return None
    agency = Agency(
        id="", workspace_id="", key=agency_key, name=agency_name, side=side, country=country,
        language=known.language if known and known.country == country else cells.facts.languages[country],
    )  # fmt: skip
    return agency, contact


def contact_cells(contact: Contact, facts: Facts) -> dict[str, str]:
    """A contact as the cells of its row; `read_contact` gives the same contact again."""
    zone = facts.zones[contact.country]
    return {
        "key": contact.key,
        "agency": agency_cell(contact.agency_key, contact.agency_name, facts),
        "agency_type": contact.side.value,
        "country": contact.country,
        "unit": contact.unit,
        "unit_kind": contact.unit_kind,
        "name": contact.name,
        "role": contact.role.value,
        "phone": contact.phone,
        "email": contact.email,
        "slack_id": contact.slack_id or "",
        "languages": "|".join(contact.languages),
        "hours": contact.hours,
        "best_time": contact.best_time,
        "municipalities": "|".join(contact.municipalities),
        "kinds": "|".join(contact.kinds),
        "leader": contact.leader_key or "",
        "substitute": contact.substitute_key or "",
        "valid_from": first_day(contact.valid_from, zone),
        "valid_until": last_day(contact.valid_until, zone),
        "confirmed_by": contact.confirmed_by,
        "confirmed_at": first_day(contact.confirmed_at, zone),
    }


def agency_cell(key: str, name: str, facts: Facts) -> str:
    """An agency in one cell: its key where that says it all, else its name, else "key: name"."""
    ways = (key, name, f"{key}: {name}")
    return next((way for way in ways if _agency(way, facts, {}) == (key, name)), ways[-1])


def _agency(said: str, facts: Facts, known: Mapping[str, Agency]) -> tuple[str, str]:
    both = _AGENCY.fullmatch(said)
    if both:
        return both[1][:64], both[2]
    key = slug(said)
    if said != key and said not in known:
        return key, said
    return said, known[said].name if said in known else facts.agency_names.get(said, said)


def _phone(cells: Cells, country: str) -> str:
    said = cells.text("phone", 40, plus=True)
    if not said or not country:
        return ""
    number = cells.facts.phone(said, country)
    if number is None:
        cells.wrong("phone", "phone", value=said, country=country)
    return number or ""


def _shaped(cells: Cells, column: str, limit: int, shape: re.Pattern[str]) -> str:
    said = cells.text(column, limit)
    if said and not shape.fullmatch(said):
        cells.wrong(column, column, value=said)
        return ""
    return said


def _hours(cells: Cells) -> str:
    said = cells.text("hours", 120)
    try:
        if said:
            parse_hours(said)
    except HoursError as error:
        cells.wrong("hours", "hours", part=error.part)
    return said


def _other(cells: Cells, column: str) -> str | None:
    said = cells.key(column)
    if said and said == as_key(cells):
        cells.wrong(column, "oneself")
    return said or None


def as_key(cells: Cells) -> str:
    """The key of a row, as it stands there."""
    return str(cells.row.cells.get("key") or "").strip()


def _municipalities(cells: Cells, country: str) -> tuple[str, ...]:
    said = cells.many("municipalities", 2000)
    codes = dict.fromkeys(cells.municipality("municipalities", one, country) for one in said)
    return tuple(code for code in codes if code)


def _kinds(cells: Cells) -> tuple[str, ...]:
    said = cells.many("kinds", 500)
    for one in said:
        if one not in cells.facts.kinds:
            cells.wrong("kinds", "choice", value=one, allowed=", ".join(sorted(cells.facts.kinds)))
    return said


def _languages(cells: Cells) -> tuple[str, ...]:
    said = cells.many("languages", 120)
    for one in said:
        if one not in LANGUAGES:
            cells.wrong("languages", "language", value=one)
    return said


def _check_together(cells: Cells, contact: Contact) -> None:
    if contact.valid_from and contact.valid_until and contact.valid_until <= contact.valid_from:
        cells.wrong("valid_until", "ends-before")
    given = cells.row.cells
    if not any(str(given.get(column) or "").strip() for column in ("phone", "email", "slack_id")):
        cells.wrong("phone", "unreachable")
