"""What is sent about call-backs and corrections can be written in every language, for every rung and every state."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.app import reader
from bot.domain.callbacks import LATE, LINE, Asked, CallbackView, Reach, Wish
from bot.domain.corrections import CorrectionView, Fault, Wrong
from bot.domain.deliveries import Delivery, DeliveryKind, DeliveryState, Subject, ToSend
from bot.domain.matters import DueClock, Matter, MatterKind, MatterState
from bot.domain.people import Role, Side
from bot.domain.urgency import Urgency
from bot.texts.catalogue import LANGUAGES
from bot.usecases.callbacks import Outcome, Passing, Promise
from bot.usecases.corrections import Reporting
from handlers.cards import callbacks, corrections
from handlers.cards.parts import Card
from tests.domain.people import contact
from tests.world import KOEGE, MONDAY

ASKER = contact("asker", agency_id="theirs", agency_name="Theirs", phone="+4500000001", side=Side.MUNICIPALITY)
OWNER = contact("owner", phone="+4500000002", slack_id="U1", substitute_key="substitute")
SUBSTITUTE = contact("substitute", phone="+4500000003", slack_id="U2")
MATTER = Matter(
    id="matter", workspace_id="T", kind=MatterKind.CALLBACK, state=MatterState.PROPOSED, case_id=None,
    side=Side.POLICE, owner_id=OWNER.id, asker_id=ASKER.id, clock=DueClock.AGREED, created_at=MONDAY,
)  # fmt: skip
STATES = {
    "proposed": MATTER,
    "now": replace(MATTER, state=MatterState.AGREED),
    "later": replace(MATTER, state=MatterState.AGREED, due_at=MONDAY + timedelta(hours=2)),
    "done": replace(MATTER, state=MatterState.DONE, settled_at=MONDAY),
    "withdrawn": replace(MATTER, state=MatterState.WITHDRAWN, settled_at=MONDAY),
}
ACTS = {
    "proposed": ["callback.accept", "callback.later", "callback.pass"],
    "now": ["callback.done", "callback.later", "callback.pass"],
    "later": ["callback.done", "callback.later", "callback.pass"],
    "done": [],
    "withdrawn": [],
}


def view(matter: Matter, *, sparring: bool = False, late: bool = False, urgency: Urgency | None = None) -> CallbackView:
    """A call-back that has reached the substitute."""
    return CallbackView(
        matter=matter, wish=Wish(KOEGE, "neglect", urgency, sparring), asker=ASKER, owner=OWNER, country="DK",
        language="da", late=late,
        asked=(Asked(OWNER, MONDAY, Reach.UNREACHABLE), Asked(SUBSTITUTE, MONDAY)),
        upcoming=Asked(contact("desk", role=Role.DESK), MONDAY + timedelta(hours=1)),
    )  # fmt: skip


def item(about: Subject, matter: Matter, rung: str, *, to: str = "owner", receipt: bool = False) -> ToSend:
    """What a card is written from."""
    kind = DeliveryKind.RECEIPT if receipt else DeliveryKind.NUDGE
    delivery = Delivery("d", "T", kind, DeliveryState.SENDING, MONDAY, "lane", rung=rung)
    people = {"owner": OWNER, "substitute": SUBSTITUTE, "asker": ASKER}
    return ToSend(delivery, "D1", "da", "DK", about, None, matter, people[to])


def buttons(card: Card) -> list[str]:
    """The actions a card offers, in order."""
    rows = [block["elements"] for block in card.blocks if block["type"] == "actions"]
    return [element["action_id"] for row in rows for element in row]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("sparring", [False, True])
def test_every_rung_and_state_can_be_written(language: str, state: str, *, sparring: bool) -> None:
    """No key is missing, whoever reads it and however far it has come; the owner's buttons follow the state."""
    who, matter = reader(language, "DK"), STATES[state]
    for rung in ("ask", "due", *LINE, *(f"{LATE}{audience}" for audience in LINE)):
        for late in (False, True):
            about = view(matter, sparring=sparring, late=late)
            card = callbacks.card(who, item(about, matter, rung))
            case = ["case.open"] if sparring and state in {"now", "later", "done"} else []
            assert buttons(card) == [*ACTS[state], *case]
            assert "+45 00 00 00 01" in card.text
            other = buttons(callbacks.card(who, item(about, matter, rung, to="substitute")))
            assert bool(other) is (state == "proposed" or (late and matter.state.is_open))
            assert buttons(callbacks.card(who, item(about, matter, rung, to="asker"))) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", STATES)
