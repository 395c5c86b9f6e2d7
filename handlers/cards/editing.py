"""The forms in which coordinators keep contacts and rules."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.intake import Typed
from bot.domain.people import Contact, Role
from bot.domain.urgency import Urgency
from bot.usecases.editing import Editing
from handlers.cards.cases import KINDS
from handlers.cards.parts import (
    Block,
    Card,
    Reader,
    field_,
    modal,
    option,
    section,
    select,
    text_input,
    typeahead,
)


def choose(reader: Reader) -> Block:
    """Whose entry is to be changed; nobody chosen is a new contact."""
    t = reader.texts
    return modal(
        callback_id="editing.choose", title=t("editing.choose.title"), submit=t("editing.choose.submit"),
        close=t("close"), meta="",
        blocks=[
            field_(
                "person", t("editing.person"), typeahead("editing.person", placeholder=t("choose")),
                hint=t("editing.person.hint"), optional=True,
            )
        ],
    )  # fmt: skip


def contact_form(reader: Reader, found: Editing) -> Block:
    """A contact's entry: what stands there, or empty for a new one."""
    t, contact = reader.texts, found.contact
    roles = [option(t(f"role.{role}"), role) for role in Role]
    substitute = _person(found.substitute) if found.substitute else None
    last: Block = {"type": "datepicker", "action_id": "editing.valid_until"}
    if contact is not None and contact.valid_until is not None:
        last["initial_date"] = reader.last_day(contact.valid_until).isoformat()

    def line(column: str, most: int, *, needed: bool = False, hint: str | None = None) -> Block:
        stands = str(getattr(contact, column)) if contact else ""
        element = text_input(f"editing.{column}", stands, most=most)
        return field_(column, t(f"directory.{column}"), element, hint=hint, optional=not needed)

    return modal(
        callback_id="editing.contact", title=t("editing.contact.title"), submit=t("editing.submit"),
        close=t("close"), meta=contact.key if contact else "",
        blocks=[
            line("name", 120, needed=True),
            field_(
                "role", t("directory.role"),
                select("editing.role", roles, placeholder=t("choose"), initial=contact.role if contact else Role.CONTACT),
            ),
            line("unit", 120),
            line("phone", 40),
            line("email", 200),
            line("hours", 120, hint=t("directory.hours.hint")),
            line("best_time", 120),
            field_(
                "substitute", t("directory.substitute"),
                typeahead("editing.substitute", placeholder=t("choose"), initial=substitute), optional=True,
            ),
            field_("valid_until", t("directory.valid_until"), last, optional=True),
        ],
    )  # fmt: skip


def rule_form(reader: Reader) -> Block:
    """Who takes a kind of case in a municipality."""
    t = reader.texts
    urgencies = [option(t(f"urgency.{urgency}"), urgency) for urgency in Urgency]

    def ask(block_id: str, label: str, action_id: str, *, optional: bool = False) -> Block:
        return field_(block_id, label, typeahead(action_id, placeholder=t("choose")), optional=optional)

    return modal(
        callback_id="editing.rule", title=t("editing.rule.title"), submit=t("editing.submit"), close=t("close"), meta="",
        blocks=[
            ask("municipality", t("editing.municipality"), "editing.municipality"),
            ask("kind", t("editing.kind"), "editing.kind", optional=True),
            field_(
                "urgency", t("editing.urgency"), select("editing.urgency", urgencies, placeholder=t("choose")),
                optional=True,
            ),
            ask("contact", t("editing.taker"), "editing.person"),
            field_("reason", t("editing.reason"), text_input("editing.reason", "", most=300), hint=t("editing.reason.hint")),
        ],
    )  # fmt: skip


def saved(reader: Reader, what: str) -> Card:
    """It is kept."""
    said = reader.texts.md("editing.saved", what=what)
    return Card(said, [section(said)])


def people(contacts: Sequence[Contact]) -> list[Block]:
    """Contacts to choose from, by key."""
    return [_person(contact) for contact in contacts]


def places(found: Sequence[tuple[str, str]]) -> list[Block]:
    """Municipalities (name, code) to choose from."""
    return [option(name, code) for name, code in found]


def kinds(reader: Reader, typed: Typed) -> list[Block]:
    """The kinds of case whose name holds what was typed."""
    named = [(reader.texts(f"kind.{kind}"), kind) for kind in KINDS]
    return [option(name, kind) for name, kind in named if typed.stands_in(name)]


def _person(contact: Contact) -> Block:
    return option(f"{contact.name}, {contact.unit}" if contact.unit else contact.name, contact.key)
