"""What is wrong with a directory file, what it changes and which holes a directory has, in words for the shell."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.domain.directory_files.changes import Change
    from bot.domain.directory_files.tables import Flaw
    from bot.domain.holes import Hole

FLAWS = {
    "agency": "give the agency's key or name, at most 120 characters",
    "agency-differs": "an earlier row says otherwise of this agency ({other})",
    "choice": "{value} is none of: {allowed}",
    "column-twice": "this column stands there twice",
    "control": "holds a control character",
    "day": "{value} is no day: write 2026-11-22 or 22-11-2026",
    "district": "{country} has no police district {value}",
    "email": "{value} is no e-mail address",
    "ends-before": "ends before it begins",
    "formula": "begins like a formula (= + - @): put the text alone",
    "future": "lies in the future",
    "hours": "{part} is not understood: write man-fre 8-15 or mon-fri 08:00-15:00",
    "key": "{value} is no key: letters, digits, dots, dashes and @, at most 64",
    "missing": "is missing",
    "municipality": "{country} has no municipality {value}",
    "nobody": "names neither a contact nor a unit",
    "oneself": "names the row's own contact",
    "other-country": "{value} works in {country}",
    "other-district": "municipality {value} lies in {district}",
    "outside": "{value} stands outside the columns: is a delimiter or a quotation mark missing?",
    "phone": "{value} cannot be a telephone number in {country}",
    "slack-id-twice": "{other} has the same Slack id",
    "slack_id": "{value} is no Slack member id: it begins with U or W",
    "too-long": "is longer than {limit} characters",
    "twice": "{value} stands in line {line} already",
    "unknown-column": "is no column of this table",
    "unknown-contact": "there is no contact {value}, in this file or in the directory",
    "unknown-unit": "nobody works in a unit {value}, in this file or in the directory",
    "unreachable": "neither phone nor e-mail nor Slack id is given",
}
"""Each key of a flaw with its sentence."""

HOLES = {
    "no-person": "municipality {country} {municipality}: no {side} person for {kinds}",
    "no-substitute": "contact {record} ({name}): answers by a rule and has no substitute",
    "not-confirmed": "{record} {name}: {since}",
    "ending": "contact {record} ({name}): ends on {since}",
    "unreachable": "contact {record} ({name}): neither Slack id nor e-mail",
    "no-phone": "contact {record} ({name}): no telephone number",
    "same-email": "contact {record} ({name}): same e-mail as {other}",
    "never": "rule {record}: can never match{other}",
    "nobody": "rule {record}: leads to nobody who can be asked",
}
"""Each kind of hole with its sentence."""

SIGNS = {"add": "+", "change": "~", "end": "-"}


def flaw(found: Flaw, file: str) -> str:
    """One flaw: "file.csv:12: phone: …"; in a file with sheets, the sheet as well."""
    where = f"{file}[{found.sheet}]" if found.sheet else file
    column = f"{found.column}: " if found.column else ""
    return f"{where}:{found.line}: {column}{FLAWS[found.key].format(**found.values)}"


def change(made: Change) -> str:
    """One change: "~ contact police1: phone +4500000201 → +4500000202"."""
    start = f"{SIGNS[made.verb]} {made.record} {made.key}"
    if made.verb == "end":
        return start
    if made.verb == "add":
        told = ", ".join(f"{column} {after}" for column, _, after in made.fields if column != "key" and after)
        return f"{start}: {told}"
    return f"{start}: " + ", ".join(
        f"{column} {before or '(empty)'} → {after or '(empty)'}" for column, before, after in made.fields
    )


def hole(found: Hole) -> str:
    """One hole in one line."""
    day = found.since.date().isoformat() if found.since else ""
    since = {"not-confirmed": f"last confirmed on {day}" if day else "never confirmed"}.get(found.kind, day)
    other = found.other if found.kind != "never" else f": {found.other} always comes first" if found.other else ""
    record = found.record
    if found.kind == "not-confirmed":
        record = f"contact {record}" if found.name else f"rule {record}"
    return " ".join(
        HOLES[found.kind]
        .format(
            record=record,
            name=f"({found.name})" if found.kind == "not-confirmed" and found.name else found.name,
            country=found.country,
            municipality=found.municipality,
            side=found.side or "",
            kinds=", ".join(found.kinds) or "any kind of case",
            since=since,
            other=other,
        )
        .replace(" :", ":")
        .split()
    )
