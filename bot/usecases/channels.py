"""A private channel for each case of a room: one coordinator wishes for it, the other side's says yes, either goes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.data.municipalities import district_of
from bot.domain import channels as rules
from bot.domain import ladders
from bot.domain.cases import Room
from bot.domain.channels import Obstacle, WishView
from bot.domain.coordinators import check_coordinator
from bot.domain.directory_index import DirectoryIndex
from bot.domain.errors import NotAllowed, NotFound, Refused, Settled
from bot.domain.matters import Matter, MatterKind, MatterState, check_answerer, proposed
from bot.domain.people import Actor, Agency, Contact
from bot.domain.upkeep import places_of
from storage import absences, audit, cases, channels, deliveries, directory, matters, rooms, settling, snapshots
from storage.schema import new_id
from storage.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class Way:
    """How the cases of a room are kept, and what its coordinator can do about it.

    `obstacle` is why there can be no private channels; `other` says yes or no for the other side; `asked` is who has
    been asked and has not answered yet.
    """

    room: Room
    obstacle: Obstacle | None = None
    other: Contact | None = None
    asked: Contact | None = None


def people(work: UnitOfWork, actor: Actor, *, room_id: str) -> tuple[Room, Sequence[Contact]]:
    """The room, and the people of both sides there who must all sit in one workspace, coordinators first.

    Raises `NotAllowed` for whoever coordinates nothing there, `NotFound`.
    """
    with work.reading():
        room, _ = _room(work, actor, room_id)
        answering = {agency.id for agency in _answering(_index(work, actor), room)}
        everybody = directory.all_contacts(work, actor.workspace_id)
        return room, rules.both_sides(everybody, answering, room.municipality)


def way(work: UnitOfWork, actor: Actor, *, room_id: str, obstacle: Obstacle | None) -> Way:
    """How the cases of a room are kept. `obstacle` is what Slack says against channels. Raises as `people`."""
    with work.reading():
        room, agency = _room(work, actor, room_id)
        return _way(work, room, agency, obstacle)


def wish(work: UnitOfWork, actor: Actor, *, room_id: str, obstacle: Obstacle | None, key: str) -> Way:
    """Ask the other side's coordinator for a private channel for each case; until she says yes there are threads.

    Raises `Refused` where there is an obstacle, `Settled` where it is so already or she is asked, `Repeated`.
    """
    with work:
        audit.take(work, actor, key)
        room, agency = _room(work, actor, room_id)
        now = _way(work, room, agency, obstacle)
        if room.per_case or now.asked is not None:
            raise Settled("channel.settled.asked" if now.asked else "channel.settled.channels")
        if now.obstacle is not None or now.other is None:
            raise _refused(now.obstacle or Obstacle(rules.Apart.NOBODY))
        asker = actor.check_known()[1]
        matter = proposed(new_id(), MatterKind.CHANNEL, now.other, asker.id, now=work.now)
        channels.add_wish(work, matter, room.id)
        deliveries.add_rungs(work, matter, ladders.plan(matter, work.working_time_of(now.other), now=work.now))
        deliveries.add_receipt(work, matter, asker.id)
        audit.record(work, actor, "channel.wish", matter.id)
        work.commit()
        return Way(room, other=now.other, asked=now.other)


def room_of(work: UnitOfWork, actor: Actor, *, matter_id: str) -> Room:
    """The room a wish is about; raises where this person may not answer it, or it was answered."""
    with work.reading():
        return _asked(work, actor, matter_id).room


def accept(work: UnitOfWork, actor: Actor, *, matter_id: str, obstacle: Obstacle | None, key: str) -> WishView:
    """The other side wants it, too: from now on every new case of the room gets a private channel of its own.

    Cases that stand in a thread stay there. Raises `Refused` where there is an obstacle by now.
    """
    with work:
        audit.take(work, actor, key)
        found = _asked(work, actor, matter_id)
        if obstacle is not None:
            raise _refused(obstacle)
        rooms.set_per_case(work, found.room.id, per_case=True)
        _settle(work, found.matter, MatterState.ACCEPTED)
        audit.record(work, actor, "channel.accept", matter_id)
        work.commit()
        return found


def decline(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str) -> WishView:
    """The other side wants threads: nothing changes, and whoever wished for it is told."""
    with work:
        audit.take(work, actor, key)
        found = _asked(work, actor, matter_id)
        _settle(work, found.matter, MatterState.DECLINED)
        audit.record(work, actor, "channel.decline", matter_id)
        work.commit()
        return found


def back(work: UnitOfWork, actor: Actor, *, room_id: str, key: str) -> Way:
    """Either side goes back to threads for new cases, at any time; running cases stay where they are.

    Raises `Settled` where there are threads already and nobody is asked.
    """
    with work:
        audit.take(work, actor, key)
        room, agency = _room(work, actor, room_id)
        waiting = channels.wishes_of(work, room_id, still_open=True)
        if not room.per_case and not waiting:
            raise Settled("channel.settled.threads")
        rooms.set_per_case(work, room_id, per_case=False)
        for matter in waiting:
            _settle(work, matter, MatterState.WITHDRAWN, reason=rules.BACK)
        for matter in channels.wishes_of(work, room_id, still_open=False):
            deliveries.refresh_sent(work, matter_id=matter.id)
        audit.record(work, actor, "channel.back", f"municipality:{room.country}-{room.municipality}")
        found = _way(work, replace(room, per_case=False), agency, None)
        work.commit()
        return found


def follow(work: UnitOfWork, *, workspace_id: str) -> None:
    """Bring every case's channel up to date with who has come or gone otherwise: new coordinators, stand-ins, leavers."""
    with work:
        found = cases.with_own_channel(work, workspace_id)
        staff = channels.staff_of(work, workspace_id) if found else None
        for case in found:
            channels.follow(work, case, staff=staff)
        work.commit()


