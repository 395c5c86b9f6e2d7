"""The door for free text: nothing a person typed goes further than this module as it was typed.

What is only read (a question, days) is dropped here. What is to be kept passes the guard and leaves as `GuardedText`.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo

from bot.domain.codes import looks_like_code, read_code
from bot.domain.directory_files.tables import Flaw, Table, as_text
from bot.domain.directory_index import ContactBook
from bot.domain.errors import BadInput
from bot.domain.intake import Found, GuardedText, Held, Names, Typed, Written
from bot.domain.people import Actor, Agency
from bot.guard import Guard, Kind, Outcome, Registered
from bot.guard.normalise import fold
from bot.understanding import Intent, Question, Understanding
from bot.understanding.agreements import agreement, proposal_in
from bot.understanding.moments import moment
from storage import audit, snapshots
from storage import intake as rows
from storage.uow import UnitOfWork

__all__ = [
    "Agreed", "Days", "Intake", "Intent", "Kind", "Question", "agreed", "code", "days", "inspect", "leaks", "let_in",
    "moment_of", "proposes", "registered", "take",
]  # fmt: skip


_UNTIL = re.compile(r"\s(?:til|till|to|until|–|-)(?:\s+og\s+med|\s+och\s+med)?\s", re.IGNORECASE)
"""Between two days, in every language: "fra 28. december til 3. januar"."""

EVERYTHING = frozenset(Kind)
STAFF = EVERYTHING - {Kind.PHONE, Kind.EMAIL}
"""In the directory: staff contact details are what it is for."""
NAMES = STAFF - {Kind.NAME, Kind.QUASI}
"""Where a colleague's name stands, no name is wrong."""
COUNTS: Mapping[str, frozenset[Kind]] = {
    "reason": STAFF, "best_time": STAFF, "hours": NAMES, "name": NAMES, "agency": NAMES, "decided_by": NAMES,
    "confirmed_by": NAMES, "unit": NAMES - {Kind.ADDRESS}, "key": frozenset({Kind.NATIONAL_ID}),
    "phone": frozenset(), "email": frozenset(),
}  # fmt: skip
"""Which kinds count in a field; in every other one all do. Phone and e-mail are held to their own shape instead."""
INSPECTED = ("key", "agency", "unit", "name", "hours", "best_time", "reason", "decided_by", "confirmed_by")
"""The columns of a file that hold more than a word of a closed list."""
LANGUAGE_OF = {"DK": "da", "NO": "nb", "SE": "sv"}


@dataclass(frozen=True, slots=True)
class Intake:
    """What the door needs: who understands, who guards, and the key for the hashes of words that are no persons."""

    understanding: Understanding
    guard: Guard
    secret: bytes = field(repr=False)

    def question(self, typed: Typed, *, country: str) -> Question:
        """What the text asks for, seen from a country (`DK`, `NO`, `SE`), in values of closed lists. The text is dropped."""
        return self.understanding.understand(typed.as_typed, country=country)

    def look(self, where: str, typed: Typed, colleagues: ContactBook, agency: Agency) -> Iterator[Found]:
        """What must not stand in this field, or may be a person. A text is in her country's language, whatever she reads."""
        text, language = typed.as_typed, LANGUAGE_OF.get(agency.country, "da")
        for one in self.guard.look(text, lang=language, contacts=registered(text, colleagues)):
            if one.kind in COUNTS.get(where, EVERYTHING):
                word = " ".join(fold(text[one.start : one.end]).text.casefold().split())
                yield Found(
                    where, one.start, one.end, one.kind.value, one.certainty, one.outcome is Outcome.BLOCK, one.why,
                    self._digest(agency.id, word),
                )  # fmt: skip

    def _digest(self, agency_id: str, word: str) -> str:
        return hmac.new(self.secret, f"{agency_id}\0{word}".encode(), hashlib.sha256).hexdigest()


def code(typed: Typed) -> str | None:
    """The first thing in a text that has the shape of a case code, right or mistyped; the rest of the text is dropped."""
    return looks_like_code(typed.as_typed)


def let_in(work: UnitOfWork, actor: Actor, intake: Intake, written: Written) -> dict[str, GuardedText]:
    """The texts of a form as they may be kept, by field; what was answered "not a person" is remembered for the agency.

    Raises `Held` with all that was found where the guard objects, `NotFound` for a stranger.
    """
    agency, me = actor.check_known()
    typed = {where: text for where, text in written.texts.items() if text}
    asked: set[str] = set()
    if typed:
        with work.reading():
            colleagues = snapshots.directory_of(work, actor.workspace_id).contacts
            found = [one for where, text in typed.items() for one in intake.look(where, text, colleagues, agency)]
            asked = {one.digest for one in found if one.kind == Kind.NAME and not one.blocks}
            passes = written.not_persons | rows.pardoned(work, agency.id, asked)
        held = tuple(one for one in found if one.blocks or one.digest not in passes)
        if held:
            raise Held(held)
    if answered := asked & written.not_persons:
        with work:
            new = [digest for digest in sorted(answered) if rows.pardon(work, agency.id, me.id, digest)]
            audit.record_all(work, actor, [("guard.pardon", f"pardon:{digest[:16]}") for digest in new])
            work.commit()
    return {where: GuardedText.passed(text.as_typed) for where, text in written.texts.items()}


def leaks(work: UnitOfWork, actor: Actor, intake: Intake, *, typed: Typed) -> tuple[str, ...]:
    """The kinds of what must not stand in a message to the bot, each once; what is only asked about is let be."""
    if actor.agency is None or not typed:
        return ()
    with work.reading():
        colleagues = snapshots.directory_of(work, actor.workspace_id).contacts
        found = intake.look("", typed, colleagues, actor.agency)
        return tuple(dict.fromkeys(one.kind for one in found if one.blocks))


