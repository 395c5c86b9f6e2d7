"""Coordinators keep contacts and rules in Slack, over the wire."""

from __future__ import annotations

from typing import Any

from bot.demo.person import Person, Seen
from tests.stage import World


async def offered(who: Person, form: Seen, block_id: str, action_id: str, query: str) -> str:
    """What is offered first for a few typed letters."""
    answer = await who.act("options", view_id=form["id"], block_id=block_id, action_id=action_id, query=query)
    return str(answer["ack"]["options"][0]["value"])


async def test_a_contact_is_chosen_and_changed(world: World) -> None:
    """Typed for, chosen, corrected; a number that cannot be one is named below its field."""
    vera = world.person("coord-p")
    await vera.act("command", channel="@bindeled", command="/bindeled", text="kontakter")
    first = await vera.view("editing.choose")
    palle = await offered(vera, first, "person", "editing.person", "palle")
    await vera.act("submit", view_id=first["id"], values={"person": {"editing.person": palle}})
    form = await vera.view("editing.contact")
    values: dict[str, Any] = {"phone": {"editing.phone": "12"}}
    refused = await vera.act("submit", view_id=form["id"], values=values)
    assert "phone" in refused["ack"]["errors"]
    await vera.act("submit", view_id=form["id"], values={"phone": {"editing.phone": "20 30 40 50"}})
    await vera.view("told")
    (found,) = world.rows("SELECT phone, name FROM contacts WHERE key = 'police1'")
    assert found == ("+4520304050", "Palle Politi (demo)")


async def test_a_rule_is_made_and_answers(world: World) -> None:
    """Who takes this kind in Køge: from then on the caseworker is led there."""
    vera = world.person("coord-p")
    await vera.act("command", channel="@bindeled", command="/bindeled", text="regler")
    form = await vera.view("editing.rule")
    values = {
        "municipality": {
            "editing.municipality": await offered(vera, form, "municipality", "editing.municipality", "kø")
        },
        "kind": {"editing.kind": await offered(vera, form, "kind", "editing.kind", "")},
        "contact": {"editing.person": await offered(vera, form, "contact", "editing.person", "benny")},
        "reason": {"editing.reason": "aftalt i foråret"},
    }
    await vera.act("submit", view_id=form["id"], values=values)
    await vera.view("told")
    hers = "SELECT municipality, contact_key FROM routing_rules WHERE decided_by = 'Vera Vicepolitikommissær (demo)'"
    assert world.rows(hers) == [("259", "police2")]


async def test_whoever_is_no_coordinator_reads_who_is(world: World) -> None:
    """No form opens."""
    palle = world.person("police1")
    for word in ("kontakter", "regler"):
        told = await palle.act("command", channel="@bindeled", command="/bindeled", text=word)
        assert "Vera Vicepolitikommissær" in told["ack"]["text"]
    assert not (await palle.state())["views"]
