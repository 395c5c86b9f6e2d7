"""The control address: state, waiting, traffic, clock, page."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest

from bot.sandbox.manners import Manners
from tests.sandbox.bench import PUBLIC, ROOM, SHARED, Bench, MovableClock, manifest, standin

Json = dict[str, Any]


async def test_the_state_has_all_fields(bench: Bench):
    """Every field DESIGN.md names is there."""
    await bench.did("case1", "message", channel=ROOM, text="hej")
    state = await bench.state()
    assert {"ok", "seq", "now", "bot_connected", "teams", "users", "channels", "messages", "views", "homes"} <= set(
        state
    )
    assert {"id", "handle", "real_name", "team_id", "locale", "tz", "is_bot", "deleted"} <= set(state["users"][0])
    assert {"id", "name", "is_private", "is_im", "is_ext_shared", "is_archived", "members"} <= set(state["channels"][0])
    fields = {"channel", "ts", "thread_ts", "user", "bot_id", "text", "blocks", "metadata"}
    assert fields | {"edited_ts", "ephemeral_to", "reactions"} <= set(state["messages"][0])
    assert [(team["name"], team["bot"]) for team in state["teams"]] == [
        ("Køge og politiet (demo)", True),
        ("Politiet (demo)", False),
    ]


async def test_everyone_sees_only_their_own(bench: Bench):
    """Private channels, direct messages, foreign people: each as that person's client would show it."""
    await bench.did("case1", "message", channel="@case1", text="kun til botten")
    await bench.did("case1", "message", channel=ROOM, text="til rummet")
    await bench.did("case1", "message", channel=PUBLIC, text="til alle")
    await bench.did("police3", "message", channel=SHARED, text="udefra")
    seen = {who: {m["text"] for m in await bench.messages(who)} for who in ("case1", "police1", "stranger1", "police3")}
    assert seen["case1"] == {"kun til botten", "til rummet", "til alle", "udefra"}
    assert seen["police1"] == {"til rummet", "til alle", "udefra"}
    assert seen["stranger1"] == {"til alle", "udefra"}
    assert seen["police3"] == {"udefra"}
    assert {c["name"] for c in (await bench.state("police3"))["channels"]} == {"samarbejde-ekstern"}
    assert "U0CASE3" not in {u["id"] for u in (await bench.state("police3"))["users"]}
    assert (await bench.get("state", **{"as": "ingen"}))["error"] == "user_not_found"


async def test_commands_are_listed_only_inside():
    """The page can offer commands and shortcuts to the bot's workspace, not to the other one."""
    async with standin(manifest=manifest()) as bench:
        assert [c["command"] for c in (await bench.state("case1"))["commands"]] == ["/kontakt"]
        assert (await bench.state("police3"))["commands"] == []


async def test_waiting_ends_with_the_next_happening(bench: Bench):
    """A long poll answers as soon as something came, or when its time is up."""
    seq = (await bench.state())["seq"]
    assert (await bench.get("wait", after=seq, timeout=0.1)) == {"ok": True, "seq": seq, "changed": False}
    waiting = asyncio.create_task(bench.get("wait", after=seq, timeout=10))
    await asyncio.sleep(0.05)
    await bench.did("case1", "message", channel=ROOM, text="hej")
    answer = await asyncio.wait_for(waiting, 2)
    assert (answer["changed"], answer["seq"] > seq) == (True, True)
    assert (await bench.get("wait", after="x"))["error"] == "invalid_arguments"


async def test_all_that_an_act_caused_is_numbered_above_it(bench: Bench):
    """The answer's seq splits the traffic into before and after."""
    await bench.web.auth_test()
    done = await bench.did("case1", "message", channel=ROOM, text="hej")
    await bench.web.chat_postMessage(channel=ROOM, text="svar")
    kinds = [(line["kind"], line["method"]) for line in await bench.get("wire", after=done["seq"])]
    assert ("api", "chat.postMessage") in kinds
    assert ("api", "auth.test") not in kinds
    assert (await bench.get("wire", after="x"))["error"] == "invalid_arguments"


async def test_the_traffic_is_bounded():
    """Only the last lines are kept."""
    async with standin(manners=Manners(wire_lines=3)) as bench:
        for _ in range(5):
            await bench.web.auth_test()
        assert len(await bench.get("wire")) == 3


