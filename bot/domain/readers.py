"""To whom a nudge goes at the moment it is sent: whoever its rung means, or whoever is there in her place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.absences import Away, answers_for
from bot.domain.ladders import Audience, stand_in
from bot.domain.people import Contact, Role


def reader_of(
    audience: Audience, owner: Contact, asker: Contact, everybody: Sequence[Contact], away: Mapping[str, Away]
) -> tuple[Contact | None, Contact | None]:
    """The reader, and the person for whom she gets it where that one is away. Nobody is asked her own question.

    A rung beyond the owner that finds nobody new goes to a coordinator.
    """
    if audience is Audience.OWNER and not owner.can_be_reached:
        return _without_slack(owner, asker, everybody, away), owner
    if audience in {Audience.OWNER, Audience.ASKER}:
        meant = owner if audience is Audience.OWNER else asker
        found = answers_for(meant, everybody, away)
        if found.id == asker.id != meant.id:
            found = _coordinator(owner, everybody, away) or meant
        return found, meant if found.id != meant.id else None
    meant_next = stand_in(audience, owner, everybody)
    if meant_next is not None and audience is not Audience.COORDINATOR:
        found = answers_for(meant_next, everybody, away)
        if found.id not in {asker.id, owner.id, answers_for(owner, everybody, away).id}:
            return found, None
    return _coordinator(owner, everybody, away), None


def _without_slack(
    owner: Contact, asker: Contact, everybody: Sequence[Contact], away: Mapping[str, Away]
) -> Contact | None:
    """Who reads and answers on behalf of somebody without Slack: her unit's desk, else her agency's coordinator."""
    desk = stand_in(Audience.DESK, owner, everybody)
    if desk is not None and desk.can_be_reached and desk.id != asker.id and desk.id not in away:
        return desk
    return _coordinator(owner, everybody, away)


def _coordinator(owner: Contact, everybody: Sequence[Contact], away: Mapping[str, Away]) -> Contact | None:
    """Her agency's coordinator who is there, the owner herself last; where all are away, the first all the same."""
    theirs = [c for c in everybody if c.role is Role.COORDINATOR and c.agency_id == owner.agency_id]
    theirs.sort(key=lambda c: c.id == owner.id)
    return next((c for c in theirs if c.id not in away), theirs[0] if theirs else None)