def _way(work: UnitOfWork, room: Room, agency: Agency, obstacle: Obstacle | None) -> Way:
    index = snapshots.directory_of(work, agency.workspace_id)
    everybody = directory.all_contacts(work, agency.workspace_id)
    other, apart = rules.other_side(agency, _answering(index, room), everybody)
    waiting = channels.wishes_of(work, room.id, still_open=True)[:1]
    owners = directory.contacts_by_ids(work, agency.workspace_id, [matter.owner_id for matter in waiting])
    return Way(
        room,
        obstacle=obstacle or (Obstacle(apart) if apart else None),
        other=other,
        asked=owners[waiting[0].owner_id] if waiting else None,
    )


def _refused(obstacle: Obstacle) -> Refused:
    return Refused(f"channel.apart.{obstacle.apart}", name=obstacle.name)


def _index(work: UnitOfWork, actor: Actor) -> DirectoryIndex:
    return snapshots.directory_of(work, actor.workspace_id)


def _answering(index: DirectoryIndex, room: Room) -> list[Agency]:
    """The agencies that answer for the municipality of a room."""
    place = (room.country, room.municipality)
    return [agency for agency in index.agencies.values() if place in places_of(agency, index, district_of())]


def _room(work: UnitOfWork, actor: Actor, room_id: str) -> tuple[Room, Agency]:
    agency, _ = check_coordinator(actor, directory.all_contacts(work, actor.workspace_id))
    room = rooms.room(work, actor.workspace_id, room_id)
    if room is None:
        raise NotFound("refused.gone")
    if agency.id not in {one.id for one in _answering(_index(work, actor), room)}:
        raise NotAllowed("room.error.elsewhere")
    return room, agency


def _asked(work: UnitOfWork, actor: Actor, matter_id: str) -> WishView:
    matter = None if actor.is_stranger else matters.matter(work, actor.workspace_id, matter_id)
    found = channels.wish(work, matter) if matter and matter.kind is MatterKind.CHANNEL else None
    if found is None:
        raise NotFound("refused.gone")
    found.matter.check_open()
    check_answerer(actor, found.owner, stand_in_id=absences.answers_for(work, found.owner).id)
    return found


def _settle(work: UnitOfWork, matter: Matter, state: MatterState, *, reason: str | None = None) -> None:
    after = matter.moved(state, work.now, reason=reason)
    settling.settle(work, matter, after)
