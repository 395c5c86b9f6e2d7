"""A stranger says which agency she works for; its coordinator confirms; from then on she is known."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from bot.data.districts import district, districts
from bot.data.municipalities import district_of, municipalities, municipality
from bot.domain import ladders
from bot.domain import memberships as rules
from bot.domain.directory_files.tables import free_key, slug
from bot.domain.directory_index import DirectoryIndex
from bot.domain.errors import BadInput, NotFound, Settled
from bot.domain.intake import Typed
from bot.domain.matters import Matter, MatterKind, MatterState, check_answerer, proposed
from bot.domain.memberships import Claim, MembershipView
from bot.domain.people import Actor, Agency, Contact, Role, Side
from bot.domain.upkeep import places_of
from storage import (
    absences,
    audit,
    deliveries,
    directory,
    directory_changes,
    directory_plans,
    memberships,
    settling,
    snapshots,
)
from storage.uow import UnitOfWork

MOST_FOUND = 50
"""Choices offered for a few typed letters; Slack shows at most 100."""


@dataclass(frozen=True, slots=True)
class Place:
    """A public authority somebody can say she works for: a municipality or a police district of the bundled lists."""

    value: str
    """`municipality:DK:259` or `district:KEY`."""
    name: str


def places(*, typed: Typed, country: str) -> list[Place]:
    """What a typed word can mean, from public lists: it tells nothing about who uses Bindeled here."""
    found = [Place(f"district:{d.key}", d.name) for d in districts(country) if typed.stands_in(d.name)]
    found += [
        Place(f"municipality:{m.country}:{m.code}", m.display_name)
        for m in municipalities(country)
        if typed.stands_in(m.display_name)
    ]
    return sorted(found, key=lambda p: (not typed.begins(p.name), p.name))[:MOST_FOUND]


def claim(work: UnitOfWork, actor: Actor, *, place: str, name: str, email: str, key: str) -> None:
    """Somebody says where she works; the coordinator there is asked, where there is one.

    She learns nothing from it: it ends the same way whether the agency is known or not. Raises `Settled` where she is
    known already, `BadInput` for a place that is on no list, `Repeated`.
    """
    with work:
        audit.take(work, actor, key)
        if not actor.is_stranger:
            raise Settled("membership.known")
        index = snapshots.directory_of(work, actor.workspace_id)
        agency, code = _agency(index, place)
        coordinator = _coordinator(work, agency) if agency else None
        if agency is not None and coordinator is not None:
            wanted = Claim(actor.slack_id, name[:120], email[:200].lower(), code)
            _ask(work, wanted, agency, coordinator)
        audit.record(work, actor, "membership.claim", "membership")
        work.commit()


def confirm(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str) -> MembershipView:
    """The coordinator knows her: from now on she is a caseworker of the agency, and is told so."""
    with work:
        audit.take(work, actor, key)
        found, answerer = _asked(work, actor, matter_id)
        if directory.contact_by_slack_id(work, actor.workspace_id, found.claim.slack_id) is not None:
            raise Settled("membership.known_now", name=found.claim.name)
        taken = directory_plans.held(work, actor.workspace_id).contacts
        made_key = free_key(f"{found.agency.key}-{slug(found.claim.name)}", taken)
        made = rules.member(found.claim, found.agency, key=made_key, confirmed_by=answerer)
        directory_changes.save_contacts(work, actor.workspace_id, [made])
        member = directory.contact_by_slack_id(work, actor.workspace_id, found.claim.slack_id)
        _settle(work, found.matter, MatterState.ACCEPTED, member)
        audit.record_all(work, actor, [("membership.confirm", matter_id), ("contact.add", f"contact:{made_key}")])
        work.commit()
        return found


def decline(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str) -> MembershipView:
    """The coordinator does not know her: nothing of what she said is kept, and she is told nothing."""
    with work:
        audit.take(work, actor, key)
        found, _ = _asked(work, actor, matter_id)
        _settle(work, found.matter, MatterState.DECLINED, None)
        audit.record(work, actor, "membership.decline", matter_id)
        work.commit()
        return found


def lapse(work: UnitOfWork, *, workspace_id: str) -> int:
    """Claims nobody answered in `KEPT` end, and nothing of them is kept; says how many."""
    with work:
        old = memberships.unanswered(work, workspace_id, before=work.now - rules.KEPT)
        for matter in old:
            _settle(work, matter, MatterState.WITHDRAWN, None)
        work.commit()
        return len(old)


def _agency(index: DirectoryIndex, place: str) -> tuple[Agency | None, str]:
    """The agency of a place and the municipality's code; None where it is not in the directory. Raises `BadInput`."""
    sort, _, rest = place.partition(":")
    country, _, code = rest.partition(":")
    if sort == "municipality" and municipality(country, code) is not None:
        side, wanted = Side.MUNICIPALITY, {(country, code)}
    elif sort == "district" and (known := district(rest)) is not None:
        code, side = "", Side.POLICE
        wanted = {where for where, key in district_of().items() if key == known.key}
    else:
        raise BadInput("membership.error.place", field="place")
    answering = [
        agency
        for agency in index.agencies.values()
        if agency.side is side and wanted & places_of(agency, index, district_of())
    ]
    # Where several answer for a place (a section of its own, a neighbour that helps out), the one with most people does.
    people = Counter(contact.agency_id for contact in index.contacts)
    return max(answering, key=lambda agency: (agency.key == rest, people[agency.id]), default=None), code


def _coordinator(work: UnitOfWork, agency: Agency) -> Contact | None:
    theirs = [
        c
        for c in directory.all_contacts(work, agency.workspace_id)
        if c.role is Role.COORDINATOR and c.agency_id == agency.id and c.can_be_reached
    ]
    return theirs[0] if theirs else None


def _ask(work: UnitOfWork, wanted: Claim, agency: Agency, coordinator: Contact) -> None:
    id_ = rules.claim_id(wanted.slack_id, agency.id, f"{work.now:%Y-%m}")
    matter = proposed(id_, MatterKind.MEMBERSHIP, coordinator, coordinator.id, now=work.now)
    if memberships.add(work, matter, wanted, agency.id):
        deliveries.add_rungs(work, matter, ladders.plan(matter, work.working_time_of(coordinator), now=work.now))


def _asked(work: UnitOfWork, actor: Actor, matter_id: str) -> tuple[MembershipView, Contact]:
    found = None if actor.is_stranger else memberships.view(work, actor.workspace_id, matter_id)
    if found is None:
        raise NotFound("refused.gone")
    found.matter.check_open()
    return found, check_answerer(actor, found.owner, stand_in_id=absences.answers_for(work, found.owner).id)


def _settle(work: UnitOfWork, matter: Matter, state: MatterState, member: Contact | None) -> None:
    after = matter.moved(state, work.now, reason=rules.LAPSED if state is MatterState.WITHDRAWN else None)
    settling.settle(work, matter, after)
    memberships.answered(work, matter.id, member.id if member else None)
    if member is not None:
        deliveries.add_receipt(work, after, member.id)
