"""Every text the bot can be handed bears a mark and a leak; then everything the bot keeps or says is searched for the marks."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from bot.demo.person import Person, Seen
from storage.tables import metadata
from tests.acts import accepted, asks, choice
from tests.scenarios.test_confirmations import asked
from tests.stage import World

LEAK = "mor til Signe Markbo, cpr 010112-1234, Rosenvej 7"
KEPT = "svar om okapimødet"
"""The one text of this test that may be kept: the guard lets it pass."""


class Marks:
    """Words nobody's text contains by chance, a new one for each place."""

    def __init__(self) -> None:
        self.all: list[str] = []

    def word(self) -> str:
        """A new mark alone."""
        self.all.append(f"gnukalv{len(self.all):02}x")
        return self.all[-1]

    def text(self) -> str:
        """A new mark in a text that must not get in."""
        return f"kontakt {self.word()} {LEAK}"


async def writes(world: World, marks: Marks) -> None:
    """Messages, mentions, edits and what stands after commands, by people and by strangers."""
    sanne, frans = world.person("case1"), world.person("stranger1")
    for who in (sanne, frans):
        sent = await who.act("message", channel="@bindeled", text=marks.text())
        await who.act("edit", channel="@bindeled", ts=sent["ts"], text=marks.text())
        for command in ("/kontakt", "/sag", "/aftale", "/bindeled"):
            await who.act("command", channel="alle", command=command, text=marks.text())
    ask = await frans.message("the way in", "membership.ask")
    await frans.click(ask, "membership.ask")
    await searches(frans, await frans.view("membership.ask"), "place", "membership.place", marks)
    for word in ("væk", "kontakter", "regler", "huller"):
        text = f"{word} {marks.word()} {LEAK}"
        await world.person("coord-p").act("command", channel="alle", command="/bindeled", text=text)
    await sanne.act("message", channel="@bindeled", text=f"jeg er væk fra mandag til fredag {marks.word()} {LEAK}")
    await sanne.act("message", channel="samarbejde-koege", text=f"@bindeled {marks.text()}")
    headline = await accepted(world)
    thread = {"channel": headline["channel"], "thread_ts": headline["ts"]}
    await sanne.act("message", text=f"@bindeled {marks.text()}", **thread)
    await sanne.click(headline, "handover.ask")
    await searches(sanne, await sanne.view("handover.ask"), "receiver", "handover.receiver", marks)
    await sanne.act("command", channel="alle", command="/bindeled", text="væk")
    await searches(sanne, await sanne.view("absence.set"), "substitute", "absence.substitute", marks)
    await sanne.act("message", text=marks.text(), **thread)


async def searches(who: Person, form: Seen, field: str, action_id: str, marks: Marks) -> None:
    """Letters typed into a list."""
    await who.act("options", view_id=form["id"], block_id=field, action_id=action_id, query=marks.text())


async def agrees(world: World, marks: Marks) -> None:
    """A follow-up: refused, asked about, and at last one that goes in."""
    sanne = world.person("case1")
    await sanne.click((await world.seen_by("case1", "Deltagere"))[-1], "followup.propose")
    form = await sanne.view("followup.propose")
    values: dict[str, Any] = {
        "what": {"followup.what": "agree-on-meeting"},
        "owner": {"followup.owner": choice(form, "owner", "Palle")},
        "note": {"followup.note": marks.text()},
    }
    assert "note" in (await sanne.act("submit", view_id=form["id"], values=values))["ack"]["errors"]
    values["note"] = {"followup.note": f"Liv ringer i dag, {marks.word()}"}
    assert (await sanne.act("submit", view_id=form["id"], values=values))["ack"]["response_action"] == "update"
    await sanne.act("submit", view_id=form["id"], values={"note": {"followup.note": KEPT}})
    await sanne.message("the headline", "Deltagere", KEPT)


