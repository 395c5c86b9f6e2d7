"""What is wrong with a directory file, what it changes and which holes a directory has, in words for the shell."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

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
    "guarded": "holds what looks like {kind}: take it out; the directory is for staff, never for a child or a family",
    "hours": "{part} is not understood: write man-fre 8-15 or mon-fri 08:00-15:00",
    "key": "{value} is no key: letters, digits, dots, dashes and @, at most 64",
    "language": "{value} is no language code: write da, nb, nn, sv, en, so, ar …",
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

KINDS = {
    "NAME": "a name of nobody at work here", "NATIONAL_ID": "a national identity number",
    "NATIONAL_ID_PART": "the last digits of a national identity number", "BIRTHDATE": "a date of birth",
    "ADDRESS": "an address", "PLATE": "a licence plate", "BANK": "an account number", "USERNAME": "a user name",
}  # fmt: skip
"""What the guard stops in a file."""

HOLES = {
    "no-person": "municipality {place}: no {side} person for {kinds}",
    "no-substitute": "{record}: answers by a rule and has no substitute",
    "not-confirmed": "{record}: {since}",
    "unanswered": "{record}: was asked whether it is still right, and did not answer",
    "ending": "{record}: ends after {last}",
    "unreachable": "{record}: neither Slack id nor e-mail",
    "absent": "{record}: away now, and nobody stands in",
    "no-phone": "{record}: no telephone number",
    "same-email": "{record}: same e-mail as {other}",
    "never": "{record}: can never match{shadow}",
    "nobody": "{record}: leads to nobody who can be asked",
}
"""Each kind of hole with its sentence."""

SIGNS = {"add": "+", "change": "~", "end": "-"}


def flaw(found: Flaw, file: str) -> str:
    """One flaw: "file.csv:12: phone: …"; in a file with sheets, the sheet as well."""
    where = f"{file}[{found.sheet}]" if found.sheet else file
    column = f"{found.column}: " if found.column else ""
    values = {**found.values, "kind": KINDS[found.values["kind"]]} if found.key == "guarded" else found.values
    return f"{where}:{found.line}: {column}{FLAWS[found.key].format(**values)}"


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


def hole(found: Hole, place: str, zone: ZoneInfo) -> str:
    """One hole in one line; `place` is the municipality's name, days are those of `zone`."""
    who = f"{found.record} ({found.name})" if found.name else found.record
    return HOLES[found.kind].format(
        record=f"{'contact' if found.name else 'rule'} {who}",
        place=f"{found.country} {found.municipality} {place}",
        side=found.side or "",
        kinds=", ".join(found.kinds) or "any kind of case",
        since=f"last confirmed on {found.since.astimezone(zone).date()}" if found.since else "never confirmed",
        last=(found.since - timedelta(microseconds=1)).astimezone(zone).date() if found.since else "",
        other=found.other,
        shadow=f": {found.other} always comes first" if found.other else ": the municipality lies in another district",
    )
