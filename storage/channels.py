"""Private channels of cases: the wish for them, and who is to be in one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Column, ForeignKey, Table, insert, select

from bot.domain import absences as away_rules
from bot.domain import channels as rules
from bot.domain.absences import Away
from bot.domain.cases import Case
from bot.domain.channels import WishView
from bot.domain.deliveries import PENDING, Delivery, DeliveryKind, DeliveryState, ToSend
from bot.domain.matters import Matter
from bot.domain.people import Contact
from storage import absences, cases, channel_steps, deliveries, directory, matters, rooms
from storage.matters import OPEN, to_matter
from storage.matters import matters as matter_rows
from storage.schema import ID, metadata
from storage.uow import UnitOfWork

channel_wishes = Table(
    "channel_wishes",
    metadata,
    Column("matter_id", ID, ForeignKey("matters.id"), primary_key=True),
    Column("room_id", ID, ForeignKey("rooms.id"), nullable=False),
)
"""A coordinator wishes for a private channel for each case of a room."""

NOT_MADE, SUPERSEDED = "no-channel", "superseded"
"""Why a step is not taken: there is no channel yet, or a later step about the same person holds."""


def add_wish(work: UnitOfWork, matter: Matter, room_id: str) -> None:
    """A new wish."""
    matters.add(work, matter)
    work.connection.execute(insert(channel_wishes).values(matter_id=matter.id, room_id=room_id))


def wish(work: UnitOfWork, matter: Matter) -> WishView | None:
    """The wish as both coordinators see it, or None where it is gone."""
    query = select(channel_wishes.c.room_id).where(channel_wishes.c.matter_id == matter.id)
    room = rooms.room(work, matter.workspace_id, str(work.connection.execute(query).scalar()))
    people = directory.contacts_by_ids(work, matter.workspace_id, [matter.owner_id, matter.asker_id])
    return WishView(matter, room, people[matter.owner_id], people[matter.asker_id]) if room else None


def wishes_of(work: UnitOfWork, room_id: str, *, still_open: bool) -> list[Matter]:
    """The wishes about a room, the oldest first; all of them, or those nobody has answered."""
    query = select(matter_rows).join_from(matter_rows, channel_wishes).where(channel_wishes.c.room_id == room_id)
    if still_open:
        query = query.where(matter_rows.c.state.in_(OPEN))
    return [to_matter(row) for row in work.connection.execute(query.order_by(matter_rows.c.created_at))]


@dataclass(frozen=True, slots=True)
class Staff:
    """Everybody of a workspace, and who of them is away: read once where many cases are looked at."""

    everybody: Sequence[Contact]
    away: Mapping[str, Away]


def staff_of(work: UnitOfWork, workspace_id: str) -> Staff:
    """The people of a workspace at this moment."""
    return Staff(directory.all_contacts(work, workspace_id), absences.away_now(work, workspace_id))


def follow(work: UnitOfWork, case: Case, *, after_id: str | None = None, staff: Staff | None = None) -> dict[str, str]:
    """See to it that those are in a case's channel who shall be, and nobody who no longer takes part.

    Gives back, by contact, the step that lets her in now; it waits for the channel, or, with `after_id`, for that
    delivery. Whom the bot has not let in it does not take out. Nothing happens for a case in a room's thread.
    """
    if not case.own_channel or case.forgotten_at is not None:
        return {}
    places, there = cases.places_in(work, case.id), staff or staff_of(work, case.workspace_id)
    people = directory.contacts_by_ids(work, case.workspace_id, {contact_id for contact_id, _, _ in places})
    gone = [contact for contact in people.values() if contact.id in there.away]
    stand_ins = {c.id: away_rules.answers_for(c, there.everybody, there.away).id for c in gone}
    wanted = rules.readers(places, people, there.everybody, stand_ins)
    steps, after = channel_steps.latest(work, case.id), after_id or channel_steps.making(work, case.id)
    begun: dict[str, str] = {}
    for contact_id in dict.fromkeys((*wanted, *steps)):
        last, kind = steps.get(contact_id), DeliveryKind.LET_IN if contact_id in wanted else DeliveryKind.LET_OUT
        if not _needed(last, kind):
            continue
        if last is not None:
            channel_steps.drop(work, last)
        number = last.revision + 1 if last else 1
        step_id = channel_steps.let(work, case, contact_id, kind, number=number, after_id=after)
        if kind is DeliveryKind.LET_IN:
            begun[contact_id] = step_id
    return begun


def _needed(last: Delivery | None, kind: DeliveryKind) -> bool:
    if last is None or last.state is DeliveryState.CANCELLED:
        return kind is DeliveryKind.LET_IN
    return last.kind is not kind


def made(work: UnitOfWork, workspace_id: str, case_id: str, channel: str) -> None:
    """Slack has the channel: it is the case's from now on; its headline comes, and everybody is let in."""
    cases.change(work, case_id, channel=channel)
    case = cases.case(work, workspace_id, case_id)
    if case is not None:
        headline = deliveries.refresh_headline(work, workspace_id, case_id, case.lane)
        follow(work, case, after_id=headline)


def is_closed(work: UnitOfWork, case: Case, *, patience_is_over: bool) -> bool:
    """Whether nothing is left to be done about the channel of a case that is being deleted; where not, it is closed now.

    Where Slack refuses to close it a coordinator sees that, until everybody's patience is over.
    """
    if not case.own_channel or not case.channel:
        return True
    state = channel_steps.archive(work, case)
    return state in {DeliveryState.SENT, DeliveryState.CANCELLED} or (patience_is_over and state not in PENDING)


def to_do(work: UnitOfWork, step: Delivery) -> ToSend | str:
    """A step with all that is needed for it, or why it need not be taken."""
    view = cases.view(work, step.workspace_id, str(step.case_id))
    if view is None:
        return "gone"
    case, recipient = view.case, None
    if (step.kind is DeliveryKind.CHANNEL) == bool(case.channel):
        return "settled" if case.channel else NOT_MADE
    if step.recipient_id is not None:
        recipient = directory.contacts_by_ids(work, step.workspace_id, [step.recipient_id])[step.recipient_id]
        if channel_steps.is_superseded(work, step):
            return SUPERSEDED
    post_to = recipient.slack_id if recipient else case.channel
    return ToSend(step, post_to, view.language, view.country, view, recipient=recipient)
