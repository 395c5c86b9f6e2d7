"""Who is my contact? The person, the substitute, the desk, the control room: a chain that never ends in nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.data.countries import country
from bot.data.guidance import Guidance, guidance
from bot.data.municipalities import Municipality
from bot.data.municipalities import municipality as place
from bot.domain import routing
from bot.domain.errors import BadInput, NotFound
from bot.domain.people import Actor, Side
from bot.domain.routing import Link
from storage import audit, directory
from storage.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class ContactAnswer:
    """The answer to a question for a contact. `chain` has at least one link: the control room (promise 2)."""

    side: Side
    country: str
    municipality: str
    municipality_name: str
    kind: str | None
    urgency: str | None
    emergency: str
    chain: tuple[Link, ...]


def find_contact(
    work: UnitOfWork,
    actor: Actor,
    *,
    municipality: str | None = None,
    kind: str | None = None,
    urgency: str | None = None,
) -> ContactAnswer:
    """The other side's contact for a municipality (a code; None means the asker's own), a kind and an urgency.

    A stranger raises `NotFound` and learns nothing; an asker with several municipalities must name one (`BadInput`).
    """
    if actor.agency is None or actor.contact is None:
        raise NotFound("refused.stranger")
    side = actor.contact.side.opposite
    code = municipality or _only(actor.contact.municipalities)
    found = place(actor.agency.country, code)
    if found is None:
        raise BadInput("contact.error.municipality", field="municipality")
    with work.reading():
        everybody = directory.all_contacts(work, actor.workspace_id)
        theirs = [c for c in everybody if c.side is side]
        keys = {c.key for c in theirs}
        rules = directory.rules_for(work, actor.workspace_id, actor.agency.country, code)
    rule = routing.best_rule(
        [r for r in rules if r.contact_key in keys],
        country=actor.agency.country,
        municipality=code,
        district=found.district,
        kind=kind,
        urgency=urgency,
    )
    land = country(actor.agency.country)
    return ContactAnswer(
        side=side,
        country=actor.agency.country,
        municipality=code,
        municipality_name=found.display_name,
        kind=kind,
        urgency=urgency,
        emergency=land.emergency,
        chain=routing.chain(
            rule,
            theirs,
            municipality=code,
            control_room=routing.control_room(land.control_room_name, land.control_room, land.control_room_dial),
        ),
    )


def named(work: UnitOfWork, actor: Actor, *, codes: Sequence[str]) -> list[Municipality]:
    """The municipalities of these codes in the asker's country, for her to choose from."""
    del work  # bundled facts need no database; every use case has the same shape
    if actor.agency is None:
        raise NotFound("refused.stranger")
    found = (place(actor.agency.country, code) for code in codes)
    return [one for one in found if one is not None]


def topic(key: str) -> Guidance | None:
    """The bundled guidance of a key, where it is sure enough to be shown."""
    found = guidance(key)
    return found if found and found.sure else None


def note_lookup(work: UnitOfWork, actor: Actor, *, municipality: str) -> None:
    """Leave the audit row of a look-up; called after the answer has gone out."""
    with work:
        audit.record(work, actor, "contact.find", f"municipality:{municipality}")
        work.commit()


def _only(codes: tuple[str, ...]) -> str:
    if len(codes) != 1:
        raise BadInput("contact.error.which_municipality", field="municipality")
    return codes[0]
