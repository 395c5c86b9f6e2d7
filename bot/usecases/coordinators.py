"""Coordinators from the start (`BINDELED_COORDINATORS`): somebody has to be one before anybody can make one."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from bot.domain.people import Actor, Contact, Role
from storage import audit, directory, directory_changes
from storage.uow import UnitOfWork

START = "start"
"""Stands in the audit where the settings did it."""


class Appointed(StrEnum):
    """What became of it."""

    DONE = "done"
    NO_AGENCY = "no-such-agency"
    OTHER_AGENCY = "works-for-another-agency"
    """Every right belongs to one agency: nobody coordinates for an agency she does not work for."""
    UNKNOWN = "unknown-to-slack-and-directory"


def appoint(
    work: UnitOfWork, *, workspace_id: str, slack_id: str, agency_key: str, name: str = "", email: str = ""
) -> Appointed:
    """Make the person with this Slack id the agency's coordinator; `name` and `email` are what Slack says of her.

    She is looked for in the directory by Slack id, then by work e-mail; where she is not in it she is added.
    Nothing changes where she is one already.
    """
    with work:
        agencies = {agency.key: agency for agency in directory.agencies_of(work, workspace_id)}
        agency = agencies.get(agency_key)
        if agency is None:
            return Appointed.NO_AGENCY
        known = directory.contact_by_slack_id(work, workspace_id, slack_id)
        if known is None and email:
            known = directory.link_slack_id(work, workspace_id, email, slack_id)
        if known is not None and known.agency_id != agency.id:
            return Appointed.OTHER_AGENCY
        if known is None and not name:
            return Appointed.UNKNOWN
        wanted = known or Contact(
            id="", workspace_id=workspace_id, key=f"coordinator-{slack_id.lower()}", agency_id=agency.id,
            agency_name=agency.name, side=agency.side, name=name[:120], role=Role.COORDINATOR,
            email=email, slack_id=slack_id, country=agency.country, agency_key=agency.key,
        )  # fmt: skip
        if known is None or known.role is not Role.COORDINATOR:
            directory_changes.save_contacts(work, workspace_id, [replace(wanted, role=Role.COORDINATOR)])
            audit.record(work, Actor(workspace_id, START, "en"), "contact.appoint", f"contact:{wanted.key}")
        work.commit()
        return Appointed.DONE