async def test_the_clock_moves_forward_only():
    """`to` and `advance`; backwards is not_forward; nonsense is invalid_arguments."""
    clock = MovableClock()
    async with standin(clock=clock, move_clock=clock.move) as bench:
        assert (await bench.post("clock", {"advance": 3600}))["now"] == "2026-03-02T10:00:00+00:00"
        assert (await bench.post("clock", {"to": "2026-03-03T08:00:00+01:00"}))["now"] == "2026-03-03T07:00:00+00:00"
        assert (await bench.post("clock", {"to": "2026-03-01T08:00:00Z"}))["error"] == "not_forward"
        for wish in (
            {},
            {"to": "i morgen"},
            {"advance": "lidt"},
            {"advance": 1, "to": "2027-01-01"},
            {"advance": True},
        ):
            assert (await bench.post("clock", wish))["error"] == "invalid_arguments"
        posted = await bench.web.chat_postMessage(channel=ROOM, text="x")
        assert str(posted["ts"]).startswith("1772521200.")


async def test_without_a_movable_clock_there_is_none(bench: Bench):
    """no_clock."""
    assert (await bench.post("clock", {"advance": 1}))["error"] == "no_clock"


@pytest.mark.parametrize("body", ["{", "[]", ""])
@pytest.mark.parametrize("path", ["act", "clock", "fault"])
async def test_what_is_no_object_is_refused(bench: Bench, path: str, body: str):
    """invalid_arguments with status 400."""
    async with bench.http.post(f"{bench.running.control_url}{path}", data=body) as answer:
        assert (answer.status, (await answer.json())["error"]) == (400, "invalid_arguments")


async def test_an_unknown_act_names_the_known_ones(bench: Bench):
    """unknown_type."""
    assert (await bench.act("case1", "flyv"))["error"].startswith("unknown_type: one of click, close, command")


async def test_the_page_loads_nothing_from_elsewhere(bench: Bench):
    """Every file of the page is served here, under a policy that allows no other place and no script inside the page."""
    async with bench.http.get(bench.running.page) as answer:
        text, policy = await answer.text(), answer.headers["Content-Security-Policy"]
    assert "default-src 'none'; script-src 'self'" in policy
    assert "unsafe" not in policy
    parts = re.findall(r'(?:src|href)="(/page/[^"]+)"', text)
    assert parts
    for part in parts:
        async with bench.http.get(f"{bench.running.page.rstrip('/')}{part}") as answer:
            assert answer.status == 200
            assert "http://" not in (await answer.text()).replace("http://www.w3.org/", "")
    async with bench.http.get(f"{bench.running.page}page/../serving.py") as answer:
        assert answer.status == 404


async def test_a_page_of_somebody_elses_may_not_act_here(bench: Bench):
    """What another site's page asks for in the same browser is refused; the own page is let in."""
    url = f"{bench.running.control_url}state"
    for origin, status in (("https://example.org", 403), (bench.running.page.rstrip("/"), 200)):
        async with bench.http.get(url, headers={"Origin": origin}) as answer:
            assert answer.status == status


async def test_every_window_is_told_of_every_change(bench: Bench):
    """The push names the newest number at once and again after each happening."""
    async with bench.http.ws_connect(f"{bench.running.control_url}push") as window:
        first = (await window.receive_json(timeout=3))["seq"]
        await bench.did("case1", "message", channel=ROOM, text="hej")
        assert (await window.receive_json(timeout=3))["seq"] > first


async def test_starting_over_forgets_everything_but_the_people():
    """Messages, homes, members, traffic: as at the beginning; `no_start_over` where nobody gave a way to."""
    async with standin() as bench:
        assert (await bench.post("start-over", {}))["error"] == "no_start_over"
        before = await bench.state()
        await bench.did("case1", "message", channel=ROOM, text="hej")
        await bench.did("case2", "leave", channel=ROOM)
        await bench.did("case3", "deactivate")
        await bench.sandbox.standin.begin_again()
        after = await bench.state()
    assert after["seq"] > before["seq"]
    assert after["age"] != before["age"]
    changing = ("seq", "age", "now")
    assert {k: v for k, v in after.items() if k not in changing} == {
        k: v for k, v in before.items() if k not in changing
    }


async def test_a_link_to_a_message_leads_into_the_page(bench: Bench):
    """What chat.getPermalink gives can be opened in a browser."""
    ts = str((await bench.web.chat_postMessage(channel=ROOM, text="x"))["ts"])
    link = str((await bench.web.chat_getPermalink(channel=ROOM, message_ts=ts))["permalink"])
    async with bench.http.get(link, allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (302, f"/#channel={ROOM}&ts={ts}&thread=")
