"""Who works where in the demo world: staff only, plainly invented, with numbers nobody can have."""

from __future__ import annotations

from datetime import datetime

from bot.domain.cases import Room
from bot.domain.people import Agency, Contact, Role, Side
from bot.domain.routing import RoutingRule
from bot.usecases.directory import Entries

MUNICIPALITY, POLICE, HOUSE = "koege-kommune", "midt-og-vestsjaellands-politi", "boernehus-sjaelland"
KOEGE = "259"


def _agency(key: str, name: str, side: Side) -> Agency:
    return Agency(id="", workspace_id="", key=key, name=name, side=side, country="DK", language="da")


def _person(
    handle: str, number: int, name: str, agency: str, confirmed_at: datetime, *, role: Role, unit: str = "", **more: str
) -> Contact:
    sides = {MUNICIPALITY: Side.MUNICIPALITY, POLICE: Side.POLICE, HOUSE: Side.CHILDRENS_HOUSE}
    domain = {MUNICIPALITY: "kommune", POLICE: "politi", HOUSE: "boernehus"}[agency]
    return Contact(
        id="", workspace_id="", key=handle, agency_id=agency, agency_name="", side=sides[agency], name=name, role=role,
        unit=unit, phone=f"+4500000{number:03}",  # Danish numbers never begin with 0: nobody has this one
        email=more.get("email", f"{handle}@{domain}.example"), hours=more.get("hours", ""),
        substitute_key=more.get("substitute"), municipalities=(KOEGE,), unit_kind=more.get("unit_kind", ""),
        languages=("da", *more.get("also", "").split()), best_time=more.get("best_time", ""),
        leader_key=more.get("leader"), confirmed_by="kredsrådet (demo)", confirmed_at=confirmed_at,
    )  # fmt: skip


def entries(channel: str, confirmed_at: datetime) -> Entries:
    """The demo's directory; `channel` is the room of Køge, `confirmed_at` when its rules were last confirmed (UTC)."""
    weekdays = "man-fre 8-15"

    def person(handle: str, number: int, name: str, agency: str, *, role: Role, unit: str, **more: str) -> Contact:
        return _person(handle, number, name, agency, confirmed_at, role=role, unit=unit, **more)

    return Entries(
        agencies=[
            _agency(MUNICIPALITY, "Køge Kommune (demo)", Side.MUNICIPALITY),
            _agency(POLICE, "Midt- og Vestsjællands Politi (demo)", Side.POLICE),
            _agency(HOUSE, "Børnehus Sjælland (demo)", Side.CHILDRENS_HOUSE),
        ],
        contacts=[
            person("case1", 101, "Sanne Sagsbehandler (demo)", MUNICIPALITY, role=Role.CASEWORKER, unit="Børn og Unge", substitute="case2", leader="coord-m"),
            person("case2", 102, "Rita Rådgiver (demo)", MUNICIPALITY, role=Role.CONTACT, unit="Modtagelsen", hours=weekdays, substitute="case1", leader="coord-m", best_time="8-9", also="en"),
            person("case3", 103, "Frede Familieafdeling (demo)", MUNICIPALITY, role=Role.CASEWORKER, unit="Familieafdelingen", leader="coord-m"),
            person("case4", 104, "Ulla Ungerådgiver (demo)", MUNICIPALITY, role=Role.CASEWORKER, unit="Ungeteamet", leader="coord-m"),
            person("coord-m", 109, "Karen Koordinator (demo)", MUNICIPALITY, role=Role.COORDINATOR, unit="Børn og Unge"),
            person("police1", 201, "Palle Politi (demo)", POLICE, role=Role.CONTACT, unit="Lokalpolitiet", unit_kind="local", hours=weekdays, substitute="police2", leader="coord-p", best_time="8-10", also="en"),
            person("police2", 202, "Benny Betjent (demo)", POLICE, role=Role.CONTACT, unit="Personfarlig kriminalitet", unit_kind="central-investigation", hours=weekdays, leader="coord-p"),
            person("police3", 203, "Petra Politi (demo)", POLICE, role=Role.CONTACT, unit="Forebyggende afsnit", unit_kind="prevention", email="police3@politi-anden.example", leader="coord-p"),
            person("coord-p", 209, "Vera Vicepolitikommissær (demo)", POLICE, role=Role.COORDINATOR, unit="Lokalpolitiet", unit_kind="local"),
            person("desk-p", 290, "Lokalpolitiets vagt (demo)", POLICE, role=Role.DESK, unit="Lokalpolitiet", unit_kind="local", hours=weekdays, email=""),
            person("house1", 301, "Bodil Børnehus (demo)", HOUSE, role=Role.CONTACT, unit="Børnehuset"),
        ],
        rules=[
            RoutingRule("koege-police", "DK", "police1", "fast kontakt for Køge", "kredsrådet (demo)", confirmed_at, municipality=KOEGE),
            RoutingRule("koege-police-sexual-abuse", "DK", "police2", "sager om seksuelle overgreb ligger centralt", "kredsrådet (demo)", confirmed_at, municipality=KOEGE, kind="sexual-abuse"),
            RoutingRule("koege-municipality", "DK", "case2", "fast kontakt i Modtagelsen", "kredsrådet (demo)", confirmed_at, municipality=KOEGE),
        ],
        rooms=[Room(id="", workspace_id="", country="DK", municipality=KOEGE, channel=channel, language="da")],
    )  # fmt: skip
