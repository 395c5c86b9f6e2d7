"""What Slack says of somebody's account: closed is away for good and a hole in the directory, opened again ends that."""

from __future__ import annotations

from bot.domain.absences import Absence, AbsenceState, AbsenceWhy
from bot.domain.people import Actor, Contact
from storage import absences, audit
from storage.schema import new_id
from storage.uow import UnitOfWork


def changed(work: UnitOfWork, actor: Actor, *, closed: bool) -> None:
    """Slack closed somebody's account (she is away for good, with nobody standing in) or opened it again.

    Nothing happens where that is known already, so a repetition changes nothing.
    """
    contact = actor.contact
    if contact is None:
        return
    with work.reading():  # Slack tells of every new status and picture, too: those need no writer
        if closed == bool(_closed(work, contact)):
            return
    with work:
        known = _closed(work, contact)
        if closed == bool(known):
            return
        for absence in known:
            absences.change(work, absence, absence.ended(work.now))
            audit.record(work, actor, "account.opened", contact.id)
        if closed:
            made = Absence(
                new_id(), actor.workspace_id, contact.id, work.now, None, AbsenceState.UNCOVERED, work.now,
                why=AbsenceWhy.DEACTIVATED,
            )  # fmt: skip
            absences.add(work, made)
            audit.record(work, actor, "account.closed", contact.id)
        work.commit()


def _closed(work: UnitOfWork, contact: Contact) -> list[Absence]:
    hers = absences.coming(work, contact.workspace_id, contact_id=contact.id)
    return [a for a in hers if a.why is AbsenceWhy.DEACTIVATED]
