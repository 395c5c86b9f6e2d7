"""Who works where in the demo world: staff only, plainly invented, with numbers nobody can have."""

from __future__ import annotations

from datetime import datetime

from bot.domain.cases import Room
from bot.domain.people import Agency, Contact, Role, Side
from bot.domain.routing import RoutingRule
from bot.usecases.directory import Entries

MUNICIPALITY, POLICE, HOUSE = "koege-kommune", "midt-og-vestsjaellands-politi", "boernehus-sjaelland"
NO_MUNICIPALITY, NO_POLICE = "drammen-kommune", "sor-ost-politidistrikt"
KOEGE, DRAMMEN = "259", "3301"
SIDES = {
    MUNICIPALITY: Side.MUNICIPALITY, POLICE: Side.POLICE, HOUSE: Side.CHILDRENS_HOUSE,
    NO_MUNICIPALITY: Side.MUNICIPALITY, NO_POLICE: Side.POLICE,
}  # fmt: skip
MAIL = {
    MUNICIPALITY: "kommune", POLICE: "politi", HOUSE: "boernehus",
    NO_MUNICIPALITY: "kommune-no", NO_POLICE: "politi-no",
}  # fmt: skip
NORWEGIAN = (NO_MUNICIPALITY, NO_POLICE)


def _agency(key: str, name: str) -> Agency:
    country, language = ("NO", "nb") if key in NORWEGIAN else ("DK", "da")
    return Agency(
        id="", workspace_id="", key=key, name=name, side=SIDES[key], country=country, language=language
    )  # fmt: skip


def _person(
    handle: str, number: int, name: str, agency: str, confirmed_at: datetime, *, role: Role, unit: str = "", **more: str
) -> Contact:
    prefix, code, language = ("+47", DRAMMEN, "nb") if agency in NORWEGIAN else ("+45", KOEGE, "da")
    return Contact(
        id="", workspace_id="", key=handle, agency_id=agency, agency_name="", side=SIDES[agency], name=name, role=role,
        unit=unit, phone=f"{prefix}00000{number:03}",  # no number of either country begins with 0: nobody has this one
        email=more.get("email", f"{handle}@{MAIL[agency]}.example"), hours=more.get("hours", ""),
        substitute_key=more.get("substitute"), municipalities=(code,), unit_kind=more.get("unit_kind", ""),
        languages=(language, *more.get("also", "").split()), best_time=more.get("best_time", ""),
        leader_key=more.get("leader"), confirmed_by="kredsrådet (demo)", confirmed_at=confirmed_at,
    )  # fmt: skip


def entries(channel: str, confirmed_at: datetime, *, drammen: str | None = None) -> Entries:
    """The demo's directory.

    `channel` is the room of Køge, `drammen` that of Drammen, `confirmed_at` when the rules were last confirmed (UTC).
    """
    rooms = [Room(id="", workspace_id="", country="DK", municipality=KOEGE, channel=channel, language="da")]
    if drammen is not None:
        rooms.append(Room(id="", workspace_id="", country="NO", municipality=DRAMMEN, channel=drammen, language="nb"))
    weekdays = "man-fre 8-15"

    def person(handle: str, number: int, name: str, agency: str, *, role: Role, unit: str, **more: str) -> Contact:
        return _person(handle, number, name, agency, confirmed_at, role=role, unit=unit, **more)

    return Entries(
        agencies=[
            _agency(MUNICIPALITY, "Køge Kommune (demo)"),
            _agency(POLICE, "Midt- og Vestsjællands Politi (demo)"),
            _agency(HOUSE, "Børnehus Sjælland (demo)"),
            _agency(NO_MUNICIPALITY, "Drammen kommune (demo)"),
            _agency(NO_POLICE, "Sør-Øst politidistrikt (demo)"),
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
            person("no-case1", 401, "Solveig Saksbehandler (demo)", NO_MUNICIPALITY, role=Role.CASEWORKER, unit="Barnevernet", hours=weekdays, leader="no-coord"),
            person("no-coord", 409, "Kari Koordinator (demo)", NO_MUNICIPALITY, role=Role.COORDINATOR, unit="Barnevernet"),
            person("no-police1", 501, "Pål Politi (demo)", NO_POLICE, role=Role.CONTACT, unit="Forebyggende enhet", unit_kind="prevention", hours=weekdays),
        ],
        rules=[
            RoutingRule("koege-police", "DK", "police1", "fast kontakt for Køge", "kredsrådet (demo)", confirmed_at, municipality=KOEGE),
            RoutingRule("koege-police-sexual-abuse", "DK", "police2", "sager om seksuelle overgreb ligger centralt", "kredsrådet (demo)", confirmed_at, municipality=KOEGE, kind="sexual-abuse"),
            RoutingRule("koege-municipality", "DK", "case2", "fast kontakt i Modtagelsen", "kredsrådet (demo)", confirmed_at, municipality=KOEGE),
            RoutingRule("drammen-police", "NO", "no-police1", "fast kontakt for Drammen", "politirådet (demo)", confirmed_at, municipality=DRAMMEN),
            RoutingRule("drammen-municipality", "NO", "no-case1", "fast kontakt i barnevernet", "politirådet (demo)", confirmed_at, municipality=DRAMMEN),
        ],
        rooms=rooms,
    )  # fmt: skip
