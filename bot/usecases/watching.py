"""The door for what people type to each other in a room: text in, kinds and reasons out. The text itself is dropped here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.directory_index import ContactBook
from bot.domain.incidents import Cause, Looked, Place
from bot.domain.intake import Typed
from bot.domain.people import Contact
from bot.guard import Finding, Guard, Kind, Outcome
from bot.usecases.intake import registered
from storage import cases, rooms, snapshots
from storage.uow import UnitOfWork

MOST_KINDS = 8


@dataclass(frozen=True, slots=True)
class Watch:
    """Looks at what people type in rooms; there is none where the thread guard is off."""

    guard: Guard


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it was typed, or edited: `before` is what stood there until now. It is read once and dropped."""

    place: Place
    author: str
    text: Typed
    before: Typed | None = None
    elsewhere: bool = False
    """Its author belongs to another organisation's workspace: the bot cannot write to her."""


def look(work: UnitOfWork, watch: Watch, message: Message, *, workspace_id: str) -> Looked | None:
    """What of it must not stand there; None where the message stands in no room or case's channel of ours. Only a block counts."""
    with work.reading():
        here = message.place.channel
        room = rooms.room_at(work, workspace_id, here) or cases.room_of_channel(work, workspace_id, here)
        if room is None:
            return None
        index = snapshots.directory_of(work, workspace_id)
    text, before = message.text.as_typed, message.before.as_typed if message.before else ""
    author = index.contacts.known_as(message.author)
    language = index.agencies[author.agency_id].language if author else room.language
    # Outside of any transaction: of all this it takes longest.
    findings = _blocked(watch.guard, text, language, index.contacts)
    if any(one.kind is Kind.NAME for one in findings):
        with work.reading():
            around = _first_names(work, workspace_id, message.place, author)
        findings = [one for one in findings if not _is_colleague(one, text, around)]
    was: set[tuple[str, str]] = set()
    if findings and before:
        was = {_mark(one, before) for one in _blocked(watch.guard, before, language, index.contacts)}
    return Looked(
        place=message.place,
        room=room,
        found=_kinds(findings),
        fresh=any(_mark(one, text) not in was for one in findings),
        elsewhere=message.elsewhere,
    )


def _blocked(guard: Guard, text: str, language: str, contacts: ContactBook) -> list[Finding]:
    if not text.strip():
        return []
    found = guard.look(text, lang=language, contacts=registered(text, contacts))
    return [one for one in found if one.outcome is Outcome.BLOCK]


def _first_names(work: UnitOfWork, workspace_id: str, place: Place, author: Contact | None) -> frozenset[str]:
    """The first names by which people in this thread call each other: who takes part in the case, and who writes."""
    case = cases.case_of_thread(work, workspace_id, place.channel, place.thread_ts or place.message_ts)
    view = cases.view(work, workspace_id, case.id) if case else None
    people = [p.contact for p in view.participants] if view else []
    return frozenset(_first(c.name) for c in (*people, *((author,) if author else ())))


def _is_colleague(finding: Finding, text: str, first_names: frozenset[str]) -> bool:
    if finding.kind is not Kind.NAME:
        return False
    word = text[finding.start : finding.end].casefold()
    return word in first_names or word.removesuffix("s").rstrip("'’") in first_names


def _first(called: str) -> str:
    return (called.split(maxsplit=1) or [called])[0].casefold()


def _mark(finding: Finding, text: str) -> tuple[str, str]:
    """What tells two findings apart across an edit; it lives only as long as the look."""
    return finding.kind.value, " ".join(text[finding.start : finding.end].casefold().split())


def _kinds(findings: Iterable[Finding]) -> tuple[Cause, ...]:
    """Each kind once, with the reason of its surest finding."""
    surest: dict[str, Finding] = {}
    for one in findings:
        known = surest.setdefault(one.kind.value, one)
        if one.certainty > known.certainty:
            surest[one.kind.value] = one
    return tuple(Cause(kind, one.why) for kind, one in surest.items())[:MOST_KINDS]