async def keeps_the_directory(world: World, marks: Marks) -> None:
    """A coordinator and a contact fill in what they may of the directory."""
    vera = world.person("coord-p")
    await vera.act("command", channel="alle", command="/bindeled", text="kontakter")
    first = await vera.view("editing.choose")
    await searches(vera, first, "person", "editing.person", marks)
    await vera.act("submit", view_id=first["id"], values={})
    form = await vera.view("editing.contact")
    await searches(vera, form, "substitute", "editing.substitute", marks)
    whole: dict[str, Any] = {"name": {"editing.name": "Hanne Skov"}, "role": {"editing.role": "contact"}}
    for field in ("name", "unit", "phone", "email", "hours", "best_time"):
        leak = {**whole, field: {f"editing.{field}": f"{marks.word()} cpr 010112-1234"[:40]}}
        assert (await vera.act("submit", view_id=form["id"], values=leak))["ack"]["response_action"] == "errors", field
        await vera.act("command", channel="alle", command="/bindeled", text="kontakter")
        await vera.act("submit", view_id=(await vera.view("editing.choose"))["id"], values={})
        form = await vera.view("editing.contact")
    await vera.act("command", channel="alle", command="/bindeled", text="regler")
    rule = await vera.view("editing.rule")
    await searches(vera, rule, "kind", "editing.kind", marks)
    await searches(vera, rule, "municipality", "editing.municipality", marks)
    found = await vera.act(
        "options", view_id=rule["id"], block_id="municipality", action_id="editing.municipality", query="kø"
    )
    person = await vera.act("options", view_id=rule["id"], block_id="contact", action_id="editing.person", query="be")
    taking = {
        "municipality": {"editing.municipality": found["ack"]["options"][0]["value"]},
        "contact": {"editing.person": person["ack"]["options"][0]["value"]},
        "reason": {"editing.reason": marks.text()},
    }
    assert "reason" in (await vera.act("submit", view_id=rule["id"], values=taking))["ack"]["errors"]


async def corrects_herself(world: World, marks: Marks) -> None:
    """The form about one's own entry, ninety days later."""
    palle, question = await asked(world)
    for field in ("phone", "hours", "best_time"):
        await palle.click(question, "confirmation.correct")
        form = await palle.view("confirmation.correct")
        await searches(palle, form, "substitute", "confirmation.substitute", marks)
        leak = {field: {f"confirmation.{field}": f"{marks.word()} cpr 010112-1234"}}
        assert field in (await palle.act("submit", view_id=form["id"], values=leak))["ack"]["errors"]


async def goes_wrong(world: World, marks: Marks) -> None:
    """Slack refuses the answer to a question: an error is logged, and says nothing of it."""
    world.allowed_errors.add("after_ack.failed")
    await world.fault("error", "chat.postMessage", count=1)
    await world.person("case2").act("message", channel="@bindeled", text=marks.text())
    await world.until("the failure is logged", lambda: any(x["event"] == "after_ack.failed" for x in world.log))


async def test_no_mark_is_anywhere(world: World) -> None:
    """Not in any table or file of the database, in the audit, in the log, nor in anything the bot says to anybody."""
    marks = Marks()
    await asks(world.person("case1"))
    await writes(world, marks)
    await agrees(world, marks)
    await keeps_the_directory(world, marks)
    await corrects_herself(world, marks)
    await goes_wrong(world, marks)
    await world.quiet()
    tables = {table.name: repr(world.rows(f"SELECT * FROM {table.name}")) for table in metadata.sorted_tables}  # noqa: S608 - our own tables
    assert [name for name, rows in tables.items() if KEPT in rows] == ["followups"]
    files = {path.name: path.read_bytes() for path in world.data.rglob("*") if path.is_file()}
    assert any(KEPT.encode() in kept for kept in files.values()), "the search finds what is there"
    said = json.dumps([m for m in (await world.state())["messages"] if m["bot_id"]])
    called = json.dumps([x["body"] for x in await world.wire() if x["dir"] == "in" and x["kind"] != "ack"])
    log = repr(world.log)
    wheres: list[tuple[str, Callable[[str], bool]]] = [
        *((name, rows.__contains__) for name, rows in tables.items()),
        *((name, lambda mark, kept=kept: mark.encode() in kept) for name, kept in files.items()),
        ("what the bot says", said.__contains__), ("what the bot calls", called.__contains__), ("the log", log.__contains__),
    ]  # fmt: skip
    leaks = ("Signe", "Markbo", "010112", "Rosenvej")
    assert [(where, mark) for where, holds in wheres for mark in (*marks.all, *leaks) if holds(mark)] == []
    assert len(marks.all) > 30
