"""The guard at the edge: an error below a field, a question in the same form, a line under an answer."""

from __future__ import annotations

from typing import Any

from bot.demo.person import Person, Seen, written
from tests.acts import accepted, choice
from tests.stage import World

LEAK = "mor til Signe, cpr 010112-1234"
ASKED = "Liv ringer i dag"
"""A word that is also a name: the guard asks."""


async def opened(world: World, who: str = "case1") -> Seen:
    """The form for a follow-up in a new case."""
    person = world.person(who)
    await person.click(await accepted(world), "followup.propose")
    return await person.view("followup.propose")


async def sends(who: Person, form: Seen, note: str) -> Seen:
    """The form, filled in with these words and sent."""
    values: dict[str, Any] = {
        "what": {"followup.what": "agree-on-meeting"},
        "owner": {"followup.owner": choice(form, "owner", "Palle")},
        "note": {"followup.note": note},
    }
    return await who.act("submit", view_id=form["id"], values=values)


def questions(form: Seen) -> list[Seen]:
    """The guard's questions in a form."""
    return [block for block in form["blocks"] if str(block.get("block_id")).startswith("guard.pardon")]


def tick(question: Seen) -> dict[str, Any]:
    """The answer "no" to a question."""
    return {question["block_id"]: {"guard.pardon": [question["element"]["options"][0]["value"]]}}


def notes(world: World) -> list[tuple[Any, ...]]:
    """What is written down."""
    return world.rows("SELECT note FROM followups")


async def test_what_must_not_stand_there_is_said_below_its_field(world: World) -> None:
    """Why, and what to write instead; the form stays open and nothing is kept."""
    sanne = world.person("case1")
    form = await opened(world)
    refused = await sends(sanne, form, LEAK)
    assert set(refused["ack"]["errors"]) == {"note"}
    said = refused["ack"]["errors"]["note"]
    assert "cpr-nummer" in said
    assert "rollen" in said
    assert "Signe" not in said
    assert notes(world) == []
    await sends(sanne, await sanne.view("followup.propose"), "svar om mødet")
    assert notes(world) == [("svar om mødet",)]


async def test_what_may_be_a_person_is_asked_in_the_same_form(world: World) -> None:
    """What was typed and chosen stays; with the tick it goes in, and the agency is not asked again."""
    sanne = world.person("case1")
    form = await opened(world)
    await sends(sanne, form, ASKED)
    asking = await sanne.view("followup.propose")
    (question,) = questions(asking)
    assert question["label"]["text"] == "Er “Liv” en person?"
    entered = {b["block_id"]: b["element"] for b in asking["blocks"] if b["type"] == "input"}
    assert entered["note"]["initial_value"] == ASKED
    assert entered["what"]["initial_option"]["value"] == "agree-on-meeting"
    assert entered["owner"]["initial_option"]["text"]["text"].startswith("Palle")
    assert asking["state"]["values"]["note"]["followup.note"]["value"] == ASKED
    await sanne.act("submit", view_id=asking["id"], values={})
    assert notes(world) == [], "no tick, no follow-up"
    asking = await sanne.view("followup.propose")
    await sanne.act("submit", view_id=asking["id"], values=tick(question))
    assert notes(world) == [(ASKED,)]
    shown = await sanne.message("the headline", "Deltagere", ASKED)
    assert ASKED in shown["text"]
    assert ASKED in written(await world.person("police1").message("the proposal", "foreslår en opfølgning", "Liv"))
    await sanne.click(shown, "followup.propose")
    await sends(sanne, await sanne.view("followup.propose"), "Liv ringer mandag")
    again = await sanne.view("followup.propose")  # the same step once more: it is pointed out before it is proposed
    assert questions(again) == []
    await sanne.act("submit", view_id=again["id"], values={})
    assert notes(world) == [(ASKED,), ("Liv ringer mandag",)]
    assert world.count("guard_pardons") == 1


async def test_a_tick_for_one_word_is_none_for_another(world: World) -> None:
    """Who writes another name after she was asked is asked about that one."""
    sanne = world.person("case1")
    form = await opened(world)
    await sends(sanne, form, ASKED)
    asking = await sanne.view("followup.propose")
    (first,) = questions(asking)
    changed = {"note": {"followup.note": "snak med May om det"}, **tick(first)}
    await sanne.act("submit", view_id=asking["id"], values=changed)
    (second,) = questions(await sanne.view("followup.propose"))
    assert second["label"]["text"] == "Er “May” en person?"
    assert second["block_id"] != first["block_id"]
    assert (notes(world), world.count("guard_pardons")) == ([], 0)


async def test_a_coordinator_is_asked_in_the_form_of_a_rule(world: World) -> None:
    """The same in every form: what belongs to a family is stopped below the field."""
    vera = world.person("coord-p")
    await vera.act("command", channel="@bindeled", command="/bindeled", text="kontakter")
    await vera.act("submit", view_id=(await vera.view("editing.choose"))["id"], values={})
    form = await vera.view("editing.contact")
    values: dict[str, Any] = {
        "name": {"editing.name": "Hanne Skov"},
        "role": {"editing.role": "contact"},
        "phone": {"editing.phone": "20 30 40 50"},
        "best_time": {"editing.best_time": LEAK},
    }
    refused = await vera.act("submit", view_id=form["id"], values=values)
    assert set(refused["ack"]["errors"]) == {"best_time"}
    values["best_time"] = {"editing.best_time": "efter kl. 12"}
    await vera.act("submit", view_id=form["id"], values=values)
    await vera.view("told")
    assert world.rows("SELECT best_time FROM contacts WHERE name = 'Hanne Skov'") == [("efter kl. 12",)]


async def test_a_question_with_a_leak_is_answered_and_its_sender_told(world: World) -> None:
    """By kind, never by the words, to her alone; the answer is there all the same."""
    sanne = world.person("case1")
    await sanne.act("message", channel="@bindeled", text=f"hvem er min kontakt? {LEAK}")
    direct = await sanne.message("the remark", "Derfor", "ligner et navn, et cpr-nummer", "Slet beskeden")
    await sanne.act("message", channel="samarbejde-koege", text=f"@bindeled hvem er min kontakt? {LEAK}")
    whisper = await sanne.message("the whisper", "Derfor", "Slet beskeden", "contact.send")
    assert whisper["ephemeral_to"]
    told = await sanne.act("command", channel="alle", command="/kontakt", text=f"kontakt {LEAK}")
    assert "ingen andre kan se det" in told["ack"]["text"]
    helped = await sanne.act("command", channel="alle", command="/bindeled", text=LEAK)
    assert "ingen andre kan se det" in helped["ack"]["text"]
    for said in (written(direct), written(whisper), str(told["ack"]), str(helped["ack"])):
        assert "Signe" not in said
        assert "1234" not in said


async def test_a_question_without_a_leak_is_answered_without_a_remark(world: World) -> None:
    """No nagging."""
    sanne = world.person("case1")
    await sanne.act("message", channel="@bindeled", text="hvem er min kontakt?")
    answer = await sanne.message("the contact", "Derfor")
    assert "ligner" not in written(answer)
