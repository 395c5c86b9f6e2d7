"""HTTP mode: the same product behind one signed address."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from bot.demo.play import Play
from bot.demo.transcript import Transcript
from bot.sandbox.clock import real_seconds
from bot.sandbox.socket.request_url import signed
from tests.handlers.http_mode import HttpStage
from tests.stage import World, running

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


@pytest.fixture
async def stage(tmp_path: Path) -> HttpStage:
    """Not yet running."""
    return HttpStage(tmp_path)


@pytest.fixture
async def world(stage: HttpStage, tmp_path: Path) -> AsyncIterator[World]:
    """The demo world, the bot reached over HTTP."""
    async with running(stage, tmp_path) as made:
        yield made


async def test_the_main_job_happens_over_http(world: World) -> None:
    """Question, button, form, reminder and a restart: all of it without a socket, and no socket was asked for."""
    await Play(world.stage, world.session, Transcript(lambda _line: None)).act()
    assert not await world.wire(method="apps.connections.open")


async def test_a_command_is_answered_in_its_ack(world: World) -> None:
    """`/kontakt` over HTTP: the contact stands in the body of the answer."""
    answer = await world.person("case1").act("command", channel="alle", command="/kontakt")
    assert answer["acked"]
    assert "Palle Politi" in answer["ack"]["text"]


async def test_the_product_has_no_door_to_time(world: World, stage: HttpStage) -> None:
    """At the bot's own address nothing takes a clock, a start from scratch or any other word of the stand-in's control."""
    base = stage.address.rpartition("/slack/")[0]
    for path in ("/sandbox/clock", "/sandbox/start-over", "/sandbox/act", "/clock"):
        async with world.session.post(f"{base}{path}", json={"advance": 3600}) as answer:
            assert answer.status == 404


COMMAND = urlencode(
    {
        "command": "/kontakt",
        "text": "",
        "user_id": "U0CASE1",
        "team_id": "T0KOEGE",
        "channel_id": "C0ALLE",
        "trigger_id": "1",
    }
)
CLICK = urlencode({"payload": json.dumps({"type": "block_actions", "user": {"id": "U0CASE1"}, "actions": []})})
EVENT = json.dumps({"type": "event_callback", "team_id": "T0KOEGE", "event": {"type": "message", "channel_type": "im"}})
CHALLENGE = json.dumps({"type": "url_verification", "challenge": "abc", "token": "x"})


@pytest.mark.parametrize(
    ("body", "kind"), [(COMMAND, FORM), (CLICK, FORM), (EVENT, JSON)], ids=["command", "click", "event"]
)
@pytest.mark.parametrize("how", ["wrong secret", "other body", "too old", "none"])
async def test_what_slack_did_not_sign_is_refused(
    world: World, stage: HttpStage, body: str, kind: str, how: str
) -> None:
    """A wrong secret, a changed body, a signature of yesterday, none at all: 401, and nothing happens."""
    before = await world.wire(kind="api")
    secret, now = stage.secret.get_secret_value(), real_seconds()
    head = {
        "wrong secret": signed("not-the-secret", body, now=now),
        "other body": signed(secret, f"{body}&", now=now),
        "too old": signed(secret, body, now=now - 86400),
        "none": {},
    }[how]
    async with world.session.post(stage.address, data=body, headers={"Content-Type": kind, **head}) as answer:
        assert answer.status == 401
        assert "Palle" not in await answer.text()
    await world.quiet()
    assert await world.wire(kind="api") == before


async def test_a_rightly_signed_command_is_let_in(world: World, stage: HttpStage) -> None:
    """The same command with its right signature is answered: it is the signature that decided."""
    head = signed(stage.secret.get_secret_value(), COMMAND, now=real_seconds())
    async with world.session.post(stage.address, data=COMMAND, headers={"Content-Type": FORM, **head}) as answer:
        assert answer.status == 200
        assert "Palle Politi" in (await answer.json())["text"]


async def test_slacks_challenge_is_answered(world: World, stage: HttpStage) -> None:
    """Slack asks a new request URL for its challenge, signed, before anybody is known."""
    head = signed(stage.secret.get_secret_value(), CHALLENGE, now=real_seconds())
    async with world.session.post(stage.address, data=CHALLENGE, headers={"Content-Type": JSON, **head}) as answer:
        assert answer.status == 200
        assert "abc" in await answer.text()
