"""Keeping the directory: agencies, contacts, rules and rooms; reading it from tables, and looking for holes in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from bot.data import countries, districts, kinds, municipalities, units
from bot.data.childrens_houses import childrens_houses
from bot.domain.cases import Room
from bot.domain.directory_files.changes import Plan, differences, plan
from bot.domain.directory_files.contacts import contact_cells
from bot.domain.directory_files.rules import rule_cells
from bot.domain.directory_files.tables import Facts, Table, What, slug
from bot.domain.holes import Hole, Lists
from bot.domain.people import Actor, Agency, Contact
from bot.domain.routing import RoutingRule
from storage import audit, directory, directory_plans, rooms, upkeep
from storage.uow import UnitOfWork

SHELL = "shell"
"""Stands in the audit where a command of the operator did it, not a person in Slack."""


@dataclass(frozen=True, slots=True)
class Entries:
    """What is put into the directory. A contact's `agency_id` holds the agency's key; ids are given here."""

    agencies: Sequence[Agency]
    contacts: Sequence[Contact]
    rules: Sequence[RoutingRule] = ()
    rooms: Sequence[Room] = field(default=())


def put(work: UnitOfWork, workspace_id: str, entries: Entries) -> None:
    """Add or change all of these at once; what is there with the same key is changed, everything else stays."""
    with work:
        agencies = {agency.key: agency for agency in entries.agencies}
        contacts = [
            replace(c, agency_key=c.agency_id, agency_name=agency.name, country=agency.country, email=c.email.lower())
            for c in entries.contacts
            for agency in (agencies[c.agency_id],)
        ]
        wanted = Plan(agencies=tuple(entries.agencies), contacts=tuple(contacts), rules=tuple(entries.rules))
        directory_plans.write(
            work, shell(workspace_id), differences(directory_plans.held(work, workspace_id), facts(), wanted)
        )
        for room in entries.rooms:
            rooms.save_room(work, replace(room, workspace_id=workspace_id))
        work.commit()


def plan_import(work: UnitOfWork, workspace_id: str, tables: Iterable[Table], *, replaces: bool) -> Plan:
    """What these tables would change, or all that is wrong with them; nothing is written."""
    with work.reading():
        return plan(tables, directory_plans.held(work, workspace_id), facts(), now=work.now, replaces=replaces)


def apply_import(work: UnitOfWork, actor: Actor, tables: Iterable[Table], *, replaces: bool) -> Plan:
    """Write what these tables change, all of it or, where anything is wrong, nothing; gives back what was done."""
    with work:
        made = plan(tables, directory_plans.held(work, actor.workspace_id), facts(), now=work.now, replaces=replaces)
        if not made.flaws:
            directory_plans.write(work, actor, made)
            work.commit()
        return made


def export(work: UnitOfWork, workspace_id: str, what: What) -> list[dict[str, str]]:
    """Contacts or rules as rows of a table, by key; those that have ended are left out. Not yet escaped for a file."""
    with work.reading():
        if what is What.CONTACTS:
            return [contact_cells(contact, facts()) for contact in directory.kept_contacts(work, workspace_id)]
        return [rule_cells(rule, facts()) for rule in directory.kept_rules(work, workspace_id)]


def check(work: UnitOfWork, workspace_id: str) -> list[Hole]:
    """The holes of a workspace's directory, in the municipalities it names or has rooms for."""
    with work.reading():
        return upkeep.holes_of(work, workspace_id, Lists(municipalities.district_of(), kinds.asked_of_persons()))


def choose_room(work: UnitOfWork, actor: Actor, *, country: str, municipality: str, channel: str) -> Room:
    """Make a channel the room of a municipality, in the country's language."""
    with work:
        language = facts().languages[country]
        wanted = Room("", actor.workspace_id, country, municipality, channel, language)
        made = rooms.save_room(work, wanted)
        audit.record(work, actor, "room.choose", f"municipality:{country}-{municipality}")
        work.commit()
        return made


def workspaces(work: UnitOfWork) -> list[str]:
    """Every workspace that has a directory."""
    with work.reading():
        return directory.workspaces(work)


def shell(workspace_id: str) -> Actor:
    """The operator at the shell, as the audit knows her."""
    return Actor(workspace_id, SHELL, "en")


@cache
def facts() -> Facts:
    """The closed lists we carry with us, in the form the directory's tables are held against."""
    known = countries.countries()
    places = [place for country in known for place in municipalities.municipalities(country.code)]
    names = {district.key: district.name for country in known for district in districts.districts(country.code)}
    names |= {house.key: house.name for country in known for house in childrens_houses(country.code)}
    called = {"DK": "Kommune", "NO": "kommune"}
    names |= {slug(n): n for p in places if p.country in called for n in (f"{p.name} {called[p.country]}",)}
    return Facts(
        zones={country.code: country.zone for country in known},
        languages={country.code: country.language for country in known},
        district_of=municipalities.district_of(),
        districts={d.key: country.code for country in known for d in districts.districts(country.code)},
        kinds=frozenset(kind.key for kind in kinds.kinds()),
        unit_kinds=frozenset(unit.key for unit in units.unit_kinds()),
        agency_names=names,
        phone=_phone,
    )


def _phone(said: str, country: str) -> str | None:
    """E.164 where that many digits can be a number; a short number (114, 02800) as it is dialled."""
    import phonenumbers

    digits = said.replace(" ", "")
    if digits.isdecimal() and 3 <= len(digits) <= 5:  # noqa: PLR2004 - from 112 to 02800 and 11414
        return digits
    try:
        number = phonenumbers.parse(said, country)
    except phonenumbers.NumberParseException:
        return None
    if number.extension or not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
