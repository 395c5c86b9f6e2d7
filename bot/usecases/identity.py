"""Who is the person behind a request? Asked once per request, by the middleware (DESIGN.md section 6, "Who is who")."""

from __future__ import annotations

from bot.domain.people import Actor, Contact
from storage import directory, snapshots
from storage.uow import UnitOfWork


def who_is(work: UnitOfWork, *, workspace_id: str, slack_id: str, language: str) -> Actor:
    """The person with this Slack id, from the directory; without a place there she is a stranger.

    `language` is what a reader gets whose agency names none.
    """
    with work.reading():
        index = snapshots.directory_of(work, workspace_id)
    contact = index.contacts.known_as(slack_id)
    if contact is None or not contact.is_valid(work.now):
        return Actor(workspace_id, slack_id, language)
    agency = index.agencies[contact.agency_id]
    return Actor(workspace_id, slack_id, contact.language or agency.language, agency, contact)


def recognise(work: UnitOfWork, *, workspace_id: str, slack_id: str, email: str, language: str) -> Actor:
    """The person with this work e-mail, from now on known by her Slack id too; a stranger where nobody has it."""
    with work:
        contact = directory.link_slack_id(work, workspace_id, email, slack_id)
        if contact is None:  # another of her requests was quicker, perhaps the same one delivered twice
            contact = directory.contact_by_slack_id(work, workspace_id, slack_id)
        actor = _actor(work, workspace_id, slack_id, contact, language)
        work.commit()
        return actor


def _actor(work: UnitOfWork, workspace_id: str, slack_id: str, contact: Contact | None, language: str) -> Actor:
    agency = directory.agency(work, contact.agency_id) if contact else None
    own = contact.language if contact else ""
    return Actor(workspace_id, slack_id, own or (agency.language if agency else language), agency, contact)