def test_the_receipt_never_ends_in_a_dead_end(language: str, state: str) -> None:
    """While it is open: whom it reached, every number that can be rung, the control room last; danger now has 112 first."""
    matter = STATES[state]
    card = callbacks.card(reader(language, "DK"), item(view(matter, urgency=Urgency.NOW), matter, "", receipt=True))
    assert "Name of substitute" in card.text
    if matter.state.is_open:
        assert card.text.index("112") < card.text.index("Name of")
        assert card.text.index("+45 00 00 00 02") < card.text.index("+45 00 00 00 03") < card.text.index("114")
        assert buttons(card) == ["callback.withdraw"]
    else:
        assert "112" not in card.text
        assert buttons(card) == []


@pytest.mark.parametrize("state", STATES)
def test_a_consultation_that_was_accepted_becomes_a_case_with_one_tap_of_either(state: str) -> None:
    """Receipt and reminder then carry *Åbn sag* with municipality, the other one and the kind; a plain call-back never."""
    matter, who = STATES[state], reader("da", "DK")
    about = view(matter, sparring=True)
    for card, other in (
        (callbacks.receipt(who, about), OWNER),
        (callbacks.card(who, item(about, matter, "ask")), ASKER),
    ):
        assert ("case.open" in buttons(card)) is (state in {"now", "later", "done"})
        if "case.open" in buttons(card):
            assert card.blocks[-1]["elements"][-1]["value"] == f"{KOEGE}:{other.id}:neglect"
    assert "case.open" not in buttons(callbacks.receipt(who, view(matter)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("following", [SUBSTITUTE, None])
def test_whom_nobody_can_write_to_is_shown_with_the_number(language: str, following: object) -> None:
    """Her number, the next one's, the control room's; a button only where there is somebody to ask."""
    outcome = Outcome(OWNER, Wish(KOEGE, sparring=True), None, SUBSTITUTE if following else None)
    card = callbacks.unreachable(reader(language, "DK"), outcome, following="259:x:")
    assert "+45 00 00 00 02" in card.text
    assert "114" in card.text
    assert buttons(card) == (["sparring.ask"] if following else [])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("wrong", Wrong)
def test_corrections_can_be_written(language: str, wrong: Wrong) -> None:
    """Every reason, open and done, in every language; the forms too."""
    who, matter = reader(language, "DK"), replace(MATTER, kind=MatterKind.CORRECTION)
    about = CorrectionView(matter, Fault(OWNER.id, KOEGE, wrong, "neglect"), OWNER, ASKER, SUBSTITUTE, "DK", "da")
    for rung in ("ask", "again"):
        card = corrections.nudge(who, item(about, matter, rung))
        assert buttons(card) == ["correction.done"]
        assert "Køge" in card.text
    done = replace(about, matter=replace(matter, state=MatterState.DONE, settled_at=MONDAY))
    assert buttons(corrections.nudge(who, item(done, done.matter, "ask"))) == []
    told = Reporting(OWNER, SUBSTITUTE)
    assert corrections.report_form(who, told, meta="m")["callback_id"] == "contact.wrong"
    assert SUBSTITUTE.name in corrections.reported(who, told).text
    assert callbacks.later_form(who, Promise(MATTER, MONDAY))["private_metadata"] == MATTER.id
    assert callbacks.pass_form(who, Passing(MATTER, (SUBSTITUTE,)))["private_metadata"] == MATTER.id
