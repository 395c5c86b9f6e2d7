"""Who is away, until when, and who stands in for her meanwhile.

An absence always wins over a routing rule. It begins and ends by the clock alone: every question carries its moment.
Somebody's absences may overlap; all of them hold: she is away while any of them lasts. Who stands in is looked for in
the newest first. Nobody stands in who has not accepted; an accepted substitute who is away herself is followed to her
own; a circle ends in nobody, and the chain goes to the unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.errors import BadInput, Settled
from bot.domain.people import Contact, Role


class AbsenceState(StrEnum):
    """Where the question for a substitute stands."""

    UNCOVERED = "uncovered"
    """Nobody was asked to stand in."""
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    """It never began, or another one took its place."""


class AbsenceWhy(StrEnum):
    """Why somebody counts as away."""

    AWAY = "away"
    """She said so, or her coordinator did. The reason behind it is nobody's business and is not kept."""
    DEACTIVATED = "deactivated"
    """Her account in Slack was closed: away for good, and a hole in the directory."""


class HalfDays(StrEnum):
    """Which of the first and the last day is a half one."""

    NONE = "none"
    FROM_NOON = "from-noon"
    UNTIL_NOON = "until-noon"
    BOTH = "both"

    @property
    def starts_at_noon(self) -> bool:
        """Whether she is still there in the morning of the first day."""
        return self in {HalfDays.FROM_NOON, HalfDays.BOTH}

    @property
    def ends_at_noon(self) -> bool:
        """Whether she is back in the afternoon of the last day."""
        return self in {HalfDays.UNTIL_NOON, HalfDays.BOTH}

    @classmethod
    def of(cls, *, starts_at_noon: bool, ends_at_noon: bool) -> HalfDays:
        """The choice that says this of the first and the last day."""
        return next(h for h in cls if (h.starts_at_noon, h.ends_at_noon) == (starts_at_noon, ends_at_noon))


NOON = time(12, 0)