def inspect(work: UnitOfWork, workspace_id: str, guard: Guard, tables: Iterable[Table]) -> list[Table]:
    """Tables of a file with a flaw for each cell that holds what must not be in a directory; never with its words.

    There is nobody to ask: what only may be a person passes. The people of the file itself may be named.
    """
    tables = list(tables)
    with work.reading():
        held = [c.name for c in snapshots.directory_of(work, workspace_id).contacts]
    names = Names([*held, *(as_text(row.cells.get("name")) for table in tables for row in table.rows)])
    return [replace(table, flaws=(*table.flaws, *_flaws(guard, table, names))) for table in tables]


def _flaws(guard: Guard, table: Table, names: Names) -> Iterator[Flaw]:
    @cache  # most cells say what another one says
    def stopped(column: str, text: str, language: str) -> str | None:
        registered = Registered(names=names.meant(_words(text)) if Kind.NAME in COUNTS[column] else ())
        found = guard.look(text, lang=language, contacts=registered)
        counts = (one.kind.value for one in found if one.outcome is Outcome.BLOCK and one.kind in COUNTS[column])
        return next(counts, None)

    for row in table.rows:
        language = LANGUAGE_OF.get(as_text(row.cells.get("country")).upper(), "da")
        for column in INSPECTED:
            text = as_text(row.cells.get(column))
            if text and (kind := stopped(column, text, language)):
                yield Flaw(table.name, row.line, column, "guarded", {"kind": kind})


def registered(text: str, colleagues: ContactBook) -> Registered:
    """Those who may be named, as far as the text could mean them: to look up all of them would take its time."""
    digits, close = "".join(c for c in text if c.isdigit()), "".join(text.casefold().split())
    return Registered(
        names=colleagues.names.meant(_words(text)),
        phones=tuple(c.phone for c in colleagues if len(c.phone) > 4 and c.phone[-4:] in digits) if digits else (),  # noqa: PLR2004 - enough to leave most of them out
        emails=tuple(c.email for c in colleagues if c.email and c.email in close) if "@" in close else (),
    )


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", fold(text).text.lower()))


@dataclass(frozen=True, slots=True)
class Days:
    """Local days somebody named; both count."""

    first: date
    last: date


def days(work: UnitOfWork, actor: Actor, *, typed: Typed) -> Days | None:
    """The days a message about an absence names, or None. They are shown to the person before they count."""
    if actor.agency is None or actor.contact is None:
        return None
    text, zone = typed.as_typed, work.working_time(actor.agency.country, actor.contact.side).zone
    for parts in ([text], *([text[: hit.start()], text[hit.end() :]] for hit in _UNTIL.finditer(text))):
        found = [_span(part, work.now, zone) for part in parts]
        if found[0] is not None and found[-1] is not None and (len(parts) > 1 or found[0].first != found[0].last):
            # A first day that has passed is read as next year's; who names a last day before that is away already.
            begun = found[-1].last < found[0].first
            return Days(work.now.astimezone(zone).date() if begun else found[0].first, found[-1].last)
    return _span(text, work.now, zone)


@dataclass(frozen=True, slots=True)
class Agreed:
    """What somebody proposes in words: a step of the closed list, and a moment (UTC) or so many working days after an event."""

    what: str | None = None
    at: datetime | None = None
    event: str | None = None
    days: int = 0
    sure: bool = True
    """False: the moment leaves something open, and is shown to the person before it counts."""
    code: str | None = None
    """The case that is named by its code."""


NOON = time(12, 0)
"""The hour of a day that was named without one."""


def proposes(typed: Typed) -> bool:
    """Whether a message begins with "aftale:" or what that is in another language."""
    return proposal_in(typed.as_typed) is not None


def agreed(work: UnitOfWork, actor: Actor, *, typed: Typed) -> Agreed:
    """What a text proposes; all of it is shown to the person in a form before it counts."""
    return replace(_agreed(work, actor, typed.as_typed), code=read_code(typed.as_typed))


def _agreed(work: UnitOfWork, actor: Actor, text: str) -> Agreed:
    agency, contact = actor.check_known()
    said = proposal_in(text)
    found = agreement(text if said is None else said)
    if found.event is not None:
        return Agreed(found.what, None, found.event, found.days)
    working_time = work.working_time(agency.country, contact.side)
    named = moment(text if said is None else said, now=work.now, zone=working_time.zone)
    if named is None:
        return Agreed(found.what)
    if named.at is not None:
        return Agreed(found.what, named.at.astimezone(UTC), sure=named.sure)
    if named.working_days is not None:
        at = working_time.plus_days(work.now, named.working_days, at=named.time_of_day or NOON)
        return Agreed(found.what, at, sure=named.sure and named.time_of_day is not None)
    day = named.until or named.day
    noon = datetime.combine(day, NOON, working_time.zone).astimezone(UTC) if day else None
    return Agreed(found.what, noon, sure=False)


def moment_of(work: UnitOfWork, actor: Actor, *, typed: Typed) -> Agreed:
    """By when, in words; raises `BadInput` where the words name no moment and no event."""
    found = _agreed(work, actor, typed.as_typed)
    if found.at is None and found.event is None:
        raise BadInput("followup.error.words", field="words")
    return found


def _span(text: str, now: datetime, zone: ZoneInfo) -> Days | None:
    found = moment(text, now=now, zone=zone)
    first = (found.at.date() if found.at else found.day) if found else None
    return Days(first, found.until or first) if found and first else None


def take(work: UnitOfWork, actor: Actor, *, key: str) -> None:
    """Take an event from the inbox before it is answered; raises `Repeated` where it was answered already."""
    with work:
        audit.take(work, actor, key)
        work.commit()
