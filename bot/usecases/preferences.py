"""When somebody wants to be written to: chosen by herself, and by a coordinator for her agency."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain import preferences as rules
from bot.domain.coordinators import check_coordinator
from bot.domain.people import Actor, Agency, Contact
from bot.domain.preferences import NONE, WEEK, WORKING_WEEK, Preferences, Rhythm, Span
from storage import audit, directory, preferences
from storage.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class Mine:
    """What holds for a person, what would if she had chosen nothing, and the weekdays she may choose among."""

    contact: Contact
    holds: Rhythm
    usual: Rhythm
    weekdays: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Office:
    """What holds for an agency, and what would if its coordinator had chosen nothing; each with the office hours."""

    agency: Agency
    holds: Rhythm
    hours: Span
    usual: Rhythm
    usual_hours: Span


def mine(work: UnitOfWork, actor: Actor) -> Mine:
    """What holds for the person who asks. Raises `NotFound` for a stranger."""
    return _mine(work, actor.check_known()[1])


def choose(work: UnitOfWork, actor: Actor, wanted: Preferences, *, key: str) -> Mine:
    """From now on this holds for her, for what is planned already, too; what she leaves open is her agency's.

    Days that are her usual ones are no choice of her own. Raises `BadInput` where no time is left to write to her,
    `NotFound` for a stranger, `Repeated`.
    """
    with work:
        audit.take(work, actor, key)
        me = actor.check_known()[1]
        if wanted.days == _mine(work, me).usual.days:
            wanted = replace(wanted, days=None)
        after = replace(me, prefers=wanted)
        hers = replace(wanted, quiet=rules.chosen(after).quiet)
        rules.check(hers, rules.at_work(work.working_time(me.country, me.side), after))
        preferences.set_own(work, me, wanted)
        audit.record(work, actor, "preference.choose", f"contact:{me.key}")
        work.commit()
        return _mine(work, after)


def office(work: UnitOfWork, actor: Actor) -> Office:
    """What holds for a coordinator's agency. Raises `NotAllowed`, naming who may, and `NotFound` for a stranger."""
    with work.reading():
        return _office(work, _coordinated(work, actor))


def choose_office(work: UnitOfWork, actor: Actor, wanted: Preferences, *, key: str) -> Office:
    """From now on this holds for everybody of a coordinator's agency who has chosen nothing else.

    What is as in the whole country is no choice. Raises `BadInput`, `NotAllowed`, `NotFound`, `Repeated`.
    """
    with work:
        audit.take(work, actor, key)
        agency = _coordinated(work, actor)
        base = work.working_time(agency.country, agency.side)
        usual, hours = rules.rhythm_of_agency(base, NONE)
        chosen = Preferences(
            days=None if wanted.days == usual.days else wanted.days,
            quiet=None if wanted.quiet == usual.quiet else wanted.quiet,
            digest_at=None if wanted.digest_at == usual.digest_at else wanted.digest_at,
            hours=None if wanted.hours == hours else wanted.hours,
        )
        rules.check(chosen, rules.office(base, chosen))
        preferences.set_office(work, agency, chosen)
        audit.record(work, actor, "preference.office", f"agency:{agency.key}")
        work.commit()
        return _office(work, replace(agency, prefers=chosen))


def _mine(work: UnitOfWork, contact: Contact) -> Mine:
    base = work.working_time(contact.country, contact.side)
    holds, usual = rules.rhythm(base, contact), rules.rhythm(base, replace(contact, prefers=NONE))
    return Mine(contact, holds, usual, tuple(day for day in WEEK if day in WORKING_WEEK or day in usual.days))


def _office(work: UnitOfWork, agency: Agency) -> Office:
    base = work.working_time(agency.country, agency.side)
    return Office(agency, *rules.rhythm_of_agency(base, agency.prefers), *rules.rhythm_of_agency(base, NONE))


def _coordinated(work: UnitOfWork, actor: Actor) -> Agency:
    return check_coordinator(actor, directory.all_contacts(work, actor.workspace_id))[0]