def period(first: date, last: date, half: HalfDays, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From when (included) until when (excluded), in UTC, for local days that both count.

    Raises `BadInput` where the last day comes before the first, or half days leave nothing between them.
    """
    starts = datetime.combine(first, NOON if half.starts_at_noon else time.min, zone).astimezone(UTC)
    until = (last, NOON) if half.ends_at_noon else (last + timedelta(days=1), time.min)
    ends = datetime.combine(*until, zone).astimezone(UTC)
    if ends <= starts:
        raise BadInput("absence.error.order", field="last")
    return starts, ends


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody is away from `starts_at` until `ends_at` (UTC, excluded; None is for good).

    `set_by` is the contact who said so: herself, or a coordinator of her agency; None where Slack did. `matter_id` is
    the request to the substitute.
    """

    id: str
    workspace_id: str
    contact_id: str
    starts_at: datetime
    ends_at: datetime | None
    state: AbsenceState
    created_at: datetime
    why: AbsenceWhy = AbsenceWhy.AWAY
    substitute_id: str | None = None
    set_by: str | None = None
    matter_id: str | None = None

    def lasts(self, at: datetime) -> bool:
        """Whether she is away at this moment because of it."""
        return (
            self.state is not AbsenceState.CANCELLED
            and self.starts_at <= at
            and (self.ends_at is None or at < self.ends_at)
        )

    def is_over(self, at: datetime) -> bool:
        """Whether nothing of it is left to come."""
        return self.state is AbsenceState.CANCELLED or (self.ends_at is not None and self.ends_at <= at)

    def answered(self, state: AbsenceState, substitute_id: str, now: datetime) -> Absence:
        """The substitute, or whoever took her place, said yes or no. Raises `Settled` where it is over."""
        self.check_not_over(now)
        return replace(self, state=state, substitute_id=substitute_id)

    def ended(self, now: datetime) -> Absence:
        """She is back (or never goes): what lies ahead is taken away. Raises `Settled` where it is over."""
        self.check_not_over(now)
        if self.starts_at >= now:
            return replace(self, state=AbsenceState.CANCELLED)
        return replace(self, ends_at=now)

    def cancelled(self, now: datetime) -> Absence:
        """Another one takes its place, what has passed included. Raises `Settled` where it is over."""
        self.check_not_over(now)
        return replace(self, state=AbsenceState.CANCELLED)

    def check_not_over(self, now: datetime) -> None:
        """Raise `Settled` where it is over."""
        if self.is_over(now):
            raise Settled("settled.absence_over")


@dataclass(frozen=True, slots=True)
class AbsenceView:
    """An absence with the people in it, as cards show it."""

    absence: Absence
    contact: Contact
    substitute: Contact | None = None
    set_by: Contact | None = None
    over: bool = False
    """Whether nothing of it is left to come, at the moment it was read."""

    @property
    def asked_by(self) -> str:
        """The contact who is away: for her somebody is asked to stand in."""
        return self.contact.id


@dataclass(frozen=True, slots=True)
class StandIn:
    """Who stands in, because of which absence, and until when that absence lasts (UTC; None is for good)."""

    contact_id: str
    absence_id: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody who is away now: until when (UTC; None is for good), who stands in, whether her account is closed."""

    until: datetime | None
    stand_in: Contact | None = None
    deactivated: bool = False

    @property
    def is_hole(self) -> bool:
        """Whether the directory promises somebody here whom nobody can reach."""
        return self.deactivated or self.stand_in is None


def is_away(contact_id: str, absences: Iterable[Absence], at: datetime) -> bool:
    """Whether this contact is away at this moment."""
    return any(a.contact_id == contact_id and a.lasts(at) for a in absences)


def away_until(contact_id: str, absences: Iterable[Absence], at: datetime) -> datetime | None:
    """When somebody who is away at this moment is back (UTC): absences that overlap or touch count as one.

    None where she is away for good. `at` itself where she is not away.
    """
    until = at
    hers = sorted((a for a in absences if a.contact_id == contact_id and not a.is_over(at)), key=lambda a: a.starts_at)
    for absence in hers:
        if absence.starts_at > until:
            break
        if absence.ends_at is None:
            return None
        until = max(until, absence.ends_at)
    return until


def standing_in(contact_id: str, absences: Sequence[Absence], at: datetime) -> StandIn | None:
    """Who stands in for a contact at a moment, given everybody's absences; None where she is there, or nobody does.

    Whoever is found is not away herself at that moment.
    """
    return _look(contact_id, [a for a in absences if a.lasts(at)], set())


def _look(contact_id: str, lasting: Sequence[Absence], passed: set[str]) -> StandIn | None:
    passed.add(contact_id)  # nobody is looked at twice: that ends circles, and keeps long chains quick
    hers = [a for a in lasting if a.contact_id == contact_id and a.state is AbsenceState.ACCEPTED]
    for absence in sorted(hers, key=lambda a: (a.created_at, a.id), reverse=True):
        found = absence.substitute_id
        if found is None or found in passed:
            continue
        if any(a.contact_id == found for a in lasting):
            behind = _look(found, lasting, passed)
            if behind is None:
                continue
            found = behind.contact_id
        return StandIn(found, absence.id, absence.ends_at)
    return None


def away_now(contacts: Iterable[Contact], absences: Sequence[Absence], at: datetime) -> dict[str, Away]:
    """Everybody who is away at a moment, by contact id. `contacts` are all whom the absences name."""
    by_id = {contact.id: contact for contact in contacts}
    found: dict[str, Away] = {}
    for contact_id in {a.contact_id for a in absences if a.lasts(at)}:
        stand_in = standing_in(contact_id, absences, at)
        found[contact_id] = Away(
            until=away_until(contact_id, absences, at),
            stand_in=by_id.get(stand_in.contact_id) if stand_in else None,
            deactivated=any(
                a.why is AbsenceWhy.DEACTIVATED for a in absences if a.contact_id == contact_id and a.lasts(at)
            ),
        )
    return found


def answers_for(contact: Contact, everybody: Sequence[Contact], away: Mapping[str, Away]) -> Contact:
    """Who is asked at this moment where `contact` would be: herself, or, while she is away, whoever stands in for her.

    Where nobody does, it is her unit: its desk if Slack reaches it, else a coordinator of her agency who is there.
    Nobody at all leaves it with her, so that it is not lost.
    """
    gone = away.get(contact.id)
    if gone is None:
        return contact
    if gone.stand_in is not None:
        return gone.stand_in
    present = [
        c
        for c in everybody
        if c.agency_id == contact.agency_id and c.id != contact.id and c.id not in away and (c.slack_id or c.email)
    ]
    desk = next((c for c in present if c.role is Role.DESK and c.unit == contact.unit), None)
    return desk or next((c for c in present if c.role is Role.COORDINATOR), contact)
