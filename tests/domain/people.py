"""Short builders of people for the tests of the rules."""

from __future__ import annotations

from bot.domain.people import Actor, Agency, Contact, Role, Side


def contact(key: str, **more: object) -> Contact:
    """A contact whose id and name come from the key."""
    values: dict[str, object] = {
        "id": f"id-{key}", "workspace_id": "T", "key": key, "agency_id": "police", "agency_name": "Police",
        "side": Side.POLICE, "name": f"Name of {key}", "role": Role.CONTACT, "unit": "Local",
    }  # fmt: skip
    return Contact(**{**values, **more})  # type: ignore[arg-type]  # fields of a contact


def actor(of: Contact | None) -> Actor:
    """The person behind a request."""
    agency = Agency(of.agency_id, "T", of.agency_id, of.agency_name, of.side, "DK", "da") if of else None
    return Actor("T", "U1", "da", agency, of)
