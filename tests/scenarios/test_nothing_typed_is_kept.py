"""Promise 1: what people type is nowhere afterwards, not in the database, not in the log, not in what the bot says."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.demo.person import Person, Seen, written

MARKS = [f"{word}kalv{number}" for number, word in enumerate(("gnu", "elg", "okapi", "moskus", "kudu", "tapir", "yak"))]
"""Words nobody's text contains by chance; each is typed in another place."""
ROOT = Path(__file__).resolve().parents[2]


class Program:
    """`bindeled demo` as a program of its own, all it writes kept."""

    def __init__(self, process: asyncio.subprocess.Process, running: Seen, session: aiohttp.ClientSession) -> None:
        self.process = process
        self.running = running
        self.session = session

    def person(self, handle: str) -> Person:
        """A demo person."""
        return Person(self.session, self.running["control_url"], handle)

    async def get(self, what: str) -> str:
        """Something at the control address, as text."""
        async with self.session.get(f"{self.running['control_url']}{what}") as response:
            return await response.text()


@pytest.fixture
async def program(tmp_path: Path) -> AsyncIterator[Program]:
    """The demo, from a shell; its standard error goes to a file."""
    with (tmp_path / "stderr").open("wb") as errors:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "demo", "--data", str(tmp_path / "data"),
            stdout=asyncio.subprocess.PIPE, stderr=errors, cwd=ROOT,
        )  # fmt: skip
    assert process.stdout is not None
    running = json.loads(await asyncio.wait_for(process.stdout.readline(), 30))
    assert await asyncio.wait_for(process.stdout.readline(), 30) == b"ready\n"
    async with aiohttp.ClientSession() as session:
        yield Program(process, running, session)
    if process.returncode is None:
        process.terminate()
        await process.communicate()


async def test_no_word_of_what_people_typed_is_left(program: Program, tmp_path: Path) -> None:
    """Questions, mentions, command texts, edits and thread replies of known people and strangers: not one word stays."""
    dm, mention, command, stranger, changed, reply, broken = MARKS
    sanne, frans = program.person("case1"), program.person("stranger1")
    await sanne.act("message", channel="@bindeled", text=f"hvem er min kontakt om {dm}?")
    answer = await sanne.message("the contact", "Palle Politi", "case.open")
    await sanne.act("message", channel="samarbejde-koege", text=f"@bindeled kontakt for {mention}?")
    await sanne.act("command", channel="alle", command="/kontakt", text=f"kontakt {command}")
    await sanne.act("command", channel="alle", command="/bindeled", text=command)
    await frans.act("message", channel="@bindeled", text=f"kontakt {stranger}")
    await frans.act("command", channel="alle", command="/kontakt", text=stranger)
    written_at = await sanne.act("message", channel="@bindeled", text="kontakt")
    await sanne.act("edit", channel="@bindeled", ts=written_at["ts"], text=f"kontakt {changed}")
    await sanne.click(answer, "case.open")
    form = await sanne.view("case.open")
    values = {"kind": {"case.kind": "neglect"}, "urgency": {"case.urgency": "routine"}}
    await sanne.act("submit", view_id=form["id"], values=values)
    headline = await sanne.message("the headline", "Deltagere")
    await sanne.message("her receipt", "er åbnet")
    await program.person("police1").message("the request", "beder dig være med")
    await sanne.act("message", channel=headline["channel"], thread_ts=headline["ts"], text=f"@bindeled {reply} kontakt")
    wish = {"kind": "error", "method": "chat.postMessage", "count": 1}
    async with program.session.post(f"{program.running['control_url']}fault", json=wish) as response:
        assert response.status == 200
    await sanne.act("message", channel="@bindeled", text=f"kontakt {broken}")  # and now its answer fails
    await asyncio.sleep(0.5)
    state = json.loads(await program.get("state"))
    sent = [line for line in json.loads(await program.get("wire")) if line["dir"] == "in"]
    program.process.terminate()
    await program.process.communicate()
    said = "\n".join(written(message) for message in state["messages"] if message["bot_id"])
    files = _everything_in(tmp_path)
    log = files[tmp_path / "stderr"].decode()
    assert "after_ack.failed" in log, "the log was written, and by the failure this test made"
    assert (tmp_path / "data" / "bindeled.db") in files
    for mark in MARKS:
        assert [path.name for path, kept in files.items() if mark.encode() in kept] == []
        assert mark not in said
        assert mark not in json.dumps([line["body"] for line in sent])
    for secret in ("bot_token", "app_token", "signing_secret"):
        assert program.running[secret] not in log


def _everything_in(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
